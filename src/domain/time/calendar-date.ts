import { invalid } from '../errors.js'

/** A date of the proleptic Gregorian calendar as days since 1970-01-01. No zone, no clock. */
export type EpochDay = number

export interface CalendarDate {
  readonly year: number
  /** 1-12 */
  readonly month: number
  /** 1-31 */
  readonly day: number
}

export const MINUTE_MS = 60_000
export const HOUR_MS = 60 * MINUTE_MS
/** Of a day without a clock change. */
export const DAY_MS = 24 * HOUR_MS

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
export type Weekday = (typeof WEEKDAYS)[number]

const DATE_PATTERN = /^(\d{4})-(\d{2})-(\d{2})$/
const YEARLY_PATTERN = /^(\d{2})-(\d{2})$/

/** Days since 1970-01-01 of a calendar date (Howard Hinnant's `days_from_civil`). */
export function toEpochDay({ year, month, day }: CalendarDate): EpochDay {
  const y = month <= 2 ? year - 1 : year
  const era = Math.floor(y / 400)
  const yearOfEra = y - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}

/** The calendar date of a day since 1970-01-01: the inverse of {@link toEpochDay}. */
export function fromEpochDay(epochDay: EpochDay): CalendarDate {
  const shifted = epochDay + 719_468
  const era = Math.floor(shifted / 146_097)
  const dayOfEra = shifted - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const day = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day }
}

/** 0 for Monday to 6 for Sunday. */
export function weekdayIndex(epochDay: EpochDay): number {
  return (((epochDay + 3) % 7) + 7) % 7
}

export function weekdayOf(epochDay: EpochDay): Weekday {
  return WEEKDAYS[weekdayIndex(epochDay)]!
}

export function isLeapYear(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
}

export function daysInMonth(year: number, month: number): number {
  return month === 2 ? (isLeapYear(year) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31
}

/** `2026-12-24`. */
export function formatDate(epochDay: EpochDay): string {
  const { year, month, day } = fromEpochDay(epochDay)
  return `${String(year).padStart(4, '0')}-${twoDigits(month)}-${twoDigits(day)}`
}

/**
 * Reads `YYYY-MM-DD`.
 * @throws DriftStatusError (R5) when it is not a date of the calendar; the hint shows the last day of the month.
 */
export function parseDate(text: string): EpochDay {
  const match = DATE_PATTERN.exec(text)
  if (!match) throw invalid('R5', `"${text}" is not a date`, 'write a date as YYYY-MM-DD, e.g. 2026-12-24')
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])]
  if (year < 1 || month < 1 || month > 12 || day < 1) throw invalid('R5', `"${text}" is not a date of the calendar`)
  if (day > daysInMonth(year, month)) {
    const last = `${match[1]}-${match[2]}-${daysInMonth(year, month)}`
    throw invalid('R5', `"${text}" does not exist`, `the last day of that month is ${last}`)
  }
  return toEpochDay({ year, month, day })
}

/**
 * Reads a yearly date, `MM-DD`. `02-29` is a date, in leap years only (R5).
 * @returns month × 100 + day, e.g. 1225
 */
export function parseYearly(text: string): number {
  const match = YEARLY_PATTERN.exec(text)
  if (!match) throw invalid('R5', `"${text}" is not a yearly date`, 'write it as MM-DD, e.g. 12-25')
  const [month, day] = [Number(match[1]), Number(match[2])]
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(2000, month)) {
    throw invalid('R5', `"${text}" is not a date of any year`, 'write it as MM-DD, e.g. 12-25')
  }
  return month * 100 + day
}

/** Dates of every year, both included, each month × 100 + day; `from` after `to` goes on into the next year (R5). */
export interface YearlyDates {
  readonly from: number
  readonly to: number
}

/**
 * Reads `12-25`, or a range `12-24..01-02`.
 * @throws DriftStatusError (R5)
 */
export function parseYearlyDates(text: string): YearlyDates {
  const [from = '', to = from, more] = text.split('..')
  if (more !== undefined) throw invalid('R5', `"${text}" is not a yearly range`, 'write it as MM-DD..MM-DD')
  return { from: parseYearly(from), to: parseYearly(to) }
}

/** `12-25`, or `12-24..01-02`. */
export function formatYearlyDates({ from, to }: YearlyDates): string {
  const format = (monthDay: number) => `${twoDigits(Math.floor(monthDay / 100))}-${twoDigits(monthDay % 100)}`
  return from === to ? format(from) : `${format(from)}..${format(to)}`
}

/** Each of the dates, 29 February among them, as month × 100 + day. */
export function monthDaysOf({ from, to }: YearlyDates): number[] {
  const first = inLeapYear(from)
  const length = from <= to ? inLeapYear(to) - first : inLeapYear(to) + DAYS_IN_LEAP_YEAR - first
  return Array.from({ length: length + 1 }, (_, index) => {
    const { month, day } = fromEpochDay(LEAP_YEAR_START + ((first + index) % DAYS_IN_LEAP_YEAR))
    return month * 100 + day
  })
}

const DAYS_IN_LEAP_YEAR = 366
const LEAP_YEAR_START = toEpochDay({ year: 2000, month: 1, day: 1 })

function inLeapYear(monthDay: number): number {
  return toEpochDay({ year: 2000, month: Math.floor(monthDay / 100), day: monthDay % 100 }) - LEAP_YEAR_START
}

/** The dates as they come next, or run on a day; 29 February alone is not in every year. */
export function nextYearlyDates({ from, to }: YearlyDates, today: EpochDay): { from: EpochDay; to: EpochDay } {
  for (let year = fromEpochDay(today).year - 1; ; year++) {
    if (from === to && from % 100 > daysInMonth(year, Math.floor(from / 100))) continue
    const [first, last] = [yearlyDate(from, year), yearlyDate(to, from <= to ? year : year + 1)]
    // In other years a range begins after 29 February, or ends before it.
    const dates = { from: first.isSkipped ? first.day + 1 : first.day, to: last.day }
    if (dates.to >= today) return dates
  }
}

/** The date in a year; of 29 February in other years the day before. */
function yearlyDate(monthDay: number, year: number): { readonly day: EpochDay; readonly isSkipped: boolean } {
  const [month, day] = [Math.floor(monthDay / 100), monthDay % 100]
  const last = daysInMonth(year, month)
  return { day: toEpochDay({ year, month, day: Math.min(day, last) }), isSkipped: day > last }
}

export function twoDigits(value: number): string {
  return String(value).padStart(2, '0')
}
