import { NO_HOURS } from '../../domain/decision/compile-hours.js'
import type { WorkspaceDocument } from '../../domain/document/schema.js'
import { DriftStatusError } from '../../domain/errors.js'
import { didYouMean } from '../../domain/nearest.js'
import type { Draft } from '../revisions/draft.js'

type HoursDocument = WorkspaceDocument['hours']

/** Names the hours of a team; without one those of the workspace are meant. */
interface Whose {
  readonly team?: string | undefined
}

/** The section that holds the hours which a request names. */
export function etagOf({ team }: Whose): 'hours' | 'teams' {
  return team === undefined ? 'hours' : 'teams'
}

/** The hours of the workspace, or of a team that is there. */
export async function hoursOfDraft(draft: Draft, team: string | undefined): Promise<HoursDocument> {
  if (team === undefined) return draft.section('hours')
  return findTeam(team, await draft.section('teams')).hours ?? NO_HOURS
}

/** Puts the hours of the workspace, or of a team that is there; a team has none where nothing is in them. */
export async function putHoursOf(draft: Draft, team: string | undefined, hours: HoursDocument): Promise<void> {
  if (team === undefined) return draft.put('hours', hours)
  const teams = await draft.section('teams')
  const found = findTeam(team, teams)
  const { hours: before, ...others } = found
  const edited = JSON.stringify(hours) === JSON.stringify(NO_HOURS) ? others : { ...others, hours }
  await draft.put(
    'teams',
    teams.map((other) => (other === found ? edited : other)),
  )
}

/** @throws DriftStatusError (not-found) with the nearest team */
export function findTeam(team: string, teams: WorkspaceDocument['teams']): WorkspaceDocument['teams'][number] {
  const found = teams.find(({ id }) => id === team)
  if (found) return found
  const ids = teams.map(({ id }) => id)
  throw new DriftStatusError('not-found', `"${team}" is not a team of this workspace`, {
    hint: didYouMean(team, ids) ?? `teams: ${ids.join(', ') || 'none'}`,
  })
}
