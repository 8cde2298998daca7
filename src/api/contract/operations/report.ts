import * as z from 'zod/mini'
import { schemas } from '../../../domain/document/schema.js'
import type { ReportAnswer } from '../answers.js'
import { operation } from '../operation.js'

/** A longer time is asked for in parts: one answer must not keep a service busy. */
export const MAX_REPORT_DAYS = 366

/** What was. */
export const reportOperations = {
  getReport: operation<ReportAnswer>()({
    method: 'GET',
    path: '/v1/report',
    scope: 'read',
    summary: `Who was available how long, and how long the workspace was open and staffed, in at most ${MAX_REPORT_DAYS} days`,
    request: () => z.strictObject({ from: z.optional(schemas.instant()), to: z.optional(schemas.instant()) }),
  }),
}
