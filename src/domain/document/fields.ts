import * as z from 'zod/mini'
import { DriftStatusError } from '../errors.js'
import { lazy } from '../lazy.js'
import { parseDate, parseYearlyDates } from '../time/calendar-date.js'
import { parseInstant } from '../time/instant.js'
import { parseMoment } from '../time/written-moment.js'
import { Zone } from '../time/zone.js'

// A document is validated once per process: compiling validators would cost more than it saves.
z.config({ jitless: true })

/** Parameters of a custom issue: the broken rule and what to write instead. */
export interface IssueParams {
  readonly rule?: string | undefined
  readonly hint?: string | undefined
}

/** An object that rejects unknown keys; the issue's message lists the known ones for "did you mean". */
export function strict<const Shape extends z.core.$ZodLooseShape>(
  shape: Shape,
): z.ZodMiniObject<Shape, z.core.$strict> {
  const knownKeys = Object.keys(shape).join(' ')
  return z.strictObject(shape, {
    error: (issue) => (issue.code === 'unrecognized_keys' ? knownKeys : undefined),
  })
}

/** Adds a domain parser as a check: what it throws becomes an issue with the rule and the hint. */
export function parsedBy<Schema extends z.core.$ZodType>(
  schema: Schema,
  parse: (value: z.output<Schema>) => unknown,
): Schema {
  return (schema as unknown as z.ZodMiniType).check((payload) => {
    try {
      parse(payload.value as z.output<Schema>)
    } catch (error) {
      if (!(error instanceof DriftStatusError)) throw error
      const params: IssueParams = { rule: error.rule, hint: error.hint }
      payload.issues.push({ code: 'custom', input: payload.value, message: error.message, params })
    }
  }) as unknown as Schema
}

/** Adds what a schema does not say by itself to its JSON Schema. */
export function describe<Schema extends z.core.$ZodType>(schema: Schema, meta: Record<string, unknown>): Schema {
  z.globalRegistry.add(schema, meta)
  return schema
}

/** The longest of each kind of text, in characters: what others read is a sentence or two, not a book. */
export const MAX_NAME_LENGTH = 500
/** Percent-encoded in a header of HTTP they are at most nine times as many. */
export const MAX_NOTE_LENGTH = 1000
export const MAX_MESSAGE_LENGTH = 10_000
/** Of an email, and so of what an agent may be named by. */
export const MAX_EMAIL_LENGTH = 320
/** Of the address of a page or a picture. */
export const MAX_URL_LENGTH = 2000

export const name = lazy(() => z.string().check(z.minLength(1), z.maxLength(MAX_NAME_LENGTH)))
export const note = lazy(() => z.string().check(z.maxLength(MAX_NOTE_LENGTH)))
export const message = lazy(() => z.string().check(z.maxLength(MAX_MESSAGE_LENGTH)))
export const email = lazy(() => z.string().check(z.minLength(1), z.maxLength(MAX_EMAIL_LENGTH)))
export const url = lazy(() => z.string().check(z.minLength(1), z.maxLength(MAX_URL_LENGTH)))
export const count = lazy(() => z.int().check(z.nonnegative()))
/** An id may be written as a number; it is text from then on. */
export const id = lazy(() =>
  z.pipe(
    z.pipe(
      z.union([email(), z.int()]),
      z.transform((value: string | number) => String(value)),
    ),
    z.string(),
  ),
)

/** A mapping that asks for something: one that asks nothing would hold for everyone, which nobody means by writing it. */
export function asking<Schema extends z.core.$ZodType>(schema: Schema, what: string): Schema {
  return (schema as unknown as z.ZodMiniType).check(({ value, issues }) => {
    if (issues.length > 0 || Object.keys(value as object).length > 0) return
    const params: IssueParams = { hint: `name ${what}; for everyone, leave the whole of it out` }
    issues.push({ code: 'custom', input: value, message: 'asks for nothing, so it would hold for everyone', params })
  }) as unknown as Schema
}

/** Values by the name of a fact. */
export function facts<Value extends z.core.$ZodType>(value: Value) {
  // A record leaves out "__proto__" without a word, and a rule without its condition is for everyone.
  const named = z.transform((input: unknown, { issues }) => {
    if (typeof input === 'object' && input !== null && Object.hasOwn(input, '__proto__')) {
      issues.push({ code: 'custom', path: ['__proto__'], input, message: '"__proto__" cannot be the name of a fact' })
    }
    return input
  })
  return z.pipe(named, z.record(z.string(), value))
}

export const zone = lazy(() =>
  describe(parsedBy(z.string(), Zone.of), {
    description: 'An IANA time zone, e.g. Europe/Berlin',
    examples: ['America/New_York'],
  }),
)
export const date = lazy(() =>
  describe(parsedBy(z.string(), parseDate), {
    description: 'A date, YYYY-MM-DD',
    pattern: '^\\d{4}-\\d{2}-\\d{2}$',
  }),
)
export const yearly = lazy(() =>
  describe(parsedBy(z.string(), parseYearlyDates), {
    description: 'A date of every year, MM-DD, or several, MM-DD..MM-DD',
    pattern: '^\\d{2}-\\d{2}(\\.\\.\\d{2}-\\d{2})?$',
  }),
)
export const instant = lazy(() =>
  describe(parsedBy(z.string(), parseInstant), {
    description: 'An instant, ISO 8601 with an offset',
    format: 'date-time',
  }),
)

export const moment = lazy(() =>
  describe(parsedBy(z.string(), parseMoment), {
    description: 'A time of the wall clock, YYYY-MM-DD HH:MM, or an instant, ISO 8601 with an offset',
    examples: ['2026-12-01 09:00'],
  }),
)

/** Whether a parser takes a text: one that it refuses has an issue of its own already. */
export function isReadable(text: string, parse: (text: string) => unknown): boolean {
  try {
    parse(text)
    return true
  } catch {
    return false
  }
}

/** A value whose every part is readonly. */
export type DeepReadonly<Value> = Value extends readonly (infer Item)[]
  ? readonly DeepReadonly<Item>[]
  : Value extends object
    ? { readonly [Key in keyof Value]: DeepReadonly<Value[Key]> }
    : Value
