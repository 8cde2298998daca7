import { type BusinessHours, HoursCalendar } from './business-hours.js'
import { DAY_MS, type EpochDay, MINUTE_MS } from './calendar-date.js'
import type { TimeRange } from './time-range.js'
import { type Instant, Zone } from './zone.js'

/** Schedules answer for instants of these years; input outside them is refused where it is read. */
export const FIRST_YEAR = 1900
export const LAST_YEAR = 2199

/** A leap day may be eight years away (2096 to 2104). */
const MAX_YEARLY_GAP = 9

/** An open stretch of real time, half-open. */
export interface Interval {
  readonly start: Instant
  readonly end: Instant
}

/** One UTC year: whether it starts open, and the sorted instants at which that flips. */
interface CompiledYear {
  readonly start: Instant
  readonly end: Instant
  readonly startsOpen: boolean
  readonly changes: Float64Array
  /** How many changes come before each UTC day of the year, and before its end: a search stays within one day. */
  readonly beforeDay: Uint32Array
}

/**
 * Business hours compiled into sorted UTC transitions, one table per year, made when a year is
 * first asked about. A question is then a binary search over instants: its cost does not grow with
 * the number of exceptions or years.
 *
 * @example
 * const schedule = new Schedule(hours)
 * schedule.isOpen(Date.parse('2026-11-27T22:30:00Z'))
 */
export class Schedule {
  readonly calendar: HoursCalendar
  readonly zone: Zone
  readonly #years: (CompiledYear | undefined)[] = []
  #current: CompiledYear

  /** @throws DriftStatusError for an unknown zone (R6) or contradicting exceptions (R5). */
  constructor(hours: BusinessHours) {
    this.zone = Zone.of(hours.zone)
    this.calendar = new HoursCalendar(hours)
    this.#current = { start: 0, end: 0, startsOpen: false, changes: new Float64Array(), beforeDay: new Uint32Array(1) }
  }

  /** Whether the hours are open at an instant (milliseconds since 1970-01-01T00:00Z). */
  isOpen(at: Instant): boolean {
    const year = this.#yearOf(at)
    return ((countChanges(year, at) & 1) === 1) !== year.startsOpen
  }

  /** The first instant after `at` at which {@link isOpen} differs, or undefined when it never does again. */
  nextChange(at: Instant): Instant | undefined {
    let year = this.#yearOf(at)
    const within = year.changes[countChanges(year, at)]
    if (within !== undefined) return within
    const horizon = this.#horizon(at)
    for (let number = yearNumber(at) + 1; number <= horizon; number++) {
      const next = this.#compiled(number)
      if (next.startsOpen !== endsOpen(year)) return next.start
      if (next.changes.length > 0) return next.changes[0]
      year = next
    }
    return undefined
  }

  /** The last instant at or before `at` from which the answer at `at` has held, or undefined when it always did. */
  lastChange(at: Instant): Instant | undefined {
    let year = this.#yearOf(at)
    const within = year.changes[countChanges(year, at) - 1]
    if (within !== undefined) return within
    const horizon = this.#pastHorizon(at)
    for (let number = yearNumber(at) - 1; number >= horizon; number--) {
      const previous = this.#compiled(number)
      if (endsOpen(previous) !== year.startsOpen) return year.start
      if (previous.changes.length > 0) return previous.changes.at(-1)
      year = previous
    }
    return undefined
  }

  /** The ranges that start on a date, without those that a clock change empties (R4). */
  rangesOn(day: EpochDay): readonly TimeRange[] {
    return this.calendar.on(day).ranges.filter((range) => isReal(intervalOf(day, range, this.zone)))
  }

  /** The date whose hours decide at an instant: an earlier one while a range that started on it still runs (R3). */
  decidingDay(at: Instant): EpochDay {
    const today = Math.floor(this.zone.toLocal(at) / DAY_MS)
    const isOpenBy = (day: EpochDay) =>
      this.calendar.on(day).ranges.some((range) => {
        const { start, end } = intervalOf(day, range, this.zone)
        return start <= at && at < end
      })
    return [today, today - 1].find(isOpenBy) ?? today
  }

  /** When the last range of an earlier date ends that still runs when a date starts, or undefined for none. */
  tailEnd(day: EpochDay): Instant | undefined {
    const midnight = this.zone.toInstant(day * DAY_MS)
    const ends = [day - 2, day - 1]
      .flatMap((earlier) => this.calendar.on(earlier).ranges.map((range) => intervalOf(earlier, range, this.zone)))
      .filter(({ start, end }) => start < midnight && midnight < end)
      .map(({ end }) => end)
    return ends.length > 0 ? Math.max(...ends) : undefined
  }

  /** The open stretches of `[from, to)`, clipped to it, in order. */
  *intervals(from: Instant, to: Instant): Generator<Interval> {
    let at = from
    let open = this.isOpen(from)
    while (at < to) {
      const change = Math.min(this.nextChange(at) ?? to, to)
      if (open) yield { start: at, end: change }
      at = change
      open = !open
    }
  }

