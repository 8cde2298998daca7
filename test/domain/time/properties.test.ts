import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Schedule } from '../../../src/domain/time/schedule.js'
import {
  formatDayHours,
  formatRange,
  mergeTouching,
  parseDayHours,
  parseRange,
  type TimeRange,
} from '../../../src/domain/time/time-range.js'
import { scheduleOf } from './schedule-of.js'

const MINUTE = 60_000
const DAY = 1440 * MINUTE

/** Zones with changes of an hour, of half an hour, at midnight, for a month, and without any. */
const zone = fc.constantFrom(
  'UTC',
  'America/New_York',
  'Europe/Berlin',
  'Australia/Lord_Howe',
  'America/Havana',
  'America/Santiago',
  'Africa/Casablanca',
  'Asia/Kathmandu',
)

/** Up to three ranges that start on one day, in any order; the last may run overnight. */
const dayHours = fc
  .record({
    minutes: fc.uniqueArray(
      fc.oneof(
        fc.integer({ min: 0, max: 1439 }),
        fc.integer({ min: 0, max: 47 }).map((half) => half * 30),
      ),
      { maxLength: 6 },
    ),
    isOvernight: fc.boolean(),
    areShuffled: fc.boolean(),
  })
  .map(({ minutes, isOvernight, areShuffled }) => {
    const times = minutes.sort((a, b) => a - b)
    const ranges: TimeRange[] = []
    for (let index = 0; index + 1 < times.length; index += 2)
      ranges.push({ start: times[index]!, end: times[index + 1]! })
    const last = ranges.at(-1)
    if (last && isOvernight) ranges[ranges.length - 1] = { start: last.end, end: 1440 + last.start }
    const texts = ranges.map(formatRange)
    return areShuffled ? texts.reverse() : texts
  })

/** Days of 2026: the offset changes of the zones above are more frequent than others. */
const dayOf2026 = fc
  .oneof(
    fc.integer({ min: 0, max: 364 }),
    fc
      .constantFrom('02-14', '03-07', '03-08', '03-21', '03-28', '04-04', '09-05', '10-03', '10-24', '10-31')
      .map((day) => (Date.parse(`2026-${day}`) - Date.UTC(2026, 0, 1)) / DAY),
  )
  .map((day) => Date.UTC(2026, 0, 1) + day * DAY)

const exception = fc.record({
  date: dayOf2026.map((midnight) => new Date(midnight).toISOString().slice(0, 10)),
  hours: dayHours,
})

const schedule = fc
  .record({
    zone,
    weekly: fc.record(
      { mon: dayHours, wed: dayHours, fri: dayHours, sat: dayHours, sun: dayHours },
      { requiredKeys: [] },
    ),
    exceptions: fc.uniqueArray(exception, { maxLength: 8, selector: ({ date }) => date }),
  })
  .map(scheduleOf)

const instant = fc
  .tuple(
    dayOf2026,
    fc.oneof(
      fc.integer({ min: 0, max: 1439 }).map((minute) => minute * MINUTE),
      fc.integer({ min: 0, max: DAY }),
    ),
  )
  .map(([midnight, time]) => midnight + time)

test('R4: the open time of a window is the sum over any split of it', () => {
  const splits = fc.array(instant, { minLength: 2, maxLength: 6 })
  fc.assert(
    fc.property(schedule, splits, (hours, instants) => {
      const points = instants.sort((a, b) => a - b)
      const parts = points.slice(1).map((to, index) => hours.openMinutes(points[index]!, to))
      const whole = hours.openMinutes(points[0]!, points.at(-1)!)
      expect(parts.reduce((sum, part) => sum + part, 0)).toBeCloseTo(whole, 6)
    }),
  )
})

test('R8: the next change is the first instant at which the answer differs', () => {
  fc.assert(
    fc.property(schedule, instant, (hours, at) => {
      const found = firstMinuteThatDiffers(hours, at, 1)
      const next = hours.nextChange(at)
      if (found === undefined) expect(next ?? Infinity).toBeGreaterThan(at + 8 * DAY)
      else expect(next).toBe(found)
    }),
  )
})

test('R8: the last change is the instant from which the answer has held', () => {
  fc.assert(
    fc.property(schedule, instant, (hours, at) => {
      const found = firstMinuteThatDiffers(hours, at, -1)
      const last = hours.lastChange(at)
      if (found === undefined) expect(last ?? -Infinity).toBeLessThan(at - 8 * DAY + MINUTE)
      else expect(last).toBe(found + MINUTE)
    }),
  )
})

/** Ranges start and end on whole minutes, and so do the offset changes of our time: no other instant can be one. */
function firstMinuteThatDiffers(hours: Schedule, at: number, direction: 1 | -1): number | undefined {
  const isOpen = hours.isOpen(at)
  const first = direction === 1 ? Math.floor(at / MINUTE) + 1 : Math.ceil(at / MINUTE) - 1
  for (let minute = first; Math.abs(minute * MINUTE - at) <= 8 * DAY; minute += direction) {
    if (hours.isOpen(minute * MINUTE) !== isOpen) return minute * MINUTE
  }
  return undefined
}

test('open stretches are sorted, apart from each other, inside the window, and open all through', () => {
  fc.assert(
    fc.property(schedule, instant, fc.integer({ min: 0, max: 10 * DAY }), (hours, from, length) => {
      let previousEnd = -Infinity
      for (const { start, end } of hours.intervals(from, from + length)) {
        expect(start).toBeGreaterThan(previousEnd)
        expect(start).toBeGreaterThanOrEqual(from)
        expect(end).toBeGreaterThan(start)
        expect(end).toBeLessThanOrEqual(from + length)
        expect([start, (start + end) / 2, end - 1].every((at) => hours.isOpen(at))).toBe(true)
        previousEnd = end
      }
    }),
  )
})

test('R2: sorting and merging a day twice changes nothing', () => {
  fc.assert(
    fc.property(dayHours, (texts) => {
      const merged = mergeTouching(texts.map(parseRange))
      expect(mergeTouching(merged)).toEqual(merged)
      expect(mergeTouching(merged.toReversed())).toEqual(merged)
    }),
  )
})

test('R1: hours of a day that are written and read again are the same', () => {
  fc.assert(
    fc.property(dayHours, (texts) => {
      const ranges = parseDayHours(texts)
      expect(parseDayHours(formatDayHours(ranges))).toEqual(ranges)
      expect(formatDayHours(parseDayHours(formatDayHours(ranges)))).toEqual(formatDayHours(ranges))
    }),
  )
})

test('R1: any two different times are a range that is written as it was read', () => {
  const time = fc.integer({ min: 0, max: 1439 })
  fc.assert(
    fc.property(time, time, (start, end) => {
      fc.pre(start !== end && end !== 0)
      const text = `${clock(start)}-${clock(end)}`
      expect(formatRange(parseRange(text))).toBe(text)
    }),
  )
})

function clock(minutes: number): string {
  return new Date(minutes * MINUTE).toISOString().slice(11, 16)
}
