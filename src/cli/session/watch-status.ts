import type { Client, WorkspaceEvent } from '../../api/client.js'
import type { StatusAnswer } from '../../api/contract/answers.js'
import { watchWorkspace } from './watch-workspace.js'

/** Events that are shown beneath a status, and how many of them. */
const TOLD: readonly WorkspaceEvent['type'][] = ['restored', 'change', 'nobody-there', 'nobody-there-ended']
const MAX_TOLD = 3

export interface StatusWatch {
  /** Ends the watch. */
  readonly signal: AbortSignal
  /** Whether a status is shown again for an event that comes after it. */
  readonly showsEvents?: boolean
  /** Called with the first status, and each that differs from the one before, with what happened last, the newest at the end. */
  readonly show: (answer: StatusAnswer, told: readonly WorkspaceEvent[]) => Promise<void>
  /** Called when the connection is lost, with the reason, and when it is there again, without one. */
  readonly tell: (lost: string | undefined) => void
}

/**
 * Watches the status: looks again at every revision, and at every instant at which time alone changes it.
 *
 * @throws what the service throws, except for a lost connection
 */
export async function watchStatus(client: Client, { signal, showsEvents, show, tell }: StatusWatch): Promise<void> {
  const look = () => client.getStatus({})
  const first = await look()
  let shown = ''
  let told: readonly WorkspaceEvent[] = []
  await watchWorkspace(client, first.revision, first, {
    signal,
    look,
    tell,
    hear(event) {
      if (TOLD.includes(event.type)) told = [...told, event].slice(-MAX_TOLD)
    },
    changesIn: millisecondsToNextChange,
    async see(answer) {
      const state = stateOf(answer) + (showsEvents ? JSON.stringify(told) : '')
      if (state !== shown) await show(answer, told)
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
function millisecondsToNextChange({ at, widget, teams = [], agents }: StatusAnswer): number {
  const now = Date.parse(at)
  const instants = [
    widget.nextChange?.at,
    ...teams.map(({ nextChange }) => nextChange?.at),
    ...agents.listed.map(({ until }) => until),
  ]
    .flatMap((text) => (text === undefined ? [] : [Date.parse(text)]))
    .filter((instant) => instant > now)
  return Math.min(...instants.map((instant) => instant - now))
}
