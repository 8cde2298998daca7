import type { Client } from '../../api/client.js'
import type { StatusAnswer } from '../../api/contract/answers.js'
import { watchWorkspace } from './watch-workspace.js'

export interface StatusWatch {
  /** Ends the watch. */
  readonly signal: AbortSignal
  /** Called with the first status, and each that differs from the one before. */
  readonly show: (answer: StatusAnswer) => Promise<void>
  /** Called when the connection is lost, with the reason, and when it is there again, without one. */
  readonly tell: (lost: string | undefined) => void
}

/**
 * Watches the status: looks again at every revision, and at every instant at which time alone changes it.
 *
 * @throws what the service throws, except for a lost connection
 */
export async function watchStatus(client: Client, { signal, show, tell }: StatusWatch): Promise<void> {
  const look = () => client.getStatus({})
  const first = await look()
  let shown = ''
  await watchWorkspace(client, first.revision, first, {
    signal,
    look,
    tell,
    changesIn: millisecondsToNextChange,
    async see(answer) {
      const state = stateOf(answer)
      if (state !== shown) await show(answer)
      shown = state
      return false
    },
  })
}

/** What a status says, without the time: it differs at every look. */
function stateOf({ at, reasons, ...rest }: StatusAnswer): string {
  return JSON.stringify(rest)
}

/** By the clock of the service, which decides: this machine's may be another. */
function millisecondsToNextChange({ at, widget, agents }: StatusAnswer): number {
  const now = Date.parse(at)
  const instants = [widget.nextChange?.at, ...agents.listed.map(({ until }) => until)]
    .flatMap((text) => (text === undefined ? [] : [Date.parse(text)]))
    .filter((instant) => instant > now)
  return Math.min(...instants.map((instant) => instant - now))
}
