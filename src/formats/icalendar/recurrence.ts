import {
  daysInMonth,
  type EpochDay,
  fromEpochDay,
  isLeapYear,
  toEpochDay,
  weekdayIndex,
} from '../../domain/time/calendar-date.js'
import type { ContentLine } from './content-lines.js'
import { mistake } from './mistakes.js'
import { type CalendarMoment, readMoment } from './moments.js'

/** A recurrence rule that repeats by dates (RFC 5545, 3.3.10). */
export interface Recurrence {
  readonly frequency: 'YEARLY' | 'MONTHLY' | 'WEEKLY' | 'DAILY'
  readonly interval: number
  readonly count: number | undefined
  /** The last date on which it may be, as it is written. */
  readonly until: EpochDay | undefined
  readonly months: readonly number[]
  /** 1 to 31, and -31 to -1 from the end of the month. */
  readonly monthDays: readonly number[]
  readonly yearDays: readonly number[]
  readonly weekdays: readonly Weekday[]
  readonly positions: readonly number[]
  /** The first day of a week, 0 for Monday. */
  readonly weekStart: number
}

/** A day of the week, or the nth of a month or a year. */
interface Weekday {
  /** 0 for Monday. */
  readonly day: number
  /** 0 for every one. */
  readonly nth: number
}

const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']
const FREQUENCIES = ['YEARLY', 'MONTHLY', 'WEEKLY', 'DAILY'] as const

/**
 * @param lastDate of a moment: the last date on which an event may begin so as not to begin after it
 * @throws DocumentError for a rule that is none, or that repeats by what is not understood here
 */
