import type { PlaybookDocument, WorkspaceDocument } from '../../domain/document/schema.js'
import type { ModePolicy } from '../../domain/words.js'
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

/**
 * A team as Drift's. Teams of ours keep no hours of their own: the mode and auto-offline are the
 * workspace's. Owner, main and the response timer are nothing we know, and absent.
 *
 * @param members the ids of the members, resolved from emails
 */
export function teamDocument(
  { id, name }: TeamDocument,
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
    autoOffline: widget.autoOffline,
    teamAvailabilityMode: MODES[widget.override?.mode ?? widget.mode],
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
