import type { AgentDocument, WorkspaceDocument } from '../../domain/document/schema.js'
import type { AgentStatus, TeamAvailability } from '../../domain/words.js'
import type { AnswerBy } from './responses/answer-fields.js'
import type { holidays, holidaysWrite } from './responses/holidays.js'
import type { plan } from './responses/plan.js'
import type { report } from './responses/report.js'
import type { assignment, cursors, endedAssignment, route } from './responses/routing.js'
import type { agent, agentList, status, statusWrite } from './responses/status.js'
import type { me, newToken, token, tokenWrite } from './responses/tokens.js'
import type { revision, revisionList } from './responses/writes.js'

/** A value with the revision that wrote it last: its ETag. */
export interface Versioned<Value> {
  readonly value: Value
  readonly revision: number
  /** The names of the agents that the value mentions, by their ids. */
  readonly names?: Readonly<Record<string, string>>
}

/** Hours, of the workspace or of a team; sent back as they are, they are those of the same team. */
export interface HoursAnswer extends Versioned<WorkspaceDocument['hours']> {
  readonly team?: string
  /** Of a team: hours of one that is always online, or never, wait (R37). */
  readonly availability?: TeamAvailability
}

/** An agent as of now, with the service's own word for the status where it has more than two (R17). */
export type LiveAgent = AgentDocument & {
  readonly availability?: string | undefined
  /** What an automatic status comes to as of now (R32). */
  readonly resolved?: AgentStatus | undefined
}

/** What an agent is now, whether by hand or by the duty. */
export function statusNow({ status = 'available', resolved }: LiveAgent): AgentStatus {
  return resolved ?? (status === 'automatic' ? 'away' : status)
}

export type AgentAnswer = AnswerBy<typeof agent>
export type AgentListAnswer = AnswerBy<typeof agentList>
export type StatusAnswer = AnswerBy<typeof status>
export type StatusWriteAnswer = AnswerBy<typeof statusWrite>
/** One glance at a service that knows agents only: Drift tells neither mode, hours nor what visitors see. */
export type AgentsStatusAnswer = Pick<StatusAnswer, 'workspace' | 'revision' | 'at' | 'timeZone' | 'agents'>

export type HolidaysAnswer = AnswerBy<typeof holidays>
export type HolidaysWriteAnswer = AnswerBy<typeof holidaysWrite>

export type RouteAnswer = AnswerBy<typeof route>
export type AssignmentAnswer = AnswerBy<typeof assignment>
export type EndedAssignmentAnswer = AnswerBy<typeof endedAssignment>
export type CursorListAnswer = AnswerBy<typeof cursors>

export type RevisionAnswer = AnswerBy<typeof revision>
export type RevisionListAnswer = AnswerBy<typeof revisionList>
export type PlanAnswer = AnswerBy<typeof plan>
export type ReportAnswer = AnswerBy<typeof report>

export type TokenAnswer = AnswerBy<typeof token>
export type TokenWriteAnswer = AnswerBy<typeof tokenWrite>
export type NewTokenAnswer = AnswerBy<typeof newToken>
export type MeAnswer = AnswerBy<typeof me>
