import * as z from 'zod/mini'
import { DriftStatusError } from '../errors.js'
import { lazy } from '../lazy.js'
import { parseDate, WEEKDAYS } from '../time/calendar-date.js'
import { parseDayHours, parseRange } from '../time/time-range.js'
import { date, describe, id, isReadable, name, parsedBy, strict, yearly, zone } from './fields.js'

const RANGE_PATTERN = '^([01]\\d|2[0-3]):[0-5]\\d-(([01]\\d|2[0-3]):[0-5]\\d|24:00)$'
export const dayHours = lazy(() =>
  describe(
    z.union([
      describe(parsedBy(z.string(), parseDayHours), {
        pattern: `^(closed|24h|${RANGE_PATTERN.slice(1, -1)})$`,
      }),
      parsedBy(z.array(describe(parsedBy(z.string(), parseRange), { pattern: RANGE_PATTERN })), (ranges) => {
        // A range that cannot be read has its own issue already.
        if (ranges.every((range) => isReadable(range, parseRange))) parseDayHours(ranges)
      }),
    ]),
    {
      description:
        '"closed", a range "HH:MM-HH:MM", or a list of ranges. An end at or before the start is on the next day.',
    },
  ),
)

export const exception = lazy(() =>
  parsedBy(
    strict({
      date: z.optional(date()),
      from: z.optional(date()),
      to: z.optional(date()),
      yearly: z.optional(yearly()),
      name: z.optional(name()),
      hours: dayHours(),
    }),
    (value) => {
      const kinds = [value.date, value.from ?? value.to, value.yearly].filter((kind) => kind !== undefined)
      if (kinds.length !== 1 || (value.from === undefined) !== (value.to === undefined)) {
        throw new DriftStatusError('invalid-input', 'an exception covers a date, a date range, or a yearly date', {
          rule: 'R5',
          hint: 'write "date", or "from" with "to", or "yearly"',
        })
      }
      if (value.from !== undefined && value.to !== undefined && parseDate(value.to) < parseDate(value.from)) {
        throw new DriftStatusError(
          'invalid-input',
          `the exception ends on ${value.to}, before it starts on ${value.from}`,
          {
            rule: 'R5',
            hint: 'swap "from" and "to"',
          },
        )
      }
    },
  ),
)

export const hours = lazy(() =>
  strict({
    timeZone: z.optional(zone()),
    weekly: z._default(strict(Object.fromEntries(WEEKDAYS.map((day) => [day, z.optional(dayHours())]))), {}),
    exceptions: z._default(z.array(exception()), []),
    holidays: z.optional(
      describe(z.array(id()), {
        description: 'The holiday calendars that apply, by their ids; without it all of them',
      }),
    ),
  }),
)
