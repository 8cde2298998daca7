import * as z from 'zod/mini'
import type { DutyDocument } from '../../../domain/document/duty-schema.js'
import { schemas } from '../../../domain/document/schema.js'
import type { TurnsAnswer } from '../../../domain/questions/duty-view.js'
import type { NewTokenAnswer, TokenAnswer, TokenWriteAnswer, Versioned } from '../answers.js'
import { id, nothing, numbered } from '../fields.js'
import { operation, type WriteAnswer } from '../operation.js'

/** Covers written at once. */
const MAX_COVERS = 100

/** Who is expected behind the counter, and who stands in. */
export const dutyOperations = {
  getDuty: operation<Versioned<DutyDocument>>()({
    method: 'GET',
    path: '/v1/duty',
    scope: 'read',
    summary: 'The shifts and the covers',
    request: nothing,
  }),
  putDuty: operation<WriteAnswer>()({
    method: 'PUT',
    path: '/v1/duty',
    scope: 'duty',
    summary: 'Replace the shifts and the covers; covers that cover nothing any more go',
    takesBack: 'duty',
    request: () => z.strictObject({ duty: schemas.duty() }),
  }),
  listTurns: operation<TurnsAnswer & { readonly revision: number }>()({
    method: 'GET',
    path: '/v1/duty/turns',
    scope: 'read',
    summary: 'Who is on duty when: everyone in a week, or one agent next',
    errors: ['not-found'],
    request: () =>
      z.strictObject({
        from: z.optional(schemas.instant()),
        to: z.optional(schemas.instant()),
        agent: z.optional(id()),
        limit: z.optional(numbered(10_000)),
      }),
  }),
  listDutyFeeds: operation<readonly TokenAnswer[]>()({
    method: 'GET',
    path: '/v1/duty/feeds',
    scope: 'read',
    summary: 'The addresses at which turns of duty are published: your own, an admin sees all; never their secrets',
    request: nothing,
  }),
  createDutyFeed: operation<NewTokenAnswer>()({
    method: 'POST',
    path: '/v1/duty/feeds',
    scope: 'status:self',
    summary:
      "Publish the turns of one agent at an address of their own, /v1/calendar/SECRET.ics; another's needs an admin. Its secret is answered once",
    errors: ['not-found'],
    request: () => z.strictObject({ agent: z.optional(id()) }),
  }),
  deleteDutyFeed: operation<TokenWriteAnswer>()({
    method: 'DELETE',
    path: '/v1/duty/feeds/{id}',
    scope: 'status:self',
    summary: "End such an address at once; another's needs an admin",
    errors: ['not-found'],
    request: () => z.strictObject({ id: id() }),
  }),
  addCovers: operation<WriteAnswer>()({
    method: 'POST',
    path: '/v1/duty/covers',
    scope: 'status:self',
    orScope: 'duty',
    summary:
      "Let one agent take the place of another for some time; another's place that is not running needs an admin",
    errors: ['not-found'],
    request: () => z.strictObject({ covers: z.array(schemas.cover()).check(z.minLength(1), z.maxLength(MAX_COVERS)) }),
  }),
}
