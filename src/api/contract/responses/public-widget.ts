import * as z from 'zod/mini'
import { lazy } from '../../../domain/lazy.js'
import { time } from './answer-fields.js'
import { mode } from './decision.js'

/** What a page needs to show the widget, see `PublicWidgetAnswer`. */
export const publicWidget = lazy(() =>
  z.strictObject({
    name: z.string(),
    mode: mode(),
    visible: z.boolean(),
    message: z.nullable(z.string()),
    greeting: z.strictObject({
      message: z.string(),
      faces: z.array(z.strictObject({ name: z.nullable(z.string()), avatar: z.nullable(z.string()) })),
    }),
    teamAvailability: z.record(z.string(), z.boolean()),
    offlineNotice: z.nullable(z.strictObject({ backAt: z.nullable(time()) })),
  }),
)
