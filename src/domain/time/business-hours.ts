import { type DriftStatusError, invalid } from '../errors.js'
import {
  type EpochDay,
  formatDate,
  formatYearlyDates,
  fromEpochDay,
  monthDaysOf,
  weekdayIndex,
  type YearlyDates,
} from './calendar-date.js'
import type { TimeRange } from './time-range.js'

/** Replaces the ranges that start on the dates it covers (R5). */
export type HoursException = {
  readonly name?: string | undefined
  readonly ranges: readonly TimeRange[]
} & (
  | { readonly kind: 'date'; readonly date: EpochDay }
  | { readonly kind: 'dates'; readonly from: EpochDay; readonly to: EpochDay }
  | ({ readonly kind: 'yearly' } & YearlyDates)
)

/** Weekly ranges plus dated exceptions, in one zone. */
export interface BusinessHours {
  readonly zone: string
  /** Seven days, Monday first. */
  readonly weekly: readonly (readonly TimeRange[])[]
  readonly exceptions: readonly HoursException[]
}

/** The ranges that start on one date, and the exception that decided them, if one did. */
export interface DayHours {
  readonly ranges: readonly TimeRange[]
  readonly exception?: HoursException | undefined
}

type DatesException = Extract<HoursException, { kind: 'dates' }>

/**
 * Finds the hours of any date in time that grows with the logarithm of the number of exceptions.
 * Most specific wins: one date, then a date range, then yearly, then the week (R5).
 */
export class HoursCalendar {
  readonly hours: BusinessHours
  readonly #byDate = new Map<EpochDay, HoursException>()
  readonly #byMonthDay = new Map<number, HoursException>()
  /** Disjoint and sorted: two date ranges on one date are an error. */
  readonly #dateRanges: readonly DatesException[]
  /** The first and last year of any dated exception: before and after, the hours repeat. */
  readonly exceptionYears: { readonly first: number; readonly last: number }

  /** @throws DriftStatusError (R5) for two exceptions of the same specificity on one date. */
  constructor(hours: BusinessHours) {
    this.hours = hours
    const [clash] = findClashes(hours.exceptions)
    if (clash) throw clashError(hours.exceptions[clash.first]!, hours.exceptions[clash.second]!)
    for (const exception of hours.exceptions) {
      if (exception.kind === 'date') this.#byDate.set(exception.date, exception)
      if (exception.kind !== 'yearly') continue
      for (const monthDay of monthDaysOf(exception)) this.#byMonthDay.set(monthDay, exception)
    }
    this.#dateRanges = hours.exceptions
      .filter((exception) => exception.kind === 'dates')
      .sort((a, b) => a.from - b.from)
    let [first, last] = [Infinity, -Infinity]
    for (const [from, to] of [
      ...[...this.#byDate.keys()].map((date) => [date, date] as const),
      ...this.#dateRanges.map((range) => [range.from, range.to] as const),
    ]) {
      first = Math.min(first, from)
      last = Math.max(last, to)
    }
    this.exceptionYears = {
      first: first === Infinity ? first : fromEpochDay(first).year,
      last: last === -Infinity ? last : fromEpochDay(last).year,
    }
  }

  /** The hours that start on a date. */
  on(day: EpochDay): DayHours {
    const exception = this.#byDate.get(day) ?? this.#dateRangeOn(day) ?? this.#yearlyOn(day)
    if (exception) return { ranges: exception.ranges, exception }
    return { ranges: this.hours.weekly[weekdayIndex(day)]! }
  }

  /** Whether no day of any kind has a range: such hours never open (R7). */
  get isEmpty(): boolean {
    const { weekly, exceptions } = this.hours
    return weekly.every((ranges) => ranges.length === 0) && exceptions.every(({ ranges }) => ranges.length === 0)
  }

  get hasYearlyExceptions(): boolean {
    return this.#byMonthDay.size > 0
  }

  #dateRangeOn(day: EpochDay): DatesException | undefined {
    let [low, high] = [0, this.#dateRanges.length]
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.#dateRanges[middle]!.from <= day) low = middle + 1
      else high = middle
    }
    const candidate = this.#dateRanges[low - 1]
    return candidate && day <= candidate.to ? candidate : undefined
  }

  #yearlyOn(day: EpochDay): HoursException | undefined {
    if (this.#byMonthDay.size === 0) return undefined
    const date = fromEpochDay(day)
    return this.#byMonthDay.get(date.month * 100 + date.day)
  }
}

/** `2026-12-24`, `2026-12-25..2026-12-26`, `12-25` or `12-24..01-02`. */
export function formatExceptionDates(exception: HoursException): string {
  switch (exception.kind) {
    case 'date':
      return formatDate(exception.date)
    case 'dates':
      return `${formatDate(exception.from)}..${formatDate(exception.to)}`
    case 'yearly':
      return formatYearlyDates(exception)
  }
}

/** Two exceptions of the same specificity on one date, as indexes; `second` is the later in the list. */
export interface ExceptionClash {
  readonly first: number
  readonly second: number
}

/** Every exception that covers a date which another of the same specificity covers already (R5). */
export function findClashes(exceptions: readonly HoursException[]): ExceptionClash[] {
  const clashes: ExceptionClash[] = []
  const seen = new Map<EpochDay, number>()
  const seenYearly = new Map<number, number>()
  const dateRanges: { from: EpochDay; to: EpochDay; index: number }[] = []
  exceptions.forEach((exception, index) => {
    if (exception.kind === 'dates') {
      dateRanges.push({ from: exception.from, to: exception.to, index })
      return
    }
    const [taken, dates] = exception.kind === 'date' ? [seen, [exception.date]] : [seenYearly, monthDaysOf(exception)]
    const first = dates.map((date) => taken.get(date)).find((earlier) => earlier !== undefined)
    for (const date of dates) if (!taken.has(date)) taken.set(date, index)
    if (first !== undefined) clashes.push({ first, second: index })
  })
  dateRanges.sort((a, b) => a.from - b.from)
  let reaching = dateRanges[0]
  for (const range of dateRanges.slice(1)) {
    if (reaching && range.from <= reaching.to) {
      const [first, second] = [reaching.index, range.index].sort((a, b) => a - b)
      clashes.push({ first: first!, second: second! })
    }
    if (!reaching || range.to > reaching.to) reaching = range
  }
  return clashes
}

/** The error that names both exceptions of a clash. */
export function clashError(first: HoursException, second: HoursException): DriftStatusError {
  return invalid(
    'R5',
    `exceptions ${describeException(first)} and ${describeException(second)} cover the same date`,
    'keep one of them, or make one more specific: one date wins over a date range, a date range over a yearly date',
  )
}

/** `"Christmas" (2026-12-25..2026-12-26)`, or the dates alone. */
export function describeException(exception: HoursException): string {
  const dates = formatExceptionDates(exception)
  return exception.name ? `"${exception.name}" (${dates})` : dates
}
