import { IANAZone } from 'luxon'
import { expect, test } from 'vitest'
import { Schedule } from '../../src/domain/time/schedule.js'
import { formatRange, type TimeRange } from '../../src/domain/time/time-range.js'

const MINUTE = 60_000
const DAY = 1440 * MINUTE
const [FIRST, LAST] = [Date.UTC(2020, 0, 1), Date.UTC(2038, 0, 1)]

/** No zone changes twice within two weeks in these years: the nearest two changes are four weeks apart (Fiji, 2021). */
const STEP = 14 * DAY

/** An instant from which another offset holds; times in milliseconds. */
interface OffsetChange {
  readonly at: number
  readonly before: number
  readonly after: number
}

/** Ranges of minutes by day of the week, Monday first. */
type Week = readonly (readonly TimeRange[])[]

const ZONES = ['UTC', ...Intl.supportedValuesOf('timeZone')]
const areaOf = (zone: string) => zone.slice(0, zone.indexOf('/') + 1) || 'elsewhere'

test.each([...new Set(ZONES.map(areaOf))])(
  'R4: open when the wall clock of luxon shows an open time, around every offset change from 2020 to 2037: %s',
  (area) => {
    const names = ZONES.filter((zone) => areaOf(zone) === area)
    const disagreements: string[] = []
    const answers = { byWallClock: 0, byR4: 0 }
    for (const name of names) {
      const zone = IANAZone.create(name)
      const schedules = new Map<string, Schedule>()
      const changes = offsetChanges(zone)
      changes.forEach((change, index) => {
        const instants = instantsAround(change)
        const wallClock = instants.map((at) => at + offsetOf(zone, at))
        // A zone that changes twice a year has each week in every other year: compiling years is what takes time.
        const weeks = weeksAround(change).filter((_, turn) => changes.length < 8 || ((index >> 1) + turn) % 2 === 0)
        for (const week of weeks) {
          const key = week.map((ranges) => ranges.map(formatRange).join()).join(' ')
          const schedule = schedules.get(key) ?? new Schedule({ zone: name, weekly: week, exceptions: [] })
          schedules.set(key, schedule)
          // Excluded from the wall clock, and judged by R4: weeks with an endpoint inside the skipped or repeated
          // time. R4 moves a skipped endpoint later, and takes a repeated one once, where a wall clock shows it twice.
          const judge = hasEndpointInside(week, change) ? 'byR4' : 'byWallClock'
          instants.forEach((at, nth) => {
            const isOpen = judge === 'byR4' ? isOpenByR4(week, change, at) : isOpenByWallClock(week, wallClock[nth]!)
            answers[judge]++
            if (schedule.isOpen(at) !== isOpen) disagreements.push(`${name} ${new Date(at).toISOString()} ${key}`)
          })
        }
      })
    }
    expect(disagreements).toEqual([])
    expect(answers.byWallClock).toBeGreaterThan(250 * names.length)
    expect(answers.byR4).toBeLessThan(answers.byWallClock / 2)
  },
)

/** Where a zone never changes, one instant stands in: its wall clock is asked about all the same. */
function offsetChanges(zone: IANAZone): OffsetChange[] {
  const changes: OffsetChange[] = []
  for (let from = FIRST; from < LAST; from += STEP) {
    const to = Math.min(from + STEP, LAST)
    const [before, after] = [offsetOf(zone, from), offsetOf(zone, to)]
    if (before === after) continue
    let [low, high] = [from / MINUTE, to / MINUTE]
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2)
      if (offsetOf(zone, middle * MINUTE) === before) low = middle
      else high = middle
    }
    changes.push({ at: high * MINUTE, before, after })
  }
  const offset = offsetOf(zone, FIRST)
  return changes.length > 0 ? changes : [{ at: FIRST, before: offset, after: offset }]
}

function offsetOf(zone: IANAZone, at: number): number {
  return Math.round(zone.offset(at) * MINUTE)
}

/** Each ten minutes of the three hours before and after, and the seconds beside the change. */
function instantsAround({ at }: OffsetChange): number[] {
  const steps = Array.from({ length: 37 }, (_, index) => at + (index - 18) * 10 * MINUTE)
  return [...steps, at - 1000, at - 1, at + 1000]
}

/** Weeks with endpoints before, at, inside and after the times that the change skips or repeats. */
function weeksAround({ at, before, after }: OffsetChange): Week[] {
  const low = (at + Math.min(before, after)) / MINUTE
  const high = (at + Math.max(before, after)) / MINUTE
  const middle = Math.floor((low + high) / 2)
  const everyDay = (...ranges: [number, number][]): Week =>
    Array.from({ length: 7 }, () => ranges.map(([start, end]) => rangeOf(start, end)))
  const onDayOf = (local: number, range: TimeRange): Week =>
    Array.from({ length: 7 }, (_, day) => (day === weekdayOf(local * MINUTE) ? [range] : []))
  return [
    everyDay([9 * 60, 17 * 60], [22 * 60, 6 * 60]),
    onDayOf(low, { start: 0, end: 1440 }),
    onDayOf(low - 1440, { start: 20 * 60, end: 1440 + 6 * 60 }),
    everyDay([low - 180, high + 180]),
    everyDay([low - 120, low], [high, high + 120]),
    everyDay([low - 120, high]),
    everyDay([low, high + 60]),
    everyDay([low - 120, middle], [high + 30, high + 60]),
    everyDay([middle, high + 120]),
  ]
}

/** A range of wall-clock minutes, counted from anywhere, as a day writes it. */
function rangeOf(from: number, to: number): TimeRange {
  const start = ((from % 1440) + 1440) % 1440
  const end = ((to % 1440) + 1440) % 1440
  return { start, end: end > start ? end : end + 1440 }
}

function isOpenByWallClock(week: Week, local: number): boolean {
  const minute = (local / MINUTE) % 1440
  const [today, yesterday] = [week[weekdayOf(local)]!, week[weekdayOf(local - DAY)]!]
  return (
    today.some(({ start, end }) => start <= minute && minute < end) || yesterday.some(({ end }) => minute + 1440 < end)
  )
}

function isOpenByR4(week: Week, change: OffsetChange, at: number): boolean {
  const today = Math.floor((at + change.before) / DAY)
  return [today - 2, today - 1, today, today + 1].some((day) =>
    week[weekdayOf(day * DAY)]!.some(({ start, end }) => {
      const [from, to] = [start, end].map((minute) => resolve(day * DAY + minute * MINUTE, change))
      return from! <= at && at < to!
    }),
  )
}

/** R4: with the offset before the change, as long as that offset holds or no instant shows the time. */
function resolve(local: number, { at, before, after }: OffsetChange): number {
  const isInGap = local - before >= at && local - after < at
  return local - before < at || isInGap ? local - before : local - after
}

function hasEndpointInside(week: Week, { at, before, after }: OffsetChange): boolean {
  const [low, high] = [at + Math.min(before, after), at + Math.max(before, after)]
  const today = Math.floor(low / DAY)
  return [today - 2, today - 1, today, today + 1].some((day) =>
    week[weekdayOf(day * DAY)]!.flatMap(({ start, end }) => [start, end]).some((minute) => {
      const local = day * DAY + minute * MINUTE
      return low < local && local < high
    }),
  )
}

function weekdayOf(local: number): number {
  return (((Math.floor(local / DAY) + 3) % 7) + 7) % 7
}
