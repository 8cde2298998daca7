import * as z from 'zod/mini'
import { schemas } from '../../../domain/document/schema.js'
import type { AgentAnswer, AgentListAnswer, StatusWriteAnswer } from '../answers.js'
import { id, numbered } from '../fields.js'
import { operation, type WriteAnswer } from '../operation.js'

/** Who is behind the counter. */
export const agentOperations = {
  listAgents: operation<AgentListAnswer>()({
    method: 'GET',
    path: '/v1/agents',
    scope: 'read',
    summary: 'Agents in the order of their ids, a page at a time',
    request: () =>
      z.strictObject({
        status: z.optional(schemas.agentStatus()),
        after: z.optional(id()),
        limit: z.optional(numbered(1000)),
      }),
  }),
  getAgent: operation<AgentAnswer>()({
    method: 'GET',
    path: '/v1/agents/{id}',
    scope: 'read',
    summary: 'One agent, by id, email or unambiguous name; "me" is yourself',
    errors: ['not-found'],
    request: () => z.strictObject({ id: id() }),
  }),
  addAgent: operation<WriteAnswer>()({
    method: 'POST',
    path: '/v1/agents',
    scope: 'admin',
    summary: 'Add an agent',
    request: () => z.strictObject({ agent: schemas.agent() }),
  }),
  patchAgent: operation<WriteAnswer>()({
    method: 'PATCH',
    path: '/v1/agents/{id}',
    scope: 'admin',
    summary: 'Change settings of an agent; null removes one',
    errors: ['not-found'],
    request: () => z.strictObject({ id: id(), settings: z.record(z.string(), z.unknown()) }),
  }),
  deleteAgent: operation<WriteAnswer>()({
    method: 'DELETE',
    path: '/v1/agents/{id}',
    scope: 'admin',
    summary: 'Remove an agent that no team or rule names',
    errors: ['not-found'],
    request: () => z.strictObject({ id: id() }),
  }),
  putStatus: operation<StatusWriteAnswer>()({
    method: 'PUT',
    path: '/v1/agents/{id}/status',
    scope: 'status:self',
    summary:
      'Set an agent available or away, with an optional end, or let the duty decide; another than "me" needs an admin',
    errors: ['not-found'],
    request: () =>
      z.strictObject({
        id: id(),
        status: schemas.statusPolicy(),
        from: z.optional(schemas.instant()),
        until: z.optional(schemas.instant()),
        note: z.optional(schemas.note()),
      }),
  }),
  deletePlanned: operation<StatusWriteAnswer>()({
    method: 'DELETE',
    path: '/v1/agents/{id}/planned/{from}',
    scope: 'status:self',
    summary: 'Take back a status that begins later; of another than "me" needs an admin',
    errors: ['not-found'],
    request: () => z.strictObject({ id: id(), from: schemas.instant() }),
  }),
}
