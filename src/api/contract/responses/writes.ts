import * as z from 'zod/mini'
import { lazy } from '../../../domain/lazy.js'
import { number, time } from './answer-fields.js'
import { mode, modeSource } from './decision.js'

const changes = lazy(() =>
  z.array(z.strictObject({ path: z.string(), before: z.optional(z.unknown()), after: z.optional(z.unknown()) })),
)
const modeState = lazy(() => z.strictObject({ mode: mode(), source: modeSource() }))

export const write = lazy(() =>
  z.strictObject({
    workspace: z.string(),
    timeZone: z.string(),
    changed: z.boolean(),
    revision: number(),
    dryRun: z.boolean(),
    changes: changes(),
    effect: z.strictObject({ before: modeState(), after: modeState(), available: number() }),
    preview: z.exactOptional(z.array(z.strictObject({ from: time(), to: time(), before: mode(), after: mode() }))),
  }),
)

export const revision = lazy(() =>
  z.strictObject({
    number: number(),
    at: time(),
    actor: z.string(),
    note: z.nullable(z.string()),
    changes: changes(),
  }),
)

export const revisionList = lazy(() => z.strictObject({ revisions: z.array(revision()), next: z.nullable(number()) }))
