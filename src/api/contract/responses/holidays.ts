import * as z from 'zod/mini'
import { schemas } from '../../../domain/document/schema.js'
import { lazy } from '../../../domain/lazy.js'
import { number, time, versioned } from './answer-fields.js'
import { write } from './writes.js'

const feed = lazy(() =>
  z.strictObject({
    calendar: z.string(),
    /** When it was read and understood last. */
    readAt: z.nullable(time()),
    /** When it was tried last. */
    triedAt: time(),
    /** Why it could not be read when it was tried last. */
    failure: z.nullable(z.string()),
  }),
)

export const holidays = lazy(() =>
  z.extend(versioned(schemas.holidays()), {
    /** Of the calendars with a source, once they have been read or tried. */
    feeds: z.array(feed()),
  }),
)

export const holidaysWrite = lazy(() =>
  z.extend(write(), {
    /** What the calendar holds now, in the order of time. */
    days: schemas.holidayDays(),
    /** Entries of the feed that close nothing, each with its line and why. */
    skipped: z.array(z.strictObject({ line: number(), text: z.string() })),
    /** False when the feed says that it has not changed since it was read last. */
    read: z.boolean(),
  }),
)
