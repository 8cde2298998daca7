import * as z from 'zod/mini'
import { schemas } from '../../../domain/document/schema.js'
import { lazy } from '../../../domain/lazy.js'
import { WEEKDAYS } from '../../../domain/time/calendar-date.js'
import { TEAM_AVAILABILITIES } from '../../../domain/words.js'
import { number, time, versioned } from './answer-fields.js'

/** Of a team: hours of one that is always online, or never, wait (R37). */
const teamAvailability = () => z.exactOptional(z.enum(TEAM_AVAILABILITIES))

export const hours = lazy(() =>
  z.extend(versioned(schemas.hours()), { team: z.exactOptional(z.string()), availability: teamAvailability() }),
)

export const day = lazy(() =>
  z.strictObject({
    date: z.string(),
    day: z.enum(WEEKDAYS),
    hours: z.array(z.string()),
    tailUntil: z.nullable(z.string()),
    exception: z.nullable(z.string()),
    openMinutes: number(),
  }),
)

export const week = lazy(() =>
  z.strictObject({
    timeZone: z.string(),
    availability: teamAvailability(),
    days: z.array(day()),
    openMinutes: number(),
  }),
)

export const hoursNext = lazy(() =>
  z.strictObject({
    at: time(),
    timeZone: z.string(),
    open: z.boolean(),
    nextOpen: z.nullable(time()),
    nextClose: z.nullable(time()),
    changes: z.array(z.strictObject({ at: time(), open: z.boolean() })),
  }),
)

export const openTimeAfter = lazy(() =>
  z.strictObject({
    at: time(),
    timeZone: z.string(),
    minutes: number(),
    /** Null when it is not reached within ten years. */
    reached: z.nullable(time()),
  }),
)

export const openTimeBetween = lazy(() =>
  z.strictObject({ from: time(), to: time(), timeZone: z.string(), openMinutes: z.number().check(z.nonnegative()) }),
)

export const exceptions = lazy(() =>
  z.strictObject({
    timeZone: z.string(),
    exceptions: z.array(
      z.strictObject({
        dates: z.string(),
        name: z.nullable(z.string()),
        calendar: z.nullable(z.string()),
        hours: z.array(z.string()),
        from: z.string(),
        to: z.string(),
        past: z.boolean(),
      }),
    ),
  }),
)
