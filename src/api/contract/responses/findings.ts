import * as z from 'zod/mini'
import { lazy } from '../../../domain/lazy.js'

export const finding = lazy(() =>
  z.strictObject({
    code: z.enum([
      'online-unstaffed',
      'no-hours',
      'empty-rule',
      'round-robin-of-one',
      'unreachable-rule',
      'welcome-missing-offline',
      'ends-before-midnight',
      'exception-in-the-past',
      'override-without-end',
      'plan-required',
      'everyone-away-auto-offline',
      'stays-offline',
      'duty-gap',
      'holidays-stale',
      'dead-condition',
      'dead-page-pattern',
    ]),
    severity: z.enum(['error', 'warning']),
    text: z.string(),
    path: z.string(),
  }),
)

export const findings = lazy(() => z.array(finding()))
