import fc from 'fast-check'
import OpeningHours from 'opening_hours'
import { expect, test } from 'vitest'
import { Schedule } from '../../src/domain/time/schedule.js'
import { formatRange, type TimeRange } from '../../src/domain/time/time-range.js'

const MINUTE = 60_000
const DAY = 1440 * MINUTE
const DAYS = ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su']

/**
 * The package reads and answers in the wall clock of the process, so the engine is asked in that
 * zone too, whatever it is. Weeks with an offset change are left out: the package adds wall-clock
 * minutes there, where R4 resolves each endpoint.
 */
const PROCESS_ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone

const dayRanges = fc
  .record({ minutes: fc.uniqueArray(fc.integer({ min: 0, max: 287 }), { maxLength: 6 }), isOvernight: fc.boolean() })
  .map(({ minutes, isOvernight }) => {
    const times = minutes.map((fifth) => fifth * 5).sort((a, b) => a - b)
    const ranges: TimeRange[] = []
    for (let index = 0; index + 1 < times.length; index += 2)
      ranges.push({ start: times[index]!, end: times[index + 1]! })
    const last = ranges.at(-1)
    if (last && isOvernight) ranges[ranges.length - 1] = { start: last.end, end: 1440 + last.start }
    return ranges
  })

const fullDay: readonly TimeRange[] = [{ start: 0, end: 1440 }]
const week = fc.array(fc.oneof({ weight: 6, arbitrary: dayRanges }, { weight: 1, arbitrary: fc.constant(fullDay) }), {
  minLength: 7,
  maxLength: 7,
})

/** Midnights in the process's zone, from 2000 to 2037, with no offset change within the two weeks after. */
const midnight = fc
  .record({ year: fc.integer({ min: 2000, max: 2037 }), day: fc.integer({ min: 1, max: 365 }) })
  .map(({ year, day }) => new Date(year, 0, day))
  .filter((from) => hasOneOffset(from, 16))

function hasOneOffset(from: Date, days: number): boolean {
  return Array.from({ length: days + 2 }, (_, day) => new Date(from.getTime() + (day - 2) * DAY)).every(
    (date) => date.getTimezoneOffset() === from.getTimezoneOffset(),
  )
}

/** Rules joined by commas add to each other: joined by semicolons, a day would cut the tail of the day before. */
function writeWeek(ranges: readonly (readonly TimeRange[])[]): string {
  return ranges.flatMap((day, index) => day.map((range) => `${DAYS[index]} ${formatRange(range)}`)).join(', ')
}

test('R3: weekly hours with overnight ranges are open when the opening_hours package says so', () => {
  fc.assert(
    fc.property(week, midnight, (weekly, from) => {
      fc.pre(weekly.some((ranges) => ranges.length > 0))
      const to = new Date(from.getTime() + 14 * DAY)
      const schedule = new Schedule({ zone: PROCESS_ZONE, weekly, exceptions: [] })
      const theirs = new OpeningHours(writeWeek(weekly), null).getOpenIntervals(from, to)
      expect([...schedule.intervals(from.getTime(), to.getTime())]).toEqual(
        mergeTouching(theirs.map(([start, end]) => ({ start: start.getTime(), end: end.getTime() }))),
      )
    }),
    { numRuns: 200 },
  )
})

test('R1: at single seconds the package agrees', () => {
  const time = fc.integer({ min: 0, max: 7 * 1440 * 60 })
  fc.assert(
    fc.property(week, midnight, fc.array(time, { minLength: 1, maxLength: 20 }), (weekly, from, seconds) => {
      fc.pre(weekly.some((ranges) => ranges.length > 0))
      const schedule = new Schedule({ zone: PROCESS_ZONE, weekly, exceptions: [] })
      const theirs = new OpeningHours(writeWeek(weekly), null)
      for (const second of seconds) {
        const at = from.getTime() + second * 1000
        expect(schedule.isOpen(at)).toBe(theirs.getState(new Date(at)))
      }
    }),
  )
})

/** The package ends a stretch where one of its rules ends, also when another goes on. */
function mergeTouching(stretches: readonly { start: number; end: number }[]): { start: number; end: number }[] {
  const merged: { start: number; end: number }[] = []
  for (const { start, end } of stretches) {
    const last = merged.at(-1)
    if (last && start <= last.end) last.end = Math.max(last.end, end)
    else merged.push({ start, end })
  }
  return merged
}