export function readRecurrence(
  property: ContentLine,
  file: string,
  lastDate: (until: CalendarMoment) => EpochDay,
): Recurrence {
  const { value, line } = property
  const refuse = (message: string, hint?: string): never => {
    throw mistake(file, line, message, hint)
  }
  const parts = new Map<string, string>()
  for (const part of value.trim().split(';')) {
    if (part === '') continue
    const [name = '', text] = part.split('=', 2)
    if (text === undefined) refuse(`"${part}" of the rule is not NAME=VALUE`)
    if (parts.has(name.toUpperCase())) refuse(`the rule says ${name} twice`)
    parts.set(name.toUpperCase(), text!.toUpperCase())
  }
  const take = (name: string) => {
    const text = parts.get(name)
    parts.delete(name)
    return text
  }
  const numbers = (name: string, least: number, most: number): number[] => {
    const text = take(name)
    return (text?.split(',') ?? []).map((one) => {
      const number = Number(one)
      const size = Math.abs(number)
      if (!/^[+-]?\d{1,9}$/.test(one) || size < Math.abs(least) || size > most || (number < 0 && least > 0)) {
        refuse(`${name}=${one} of the rule is not a number that it may be`)
      }
      return number
    })
  }
  const written = take('FREQ')
  const frequency = FREQUENCIES.find((known) => known === written)
  if (!frequency) return refuse(`FREQ=${written ?? ''} of the rule is not one of ${FREQUENCIES.join(', ')}`)
  const untilText = take('UNTIL')
  const weekStart = WEEKDAYS.indexOf(take('WKST') ?? 'MO')
  if (weekStart === -1) refuse('WKST of the rule is not a day of the week')
  const [interval = 1] = numbers('INTERVAL', 1, 100_000)
  const [count] = numbers('COUNT', 1, 999_999_999)
  const rule: Recurrence = {
    frequency,
    interval,
    count,
    until: untilText === undefined ? undefined : lastDate(readMoment(untilText, property, file)),
    months: numbers('BYMONTH', 1, 12),
    // Signed: from the end as well.
    monthDays: numbers('BYMONTHDAY', -1, 31),
    yearDays: numbers('BYYEARDAY', -1, 366),
    weekdays: (take('BYDAY')?.split(',') ?? []).map((text) => {
      const match = /^([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)$/.exec(text)
      const nth = Number(match?.[1] ?? 0)
      if (!match || (match[1] !== undefined && (nth === 0 || Math.abs(nth) > 53))) {
        return refuse(`BYDAY=${text} of the rule is not a day of the week`, 'a day is MO, or the nth: 2MO, -1FR')
      }
      if (nth !== 0 && (frequency === 'WEEKLY' || frequency === 'DAILY')) {
        return refuse(`BYDAY=${text} counts within a month or a year, and the rule is ${frequency}`)
      }
      return { day: WEEKDAYS.indexOf(match[2]!), nth }
    }),
    positions: numbers('BYSETPOS', -1, 366),
    weekStart,
  }
  const [other] = parts.keys()
  // Times of a day do not move a date.
  const isAboutTime = other !== undefined && /^BY(?:HOUR|MINUTE|SECOND)$/.test(other)
  if (other !== undefined && !other.startsWith('X-') && !isAboutTime) {
    refuse(`${other} of the rule is not understood`, 'write its dates with RDATE')
  }
  if (count !== undefined && rule.until !== undefined) refuse('the rule has COUNT and UNTIL: it ends by one of them')
  return rule
}

/** How much of a calendar is still looked at: a rule may repeat every day for centuries. */
export interface Budget {
  /** Dates. */
  left: number
}

/** Thrown when a budget is used up. */
export class BudgetError extends Error {}

/**
 * The dates of a rule from `from` to `to`, both included, in order.
 * @param start of the first one: what the rule does not say is as there
 */
export function* datesOf(
  rule: Recurrence,
  start: EpochDay,
  { from, to, budget }: { readonly from: EpochDay; readonly to: EpochDay; readonly budget: Budget },
): Generator<EpochDay> {
  const last = Math.min(to, rule.until ?? to)
  let counted = 0
  for (let period = rule.count === undefined ? periodsBefore(rule, start, from) : 0; ; period++) {
    const begin = beginOf(rule, start, period)
    if (begin > last) return
    if (--budget.left < 0) throw new BudgetError()
    for (const day of datesIn(rule, start, begin)) {
      if (day < start) continue
      if (day > last) return
      if (rule.count !== undefined && counted++ >= rule.count) return
      budget.left--
      if (day >= from) yield day
    }
  }
}

/** A whole number of periods that lie before a date, so that those need not be looked at one by one. */
function periodsBefore({ frequency, interval }: Recurrence, start: EpochDay, from: EpochDay): number {
  const longest = { YEARLY: 366, MONTHLY: 31, WEEKLY: 7, DAILY: 1 }[frequency]
  return Math.max(0, Math.floor((from - start) / (longest * interval)) - 1)
}

/** The first day of a period, counted from that of the start. */
function beginOf({ frequency, interval, weekStart }: Recurrence, start: EpochDay, period: number): EpochDay {
  const { year, month } = fromEpochDay(start)
  switch (frequency) {
    case 'YEARLY':
      return toEpochDay({ year: year + period * interval, month: 1, day: 1 })
    case 'MONTHLY': {
      const months = year * 12 + month - 1 + period * interval
      return toEpochDay({ year: Math.floor(months / 12), month: (months % 12) + 1, day: 1 })
    }
    case 'WEEKLY':
      return start - ((weekdayIndex(start) - weekStart + 7) % 7) + period * interval * 7
    case 'DAILY':
      return start + period * interval
  }
}

/** The dates of the period that begins on a day, in order. */
function datesIn(rule: Recurrence, start: EpochDay, begin: EpochDay): readonly EpochDay[] {
  const dates = [...new Set(candidatesIn(rule, start, begin))].sort((a, b) => a - b)
  if (rule.positions.length === 0) return dates
  const chosen = rule.positions.flatMap((position) => dates.at(position > 0 ? position - 1 : position) ?? [])
  return [...new Set(chosen)].sort((a, b) => a - b)
}

function candidatesIn(rule: Recurrence, start: EpochDay, begin: EpochDay): readonly EpochDay[] {
  const { frequency, months, monthDays, yearDays, weekdays } = rule
  const isOnWeekday = (day: EpochDay) => weekdays.length === 0 || weekdays.some((one) => one.day === weekdayIndex(day))
  const isInMonth = (day: EpochDay) => months.length === 0 || months.includes(fromEpochDay(day).month)
  if (frequency === 'DAILY') {
    return isInMonth(begin) && isOnWeekday(begin) && isOnMonthDay(begin, monthDays) ? [begin] : []
  }
  if (frequency === 'WEEKLY') {
    const days = weekdays.length === 0 ? [weekdayIndex(start)] : weekdays.map(({ day }) => day)
    return days.map((day) => begin + ((day - rule.weekStart + 7) % 7)).filter(isInMonth)
  }
  const { year, month } = fromEpochDay(begin)
  if (frequency === 'MONTHLY') {
    return months.length === 0 || months.includes(month) ? datesInMonth(rule, start, year, month) : []
  }
  if (yearDays.length > 0) {
    const length = isLeapYear(year) ? 366 : 365
    const dates = yearDays
      .filter((day) => Math.abs(day) <= length)
      .map((day) => begin + (day > 0 ? day - 1 : length + day))
    return dates.filter((day) => isInMonth(day) && isOnWeekday(day) && isOnMonthDay(day, monthDays))
  }
  if (months.length > 0) return months.flatMap((one) => datesInMonth(rule, start, year, one))
  if (monthDays.length > 0) return ALL_MONTHS.flatMap((one) => datesInMonth(rule, start, year, one))
  if (weekdays.length > 0) return nthOf(weekdays, begin, begin + (isLeapYear(year) ? 365 : 364))
  return datesInMonth(rule, start, year, fromEpochDay(start).month)
}

const ALL_MONTHS = Array.from({ length: 12 }, (_, index) => index + 1)

function datesInMonth(
  { monthDays, weekdays }: Recurrence,
  start: EpochDay,
  year: number,
  month: number,
): readonly EpochDay[] {
  const length = daysInMonth(year, month)
  const first = toEpochDay({ year, month, day: 1 })
  const byWeekday = weekdays.length === 0 ? undefined : nthOf(weekdays, first, first + length - 1)
  if (monthDays.length === 0) {
    if (byWeekday) return byWeekday
    const { day } = fromEpochDay(start)
    return day <= length ? [first + day - 1] : []
  }
  const days = monthDays
    .filter((day) => Math.abs(day) <= length)
    .map((day) => first + (day > 0 ? day - 1 : length + day))
  return byWeekday ? days.filter((day) => byWeekday.includes(day)) : days
}

function isOnMonthDay(date: EpochDay, monthDays: readonly number[]): boolean {
  if (monthDays.length === 0) return true
  const { year, month, day } = fromEpochDay(date)
  return monthDays.includes(day) || monthDays.includes(day - daysInMonth(year, month) - 1)
}

/** The weekdays of a stretch, each or the nth from its beginning or its end. */
function nthOf(weekdays: readonly Weekday[], first: EpochDay, last: EpochDay): readonly EpochDay[] {
  return weekdays.flatMap(({ day, nth }) => {
    const all: EpochDay[] = []
    for (let at = first + ((day - weekdayIndex(first) + 7) % 7); at <= last; at += 7) all.push(at)
    if (nth === 0) return all
    return all.at(nth > 0 ? nth - 1 : nth) ?? []
  })
}
