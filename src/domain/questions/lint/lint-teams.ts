import type { Workspace } from '../../decision/compile-workspace.js'
import { promisedTeamMode, type Team, teamModeAt } from '../../decision/team.js'
import { formatMoment } from '../../time/moment.js'
import type { Instant } from '../../time/zone.js'
import { nextTransition } from '../timeline.js'
import type { LintFinding } from './lint-finding.js'

/** R7, R37: a team that follows hours which it does not have is offline for ever. */
export function findTeamsWithoutHours({ teams }: Workspace): LintFinding[] {
  return [...teams.values()].flatMap(({ name, schedule }, index) => {
    if (!schedule?.calendar.isEmpty) return []
    const text = `Team ${name} follows its own hours and has none, so it is always offline: set them, or let it be always online.`
    return [{ code: 'no-hours', severity: 'error', text, path: `teams[${index}].hours` }]
  })
}

/** R37: a team is to take chats, and none of its members is expected then: its auto-offline keeps it offline. */
export function findTeamsStayingOffline(workspace: Workspace, at: Instant, to: Instant): LintFinding[] {
  return [...workspace.teams.values()].flatMap((team, index) => {
    const from = team.autoOffline ? firstUnkept(team, workspace, at, to) : undefined
    if (from === undefined) return []
    const when = from === at ? 'now' : formatMoment(from, workspace.zone, at)
    const text = `Team ${team.name} would be online ${when} and none of its members is expected then: auto-offline keeps it offline. Make one available, or put one on duty.`
    return [{ code: 'stays-offline', severity: 'warning', text, path: `teams[${index}].autoOffline` }]
  })
}

/** The first instant at which a team would be online, and is not. */
function firstUnkept(team: Team, workspace: Workspace, from: Instant, to: Instant): Instant | undefined {
  for (let at = from; at < to; at = nextTransition(workspace, at)) {
    if (promisedTeamMode(team, at) === 'online' && teamModeAt(team, at) === 'offline') return at
  }
  return undefined
}
