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
  /** The name of the holiday calendar that it comes from, if it comes from one (R40). */
  readonly calendar?: string | undefined
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
  /** The days of the holiday calendars that apply; the first of those on one date holds (R40). */
  readonly holidays?: readonly HoursException[] | undefined
}

/** The ranges that start on one date, and the exception that decided them, if one did. */
export interface DayHours {
  readonly ranges: readonly TimeRange[]
  readonly exception?: HoursException | undefined
}

type DatesException = Extract<HoursException, { kind: 'dates' }>

/**
 * Finds the hours of any date in time that grows with the logarithm of the number of exceptions.
 * Most specific wins: one date, then a date range, then yearly, then a holiday calendar, then the week (R5).
 */
export class HoursCalendar {
  readonly hours: BusinessHours
  readonly #exceptions: DatedExceptions
  readonly #holidays: DatedExceptions | undefined

  /** @throws DriftStatusError (R5) for two exceptions of the same specificity on one date. */
  constructor(hours: BusinessHours) {
    this.hours = hours
    const { exceptions, holidays = [] } = hours
    const [clash] = findClashes(exceptions)
    if (clash) throw clashError(exceptions[clash.first]!, exceptions[clash.second]!)
    this.#exceptions = new DatedExceptions(exceptions)
    this.#holidays = holidays.length > 0 ? datedHolidays(holidays) : undefined
  }

  /** The hours that start on a date. */
  on(day: EpochDay): DayHours {
    const exception = this.#exceptions.on(day) ?? this.#holidays?.on(day)
    if (exception) return { ranges: exception.ranges, exception }
    return { ranges: this.hours.weekly[weekdayIndex(day)]! }
  }

  /** Whether no day of any kind has a range: such hours never open (R7). */
  get isEmpty(): boolean {
    const { weekly, exceptions, holidays = [] } = this.hours
    return (
      weekly.every((ranges) => ranges.length === 0) &&
      [exceptions, holidays].every((days) => days.every(({ ranges }) => ranges.length === 0))
    )
  }

  get hasYearlyExceptions(): boolean {
    return this.#exceptions.hasYearly || (this.#holidays?.hasYearly ?? false)
  }

  /** The first and last year of any dated exception: before and after, the hours repeat. */
  get exceptionYears(): { readonly first: number; readonly last: number } {
    const [own, holidays = own] = [this.#exceptions.years, this.#holidays?.years]
    return { first: Math.min(own.first, holidays.first), last: Math.max(own.last, holidays.last) }
  }
}

/** Exceptions by their dates; of two of the same specificity on one date the first holds. */
class DatedExceptions {
  readonly #byDate = new Map<EpochDay, HoursException>()
  readonly #byMonthDay = new Map<number, HoursException>()
  /** Disjoint and sorted. */
  readonly #ranges: readonly DatesException[]
  readonly years: { readonly first: number; readonly last: number }

  constructor(exceptions: readonly HoursException[]) {
    for (const exception of exceptions) {
      if (exception.kind === 'date') addFirst(this.#byDate, exception.date, exception)
      if (exception.kind !== 'yearly') continue
      for (const monthDay of monthDaysOf(exception)) addFirst(this.#byMonthDay, monthDay, exception)
    }
    this.#ranges = disjoint(exceptions.filter((exception) => exception.kind === 'dates'))
    let [first, last] = [Infinity, -Infinity]
    for (const date of this.#byDate.keys()) {
      first = Math.min(first, date)
      last = Math.max(last, date)
    }
    for (const { from, to } of this.#ranges) {
      first = Math.min(first, from)
      last = Math.max(last, to)
    }
    this.years = {
      first: first === Infinity ? first : fromEpochDay(first).year,
      last: last === -Infinity ? last : fromEpochDay(last).year,
    }
  }

  get hasYearly(): boolean {
    return this.#byMonthDay.size > 0
  }

  on(day: EpochDay): HoursException | undefined {
    return this.#byDate.get(day) ?? this.#rangeOn(day) ?? this.#yearlyOn(day)
  }

  #rangeOn(day: EpochDay): DatesException | undefined {
    let [low, high] = [0, this.#ranges.length]
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.#ranges[middle]!.from <= day) low = middle + 1
      else high = middle
    }
    const candidate = this.#ranges[low - 1]
    return candidate && day <= candidate.to ? candidate : undefined
  }

  #yearlyOn(day: EpochDay): HoursException | undefined {
    if (this.#byMonthDay.size === 0) return undefined
    const date = fromEpochDay(day)
    return this.#byMonthDay.get(date.month * 100 + date.day)
  }
}

const holidaysByDate = new WeakMap<readonly HoursException[], DatedExceptions>()

/** The same days may close a widget and many teams: they are put in order once. */
function datedHolidays(holidays: readonly HoursException[]): DatedExceptions {
  const dated = holidaysByDate.get(holidays) ?? new DatedExceptions(holidays)
  holidaysByDate.set(holidays, dated)
  return dated
}

function addFirst<Key>(map: Map<Key, HoursException>, key: Key, exception: HoursException): void {
  if (!map.has(key)) map.set(key, exception)
}

/** Date ranges, sorted, each without the dates that an earlier one of the list covers. */
function disjoint(ranges: readonly DatesException[]): readonly DatesException[] {
  const sorted = [...ranges].sort((a, b) => a.from - b.from)
  const overlaps = sorted.some(({ from }, index) => index > 0 && from <= sorted[index - 1]!.to)
  if (!overlaps) return sorted
  const parts: DatesException[] = []
  for (const range of ranges) parts.push(...without(range, parts))
  return parts.sort((a, b) => a.from - b.from)
}

/** What is left of a range beside others. */
function without(range: DatesException, others: readonly DatesException[]): readonly DatesException[] {
  const overlapping = others.filter(({ from, to }) => from <= range.to && range.from <= to)
  const parts: DatesException[] = []
  let from = range.from
  for (const other of overlapping.sort((a, b) => a.from - b.from)) {
    if (from < other.from) parts.push({ ...range, from, to: other.from - 1 })
    from = other.to + 1
  }
  if (from <= range.to) parts.push({ ...range, from })
  return parts
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

/** `"Christmas" (2026-12-25..2026-12-26)`, or the dates alone; of a holiday with its calendar: `"Unity Day" (2027-10-03, Berlin)`. */
export function describeException(exception: HoursException): string {
  const { name, calendar } = exception
  const dates = formatExceptionDates(exception)
  const where = calendar === undefined ? dates : `${dates}, ${calendar}`
  if (name) return `"${name}" (${where})`
  return calendar === undefined ? dates : `${dates} (${calendar})`
}
