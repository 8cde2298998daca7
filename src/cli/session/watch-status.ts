import type { Client } from '../../api/client.js'
import type { StatusAnswer } from '../../api/contract/answers.js'
import { pause } from '../../api/pause.js'
import { DriftStatusError } from '../../domain/errors.js'

/** Longest time between two looks: what no revision tells shows after it all the same. */
const MAX_PAUSE_MS = 60_000

export interface StatusWatch {
  /** Ends the watch. */
  readonly signal: AbortSignal
  /** Called with the first status, and each that differs from the one before. */
  readonly show: (answer: StatusAnswer) => Promise<void>
  /** Called when the connection is lost, with the reason, and when it is there again, without one. */
  readonly tell: (lost: string | undefined) => void
}

/**
 * Watches the status: looks again at every revision, and at every instant at which time alone
 * changes it. A connection that breaks is made again by the client; nothing is missed.
 *
 * @throws what the service throws, except for a lost connection
 */
export async function watchStatus(client: Client, watch: StatusWatch): Promise<void> {
  const { signal } = watch
  let answer: StatusAnswer | undefined = await client.getStatus({})
  let shown = ''
  const bell = new Bell()
  signal.addEventListener('abort', () => bell.ring(), { once: true })
  const ended = new AbortController()
  const listening = listen(client, answer.revision, AbortSignal.any([signal, ended.signal]), watch.tell, bell)
  let hasFailed = false
  // What the listener throws is thrown at the end; without this it would be unhandled until then.
  listening.catch(() => {
    hasFailed = true
    bell.ring()
  })
  try {
    while (!signal.aborted) {
      const state = answer ? stateOf(answer) : shown
      if (answer && state !== shown) await watch.show(answer)
      shown = state
      await bell.rung(answer ? millisecondsToNextChange(answer) : MAX_PAUSE_MS)
      if (hasFailed) break
      if (!signal.aborted) answer = await lookAgain(client)
    }
  } finally {
    ended.abort()
  }
  await listening
}

/** What a status says, without the time: it differs at every look. */
function stateOf({ at, reasons, ...rest }: StatusAnswer): string {
  return JSON.stringify(rest)
}

async function listen(
  client: Client,
  after: number,
  signal: AbortSignal,
  tell: StatusWatch['tell'],
  bell: Bell,
): Promise<void> {
  for await (const event of client.events(after, signal)) {
    if (event.type === 'lost') tell(event.reason)
    else {
      if (event.type === 'resumed') tell(undefined)
      bell.ring()
    }
  }
}

/** Undefined while the connection is lost: what was known last stands. */
async function lookAgain(client: Client): Promise<StatusAnswer | undefined> {
  try {
    return await client.getStatus({})
  } catch (error) {
    if (error instanceof DriftStatusError && ['unreachable', 'busy'].includes(error.code)) return undefined
    throw error
  }
}

/** By the clock of the service, which decides: this machine's may be another. */
function millisecondsToNextChange({ at, widget, agents }: StatusAnswer): number {
  const now = Date.parse(at)
  const instants = [widget.nextChange?.at, ...agents.listed.map(({ until }) => until)]
    .flatMap((text) => (text === undefined ? [] : [Date.parse(text)]))
    .filter((instant) => instant > now)
  return Math.min(MAX_PAUSE_MS, ...instants.map((instant) => instant - now))
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
