import type { WorkspaceDocument } from '../../domain/document/schema.js'
import { WEEKDAYS, type Weekday } from '../../domain/time/calendar-date.js'
import { MINUTES_PER_DAY, type TimeRange } from '../../domain/time/time-range.js'
import { dayDocument, joined, weeklyDocument } from '../hours-text.js'

/** The rules for days of the week, each on top of those before it. */
export class WeeklyRules {
  readonly #weekly = new Map<Weekday, readonly TimeRange[]>()

  get isEmpty(): boolean {
    return this.#weekly.size === 0
  }

  get hasNights(): boolean {
    return [...this.#weekly.values()].some((ranges) => ranges.some(isNight))
  }

  /**
   * Gives days their ranges.
   *
   * @param isMore whether they are added to those of the rules before it; `off` closes the days all the same
   * @throws DriftStatusError (R1, R2) for ranges that a day cannot have
   */
  add(days: readonly Weekday[], ranges: readonly TimeRange[], isMore: boolean): void {
    const before = new Map(this.#weekly)
    const replaces = !isMore || ranges.length === 0
    for (const day of days) this.#set(day, joined([...(replaces ? [] : (before.get(day) ?? [])), ...ranges]))
    if (!replaces) return
    for (const day of days) {
      this.#endNight(dayAfter(day, -1), days)
      this.#keepRest(before.get(day) ?? [], dayAfter(day, 1), days)
    }
  }

  document(): WorkspaceDocument['hours']['weekly'] {
    return weeklyDocument(this.#weekly)
  }

  /** A rule of its own for a day ends the night before it. */
  #endNight(before: Weekday, days: readonly Weekday[]): void {
    const ranges = this.#weekly.get(before)
    if (days.includes(before) || !ranges?.some(isNight)) return
    this.#set(
      before,
      ranges.map(({ start, end }) => ({ start, end: Math.min(end, MINUTES_PER_DAY) })),
    )
  }

  /** The night of a day that got hours of its own still runs after midnight, where the day after has none of its own. */
  #keepRest(replaced: readonly TimeRange[], after: Weekday, days: readonly Weekday[]): void {
    const night = replaced.find(isNight)
    if (!night || days.includes(after)) return
    const own = this.#weekly.get(after) ?? []
    this.#set(after, [...without({ start: 0, end: night.end - MINUTES_PER_DAY }, own), ...own])
  }

  #set(day: Weekday, ranges: readonly TimeRange[]): void {
    dayDocument(ranges)
    this.#weekly.set(
      day,
      [...ranges].sort((a, b) => a.start - b.start),
    )
  }
}

export function isNight({ end }: TimeRange): boolean {
  return end > MINUTES_PER_DAY
}

function dayAfter(day: Weekday, days: number): Weekday {
  return WEEKDAYS[(WEEKDAYS.indexOf(day) + days + 7) % 7]!
}

/** What of a range is in none of the others, which are in order. */
function without(range: TimeRange, others: readonly TimeRange[]): readonly TimeRange[] {
  const parts: TimeRange[] = []
  let { start } = range
  for (const other of [...others, { start: range.end, end: range.end }]) {
    const end = Math.min(other.start, range.end)
    if (start < end) parts.push({ start, end })
    start = Math.max(start, other.end)
  }
  return parts
}
