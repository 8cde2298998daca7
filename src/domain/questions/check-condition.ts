import { countsForStaffing, isAvailable } from '../decision/agent.js'
import type { Workspace } from '../decision/compile-workspace.js'
import { nextStatusChange } from '../decision/next-status.js'
import { unknownTeam } from '../decision/routing/entry.js'
import { nextTeamChange, type Team, teamModeAt } from '../decision/team.js'
import { modeAt, nextModeChange } from '../decision/widget.js'
import { DriftStatusError } from '../errors.js'
import { formatInstant } from '../time/instant.js'
import type { Instant } from '../time/zone.js'
import type { Condition } from '../words.js'

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
 * `unstaffed`); of one team where it is named (R37).
 *
 * @throws DriftStatusError (invalid-input) for an unknown team, or `open` of one without hours of its own
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
  const asked = team === undefined ? undefined : findTeam(team, workspace)
  if (condition === 'open') {
    if (asked && !asked.schedule) {
      throw new DriftStatusError('invalid-input', `team "${team}" has no hours of its own`, {
        rule: 'R37',
        hint: 'ask whether it is online, or leave the team out',
      })
    }
    const schedule = asked?.schedule ?? workspace.schedule
    return { holds: schedule.isOpen(at), until: schedule.nextChange(at) ?? Infinity }
  }
  if (asked) return { holds: teamModeAt(asked, at) === condition, until: nextTeamChange(asked, at)?.at ?? Infinity }
  const mode = modeAt(workspace, at)
  return { holds: mode === condition, until: nextModeChange(workspace, at, mode)?.at ?? Infinity }
}

/** @throws DriftStatusError (invalid-input) with the nearest team */
function findTeam(id: string, { teams }: Workspace): Team {
  const team = teams.get(id)
  if (team) return team
  throw unknownTeam(id, [...teams.keys()])
}

interface Staffing {
  readonly isStaffed: boolean
  readonly until: Instant
}

function staffingAt(workspace: Workspace, at: Instant, team: string | undefined): Staffing {
  const { roster } = workspace
  if (team === undefined) return { isStaffed: roster.isStaffed(at), until: roster.nextStaffingChange(at) }
  const members = findTeam(team, workspace).members.filter(countsForStaffing)
  const isStaffedAt = (instant: Instant) => members.some((agent) => isAvailable(agent, instant))
  const isStaffed = isStaffedAt(at)
  // A rota goes on for ever, and may never change what it decides.
  const horizon = roster.horizonOf(at)
  const nextChange = (instant: Instant) => Math.min(...members.map((agent) => nextStatusChange(agent, instant)))
  let until = nextChange(at)
  while (until < horizon && isStaffedAt(until) === isStaffed) until = nextChange(until)
  return { isStaffed, until: until < horizon ? until : Infinity }
}
