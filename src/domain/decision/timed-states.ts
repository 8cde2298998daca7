import type { AgentDocument, WorkspaceDocument } from '../document/schema.js'
import { endOf, type Planned, type Timed, type TimedMode, type TimedStatus } from '../document/timed.js'
import { parseInstant } from '../time/instant.js'
import type { Instant } from '../time/zone.js'

type OverrideDocument = NonNullable<WorkspaceDocument['widget']['override']>

/** What holds after a timed status where nothing else is written: the duty of those who have one (R32), else the other. */
function statusAfter({ status }: TimedStatus, isOnRota: boolean): TimedStatus {
  if (isOnRota) return { status: 'automatic' }
  return { status: status === 'available' ? 'away' : 'available' }
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

/** In the order in which they begin; of those that begin together the later written holds. */
function inOrder<State extends Timed>(planned: readonly Planned<State>[]): readonly Planned<State>[] {
  return planned.toSorted((a, b) => parseInstant(a.from) - parseInstant(b.from))
}

/** R34: what holds at `at` of states and of what is planned over them: each was put on top when it began. */
function beginPlanned<State extends Timed>(
  states: readonly State[],
  planned: readonly Planned<State>[],
  at: Instant,
  isSame: (a: State, b: State) => boolean,
): readonly State[] {
  const begun = inOrder(planned).filter(({ from }) => parseInstant(from) <= at)
  const nested = begun.reduce<readonly State[]>((beneath, { from, ...state }) => {
    return stack(statesFrom(beneath, parseInstant(from)), state as unknown as State, isSame)
  }, states)
  return statesFrom(nested, at)
}

/** R34: the states one after another, with what is planned in its place among them; what it covers comes back after it. */
export function unfold<State extends Timed>(
  states: readonly State[],
  planned: readonly Planned<State>[] = [],
): readonly State[] {
  const unfolded: State[] = []
  let rest = states
  for (const { from, ...state } of inOrder(planned)) {
    const begin = parseInstant(from)
    for (const before of rest) {
      if (endOf(before) < begin) unfolded.push(before)
      else {
        unfolded.push({ ...before, until: from })
        break
      }
    }
    rest = stack(statesFrom(rest, begin), state as unknown as State, () => false)
  }
  return statesFrom([...unfolded, ...rest], -Infinity)
}

/**
 * R15: an agent's statuses, the last of them without an end: after a timed one at the end comes the other, or the
 * duty (R32).
 * @param isOnRota whether a shift names the agent
 */
export function statusesOf(
  { status, until, note, afterwards = [] }: AgentDocument,
  isOnRota = false,
): readonly TimedStatus[] {
  const first = { status: status ?? (isOnRota ? 'automatic' : 'available'), until, note }
  const written = statesFrom<TimedStatus>([first, ...afterwards], -Infinity)
  const last = written.at(-1)!
  return endOf(last) === Infinity ? written : [...written, statusAfter(last, isOnRota)]
}

/** The agent with these statuses; what comes of itself at the end is not written. */
function withStatuses(
  { status, until, note, afterwards, ...settings }: AgentDocument,
  statuses: readonly TimedStatus[],
  isOnRota: boolean,
): AgentDocument {
  const [beforeLast, last] = statuses.slice(-2)
  const isImplied = last && last.note === undefined && last.status === statusAfter(beforeLast!, isOnRota).status
  const [first, ...rest] = (isImplied ? statuses.slice(0, -1) : statuses).map(writeStatus)
  return { ...settings, ...first!, ...(rest.length > 0 && { afterwards: rest }) }
}

/** R32: an agent of a document as it is kept beside the duty: its statuses say all, whether or not a shift names it. */
export function keptAgent(agent: AgentDocument, isOnRota: boolean): AgentDocument {
  return withStatuses(agent, statusesOf(agent, isOnRota), false)
}

/** R32: the inverse of {@link keptAgent} for an agent whom a shift names. */
export function leftToDuty(agent: AgentDocument): AgentDocument {
  return withStatuses(agent, statusesOf(agent), true)
}

/** R15, R34: an agent as of an instant. A timed status that has ended is gone, with its note; a planned one that has begun holds. */
export function settleAgent(agent: AgentDocument, at: Instant, isOnRota = false): AgentDocument {
  if (agent.planned === undefined && agent.afterwards === undefined && at < endOf(agent)) return agent
  const { planned, ...unplanned } = agent
  const states = beginPlanned(statusesOf(agent, isOnRota), planned ?? [], at, isSameStatus)
  return { ...withStatuses(unplanned, states, isOnRota), ...stillPlanned(planned, at) }
}

/** R34: what is planned, with one more; of two for the same time the later said holds. */
export function addPlanned<State extends Timed>(
  planned: readonly Planned<State>[] = [],
  added: Planned<State>,
): readonly Planned<State>[] {
  const isSame = ({ from, until }: Planned<State>) =>
    parseInstant(from) === parseInstant(added.from) && endOf({ until }) === endOf(added)
  return inOrder([...planned.filter((other) => !isSame(other)), added])
}

/** R34: what is planned without that which begins at an instant; the same list when nothing does. */
export function removePlanned<State extends Timed>(
  planned: readonly Planned<State>[] = [],
  from: Instant,
): readonly Planned<State>[] {
  const kept = planned.filter((other) => parseInstant(other.from) !== from)
  return kept.length === planned.length ? planned : kept
}

/** What has not begun. */
function stillPlanned<State extends Timed>(
  planned: readonly Planned<State>[] | undefined,
  at: Instant,
): { readonly planned?: Planned<State>[] } {
  const coming = (planned ?? []).filter(({ from }) => parseInstant(from) > at)
  return coming.length > 0 ? { planned: coming } : {}
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
export function setStatus(agent: AgentDocument, top: TimedStatus, isOnRota = false): AgentDocument {
  const statuses = statusesOf(agent, isOnRota)
  const [current] = statuses
  const isSaidAgain =
    current!.until !== undefined &&
    current!.status === top.status &&
    (top.note === undefined || top.note === current!.note)
  return withStatuses(agent, stack(isSaidAgain ? statuses.slice(1) : statuses, top, isSameStatus), isOnRota)
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

/** R8, R34: the widget's settings as of an instant. An override that has ended is gone; a planned one that has begun holds. */
export function settleWidget(
  { override: written, planned, ...widget }: WorkspaceDocument['widget'],
  at: Instant,
): WorkspaceDocument['widget'] {
  const modes = written ? modesOf(written) : []
  const override = overrideOf(beginPlanned(modes, planned ?? [], at, isSameMode))
  return { ...widget, ...(override && { override }), ...stillPlanned(planned, at) }
}

function writeStatus({ status, until, note }: TimedStatus) {
  return { status, ...(until !== undefined && { until }), ...(note !== undefined && { note }) }
}