  /** Open time within `[from, to)` in real minutes: a 25-hour day open all day has 1500 (R4). */
  openMinutes(from: Instant, to: Instant): number {
    let total = 0
    for (const { start, end } of this.intervals(from, to)) total += end - start
    return total / MINUTE_MS
  }

  /** Past its dated exceptions a schedule repeats: what has not changed within these years never will. */
  #horizon(at: Instant): number {
    return Math.min(LAST_YEAR, Math.max(yearNumber(at), this.calendar.exceptionYears.last) + this.#repeatsWithinYears)
  }

  #pastHorizon(at: Instant): number {
    return Math.max(FIRST_YEAR, Math.min(yearNumber(at), this.calendar.exceptionYears.first) - this.#repeatsWithinYears)
  }

  get #repeatsWithinYears(): number {
    return this.calendar.hasYearlyExceptions ? MAX_YEARLY_GAP : 1
  }

  #yearOf(at: Instant): CompiledYear {
    const current = this.#current
    if (at >= current.start && at < current.end) return current
    this.#current = this.#compiled(yearNumber(at))
    return this.#current
  }

  #compiled(number: number): CompiledYear {
    const index = number - FIRST_YEAR
    let year = this.#years[index]
    if (!year) {
      year = this.#compile(number)
      this.#years[index] = year
    }
    return year
  }

  #compile(number: number): CompiledYear {
    const start = Date.UTC(number, 0, 1)
    const end = Date.UTC(number + 1, 0, 1)
    // A range lasts less than two days from its local midnight, and local time is within a day of UTC.
    const intervals = this.#intervalsOfDays(start / DAY_MS - 3, end / DAY_MS + 1)
    const changes: number[] = []
    let startsOpen = false
    for (const interval of intervals) {
      if (interval.end <= start || interval.start >= end) continue
      if (interval.start <= start) startsOpen = true
      else changes.push(interval.start)
      if (interval.end < end) changes.push(interval.end)
    }
    return {
      start,
      end,
      startsOpen,
      changes: Float64Array.from(changes),
      beforeDay: countBefore(changes, start, end, DAY_MS),
    }
  }

  /** Each day's ranges as instants (R4), sorted; an overnight tail merges with what it meets (R3). */
  #intervalsOfDays(firstDay: number, lastDay: number): Interval[] {
    const intervals: Interval[] = []
    for (let day = firstDay; day <= lastDay; day++) {
      for (const range of this.calendar.on(day).ranges) {
        const interval = intervalOf(day, range, this.zone)
        if (isReal(interval)) intervals.push(interval)
      }
    }
    return mergeIntervals(intervals.sort((a, b) => a.start - b.start))
  }
}

/** R4: a range that starts on a date, in real time. */
export function intervalOf(day: EpochDay, { start, end }: TimeRange, zone: Zone): Interval {
  const midnight = day * DAY_MS
  return { start: zone.toInstant(midnight + start * MINUTE_MS), end: zone.toInstant(midnight + end * MINUTE_MS) }
}

/** R4: a range emptied by a gap is dropped. */
export function isReal({ start, end }: Interval): boolean {
  return start < end
}

/** Those that overlap or touch become one. */
export function mergeIntervals(sorted: readonly Interval[]): Interval[] {
  const merged: Interval[] = []
  for (const interval of sorted) {
    const last = merged.at(-1)
    if (last && interval.start <= last.end) {
      merged[merged.length - 1] = { start: last.start, end: Math.max(last.end, interval.end) }
    } else merged.push(interval)
  }
  return merged
}

/** How many changes of a year are at or before an instant. */
function countChanges({ start, changes, beforeDay }: CompiledYear, at: Instant): number {
  const day = Math.floor((at - start) / DAY_MS)
  return countUpTo(changes, at, beforeDay[day], beforeDay[day + 1])
}

/** How many of the sorted instants come before `start`, before each step from there, and before `end`. */
export function countBefore(instants: ArrayLike<Instant>, start: Instant, end: Instant, step: number): Uint32Array {
  const counts = new Uint32Array((end - start) / step + 1)
  let count = 0
  for (let index = 0; index < counts.length; index++) {
    while (count < instants.length && instants[count]! < start + index * step) count++
    counts[index] = count
  }
  return counts
}

function endsOpen(year: CompiledYear): boolean {
  return year.startsOpen !== ((year.changes.length & 1) === 1)
}

function yearNumber(at: Instant): number {
  const year = new Date(at).getUTCFullYear()
  return year < FIRST_YEAR ? FIRST_YEAR : Math.min(year, LAST_YEAR)
}

/** How many of the sorted instants are at or before `at`; known to be from `low` to `high`. */
export function countUpTo(instants: Float64Array, at: Instant, low = 0, high = instants.length): number {
  while (low < high) {
    const middle = (low + high) >>> 1
    if (instants[middle]! <= at) low = middle + 1
    else high = middle
  }
  return low
}
