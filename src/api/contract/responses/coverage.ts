import * as z from 'zod/mini'
import { lazy } from '../../../domain/lazy.js'
import { COVERAGE_STATES } from '../../../domain/questions/coverage/coverage.js'
import { number, time } from './answer-fields.js'
import { basis } from './basis.js'
import { reasons } from './decision.js'

/** Timed statuses end between minutes, too. */
const minutes = lazy(() => z.number().check(z.nonnegative()))

const span = lazy(() =>
  z.strictObject({
    from: time(),
    to: time(),
    state: z.enum(COVERAGE_STATES),
    people: z.nullable(number()),
    minutes: minutes(),
  }),
)

export const coverage = lazy(() =>
  z.strictObject({
    from: time(),
    to: time(),
    timeZone: z.string(),
    route: z.nullable(z.string()),
    team: z.nullable(z.string()),
    min: number(),
    basis: z.exactOptional(basis()),
    totals: z.strictObject({
      closedMinutes: minutes(),
      openMinutes: minutes(),
      staffedMinutes: minutes(),
      shortMinutes: minutes(),
      nobodyMinutes: minutes(),
      maskedMinutes: minutes(),
    }),
    reasons: reasons(),
    gaps: z.array(span()),
    spans: z.array(span()),
  }),
)
