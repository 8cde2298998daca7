import * as z from 'zod/mini'
import { lazy } from '../../../domain/lazy.js'
import { number, time } from './answer-fields.js'

/** Who is on duty when. */
export const turns = lazy(() =>
  z.strictObject({
    timeZone: z.string(),
    turns: z.array(
      z.strictObject({
        from: time(),
        to: time(),
        /** The shift's id. */
        shift: z.string(),
        name: z.string(),
        places: z.array(
          z.strictObject({ agent: z.string(), instead: z.nullable(z.string()), note: z.nullable(z.string()) }),
        ),
      }),
    ),
    /** When the next one begins that was not told; null when all were. */
    next: z.nullable(time()),
    names: z.record(z.string(), z.string()),
    /** The revision that wrote the duty last, which is its ETag. */
    revision: number(),
  }),
)
