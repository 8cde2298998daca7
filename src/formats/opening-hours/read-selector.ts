import type { ExceptionDocument } from '../../domain/document/schema.js'
import {
  daysInMonth,
  parseDate,
  parseYearly,
  twoDigits,
  WEEKDAYS,
  type Weekday,
} from '../../domain/time/calendar-date.js'
import type { TextCursor } from './text-cursor.js'
import { DAYS, MONTHS, meantName, nearestName } from './words.js'

/** The dates of an exception as a document has them. */
export type Dates = Pick<ExceptionDocument, 'date' | 'from' | 'to' | 'yearly'>

/** What a rule is about. */
export type Selector =
  | { readonly kind: 'dates'; readonly dates: readonly Dates[] }
  /** `PH` may stand among the days, or alone. */
  | { readonly kind: 'week'; readonly days: readonly Weekday[]; readonly hasHolidays: boolean }
  /** No days are written, which are all of them. */
  | { readonly kind: 'all' }

/** The February of every year has its 29th. */
const LEAP_YEAR = 2000
const DAY = /(?:Mo|Tu|We|Th|Fr|Sa|Su|PH|SH)(?![A-Za-z])/y

/**
 * Reads `Mo-Fr,PH`, `Dec 25,26`, `2026 Dec 24-2027 Jan 02` or nothing.
 *
 * @throws DocumentError at the column of days and dates that hours cannot say
 */
export function readSelector(cursor: TextCursor): Selector {
  const dates = readDates(cursor)
  const selector: Selector = dates.length > 0 ? { kind: 'dates', dates } : readDays(cursor)
  cursor.skipSpace()
  if (selector.kind === 'dates' && cursor.peek(DAY)) {
    cursor.fail('days of the week within dates are not understood', 'write the dates one by one')
  }
  cursor.take(/:(?=\s)/y)
  cursor.skipSpace()
  return selector
}

