/**
 * The engine as a library: read a workspace document, then ask what a visitor would see and who
 * would get the chat.
 *
 * @example
 * import { openDocument } from 'drift-status'
 * const workspace = openDocument(await readFile('workspace.yaml'), 'workspace.yaml')
 * workspace.simulate({ at: Date.parse('2026-11-27T22:30:00Z') }).widget.mode // 'offline'
 *
 * @example
 * import { createClient, openLocalWorkspace } from 'drift-status'
 * const client = createClient(await openLocalWorkspace('acme.db', { now: Date.now }))
 * await client.putStatus({ id: '2', status: 'away' }, { note: 'lunch' })
 */
export { type Client, createClient, type Transport, type WorkspaceEvent } from './api/client.js'
export type {
  AgentListAnswer,
  AssignmentAnswer,
  CursorListAnswer,
  RevisionAnswer,
  RevisionListAnswer,
  RouteAnswer,
  StatusAnswer,
  Versioned,
} from './api/contract/answers.js'
export type {
  ChangeAnswer,
  ModeAnswer,
  PreviewEntry,
  Scope,
  WriteAnswer,
  WriteOptions,
} from './api/contract/operation.js'
export type { AnswerOf, OperationId, Operations, RequestOf } from './api/contract/operations.js'
export { type ConnectOptions, connectWorkspace } from './api/network/connect-workspace.js'
export { openDocument, type WorkspaceQuestions } from './api/workspace-questions.js'
export { parseWorkspace, printWorkspace } from './domain/document/parse-workspace.js'
export { DocumentError, type Problem } from './domain/document/problem.js'
export type {
  AgentDocument,
  ConditionsDocument,
  ExceptionDocument,
  PlaybookDocument,
  RuleDocument,
  TargetDocument,
  WorkspaceDocument,
} from './domain/document/schema.js'
export { DriftStatusError, type ErrorCode } from './domain/errors.js'
export type { Assumptions } from './domain/questions/assume.js'
export type { ConditionAnswer } from './domain/questions/check-condition.js'
export type {
  CoverageAnswer,
  CoverageRequest,
  CoverageSpan,
  CoverageState,
  CoverageTotals,
} from './domain/questions/coverage/coverage.js'
export type { RoutingAnswer } from './domain/questions/describe-routing.js'
export type {
  DayAnswer,
  ExceptionAnswer,
  ExceptionsAnswer,
  HoursChangeAnswer,
  HoursNextAnswer,
  WeekAnswer,
} from './domain/questions/hours-view.js'
export type { FindingCode, LintFinding } from './domain/questions/lint/lint-finding.js'
export type {
  DecisionAnswer,
  SimulateRequest,
  VisitorRequest,
} from './domain/questions/simulate.js'
export type { TimelineAnswer, TimelineEntry, TimelineRequest } from './domain/questions/simulate-timeline.js'
export { type AtOptions, parseAt } from './domain/time/typed/parse-at.js'
export { Zone } from './domain/time/zone.js'
export type { AgentStatus, Condition, Mode, ModePolicy, Plan, Role, Strategy } from './domain/words.js'
export {
  createLocalWorkspace,
  type LocalWorkspaceOptions,
  openLocalWorkspace,
} from './service/embedded/open-workspace.js'
