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

/** @throws DriftStatusError (not-found) with the nearest team for one that there is not */
export async function hoursOfDraft(draft: Draft, team: string | undefined): Promise<HoursDocument> {
  if (team === undefined) return draft.section('hours')
  const teams = await draft.section('teams')
  const found = teams.find(({ id }) => id === team)
  if (found) return found.hours ?? NO_HOURS
  const ids = teams.map(({ id }) => id)
  throw new DriftStatusError('not-found', `"${team}" is not a team of this workspace`, {
    hint: didYouMean(team, ids) ?? `teams: ${ids.join(', ') || 'none'}`,
  })
}

/** Puts the hours of the workspace, or of a team that is there. */
export async function putHoursOf(draft: Draft, team: string | undefined, hours: HoursDocument): Promise<void> {
  if (team === undefined) return draft.put('hours', hours)
  const teams = await draft.section('teams')
  await draft.put(
    'teams',
    teams.map((other) => (other.id === team ? { ...other, hours } : other)),
  )
}
