import * as z from 'zod/mini'
import { schemas, workspaceSchema } from '../../domain/document/schema.js'
import { lazy } from '../../domain/lazy.js'
import type { ProblemAnswer } from './http.js'
import type { AnswerOf, OperationId } from './operations.js'
import { versioned } from './responses/answer-fields.js'
import { namedBasis } from './responses/basis.js'
import { check } from './responses/check.js'
import { coverage } from './responses/coverage.js'
import { condition, decision, reachable, timeline } from './responses/decision.js'
import { turns } from './responses/duty.js'
import { findings } from './responses/findings.js'
import { holidays, holidaysWrite } from './responses/holidays.js'
import { exceptions, hours, hoursNext, openTimeAfter, openTimeBetween, week } from './responses/hours.js'
import { plan } from './responses/plan.js'
import type { problem } from './responses/problem.js'
import { report } from './responses/report.js'
import { assignment, cursors, endedAssignment, route } from './responses/routing.js'
import { agent, agentList, status, statusWrite } from './responses/status.js'
import { me, newToken, tokens, tokenWrite } from './responses/tokens.js'
import { revision, revisionList, write } from './responses/writes.js'

/**
 * The schema of each operation's answer, for the API's description and for what checks answers of the network. A
 * table of its own beside `operations`, so that no call of an operation in this process loads it.
 */
export const responses = {
  getWorkspace: workspaceSchema,
  putWorkspace: write,
  planWorkspace: plan,
  getSettings: lazy(() => versioned(schemas.general())),
  patchSettings: write,
  getGreeting: lazy(() => versioned(schemas.greeting())),
  putGreeting: write,
  getStatus: status,
  lint: findings,

  getWidget: lazy(() => versioned(schemas.widget())),
  putWidget: write,
  putAutoOffline: write,
  deletePlannedMode: write,

  getHours: hours,
  putHours: write,
  getWeek: week,
  nextHours: hoursNext,
  openTimeAfter,
  openTimeBetween,
  listExceptions: exceptions,
  putException: write,
  deleteException: write,

  getHolidays: holidays,
  putHolidays: holidaysWrite,
  syncHolidays: holidaysWrite,
  deleteHolidays: write,
  applyHolidays: write,

  listAgents: agentList,
  getAgent: agent,
  addAgent: write,
  patchAgent: write,
  deleteAgent: write,
  putStatus: statusWrite,
  deletePlanned: statusWrite,

  getDuty: lazy(() => versioned(schemas.duty())),
  putDuty: write,
  listTurns: turns,
  listDutyFeeds: tokens,
  createDutyFeed: newToken,
  deleteDutyFeed: tokenWrite,
  addCovers: write,

  getTeams: lazy(() => versioned(schemas.teams())),
  putTeams: write,
  getRouting: lazy(() => versioned(schemas.routing())),
  putRouting: write,
  getPlaybooks: lazy(() => versioned(schemas.playbooks())),
  putPlaybooks: write,
  route,
  listAssignments: lazy(() => z.array(assignment())),
  endAssignment: endedAssignment,
  getCursors: cursors,
  putCursor: cursors,

  listRevisions: revisionList,
  getRevision: revision,
  revert: write,
  getReport: report,

  simulate: decision,
  simulateTimeline: timeline,
  check,
  getBasis: namedBasis,
  reachable,
  checkCondition: condition,
  coverage,

  getMe: me,
  listTokens: tokens,
  createToken: newToken,
  rotateToken: newToken,
  revokeToken: tokenWrite,
} satisfies Record<OperationId, () => z.ZodMiniType>

/** Whether two types are the same, every optional field included; `readonly` alone makes no difference. */
type Agree<A, B> = (<T>() => T extends Plain<A> ? 1 : 2) extends <T>() => T extends Plain<B> ? 1 : 2 ? true : false
type Plain<T> = T extends readonly (infer Item)[]
  ? Plain<Item>[]
  : T extends object
    ? { -readonly [Key in keyof T]: Plain<T[Key]> }
    : T

type AnswerBySchema<Schema extends () => z.ZodMiniType> = z.output<ReturnType<Schema>>

/** The operations whose answer's schema and type differ: the type checker names them here. */
type Disagreeing = {
  [Id in OperationId]: Agree<AnswerBySchema<(typeof responses)[Id]>, AnswerOf<Id>> extends true ? never : Id
}[OperationId]

type Holds<Claim extends true> = Claim
export type EveryAnswerAgrees = Holds<[Disagreeing] extends [never] ? true : Disagreeing>
export type ProblemAgrees = Holds<Agree<AnswerBySchema<typeof problem>, ProblemAnswer>>
