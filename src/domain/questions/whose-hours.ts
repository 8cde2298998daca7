import { compileHours, NO_HOURS } from '../decision/compile-hours.js'
import type { Workspace } from '../decision/compile-workspace.js'
import { unknownTeam } from '../decision/routing/entry.js'
import type { Schedule } from '../time/schedule.js'
import type { TeamAvailability } from '../words.js'

/** The hours of the workspace, or those of a team. */
export interface Hours {
  readonly schedule: Schedule
  /** Of a team: whether it follows them (R37). */
  readonly availability?: TeamAvailability
}

/**
 * Whose hours are asked about: those of a team also while its availability does not ask for them (R37).
 * @throws DriftStatusError (invalid-input) with the nearest team for one that there is not
 */
export function hoursOf(workspace: Workspace, team: string | undefined): Hours {
  if (team === undefined) return workspace
  const { document } = workspace
  const found = document.teams.find(({ id }) => id === team)
  if (found) {
    const { availability = 'always-online', hours = NO_HOURS } = found
    return { schedule: compileHours(hours, document), availability }
  }
  throw unknownTeam(
    team,
    document.teams.map(({ id }) => id),
  )
}
