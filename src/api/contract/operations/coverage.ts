import * as z from 'zod/mini'
import { schemas } from '../../../domain/document/schema.js'
import { type CoverageAnswer, MAX_COVERAGE_DAYS } from '../../../domain/questions/coverage/coverage.js'
import { visitorFields } from '../fields.js'
import { operation } from '../operation.js'

const MAX_PEOPLE = 100_000

/** Whether open hours are staffed: it changes nothing. */
export const coverageOperations = {
  coverage: operation<CoverageAnswer>()({
    method: 'POST',
    path: '/v1/coverage',
    scope: 'read',
    summary: `When open hours are staffed, by how many, and when nobody is there, in at most ${MAX_COVERAGE_DAYS} days`,
    // The engine itself says what is wrong with a stretch, a route or a team: the same to everyone who asks.
    request: () =>
      z.strictObject({
        from: schemas.instant(),
        to: schemas.instant(),
        route: z.optional(z.string()),
        visitor: z.optional(z.strictObject(visitorFields())),
        team: z.optional(z.string()),
        min: z.optional(z.int().check(z.minimum(1), z.maximum(MAX_PEOPLE))),
      }),
  }),
}
