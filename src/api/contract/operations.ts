import * as z from 'zod/mini'
import type { WeekAnswer } from '../../domain/hours-view.js'
import type { LintFinding } from '../../domain/lint.js'
import type { AgentDocument, WorkspaceDocument } from '../../domain/workspace/schema.js'
import { schemas } from '../../domain/workspace/schema.js'
import type {
  AgentListAnswer,
  AssignmentAnswer,
  CursorAnswer,
  RevisionAnswer,
  RevisionListAnswer,
  RouteAnswer,
  StatusAnswer,
  Versioned,
} from './answers.js'
import { operation, type WriteAnswer } from './operation.js'

const nothing = z.strictObject({})
const id = z.string().check(z.minLength(1))
const oneOrMore = z.int().check(z.minimum(1))
const { instant, agentStatus, mode, modePolicy, display } = schemas
const visitor = z.strictObject({
  url: z.optional(z.string()),
  attributes: z.optional(z.record(z.string(), schemas.scalar)),
})

/** Every operation of the service. Validation, the typed client and the API's description come from it. */
export const operations = {
  getWorkspace: operation<WorkspaceDocument>()({
    method: 'GET',
    path: '/v1/workspace',
    scope: 'read',
    summary: 'The whole workspace as a document, run-time state included',
    request: nothing,
  }),
  putWorkspace: operation<WriteAnswer>()({
    method: 'PUT',
    path: '/v1/workspace',
    scope: 'admin',
    summary: 'Make the workspace equal to a document; run-time state stays',
    request: z.strictObject({ document: z.unknown() }),
  }),
  getSettings: operation<Versioned<Pick<WorkspaceDocument, 'name' | 'plan' | 'timeZone' | 'chatLimit'>>>()({
    method: 'GET',
    path: '/v1/settings',
    scope: 'read',
    summary: 'The name, the plan, the time zone and the chat limit',
    request: nothing,
  }),
  getStatus: operation<StatusAnswer>()({
    method: 'GET',
    path: '/v1/status',
    scope: 'read',
    summary: 'One glance: mode and why, hours, agents, warnings',
    request: nothing,
  }),
  lint: operation<readonly LintFinding[]>()({
    method: 'GET',
    path: '/v1/lint',
    scope: 'read',
    summary: 'What would surprise an admin or a visitor',
    request: z.strictObject({ at: z.optional(instant) }),
  }),

  getWidget: operation<Versioned<WorkspaceDocument['widget']>>()({
    method: 'GET',
    path: '/v1/widget',
    scope: 'read',
    summary: 'The mode policy, the override, the display and auto-offline',
    request: nothing,
  }),
  putWidget: operation<WriteAnswer>()({
    method: 'PUT',
    path: '/v1/widget',
    scope: 'widget',
    summary: 'Set the mode policy, or an override with an end; set the display',
    request: z.strictObject({
      mode: z.optional(modePolicy),
      override: z.optional(z.nullable(z.strictObject({ mode, until: instant }))),
      display: z.optional(display),
    }),
  }),
  putAutoOffline: operation<WriteAnswer>()({
    method: 'PUT',
    path: '/v1/auto-offline',
    scope: 'widget',
    summary: 'Turn auto-offline on or off',
    request: z.strictObject({ enabled: z.boolean() }),
  }),

  getHours: operation<Versioned<WorkspaceDocument['hours']>>()({
    method: 'GET',
    path: '/v1/hours',
    scope: 'read',
    summary: 'The weekly hours and the exceptions',
    request: nothing,
  }),
  putHours: operation<WriteAnswer>()({
    method: 'PUT',
    path: '/v1/hours',
    scope: 'hours',
    summary: 'Replace the weekly hours and the exceptions',
    request: z.strictObject({ hours: schemas.hours }),
  }),
  getWeek: operation<WeekAnswer>()({
    method: 'GET',
    path: '/v1/hours/week',
    scope: 'read',
    summary: 'The hours of one week, exceptions applied',
    request: z.strictObject({ at: z.optional(instant) }),
  }),
  putException: operation<WriteAnswer>()({
    method: 'PUT',
    path: '/v1/hours/exceptions/{date}',
    scope: 'hours',
    summary: 'Replace the hours of a date, a date range (FROM..TO) or a yearly date (MM-DD)',
    request: z.strictObject({ date: id, name: z.optional(z.string()), hours: schemas.dayHours }),
  }),
  deleteException: operation<WriteAnswer>()({
    method: 'DELETE',
    path: '/v1/hours/exceptions/{date}',
    scope: 'hours',
    summary: 'Return a date to the weekly hours',
    request: z.strictObject({ date: id }),
  }),

  listAgents: operation<AgentListAnswer>()({
    method: 'GET',
    path: '/v1/agents',
    scope: 'read',
    summary: 'Agents in the order of their ids, a page at a time',
    request: z.strictObject({
      status: z.optional(agentStatus),
      after: z.optional(id),
      limit: z.optional(oneOrMore.check(z.maximum(1000))),
    }),
  }),
  getAgent: operation<Versioned<AgentDocument>>()({
    method: 'GET',
    path: '/v1/agents/{id}',
    scope: 'read',
    summary: 'One agent, by id, email or unambiguous name; "me" is yourself',
    request: z.strictObject({ id }),
  }),
  addAgent: operation<WriteAnswer>()({
    method: 'POST',
    path: '/v1/agents',
    scope: 'admin',
    summary: 'Add an agent',
    request: z.strictObject({ agent: schemas.agent }),
  }),
  patchAgent: operation<WriteAnswer>()({
    method: 'PATCH',
    path: '/v1/agents/{id}',
    scope: 'admin',
    summary: 'Change settings of an agent; null removes one',
    request: z.strictObject({ id, settings: z.record(z.string(), z.unknown()) }),
  }),
  deleteAgent: operation<WriteAnswer>()({
    method: 'DELETE',
    path: '/v1/agents/{id}',
    scope: 'admin',
    summary: 'Remove an agent that no team or rule names',
    request: z.strictObject({ id }),
  }),
  putStatus: operation<WriteAnswer>()({
    method: 'PUT',
    path: '/v1/agents/{id}/status',
    scope: 'status:self',
    summary: 'Set an agent available or away, with an optional end; another than "me" needs an admin',
    request: z.strictObject({
      id,
      status: agentStatus,
      until: z.optional(instant),
      note: z.optional(z.string()),
    }),
  }),

  getTeams: operation<Versioned<WorkspaceDocument['teams']>>()({
    method: 'GET',
    path: '/v1/teams',
    scope: 'read',
    summary: 'The teams and their members',
    request: nothing,
  }),
  putTeams: operation<WriteAnswer>()({
    method: 'PUT',
    path: '/v1/teams',
    scope: 'routing',
    summary: 'Replace the teams',
    request: z.strictObject({ teams: schemas.teams }),
  }),
  getRouting: operation<Versioned<WorkspaceDocument['routing']>>()({
    method: 'GET',
    path: '/v1/routing',
    scope: 'read',
    summary: 'The waterfall: rules in priority order, then the default rule',
    request: nothing,
  }),
  putRouting: operation<WriteAnswer>()({
    method: 'PUT',
    path: '/v1/routing',
    scope: 'routing',
    summary: 'Replace the waterfall',
    request: z.strictObject({ routing: schemas.routing }),
  }),
  getPlaybooks: operation<Versioned<WorkspaceDocument['playbooks']>>()({
    method: 'GET',
    path: '/v1/playbooks',
    scope: 'read',
    summary: 'The playbooks in priority order',
    request: nothing,
  }),
  putPlaybooks: operation<WriteAnswer>()({
    method: 'PUT',
    path: '/v1/playbooks',
    scope: 'routing',
    summary: 'Replace the playbooks',
    request: z.strictObject({ playbooks: schemas.playbooks }),
  }),

  route: operation<RouteAnswer>()({
    method: 'POST',
    path: '/v1/route',
    scope: 'routing',
    summary: 'Decide who gets a chat, record the assignment and move the cursor (R21, R23)',
    request: z.strictObject({ visitor: z.optional(visitor), route: z.optional(z.string()) }),
  }),
  listAssignments: operation<readonly AssignmentAnswer[]>()({
    method: 'GET',
    path: '/v1/assignments',
    scope: 'read',
    summary: 'The open chats, newest first',
    request: z.strictObject({ limit: z.optional(oneOrMore) }),
  }),
  endAssignment: operation<AssignmentAnswer>()({
    method: 'POST',
    path: '/v1/assignments/{id}/end',
    scope: 'routing',
    summary: 'Say that a chat ended, so that chat limits count',
    request: z.strictObject({ id: z.coerce.number().check(z.int(), z.minimum(1)) }),
  }),
  getCursors: operation<readonly CursorAnswer[]>()({
    method: 'GET',
    path: '/v1/cursors',
    scope: 'read',
    summary: 'Who was routed last, for each group',
    request: nothing,
  }),
  putCursor: operation<readonly CursorAnswer[]>()({
    method: 'PUT',
    path: '/v1/cursors/{group}',
    scope: 'routing',
    summary: 'Set who was routed last; null starts over',
    request: z.strictObject({ group: id, agent: z.nullable(id) }),
  }),

  listRevisions: operation<RevisionListAnswer>()({
    method: 'GET',
    path: '/v1/revisions',
    scope: 'read',
    summary: 'Who changed what, when and why, newest first',
    request: z.strictObject({
      actor: z.optional(id),
      path: z.optional(id),
      since: z.optional(instant),
      before: z.optional(oneOrMore),
      limit: z.optional(oneOrMore.check(z.maximum(1000))),
    }),
  }),
  getRevision: operation<RevisionAnswer>()({
    method: 'GET',
    path: '/v1/revisions/{number}',
    scope: 'read',
    summary: 'One revision with its changes',
    request: z.strictObject({ number: z.coerce.number().check(z.int(), z.minimum(1)) }),
  }),
  revert: operation<WriteAnswer>()({
    method: 'POST',
    path: '/v1/revisions/{number}/revert',
    scope: 'admin',
    summary: 'Undo a revision by a new one; refuses when later changes touched the same paths',
    request: z.strictObject({
      number: z.coerce.number().check(z.int(), z.minimum(1)),
      force: z.optional(z.boolean()),
    }),
  }),
}

export type Operations = typeof operations
export type OperationId = keyof Operations
export type RequestOf<Id extends OperationId> = z.input<Operations[Id]['request']>
export type ParsedRequestOf<Id extends OperationId> = z.output<Operations[Id]['request']>
export type AnswerOf<Id extends OperationId> = NonNullable<Operations[Id]['answer']>

export function isWrite(id: OperationId): boolean {
  return operations[id].method !== 'GET'
}
