import type { Workspace } from '../decision/compile-workspace.js'
import { ANYONE, type Visitor } from '../decision/conditions/facts.js'
import { type Decision, decide, type Entry } from '../decision/decide.js'
import { MemoryRoutingState, type RoutingStart } from '../decision/routing/routing-state.js'
import { isGated, nextTeamHours, teamModeAt } from '../decision/team.js'
import {
  isHiddenChange,
  type ModeChange,
  nextModeChange,
  nextOverrideChange,
  nextPromiseChange,
} from '../decision/widget.js'
import type { Instant } from '../time/zone.js'

/** A decision that holds from its instant until the next of the timeline. */
export interface Stretch {
  readonly decision: Decision
  /** How many agents are available. */
  readonly available: number
  /** The teams that take no chats, by their ids (R37). */
  readonly offlineTeams: readonly string[]
}

export interface TimelineOptions {
  readonly entry?: Entry | undefined
  readonly start?: RoutingStart | undefined
}

/**
 * The decisions of `[from, to)`: the first at `from`, then one at each instant where something a
 * visitor or an admin would notice differs. Swept over transitions, never sampled.
 */
export function* timeline(
  workspace: Workspace,
  from: Instant,
  to: Instant,
  visitor: Visitor = ANYONE,
  { entry, start }: TimelineOptions = {},
): Generator<Stretch> {
  let last: Stretch | undefined
  for (let at = from; at < to; at = nextTransition(workspace, at)) {
    // Every stretch starts from the same cursor: a timeline routes nobody.
    const state = new MemoryRoutingState(workspace.roster, start)
    const stretch = {
      decision: decide(workspace, at, visitor, { entry, state }),
      available: workspace.roster.availableAt(at),
      offlineTeams: offlineTeamsAt(workspace, at),
    }
    if (!last || differs(last, stretch)) yield stretch
    last = stretch
  }
}

/** The first instant after `at` at which any input of a decision changes; Infinity when none does. */
export function nextTransition(workspace: Workspace, at: Instant): Instant {
  const { widget, schedule } = workspace
  const hoursChange = widget.policy === 'automatic' ? (schedule.nextChange(at) ?? Infinity) : Infinity
  return Math.min(
    hoursChange,
    nextOverrideChange(widget, at),
    nextPeopleChange(workspace, at),
    nextOpening(workspace, at),
  )
}

/** The first instant after `at` at which hours of a team open or close (R37); Infinity when none do. */
export function nextOpening({ teams }: Workspace, at: Instant): Instant {
  let next = Infinity
  for (const team of teams.values()) next = Math.min(next, nextTeamHours(team, at))
  return next
}

/** The first instant after `at` at which anyone's status may change by itself; Infinity when none does. */
export function nextPeopleChange({ roster, duty }: Workspace, at: Instant): Instant {
  return Math.min(roster.nextStatusEnd(at), duty?.nextTransition(at) ?? Infinity)
}

/** The next changes of the mode, at most `count`. */
export function nextModeChanges(workspace: Workspace, at: Instant, count: number): ModeChange[] {
  const changes: ModeChange[] = []
  let change = nextModeChange(workspace, at)
  while (change && changes.length < count) {
    changes.push(change)
    change = nextModeChange(workspace, change.at)
  }
  return changes
}

/** Of the next `count` changes of what the policy would show, those that auto-offline will hide (R36). */
export function nextHiddenChanges(workspace: Workspace, at: Instant, count: number): ModeChange[] {
  if (!workspace.widget.autoOffline) return []
  const changes: ModeChange[] = []
  let change = nextPromiseChange(workspace, at)
  for (let left = count; change && left > 0; left--) {
    if (isHiddenChange(workspace, change)) changes.push(change)
    change = nextPromiseChange(workspace, change.at)
  }
  return changes
}

/** The teams that take no chats at an instant, in the order of the document. */
export function offlineTeamsAt({ teams }: Workspace, at: Instant): readonly string[] {
  const offline: string[] = []
  for (const team of teams.values()) if (isGated(team) && teamModeAt(team, at) === 'offline') offline.push(team.id)
  return offline
}

function differs(a: Stretch, b: Stretch): boolean {
  return (
    a.offlineTeams.join() !== b.offlineTeams.join() ||
    a.available !== b.available ||
    a.decision.mode !== b.decision.mode ||
    a.decision.source !== b.decision.source ||
    a.decision.isVisible !== b.decision.isVisible ||
    a.decision.proactive !== b.decision.proactive ||
    a.decision.routing.rule !== b.decision.routing.rule ||
    a.decision.routing.assignee !== b.decision.routing.assignee ||
    a.decision.routing.calendar !== b.decision.routing.calendar
  )
}
