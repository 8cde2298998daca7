import fc from 'fast-check'
import type { BusinessHours, HoursException } from '../../src/domain/time/business-hours.js'
import { parseDate } from '../../src/domain/time/calendar-date.js'
import type { TimeRange } from '../../src/domain/time/time-range.js'

/** The date on which hours are written and read in tests. */
export const TODAY = parseDate('2026-11-26')

/** Ranges of a day that do not overlap, with a night at the end of some. */
const dayRanges = fc
  .record({ minutes: fc.uniqueArray(fc.integer({ min: 0, max: 287 }), { maxLength: 6 }), isOvernight: fc.boolean() })
  .map(({ minutes, isOvernight }) => {
    const times = minutes.map((fifth) => fifth * 5).sort((a, b) => a - b)
    const ranges: TimeRange[] = []
    for (let index = 0; index + 1 < times.length; index += 2) {
      ranges.push({ start: times[index]!, end: times[index + 1]! })
    }
    const last = ranges.at(-1)
    if (last && isOvernight) ranges[ranges.length - 1] = { start: last.end, end: 1440 + last.start }
    return ranges
  })
const hoursOfDay = fc.oneof(
  { weight: 5, arbitrary: dayRanges },
  { weight: 1, arbitrary: fc.constant<TimeRange[]>([{ start: 0, end: 1440 }]) },
  { weight: 2, arbitrary: fc.constant<TimeRange[]>([]) },
)

const name = fc.constantFrom(
  undefined,
  'Christmas',
  '=SUM(A1)',
  "'quoted'",
  'a, b; c',
  '- minus',
  'Fête "nationale"',
  '@x',
  '新年',
)

/** Hours with exceptions of every kind, no two of one kind on one date. */
export const businessHours: fc.Arbitrary<BusinessHours> = fc
  .record({
    zone: fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata'),
    weekly: fc.array(hoursOfDay, { minLength: 7, maxLength: 7 }),
    dates: fc.uniqueArray(fc.integer({ min: 0, max: 400 }), { maxLength: 5 }),
    ranges: fc.uniqueArray(fc.integer({ min: 0, max: 40 }), { maxLength: 2 }),
    yearly: fc.uniqueArray(fc.integer({ min: 1, max: 28 }), { maxLength: 2 }),
    holidays: fc.uniqueArray(fc.integer({ min: 0, max: 400 }), { maxLength: 3 }),
    hours: fc.array(hoursOfDay, { minLength: 12, maxLength: 12 }),
    names: fc.array(name, { minLength: 12, maxLength: 12 }),
  })
  .map(({ zone, weekly, dates, ranges, yearly, holidays, hours, names }) => {
    let at = 0
    const next = () => {
      at++
      return { name: names[at % 12], ranges: hours[at % 12]! }
    }
    const exceptions: HoursException[] = [
      ...yearly.map((day) => ({ kind: 'yearly' as const, from: 100 + day, to: 100 + day, ...next() })),
      ...ranges.map((index) => ({
        kind: 'dates' as const,
        from: TODAY + index * 10,
        to: TODAY + index * 10 + 3,
        ...next(),
      })),
      ...dates.map((day) => ({ kind: 'date' as const, date: TODAY + day, ...next() })),
    ]
    return {
      zone,
      weekly,
      exceptions,
      holidays: holidays.map((day) => ({ kind: 'date' as const, date: TODAY + day, calendar: 'x', ...next() })),
    }
  })
