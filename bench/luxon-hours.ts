import { DateTime } from 'luxon'
import type { WorkspaceDocument } from '../src/domain/document/schema.js'
import { WEEKDAYS } from '../src/domain/time/calendar-date.js'
import { parseDayHours, type TimeRange } from '../src/domain/time/time-range.js'

const MINUTES_PER_DAY = 1440

/**
 * Business hours answered with luxon alone: the wall clock of each instant is compared with the
 * ranges of its date, and early in the day with the overnight ranges of the day before. Ranges
 * are parsed once. It ignores what clock changes do to the ends of ranges (R4).
 */
export class LuxonHours {
  readonly #zone: string
  readonly #weekly: readonly (readonly TimeRange[])[]
  readonly #byDate = new Map<string, readonly TimeRange[]>()
  readonly #byMonthDay = new Map<string, readonly TimeRange[]>()
  readonly #dateRanges: { readonly from: string; readonly to: string; readonly ranges: readonly TimeRange[] }[] = []
  /** After this minute of a day no overnight range of the day before is open. */
  readonly #latestTail: number

  constructor({ hours, timeZone }: WorkspaceDocument) {
    this.#zone = hours.timeZone ?? timeZone
    this.#weekly = WEEKDAYS.map((day) => parseDayHours(hours.weekly[day] ?? 'closed'))
    const all = this.#weekly.flat()
    for (const { date, from, to, yearly, hours: text } of hours.exceptions) {
      const ranges = parseDayHours(text)
      all.push(...ranges)
      if (date !== undefined) this.#byDate.set(date, ranges)
      else if (yearly !== undefined) this.#byMonthDay.set(yearly, ranges)
      else if (from !== undefined && to !== undefined) this.#dateRanges.push({ from, to, ranges })
    }
    this.#latestTail = Math.max(0, ...all.map(({ end }) => end - MINUTES_PER_DAY))
  }

  isOpen(at: number): boolean {
    const local = DateTime.fromMillis(at, { zone: this.#zone })
    const minute = local.hour * 60 + local.minute
    if (this.#rangesOn(local).some(({ start, end }) => start <= minute && minute < end)) return true
    if (minute >= this.#latestTail) return false
    return this.#rangesOn(local.minus({ days: 1 })).some(({ end }) => minute + MINUTES_PER_DAY < end)
  }

  #rangesOn(local: DateTime): readonly TimeRange[] {
    const date = local.toISODate()!
    const exception =
      this.#byDate.get(date) ?? this.#dateRanges.find(({ from, to }) => from <= date && date <= to)?.ranges
    return exception ?? this.#byMonthDay.get(date.slice(5)) ?? this.#weekly[local.weekday - 1]!
  }
}
