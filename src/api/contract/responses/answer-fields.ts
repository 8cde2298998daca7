import * as z from 'zod/mini'
import { type DeepReadonly, describe } from '../../../domain/document/fields.js'
import { lazy } from '../../../domain/lazy.js'

/** What answers share. An answer has no field that its schema does not name: what is new is declared first. */

/** How every answer writes an instant. */
export const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}(Z|[+-]\d{2}:\d{2})$/

/** An instant as every answer writes it. */
export const time = lazy(() =>
  describe(z.string().check(z.regex(INSTANT)), {
    description: 'ISO 8601 with milliseconds and an offset',
    format: 'date-time',
  }),
)

export const number = lazy(() => z.int().check(z.nonnegative()))

/** The names of the agents that an answer mentions, by their ids, for people to read. */
export const names = lazy(() => z.exactOptional(z.record(z.string(), z.string())))

/** A value with the revision that wrote it last. */
export function versioned<Schema extends z.ZodMiniType>(value: Schema) {
  return z.strictObject({ value, revision: number(), names: names() })
}

/** The type of an answer, from its schema. */
export type AnswerBy<Schema extends () => z.ZodMiniType> = DeepReadonly<z.output<ReturnType<Schema>>>
