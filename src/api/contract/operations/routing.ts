import * as z from 'zod/mini'
import { schemas, type WorkspaceDocument } from '../../../domain/document/schema.js'
import type { AssignmentAnswer, CursorListAnswer, EndedAssignmentAnswer, RouteAnswer, Versioned } from '../answers.js'
import { id, nothing, numbered, visitorFields } from '../fields.js'
import { operation, type WriteAnswer } from '../operation.js'

/** Who gets a chat. */
export const routingOperations = {
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
    takesBack: 'teams',
    request: () => z.strictObject({ teams: schemas.teams() }),
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
    takesBack: 'routing',
    request: () => z.strictObject({ routing: schemas.routing() }),
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
    takesBack: 'playbooks',
    request: () => z.strictObject({ playbooks: schemas.playbooks() }),
  }),
  route: operation<RouteAnswer>()({
    method: 'POST',
    path: '/v1/route',
    scope: 'routing',
    summary: 'Decide who gets a chat, record the assignment and move the cursor (R21, R23)',
    errors: ['not-found'],
    request: () =>
      z.strictObject({ visitor: z.optional(z.strictObject(visitorFields())), route: z.optional(z.string()) }),
  }),
  listAssignments: operation<readonly AssignmentAnswer[]>()({
    method: 'GET',
    path: '/v1/assignments',
    scope: 'read',
    summary: 'The open chats, newest first',
    request: () => z.strictObject({ limit: z.optional(numbered()) }),
  }),
  endAssignment: operation<EndedAssignmentAnswer>()({
    method: 'POST',
    path: '/v1/assignments/{id}/end',
    scope: 'routing',
    summary: 'Say that a chat ended, so that chat limits count',
    errors: ['not-found'],
    request: () => z.strictObject({ id: numbered() }),
  }),
  getCursors: operation<CursorListAnswer>()({
    method: 'GET',
    path: '/v1/cursors',
    scope: 'read',
    summary: 'Who was routed last, for each group',
    request: nothing,
  }),
  putCursor: operation<CursorListAnswer>()({
    method: 'PUT',
    path: '/v1/cursors/{group}',
    scope: 'routing',
    summary: 'Set who was routed last; null starts over',
    errors: ['not-found'],
    request: () => z.strictObject({ group: id(), agent: z.nullable(id()) }),
  }),
}
