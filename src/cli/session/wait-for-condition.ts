import type { Client } from '../../api/client.js'
import type { RequestOf } from '../../api/contract/operations.js'
import { pause } from '../../api/pause.js'
import type { ConditionAnswer } from '../../domain/questions/check-condition.js'
import { watchWorkspace } from './watch-workspace.js'

/** A timer of the system takes no longer time than 24 days: a longer one waits again. */
const MAX_TIMER_MS = 24 * 60 * 60 * 1000

export interface ConditionWait {
  /** Ends the wait. */
  readonly signal: AbortSignal
  /** The longest that is waited, in milliseconds; undefined for ever. */
  readonly timeoutMs: number | undefined
  /** Called when the connection is lost, with the reason, and when it is there again, without one. */
  readonly tell: (lost: string | undefined) => void
}

/**
 * Waits until a condition holds: because something is written, or because of time alone.
 *
 * @returns the last answer: one that does not hold when the time was over, or the signal aborted
 * @throws what the service throws, except for a connection that is lost while it is waited
 */
export async function waitForCondition(
  client: Client,
  asked: Omit<RequestOf<'checkCondition'>, 'at'>,
  { signal, timeoutMs, tell }: ConditionWait,
): Promise<ConditionAnswer> {
  const look = () => client.checkCondition(asked)
  let last = await look()
  if (last.holds) return last
  const over = new AbortController()
  if (timeoutMs !== undefined) void abortAfter(timeoutMs, over, signal)
  try {
    const { revisions } = await client.listRevisions({ limit: 1 })
    // Written between the two answers above, it is in neither: the revision may be the newer one.
    last = await look()
    await watchWorkspace(client, revisions[0]?.number ?? 0, last, {
      signal: AbortSignal.any([signal, over.signal]),
      look,
      tell,
      changesIn: ({ at, until }) => (until === null ? Infinity : Date.parse(until) - Date.parse(at)),
      async see(answer) {
        last = answer
        return answer.holds
      },
    })
  } finally {
    over.abort()
  }
  return last
}

/** Aborts after some time of a clock that is never set. */
async function abortAfter(milliseconds: number, over: AbortController, signal: AbortSignal): Promise<void> {
  const end = performance.now() + milliseconds
  const isDone = AbortSignal.any([over.signal, signal])
  for (let left = milliseconds; left > 0 && !isDone.aborted; left = end - performance.now()) {
    await pause(Math.min(left, MAX_TIMER_MS), isDone)
  }
  over.abort()
}
