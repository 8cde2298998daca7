import * as z from 'zod/mini'
import { schemas } from '../../../domain/document/schema.js'
import type { OpenTimeAfterAnswer, OpenTimeBetweenAnswer } from '../../../domain/questions/business-time.js'
import type { ExceptionsAnswer, HoursNextAnswer, WeekAnswer } from '../../../domain/questions/hours-view.js'
import type { HoursAnswer } from '../answers.js'
import { id, numbered } from '../fields.js'
import { operation, type WriteAnswer } from '../operation.js'

/** A year of open hours. */
const MAX_OPEN_MINUTES = 366 * 24 * 60

/** The business hours. */
export const hoursOperations = {
  getHours: operation<HoursAnswer>()({
    method: 'GET',
    path: '/v1/hours',
    scope: 'read',
    errors: ['not-found'],
    summary: 'The weekly hours and the exceptions, of the workspace or a team',
    request: () => z.strictObject({ team: z.optional(id()) }),
  }),
  putHours: operation<WriteAnswer>()({
    method: 'PUT',
    path: '/v1/hours',
    scope: 'hours',
    errors: ['not-found'],
    summary: 'Replace the weekly hours and the exceptions, of the workspace or a team',
    takesBack: 'hours',
    request: () => z.strictObject({ hours: schemas.hours(), team: z.optional(id()) }),
  }),
  getWeek: operation<WeekAnswer>()({
    method: 'GET',
    path: '/v1/hours/week',
    scope: 'read',
    summary: 'The hours of one week, exceptions applied',
    request: () => z.strictObject({ at: z.optional(schemas.instant()), team: z.optional(id()) }),
  }),
  nextHours: operation<HoursNextAnswer>()({
    method: 'GET',
    path: '/v1/hours/next',
    scope: 'read',
    summary: 'When the hours open or close next',
    request: () =>
      z.strictObject({
        at: z.optional(schemas.instant()),
        count: z.optional(numbered(10_000)),
        team: z.optional(id()),
      }),
  }),
  openTimeAfter: operation<OpenTimeAfterAnswer>()({
    method: 'GET',
    path: '/v1/hours/open-time/after',
    scope: 'read',
    summary: 'The instant at which the hours have been open for so many minutes, for deadlines',
    request: () =>
      z.strictObject({
        at: z.optional(schemas.instant()),
        minutes: numbered(MAX_OPEN_MINUTES),
        team: z.optional(id()),
      }),
  }),
  openTimeBetween: operation<OpenTimeBetweenAnswer>()({
    method: 'GET',
    path: '/v1/hours/open-time/between',
    scope: 'read',
    summary: 'How long the hours are open between two instants',
    request: () => z.strictObject({ from: schemas.instant(), to: schemas.instant(), team: z.optional(id()) }),
  }),
  listExceptions: operation<ExceptionsAnswer>()({
    method: 'GET',
    path: '/v1/hours/exceptions',
    scope: 'read',
    summary: 'Every exception of the hours, the next one first',
    request: () => z.strictObject({ at: z.optional(schemas.instant()), team: z.optional(id()) }),
  }),
  putException: operation<WriteAnswer>()({
    method: 'PUT',
    path: '/v1/hours/exceptions/{date}',
    scope: 'hours',
    errors: ['not-found'],
    summary:
      'Replace the hours of a date, a date range (FROM..TO) or a yearly date (MM-DD, MM-DD..MM-DD), of the workspace or a team',
    request: () =>
      z.strictObject({
        date: id(),
        name: z.optional(schemas.name()),
        hours: schemas.dayHours(),
        team: z.optional(id()),
      }),
  }),
  deleteException: operation<WriteAnswer>()({
    method: 'DELETE',
    path: '/v1/hours/exceptions/{date}',
    scope: 'hours',
    summary: 'Return a date to the weekly hours, of the workspace or a team',
    errors: ['not-found'],
    request: () => z.strictObject({ date: id(), team: z.optional(id()) }),
  }),
}
