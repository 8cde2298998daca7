import type { AgentDocument, WorkspaceDocument } from '../document/schema.js'
import { endOf, type Timed, type TimedMode, type TimedStatus } from '../document/timed.js'
import type { Instant } from '../time/zone.js'
import type { AgentStatus } from '../words.js'

type OverrideDocument = NonNullable<WorkspaceDocument['widget']['override']>

function otherStatus(status: AgentStatus): AgentStatus {
  return status === 'available' ? 'away' : 'available'
}

/** Those of the states that have not ended at `at`; one that ends no later than the one before it never holds. */
export function statesFrom<State extends Timed>(states: readonly State[], at: Instant): readonly State[] {
  let end = at
  return states.filter((state) => {
    const stateEnd = endOf(state)
    if (stateEnd <= end) return false
    end = stateEnd
    return true
  })
}

/**
 * Puts a state on top of others: after its end, what would hold then without it holds again. One
 * without an end replaces them all; one that lasts anyway needs no end.
 */
function stack<State extends Timed>(
  states: readonly State[],
  top: State,
  isSame: (a: State, b: State) => boolean,
): readonly State[] {
  const beneath = states.filter((state) => endOf(state) > endOf(top))
  const [next] = beneath
  return next && endOf(next) === Infinity && isSame(top, next) ? beneath : [top, ...beneath]
}

/** R15: an agent's statuses, the last of them without an end: after a timed one at the end comes the other. */
export function statusesOf({
  status = 'available',
  until,
  note,
  afterwards = [],
}: AgentDocument): readonly TimedStatus[] {
  const written = statesFrom([{ status, until, note }, ...afterwards], -Infinity)
  const last = written.at(-1)!
  return endOf(last) === Infinity ? written : [...written, { status: otherStatus(last.status) }]
}

/** The agent with these statuses; what comes of itself at the end is not written. */
function withStatuses(
  { status, until, note, afterwards, ...settings }: AgentDocument,
  statuses: readonly TimedStatus[],
): AgentDocument {
  const [beforeLast, last] = statuses.slice(-2)
  const isImplied = last && last.note === undefined && last.status === otherStatus(beforeLast!.status)
  const [first, ...rest] = (isImplied ? statuses.slice(0, -1) : statuses).map(writeStatus)
  return { ...settings, ...first!, ...(rest.length > 0 && { afterwards: rest }) }
}

/** R15: an agent as of an instant. A timed status that has ended is gone, with its note. */
export function settleAgent(agent: AgentDocument, at: Instant): AgentDocument {
  if (agent.afterwards === undefined && at < endOf(agent)) return agent
  return withStatuses(agent, statesFrom(statusesOf(agent), at))
}

/** The states without ends at which nothing changes: two in a row that say the same are one. */
export function joinStates<State extends Timed>(
  states: readonly State[],
  isSame: (a: State, b: State) => boolean,
): readonly State[] {
  return states.filter((state, index) => {
    const next = states[index + 1]
    return next === undefined || !isSame(state, next)
  })
}

export function isSameStatus(a: TimedStatus, b: TimedStatus): boolean {
  return a.status === b.status && a.note === b.note
}

export function isSameMode(a: TimedMode, b: TimedMode): boolean {
  return a.mode === b.mode
}

/**
 * R15: the agent with a status set on top of those that hold. A timed status that is said again,
 * with its note or without one, is given another end instead.
 */
export function setStatus(agent: AgentDocument, top: TimedStatus): AgentDocument {
  const statuses = statusesOf(agent)
  const [current] = statuses
  const isSaidAgain =
    current!.until !== undefined &&
    current!.status === top.status &&
    (top.note === undefined || top.note === current!.note)
  return withStatuses(agent, stack(isSaidAgain ? statuses.slice(1) : statuses, top, isSameStatus))
}

/** R8: an override's modes; after the last of them, if it ends, the policy decides. */
export function modesOf({ mode, until, afterwards = [] }: OverrideDocument): readonly TimedMode[] {
  return statesFrom([{ mode, until }, ...afterwards], -Infinity)
}

function overrideOf(modes: readonly TimedMode[]): OverrideDocument | undefined {
  const [first, ...rest] = modes.map(({ mode, until }) => ({ mode, ...(until !== undefined && { until }) }))
  return first && { ...first, ...(rest.length > 0 && { afterwards: rest }) }
}

/** R8: an override on top of those that hold; a timed mode that is said again is given another end. */
export function setOverride(current: OverrideDocument | undefined, top: TimedMode): OverrideDocument {
  const modes = current ? modesOf(current) : []
  const isSaidAgain = modes[0]?.mode === top.mode && modes[0].until !== undefined
  return overrideOf(stack(isSaidAgain ? modes.slice(1) : modes, top, isSameMode))!
}

/** R8: the widget's settings as of an instant. An override that has ended is gone. */
export function settleWidget(
  { override: written, ...widget }: WorkspaceDocument['widget'],
  at: Instant,
): WorkspaceDocument['widget'] {
  const override = written && overrideOf(statesFrom(modesOf(written), at))
  return { ...widget, ...(override && { override }) }
}

function writeStatus({ status, until, note }: TimedStatus) {
  return { status, ...(until !== undefined && { until }), ...(note !== undefined && { note }) }
}
