import { DAY_MS, type EpochDay, weekdayIndex } from '../time/calendar-date.js'
import { type Interval, intervalOf, isReal, mergeIntervals } from '../time/schedule.js'
import type { TimeRange } from '../time/time-range.js'
import type { Zone } from '../time/zone.js'

/** The day from which whole weeks are counted, 1970-01-05. */
const FIRST_MONDAY: EpochDay = 4

/** The dates on which a shift starts, and when it runs on each: everything about it but the people. */
export class ShiftDays {
  readonly zone: Zone
  readonly #ranges: readonly TimeRange[]
  /** By the index of a weekday. */
  readonly #weekdays: readonly boolean[]
  /** How many days of a week come before each weekday, and in all. */
  readonly #before: readonly number[]

  /** @param weekdays for each weekday, Monday first, whether the shift starts on it */
  constructor(zone: Zone, ranges: readonly TimeRange[], weekdays: readonly boolean[]) {
    this.zone = zone
    this.#ranges = ranges
    this.#weekdays = weekdays
    this.#before = [...weekdays.keys(), 7].map((day) => weekdays.slice(0, day).filter(Boolean).length)
  }

  /** Whether the calendar has the shift on a date; a clock change may still empty it (R4). */
  isPlannedOn(day: EpochDay): boolean {
    return this.#weekdays[weekdayIndex(day)]!
  }

  /** When the shift that starts on a date runs: in order, and apart from each other (R3, R4). */
  intervalsOn(day: EpochDay): readonly Interval[] {
    if (!this.isPlannedOn(day)) return []
    const intervals = this.#ranges.map((range) => intervalOf(day, range, this.zone)).filter(isReal)
    return intervals.length > 1 ? mergeIntervals(intervals.sort((a, b) => a.start - b.start)) : intervals
  }

  /** How many dates of `[from, to)` the calendar has the shift on. */
  countPlanned(from: EpochDay, to: EpochDay): number {
    return this.#plannedBefore(to) - this.#plannedBefore(from)
  }

  /** The dates of a UTC year, or next to it, on which a clock change leaves nothing of the shift, in order. */
  emptiedIn(year: number): readonly EpochDay[] {
    const days = this.zone.gapsIn(year).flatMap(({ from, to }) => {
      // A range that started on the day before may lie in the gap.
      const first = Math.floor(from / DAY_MS) - 1
      return Array.from({ length: Math.floor(to / DAY_MS) - first + 1 }, (_, index) => first + index)
    })
    return days.filter((day) => this.isPlannedOn(day) && this.intervalsOn(day).length === 0)
  }

  #plannedBefore(day: EpochDay): number {
    const weekday = weekdayIndex(day)
    const weeks = (day - weekday - FIRST_MONDAY) / 7
    return weeks * this.#before[7]! + this.#before[weekday]!
  }
}
