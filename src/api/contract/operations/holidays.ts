import * as z from 'zod/mini'
import { schemas } from '../../../domain/document/schema.js'
import type { HolidaysAnswer, HolidaysWriteAnswer } from '../answers.js'
import { id, nothing } from '../fields.js'
import { operation, type WriteAnswer } from '../operation.js'

/** Named lists of dates on which hours do not hold (R40). */
export const holidayOperations = {
  getHolidays: operation<HolidaysAnswer>()({
    method: 'GET',
    path: '/v1/holidays',
    scope: 'read',
    summary: 'The holiday calendars, and when their feeds were read',
    request: nothing,
  }),
  putHolidays: operation<HolidaysWriteAnswer>()({
    method: 'PUT',
    path: '/v1/holidays/{id}',
    scope: 'hours',
    summary:
      'Make a holiday calendar or replace it: of the days given, or of those that the feed of the source has now',
    errors: ['unreadable'],
    request: () =>
      z.strictObject({
        id: id(),
        name: z.optional(schemas.name()),
        source: z.optional(schemas.holidaySource()),
        days: z.optional(schemas.holidayDays()),
      }),
  }),
  syncHolidays: operation<HolidaysWriteAnswer>()({
    method: 'POST',
    path: '/v1/holidays/{id}/sync',
    scope: 'hours',
    summary: 'Read the feed of a holiday calendar now; one that cannot be read keeps the last good copy',
    errors: ['not-found', 'unreadable'],
    request: () => z.strictObject({ id: id() }),
  }),
  deleteHolidays: operation<WriteAnswer>()({
    method: 'DELETE',
    path: '/v1/holidays/{id}',
    scope: 'hours',
    summary: 'Remove a holiday calendar, also from the hours that name it',
    errors: ['not-found'],
    request: () => z.strictObject({ id: id() }),
  }),
  applyHolidays: operation<WriteAnswer>()({
    method: 'PUT',
    path: '/v1/holidays/{id}/applies',
    scope: 'hours',
    summary: 'Let a holiday calendar apply to the hours or not: those of the workspace, or of a team',
    errors: ['not-found'],
    request: () => z.strictObject({ id: id(), applies: z.boolean(), team: z.optional(id()) }),
  }),
}
