import type { PlaybookDocument, WorkspaceDocument } from '../../domain/document/schema.js'
import type { ModePolicy, TeamAvailability } from '../../domain/words.js'
import type { DriftPlaybook, DriftTeam, DriftTeamMode } from '../documents.js'
import { integerIdOf } from './integer-id.js'

type TeamDocument = WorkspaceDocument['teams'][number]

/** What every team's document says of the workspace. */
export interface TeamFacts {
  readonly orgId: number
  readonly workspaceId: string | undefined
  readonly widget: WorkspaceDocument['widget']
}

const MODES: Readonly<Record<ModePolicy, DriftTeamMode>> = {
  online: 'ALWAYS_ONLINE',
  offline: 'ALWAYS_OFFLINE',
  automatic: 'CUSTOM_HOURS',
}

const TEAM_MODES: Readonly<Record<TeamAvailability, DriftTeamMode>> = {
  'always-online': 'ALWAYS_ONLINE',
  'always-offline': 'ALWAYS_OFFLINE',
  'custom-hours': 'CUSTOM_HOURS',
}

/**
 * A team as Drift's. A team that says nothing of its own availability (R37) has the mode and the auto-offline of the workspace. Owner, main and the response timer are nothing we know, and absent.
 *
 * @param members the ids of the members, resolved from emails
 */
export function teamDocument(
  { id, name, availability, autoOffline }: TeamDocument,
  members: readonly string[],
  { orgId, workspaceId, widget }: TeamFacts,
): DriftTeam {
  return {
    id: integerIdOf(id),
    orgId,
    ...(workspaceId !== undefined && { workspaceId }),
    name: name ?? id,
    members: members.map(integerIdOf),
    status: 'ENABLED',
    autoOffline: autoOffline ?? (availability === undefined && widget.autoOffline),
    teamAvailabilityMode:
      availability === undefined ? MODES[widget.override?.mode ?? widget.mode] : TEAM_MODES[availability],
  }
}

/** A playbook as Drift's. Its targeting has no place there. */
export function playbookDocument({ id, name, goal }: PlaybookDocument, orgId: number): DriftPlaybook {
  return {
    id: integerIdOf(id),
    name: name ?? id,
    orgId,
    meta: {},
    goals: goal ? [{ id: `${id}:goal` }] : [],
  }
}