/** `Mo-Fr,Su,PH`. */
function readDays(cursor: TextCursor): Selector {
  const days = new Set<Weekday>()
  let hasHolidays = false
  do {
    if (cursor.peek(/SH(?![A-Za-z])/y)) cursor.fail('school holidays ("SH") are not known here', 'write their dates')
    if (cursor.take(/PH(?![A-Za-z])/y)) {
      hasHolidays = true
      continue
    }
    const from = readDay(cursor)
    if (from === undefined) break
    const to = cursor.take(/\s*-\s*(?=[A-Za-z])/y) ? readDay(cursor) : from
    if (to === undefined) return cursor.fail('a day of the week is missing after "-"', nearestName(cursor.rest()))
    for (let day = from; ; day = (day + 1) % 7) {
      days.add(WEEKDAYS[day]!)
      if (day === to) break
    }
    if (cursor.peek(/\s*\[/y)) cursor.fail('the nth day of a month is not understood', 'write its dates')
  } while (cursor.take(/\s*,\s*(?=(?:Mo|Tu|We|Th|Fr|Sa|Su|PH|SH)(?![A-Za-z]))/y))
  return days.size > 0 || hasHolidays ? { kind: 'week', days: [...days], hasHolidays } : { kind: 'all' }
}

function readDay(cursor: TextCursor): number | undefined {
  const word = cursor.peek(/[A-Za-z]+/y)
  const day = (DAYS as readonly string[]).indexOf(word ?? '')
  if (word === undefined || (day === -1 && !/^[A-Z][a-z]/.test(word) && meantName(word) === undefined)) return undefined
  if (day === -1) return cursor.fail(`"${word}" is not a day of the week`, nearestName(word))
  cursor.at += word.length
  return day
}

/** `Dec 25`, `Dec 24-26,31`, `Dec 24-Jan 02`, `Dec`, `2026 Dec 24,2027 Jan 02`. */
function readDates(cursor: TextCursor): readonly Dates[] {
  const dates: Dates[] = []
  for (let before: Written | undefined; ; ) {
    const first: Written | undefined = readDate(cursor) ?? (before && readDayOfMonth(cursor, before))
    if (!first) return dates
    if (before && (before.year === undefined) !== (first.year === undefined)) {
      cursor.fail('only some of the dates have a year', 'write a rule for each date')
    }
    dates.push(readRange(cursor, first))
    // After a year, a day alone could be of any month, or of any year.
    const more = first.year === undefined ? /\s*,\s*(?=\d{1,2}(?![\d:])|[A-Z][a-z]{2}\b)/y : /\s*,\s*(?=\d{4}\s)/y
    if (cursor.take(more) === undefined) {
      if (cursor.peek(/\s*,\s*(?:\d{1,2}(?![\d:])|\d{4}\s|[A-Z][a-z]{2}\b)/y)) {
        cursor.fail('only some of the dates have a year', 'write the year of each date')
      }
      return dates
    }
    before = first
  }
}

interface Written {
  /** Where it stands. */
  readonly at: number
  readonly year: number | undefined
  readonly month: number
  readonly day: number | undefined
}

function readDate(cursor: TextCursor): Written | undefined {
  const { at } = cursor
  const pattern = /(?:(\d{4})\s+)?([A-Z][a-z]{2})(?![a-z])(?:\s+(\d{1,2})(?![\d:]))?/y
  const month = (MONTHS as readonly string[]).indexOf(cursor.match(pattern)?.[2] ?? '') + 1
  if (month === 0) {
    if (cursor.peek(/\d{4}(?![\d:])/y)) cursor.fail('a year is followed by a month', 'write 2026 Dec 24')
    const word = cursor.peek(/(?:easter|week)(?![a-z])/iy)
    if (word !== undefined) cursor.fail(`"${word}" is not understood`, 'write the dates')
    return undefined
  }
  const [, year, , day] = cursor.take(pattern)!
  return { at, year: year === undefined ? undefined : Number(year), month, day: day === undefined ? day : Number(day) }
}

/** `26` after `Dec 24-`. */
function readDayOfMonth(cursor: TextCursor, { year, month }: Written): Written | undefined {
  const { at } = cursor
  const day = cursor.take(/\d{1,2}(?![\d:])/y)
  return day && { at, year, month, day: Number(day[0]) }
}

/** A date, or with the date after `-` all from it to that one. */
function readRange(cursor: TextCursor, first: Written): Dates {
  const isRange = cursor.take(/\s*-\s*/y) !== undefined
  const last = isRange ? (readDate(cursor) ?? readDayOfMonth(cursor, first)) : first
  if (!last) return cursor.fail('a date is missing after "-"', 'write Dec 24-26 or Dec 24-Jan 02')
  if (first.year === undefined) {
    if (last.year !== undefined) {
      cursor.failAt(first.at, 'the first date has no year, and the last one has', 'write the year of each date')
    }
    const [from, to] = [first, { ...last, day: last.day ?? daysInMonth(LEAP_YEAR, last.month) }].map(
      ({ at, month, day = 1 }) => cursor.placing(at, () => valid(`${twoDigits(month)}-${twoDigits(day)}`, parseYearly)),
    )
    return { yearly: from === to ? from! : `${from}..${to}` }
  }
  const year = last.year ?? first.year
  const ends = [first, { ...last, year, day: last.day ?? daysInMonth(year, last.month) }]
  const [from, to] = ends.map(({ at, year: of, month, day = 1 }) =>
    cursor.placing(at, () => valid(`${of}-${twoDigits(month)}-${twoDigits(day)}`, parseDate)),
  ) as [string, string]
  if (parseDate(to) < parseDate(from)) {
    cursor.failAt(first.at, `the dates end on ${to}, before they begin on ${from}`, 'write the year of the end')
  }
  return from === to ? { date: from } : { from, to }
}

/** @throws DriftStatusError for what does not parse */
function valid(text: string, parse: (text: string) => unknown): string {
  parse(text)
  return text
}
