import * as z from 'zod/mini'
import { lazy } from '../../../domain/lazy.js'
import { AGENT_STATUSES } from '../../../domain/words.js'
import { number, time } from './answer-fields.js'

/** R35: of an answer about the future, how many people follow the duty, and how many are assumed to stay as they are. */
export const basis = lazy(() => z.strictObject({ onDuty: number(), assumed: number() }))

/** The same with the names of those who are assumed to. */
export const namedBasis = lazy(() =>
  z.extend(basis(), {
    from: time(),
    to: time(),
    timeZone: z.string(),
    people: z.array(z.strictObject({ id: z.string(), name: z.string(), status: z.enum(AGENT_STATUSES) })),
  }),
)
