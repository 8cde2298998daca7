import { type Agent, statusAt } from '../decision/agent.js'
import type { Workspace } from '../decision/compile-workspace.js'
import { type ModeSource, modeAt, modeSource, nextOverrideChange, promisedMode } from '../decision/widget.js'
import { formatInstant } from '../time/instant.js'
import type { Instant } from '../time/zone.js'
import type { AgentStatus, Mode } from '../words.js'
import { nextPeopleChange } from './timeline.js'

/** What someone who watches a workspace is told of an instant. */
export interface MomentState {
  readonly mode: Mode
  readonly source: ModeSource
  /** What the mode would be if auto-offline did not hide it (R36). */
  readonly promised: Mode
  /** Whether the hours are open. */
  readonly open: boolean
  readonly staffed: boolean
  /** Promised online, and nobody is available. */
  readonly nobodyThere: boolean
}

export const CHANGE_CAUSES = ['override', 'hours', 'status', 'duty', 'clock', 'revision'] as const
/**
 * What made a change: an override or a timed status that began or ended, the hours, a shift that began or ended, a clock
 * that was set back, or a revision.
 */
export type ChangeCause = (typeof CHANGE_CAUSES)[number]

/** A change that no write made. */
export interface TimedChange {
  readonly at: Instant
  readonly because: readonly ChangeCause[]
  readonly before: MomentState
  readonly after: MomentState
  /** Whose status is another one now. */
  readonly agents: readonly { readonly id: string; readonly name: string; readonly status: AgentStatus }[]
}

export function stateAt(workspace: Workspace, at: Instant): MomentState {
  const promised = promisedMode(workspace, at)
  const staffed = workspace.roster.isStaffed(at)
  return {
    mode: modeAt(workspace, at),
    source: modeSource(workspace, at),
    promised,
    open: workspace.schedule.isOpen(at),
    staffed,
    nobodyThere: promised === 'online' && !staffed,
  }
}

/** The first instant after `at` at which time alone may change what is told; Infinity when there is none. */
export function nextTimedChange(workspace: Workspace, at: Instant): Instant {
  // The hours count whatever the policy: whether they are open is told as well.
  const hoursChange = workspace.schedule.nextChange(at) ?? Infinity
  return Math.min(hoursChange, nextOverrideChange(workspace.widget, at), nextPeopleChange(workspace, at))
}

/** The changes that time alone makes after `from`, `to` included, in order: swept over transitions, never sampled. */
export function* timedChanges(workspace: Workspace, from: Instant, to: Instant): Generator<TimedChange> {
  let before = from
  for (let at = nextTimedChange(workspace, from); at <= to; at = nextTimedChange(workspace, at)) {
    const change = changeBetween(workspace, before, workspace, at, causesAt(workspace, before, at))
    if (change) yield change
    before = at
  }
}

/** What differs between two instants, or two states of a workspace; undefined for nothing. */
export function changeBetween(
  earlier: Workspace,
  from: Instant,
  workspace: Workspace,
  at: Instant,
  because: readonly ChangeCause[],
): TimedChange | undefined {
  const [before, after] = [stateAt(earlier, from), stateAt(workspace, at)]
  const agents = workspace.roster.agents
    .filter((agent) => differs(agent, from, at))
    .map((agent) => ({ id: agent.id, name: agent.name, status: statusAt(agent, at) }))
  const isSame = JSON.stringify(before) === JSON.stringify(after) && agents.length === 0
  return isSame ? undefined : { at, because, before, after, agents }
}

function differs(agent: Agent, from: Instant, at: Instant): boolean {
  return statusAt(agent, from) !== statusAt(agent, at)
}

function causesAt(workspace: Workspace, before: Instant, at: Instant): ChangeCause[] {
  const { widget, schedule, roster, duty } = workspace
  return [
    ...(nextOverrideChange(widget, before) === at ? (['override'] as const) : []),
    ...(schedule.nextChange(before) === at ? (['hours'] as const) : []),
    ...(roster.nextStatusEnd(before) === at ? (['status'] as const) : []),
    ...(duty?.nextTransition(before) === at ? (['duty'] as const) : []),
  ]
}

/** Of a change, as `GET /v1/events` tells it. */
export interface TimedChangeAnswer extends MomentState {
  readonly at: string
  readonly timeZone: string
  readonly because: readonly ChangeCause[]
  readonly before: MomentState
  readonly agents: TimedChange['agents']
  /** Whether the agents were left out, because they are many. */
  readonly isShortened?: boolean
}

/** More agents than this are left out of an event: many watchers would each be sent all of them. */
const MAX_TOLD_AGENTS = 500

export function changeAnswer(
  { at, because, before, after, agents }: TimedChange,
  { zone }: Workspace,
): TimedChangeAnswer {
  const isShortened = agents.length > MAX_TOLD_AGENTS
  return {
    at: formatInstant(at, zone),
    timeZone: zone.name,
    because,
    ...after,
    before,
    agents: isShortened ? [] : agents,
    ...(isShortened && { isShortened }),
  }
}
