import * as z from 'zod/mini'
import { describe } from '../../../domain/document/fields.js'
import { lazy } from '../../../domain/lazy.js'
import { time } from './answer-fields.js'

const minutes = (description: string) => describe(z.number().check(z.nonnegative()), { description })

export const report = lazy(() =>
  z.strictObject({
    workspace: z.string(),
    timeZone: z.string(),
    from: time(),
    to: describe(time(), { description: 'Now, where a later end was asked for' }),
    knownFrom: describe(time(), {
      description: 'From when the log tells how things were; nothing before it is counted',
    }),
    totals: z.strictObject({
      closedMinutes: minutes('Offline by the policy'),
      openMinutes: minutes('Open by the policy: by the hours or by hand, whatever auto-offline made of it'),
      staffedMinutes: minutes('Open with someone available'),
      nobodyMinutes: minutes('Open with nobody available, and the widget online'),
      maskedMinutes: minutes('Open with nobody available, and the widget offline because of it'),
      onlineMinutes: minutes('The widget was online: staffed, or nobody there'),
    }),
    /** When it was open with nobody there, in order. */
    gaps: z.array(
      z.strictObject({
        from: time(),
        to: time(),
        state: z.enum(['nobody', 'masked']),
        minutes: minutes('Real minutes, to the hundredth'),
      }),
    ),
    /** Everyone who was an agent at any time of it, bots and disabled agents left out, in the order of ids. */
    people: z.array(
      z.strictObject({
        id: z.string(),
        name: z.string(),
        availableMinutes: minutes('Real minutes, to the hundredth'),
        openMinutes: minutes('Of these, while open by the policy'),
        removed: describe(z.boolean(), { description: 'Whether they were no longer an agent at the end' }),
      }),
    ),
  }),
)
