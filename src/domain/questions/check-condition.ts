import { countsForStaffing, isAvailable } from '../decision/agent.js'
import type { Workspace } from '../decision/compile-workspace.js'
import { parseEntry } from '../decision/routing/entry.js'
import { isGroup } from '../decision/routing/routing.js'
import { modeAt, nextModeChange } from '../decision/widget.js'
import { DriftStatusError } from '../errors.js'
import { formatInstant } from '../time/instant.js'
import type { Instant } from '../time/zone.js'
import type { Condition } from '../words.js'
import { nextPeopleChange } from './timeline.js'

/** The answer of `is --json` and `GET /v1/is/{condition}`. */
export interface ConditionAnswer {
  readonly at: string
  readonly timeZone: string
  readonly condition: Condition
  /** The team that was asked about; only where one was. */
  readonly team?: string
  readonly holds: boolean
  /**
   * The first instant after `at` at which time alone makes the answer another one; null for never, or not in the twelve
   * weeks or more that are looked at where people follow the duty.
   */
  readonly until: string | null
}

/** A condition at an instant, and until when it stays as it is. */
interface Held {
  readonly holds: boolean
  /** Infinity when time alone does not change it. */
  readonly until: Instant
}

/**
 * Whether a condition holds at an instant: of the sign (`online`, `offline`), the hours (`open`), or the people (`staffed`,
 * `unstaffed`), those of one team where it is named.
 *
 * @throws DriftStatusError (invalid-input) for an unknown team, or a team with a condition that is not about people
 */
export function checkCondition(
  condition: Condition,
  workspace: Workspace,
  at: Instant,
  team?: string,
): ConditionAnswer {
  const { zone } = workspace
  const { holds, until } = conditionAt(condition, workspace, at, team)
  return {
    at: formatInstant(at, zone),
    timeZone: zone.name,
    condition,
    ...(team !== undefined && { team }),
    holds,
    until: until === Infinity ? null : formatInstant(until, zone),
  }
}

function conditionAt(condition: Condition, workspace: Workspace, at: Instant, team: string | undefined): Held {
  if (condition === 'staffed' || condition === 'unstaffed') {
    const { isStaffed, until } = staffingAt(workspace, at, team)
    return { holds: isStaffed === (condition === 'staffed'), until }
  }
  if (team !== undefined) {
    throw new DriftStatusError('invalid-input', `"${condition}" is not asked of a team`, {
      hint: 'a team is staffed or unstaffed; leave the team out for the workspace',
    })
  }
  if (condition === 'open') {
    return { holds: workspace.schedule.isOpen(at), until: workspace.schedule.nextChange(at) ?? Infinity }
  }
  const mode = modeAt(workspace, at)
  return { holds: mode === condition, until: nextModeChange(workspace, at, mode)?.at ?? Infinity }
}

interface Staffing {
  readonly isStaffed: boolean
  readonly until: Instant
}

function staffingAt(workspace: Workspace, at: Instant, team: string | undefined): Staffing {
  const { roster } = workspace
  if (team === undefined) return { isStaffed: roster.isStaffed(at), until: roster.nextStaffingChange(at) }
  const { target } = parseEntry(`team:${team}`, workspace)
  const members = isGroup(target) ? target.members.filter(countsForStaffing) : []
  const isStaffedAt = (instant: Instant) => members.some((agent) => isAvailable(agent, instant))
  const isStaffed = isStaffedAt(at)
  // A rota goes on for ever, and may never change what it decides.
  const horizon = roster.horizonOf(at)
  let until = members.length === 0 ? Infinity : nextPeopleChange(workspace, at)
  while (until < horizon && isStaffedAt(until) === isStaffed) until = nextPeopleChange(workspace, until)
  return { isStaffed, until: until < horizon ? until : Infinity }
}
