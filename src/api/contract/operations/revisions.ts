import * as z from 'zod/mini'
import { schemas } from '../../../domain/document/schema.js'
import type { RevisionAnswer, RevisionListAnswer } from '../answers.js'
import { id, numbered } from '../fields.js'
import { operation, type WriteAnswer } from '../operation.js'

/** Who changed what, and undo. */
export const revisionOperations = {
  listRevisions: operation<RevisionListAnswer>()({
    method: 'GET',
    path: '/v1/revisions',
    scope: 'read',
    summary: 'Who changed what, when and why, newest first',
    request: () =>
      z.strictObject({
        actor: z.optional(id()),
        path: z.optional(id()),
        since: z.optional(schemas.instant()),
        before: z.optional(numbered()),
        limit: z.optional(numbered(1000)),
      }),
  }),
  getRevision: operation<RevisionAnswer>()({
    method: 'GET',
    path: '/v1/revisions/{number}',
    scope: 'read',
    summary: 'One revision with its changes',
    errors: ['not-found'],
    request: () => z.strictObject({ number: numbered() }),
  }),
  revert: operation<WriteAnswer>()({
    method: 'POST',
    path: '/v1/revisions/{number}/revert',
    scope: 'admin',
    summary: 'Undo a revision by a new one; refuses when later changes touched the same paths',
    errors: ['not-found'],
    request: () =>
      z.strictObject({
        number: numbered(),
        force: z.optional(z.boolean()),
      }),
  }),
}
