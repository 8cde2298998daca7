import * as z from 'zod/mini'
import { lazy } from '../../../domain/lazy.js'
import { number, time } from './answer-fields.js'
import { reasons } from './decision.js'

/** A value as the decision or the scenario has it. */
const anything = lazy(() => z.unknown())

export const check = lazy(() =>
  z.strictObject({
    workspace: z.string(),
    timeZone: z.string(),
    held: number(),
    scenarios: z.array(
      z.strictObject({
        name: z.string(),
        holds: z.boolean(),
        instants: number(),
        failure: z.exactOptional(
          z.strictObject({
            at: time(),
            until: z.nullable(time()),
            moreStretches: number(),
            differences: z.array(
              z.strictObject({
                path: z.string(),
                expected: z.exactOptional(anything()),
                never: z.exactOptional(anything()),
                actual: anything(),
              }),
            ),
            reasons: reasons(),
          }),
        ),
      }),
    ),
    mistakes: z.exactOptional(
      z.array(
        z.strictObject({
          path: z.array(z.union([z.string(), z.number()])),
          message: z.string(),
          hint: z.nullable(z.string()),
        }),
      ),
    ),
  }),
)
