import * as z from 'zod/mini'
import { schemas } from '../../domain/document/schema.js'
import { lazy } from '../../domain/lazy.js'

/** Fields that requests share. */

export const nothing = () => z.strictObject({})

export const id = lazy(() => z.string().check(z.minLength(1)))

/** A whole number from 1; paths and queries bring it as text. */
export function numbered(most = Number.MAX_SAFE_INTEGER): z.ZodMiniType<number, number> {
  const fromText = z.transform((value: unknown, { issues }) => {
    if (typeof value !== 'string') return value
    if (/^-?\d{1,15}$/.test(value)) return Number(value)
    issues.push({ code: 'invalid_type', expected: 'int', input: value })
    return value
  })
  // The type says what a caller writes; that text is read too is a matter of the wire.
  return z.pipe(fromText, z.int().check(z.minimum(1), z.maximum(most))) as unknown as z.ZodMiniType<number, number>
}

/** What is known of a visitor: the page, and facts by dotted name. */
export const visitorFields = () => ({
  url: z.optional(z.string()),
  attributes: z.optional(schemas.visitorFacts()),
})
