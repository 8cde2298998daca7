import * as z from 'zod/mini'
import { lazy } from '../../../domain/lazy.js'

/** An error on the wire (RFC 9457). */
export const problem = lazy(() =>
  z.strictObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.enum([
      'usage',
      'invalid-input',
      'condition',
      'not-logged-in',
      'not-allowed',
      'not-found',
      'conflict',
      'busy',
      'unreachable',
      'unreadable',
      'interrupted',
      'failed',
    ]),
    hint: z.nullable(z.string()),
    rule: z.exactOptional(z.string()),
    reason: z.exactOptional(z.string()),
    subject: z.exactOptional(z.string()),
  }),
)
