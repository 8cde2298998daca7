import type { Client, WorkspaceEvent } from '../../api/client.js'
import { pause } from '../../api/pause.js'
import { DriftStatusError } from '../../domain/errors.js'

/** Longest time between two looks: what nothing tells, such as a clock that was set, shows after it all the same. */
const MAX_PAUSE_MS = 60_000

export interface WorkspaceWatch<Answer> {
  /** Ends the watch. */
  readonly signal: AbortSignal
  /** Asks what is watched. */
  readonly look: () => Promise<Answer>
  /** Called with each answer; true ends the watch. */
  readonly see: (answer: Answer) => Promise<boolean>
  /** In how many milliseconds time alone may change an answer. */
  readonly changesIn: (answer: Answer) => number
  /** Called when the connection is lost, with the reason, and when it is there again, without one. */
  readonly tell: (lost: string | undefined) => void
  /** Called with each event, before it is looked again. */
  readonly hear?: (event: WorkspaceEvent) => void
}

/**
 * Looks at a workspace again whenever something may have changed: at every revision, and at every instant at which time
 * alone changes the answer. A connection that breaks is made again by the client; nothing is missed.
 *
 * @param after the revision that was known when the answer was asked
 * @throws what the service throws, except for a lost connection
 */
export async function watchWorkspace<Answer>(
  client: Client,
  after: number,
  first: Answer,
  watch: WorkspaceWatch<Answer>,
): Promise<void> {
  const { signal } = watch
  let answer: Answer | undefined = first
  const bell = new Bell()
  signal.addEventListener('abort', () => bell.ring(), { once: true })
  const ended = new AbortController()
  const listening = listen(client, after, AbortSignal.any([signal, ended.signal]), watch, bell)
  let hasFailed = false
  // What the listener throws is thrown at the end; without this it would be unhandled until then.
  listening.catch(() => {
    hasFailed = true
    bell.ring()
  })
  try {
    while (!signal.aborted) {
      if (answer !== undefined && (await watch.see(answer))) break
      await bell.rung(answer === undefined ? MAX_PAUSE_MS : Math.min(MAX_PAUSE_MS, watch.changesIn(answer)))
      if (hasFailed) break
      if (!signal.aborted) answer = await lookAgain(watch.look)
    }
  } finally {
    ended.abort()
  }
  await listening
}

async function listen(
  client: Client,
  after: number,
  signal: AbortSignal,
  { tell, hear }: Pick<WorkspaceWatch<never>, 'tell' | 'hear'>,
  bell: Bell,
): Promise<void> {
  for await (const event of client.events(after, signal)) {
    hear?.(event)
    if (event.type === 'lost') tell(event.reason)
    else {
      if (event.type === 'resumed') tell(undefined)
      bell.ring()
    }
  }
}

/** Undefined while the connection is lost: what was known last stands. */
async function lookAgain<Answer>(look: () => Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await look()
  } catch (error) {
    if (error instanceof DriftStatusError && ['unreachable', 'busy'].includes(error.code)) return undefined
    throw error
  }
}

/** Wakes who waits for it; one that rings while nobody waits is heard by the next to wait. */
class Bell {
  #isRung = false
  #wake = () => {}

  ring(): void {
    this.#isRung = true
    this.#wake()
  }

  /** Waits for a ring, but no longer than so. */
  async rung(atMostMs: number): Promise<void> {
    if (!this.#isRung) {
      const over = new AbortController()
      this.#wake = () => over.abort()
      await pause(atMostMs, over.signal)
    }
    this.#isRung = false
  }
}
