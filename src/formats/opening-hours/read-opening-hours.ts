import type { ExceptionDocument } from '../../domain/document/schema.js'
import { didYouMean } from '../../domain/nearest.js'
import {
  type EpochDay,
  formatDate,
  fromEpochDay,
  monthDaysOf,
  parseDate,
  parseYearly,
  parseYearlyDates,
  toEpochDay,
  twoDigits,
  WEEKDAYS,
  type Weekday,
} from '../../domain/time/calendar-date.js'
import { MINUTES_PER_DAY, type TimeRange } from '../../domain/time/time-range.js'
import { dayDocument, END_OF_DAY_NOTE, endOfDay, type ReadHours, weeklyDocument } from '../hours-text.js'
import { placing, wrongAt } from '../place.js'
import { DAYS, MONTHS } from './words.js'

/**
 * Reads the part of OpenStreetMap's `opening_hours` that weekly hours and exceptions can say: days of the week, dates, dates of
 * every year, times, `off`, `24/7`, and comments, which name exceptions.
 *
 * @throws DocumentError at the column of what is not of this part
 */
export function readOpeningHours(text: string, file: string): ReadHours {
  return new Reader(text, file).read()
}

/** What a rule is about. */
type Selector =
  | { readonly kind: 'week'; readonly days: readonly Weekday[] }
  | { readonly kind: 'yearly'; readonly from: string; readonly to: string }
  | { readonly kind: 'dates'; readonly from: string; readonly to: string }
  | { readonly kind: 'holidays' }

/** How specific each kind of exception is. */
const RANK = { yearly: 0, dates: 1, date: 2 } as const

class Reader {
  readonly #text: string
  readonly #file: string
  #at = 0
  readonly #weekly = new Map<Weekday, readonly TimeRange[]>()
  readonly #exceptions = new Map<string, ExceptionDocument>()
  readonly #notes = new Set<string>()

  constructor(text: string, file: string) {
    this.#text = text
    this.#file = file
  }

  read(): ReadHours {
    this.#skip()
    if (this.#isAtEnd()) this.#fail('is empty', 'write opening hours such as Mo-Fr 09:00-17:00')
    for (let isMore = false; ; isMore = this.#separator()) {
      this.#rule(isMore)
      this.#skip()
      if (this.#isAtEnd()) break
    }
    const hasNights = [...this.#weekly.values()].some((ranges) => ranges.some(({ end }) => end > MINUTES_PER_DAY))
    if (hasNights && this.#exceptions.size > 0) {
      this.#notes.add(
        'A night that is open goes on into a date with hours of its own, where opening_hours would end it at midnight.',
      )
    }
    return {
      hours: { weekly: weeklyDocument(this.#weekly), exceptions: [...this.#exceptions.values()] },
      notes: [...this.#notes],
    }
  }

  /** @returns whether the rule that follows adds to the ones before it */
  #separator(): boolean {
    const start = this.#at
    if (this.#take(/\|\|/y))
      this.#failAt(start, '"||" gives hours of last resort, which there are none of here', 'keep the first rule')
    const sign = this.#take(/[;,]/y)
    if (sign === undefined) this.#fail(`"${this.#rest()}" is not understood here`, 'rules are parted by ";"')
    this.#skip()
    return sign === ','
  }

  #rule(isMore: boolean): void {
    const start = this.#at
    if (this.#take(/24\/7/y)) {
      for (const day of WEEKDAYS) this.#weekly.set(day, [{ start: 0, end: MINUTES_PER_DAY }])
      this.#comment()
      return
    }
    const selector = this.#selector()
    this.#take(/:(?=\s)/y)
    this.#skip()
    const ranges = this.#times()
    this.#skip()
    const saysOpen = this.#take(/open(?![a-z])/y) !== undefined
    if (this.#peek(/unknown/y)) this.#fail('"unknown" is neither open nor closed', 'say open or off')
    const name = this.#comment()
    if (name !== undefined && ranges.length > 0 && !saysOpen) {
      this.#notes.add(
        `Times with the comment "${name}" alone are read as open; opening_hours leaves open whether they are.`,
      )
    }
    if (selector.kind === 'holidays') {
      if (ranges.length > 0)
        this.#failAt(start, 'hours of public holidays ("PH") are not kept here', 'give a holiday calendar its hours')
      this.#notes.add('"PH off" is left out: a holiday calendar closes its days by itself.')
    } else if (selector.kind === 'week') this.#addWeekly(selector.days, ranges, isMore, start)
    else this.#addException(selector, ranges, name, isMore, start)
  }

  #addWeekly(days: readonly Weekday[], ranges: readonly TimeRange[], isMore: boolean, start: number): void {
    if (this.#exceptions.size > 0) {
      this.#failAt(
        start,
        'a rule for days of the week after one for dates would hold on those dates as well',
        'put the rules of dates last',
      )
    }
    for (const day of days) {
      const known = isMore ? (this.#weekly.get(day) ?? []) : []
      this.#weekly.set(
        day,
        this.#place(start, () => checked([...known, ...ranges])),
      )
      // A rule of its own for a day ends the night before it.
      if (!isMore) this.#endNight(WEEKDAYS[(WEEKDAYS.indexOf(day) + 6) % 7]!, days)
    }
  }

  #endNight(before: Weekday, days: readonly Weekday[]): void {
    if (days.includes(before)) return
    const ranges = this.#weekly.get(before)
    if (!ranges?.some(({ end }) => end > MINUTES_PER_DAY)) return
    this.#weekly.set(
      before,
      ranges.map(({ start, end }) => ({ start, end: Math.min(end, MINUTES_PER_DAY) })),
    )
  }

  #addException(
    selector: Exclude<Selector, { kind: 'week' | 'holidays' }>,
    ranges: readonly TimeRange[],
    name: string | undefined,
    isMore: boolean,
    start: number,
  ): void {
    const { kind, from, to } = selector
    if (isMore)
      this.#failAt(
        start,
        'a rule that adds times to dates is not understood',
        'write the dates with all of their times, after ";"',
      )
    const dates =
      kind === 'yearly'
        ? { yearly: from === to ? from : `${from}..${to}` }
        : from === to
          ? { date: from }
          : { from, to }
    const exception = { ...dates, ...(name !== undefined && { name }), hours: dayDocument(ranges) }
    const key = JSON.stringify(dates)
    for (const [other, known] of this.#exceptions) {
      if (other === key || !mayMeet(known, exception)) continue
      if (rankOf(known) < rankOf(exception)) continue
      this.#failAt(
        start,
        'the dates overlap with those of a rule before it, which is as specific or more',
        'keep one of them on each date',
      )
    }
    if (this.#exceptions.has(key))
      this.#notes.add(`Of two rules for ${Object.values(dates).join('..')} the later is kept.`)
    this.#exceptions.set(key, exception)
  }

  #selector(): Selector {
    const start = this.#at
    if (this.#take(/PH(?![A-Za-z])/y)) {
      if (this.#take(/\s*,/y))
        this.#failAt(start, '"PH" together with other days is not understood', 'write a rule for PH alone')
      this.#skip()
      return { kind: 'holidays' }
    }
    if (this.#take(/SH(?![A-Za-z])/y))
      this.#failAt(start, 'school holidays ("SH") are not known here', 'write their dates')
    const selector = this.#dates() ?? this.#days()
    this.#skip()
    // Without days: on all of them.
    if (!selector) return { kind: 'week', days: WEEKDAYS }
    if (selector.kind !== 'week' && this.#peek(/(?:Mo|Tu|We|Th|Fr|Sa|Su)(?![a-z])/y)) {
      this.#fail('days of the week within dates are not understood', 'write the dates one by one')
    }
    return selector
  }

  /** `Mo-Fr,Su`. */
  #days(): Selector | undefined {
    const days: Weekday[] = []
    for (;;) {
      const from = this.#day()
      if (from === undefined) break
      const to = this.#take(/\s*-\s*(?=[A-Z])/y) === undefined ? from : this.#day()
      if (to === undefined) this.#fail('a day of the week is missing after "-"', `the days are ${DAYS.join(', ')}`)
      for (let day = from; ; day = (day + 1) % 7) {
        days.push(WEEKDAYS[day]!)
        if (day === to) break
      }
      if (this.#peek(/\s*\[/y)) this.#fail('the nth day of a month is not understood', 'write its dates')
      if (this.#take(/\s*,\s*(?=(?:Mo|Tu|We|Th|Fr|Sa|Su)(?![a-z]))/y) === undefined) break
    }
    return days.length === 0 ? undefined : { kind: 'week', days }
  }

  #day(): number | undefined {
    const word = this.#peek(/[A-Z][a-z]+/y)
    if (word === undefined) return undefined
    const day = (DAYS as readonly string[]).indexOf(word)
    if (day === -1)
      this.#fail(`"${word}" is not a day of the week`, didYouMean(word, DAYS) ?? `the days are ${DAYS.join(', ')}`)
    this.#at += 2
    return day
  }

  /** `Dec 25`, `Dec 24-26`, `Dec 24-Jan 02`, `Dec`, `2026 Dec 24`, `2026 Dec 24-2027 Jan 02`. */
  #dates(): Selector | undefined {
    const start = this.#at
    const first = this.#date()
    if (!first) return undefined
    const last = this.#take(/\s*-\s*/y) === undefined ? first : (this.#date() ?? this.#dayOfMonth(first))
    if (!last) this.#fail('a date is missing after "-"')
    if (this.#peek(/\s*,\s*(?:\d|[A-Z][a-z]{2})/y))
      this.#fail('several dates in one rule are not understood', 'write a rule for each')
    if (first.year === undefined) {
      if (last.year !== undefined) this.#failAt(start, 'the first date has no year, and the last one has')
      const write = ({ month }: Written, day: number) => `${twoDigits(month)}-${twoDigits(day)}`
      return {
        kind: 'yearly',
        from: this.#place(start, () => valid(write(first, first.day ?? 1), parseYearly)),
        to: this.#place(start, () => valid(write(last, last.day ?? lastOf(last.month)), parseYearly)),
      }
    }
    const year = last.year ?? first.year
    const write = ({ month }: Written, of: number, day: number) => `${of}-${twoDigits(month)}-${twoDigits(day)}`
    const from = this.#place(start, () => valid(write(first, first.year!, first.day ?? 1), parseDate))
    const to = this.#place(start, () => valid(write(last, year, last.day ?? lastOf(last.month, year)), parseDate))
    if (parseDate(to) < parseDate(from))
      this.#failAt(start, `the dates end on ${to}, before they begin on ${from}`, 'write the year of the end')
    return { kind: 'dates', from, to }
  }

  #date(): Written | undefined {
    const match = this.#takeMatch(/(?:(\d{4})\s+)?([A-Z][a-z]{2})(?![a-z])(?:\s+(\d{1,2})(?![\d:]))?/y, (found) =>
      MONTHS.some((month) => month === found[2]),
    )
    if (!match) {
      if (this.#peek(/\d{4}\b/y)) this.#fail('a year is followed by a month', 'write 2026 Dec 24')
      if (this.#peek(/easter|week\b/iy)) this.#fail(`"${this.#peek(/\w+/y)}" is not understood`, 'write the dates')
      return undefined
    }
    const [, year, month, day] = match
    return {
      year: year === undefined ? undefined : Number(year),
      month: (MONTHS as readonly string[]).indexOf(month!) + 1,
      day: day === undefined ? undefined : Number(day),
    }
  }

  #dayOfMonth({ year, month }: Written): Written | undefined {
    const day = this.#take(/\d{1,2}(?![\d:])/y)
    return day === undefined ? undefined : { year, month, day: Number(day) }
  }

  #times(): readonly TimeRange[] {
    if (this.#take(/(?:off|closed)(?![a-z])/y)) return []
    if (this.#peek(/"|$|;/y)) this.#fail('the times are missing', 'write 09:00-17:00 or off')
    const start = this.#at
    const ranges = [this.#range()]
    while (this.#take(/\s*,\s*(?=\d{1,2}:)/y) !== undefined) ranges.push(this.#range())
    return this.#place(start, () => checked(ranges))
  }

  #range(): TimeRange {
    const start = this.#at
    const match = this.#takeMatch(/(\d{1,2}):(\d{2})\s*-\s*(\d{1,2}):(\d{2})/y)
    if (!match) {
      const word = this.#rest()
      const isSun = /^\(?(?:sunrise|sunset|dawn|dusk)/.test(word)
      if (/^\d{1,2}:\d{2}\+/.test(word)) this.#fail('an open end ("+") is not understood', 'write when it ends')
      this.#fail(
        `"${word}" is not a time range`,
        isSun ? 'write the times of the clock' : 'write a range as 09:00-17:00',
      )
    }
    const [from, until] = [minutes(match[1]!, match[2]!), minutes(match[3]!, match[4]!)]
    if (this.#peek(/\+/y)) this.#fail('an open end ("+") is not understood', 'write when it ends')
    if (from >= MINUTES_PER_DAY || until > 2 * MINUTES_PER_DAY || Number(match[2]) > 59 || Number(match[4]) > 59) {
      this.#failAt(start, `"${match[0]}" is not a range of times of a day`)
    }
    if (until === MINUTES_PER_DAY - 1) this.#notes.add(END_OF_DAY_NOTE)
    const end = until <= from ? until + MINUTES_PER_DAY : endOfDay(until)
    if (end - from > MINUTES_PER_DAY) this.#failAt(start, `"${match[0]}" is longer than a day`)
    return { start: from, end }
  }

  #comment(): string | undefined {
    this.#skip()
    const match = this.#takeMatch(/"([^"]*)"/y)
    if (this.#peek(/"/y)) this.#fail('the comment has no end', 'end it with "')
    return match?.[1]?.trim() || undefined
  }

  #skip(): void {
    this.#take(/\s+/y)
  }

  #isAtEnd(): boolean {
    return this.#at >= this.#text.length
  }

  #take(pattern: RegExp): string | undefined {
    return this.#takeMatch(pattern)?.[0]
  }

  #takeMatch(pattern: RegExp, isMeant: (match: RegExpExecArray) => boolean = () => true): RegExpExecArray | undefined {
    pattern.lastIndex = this.#at
    const match = pattern.exec(this.#text)
    if (!match || !isMeant(match)) return undefined
    this.#at += match[0].length
    return match
  }

  #peek(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at
    return pattern.exec(this.#text)?.[0]
  }

  /** What comes next, for a person to find it. */
  #rest(): string {
    return /^[^\s;,]{0,30}/.exec(this.#text.slice(this.#at))![0] || this.#text.slice(this.#at, this.#at + 1)
  }

  #place<Value>(at: number, read: () => Value): Value {
    const { line, column } = placeOf(this.#text, at)
    return placing(this.#file, line, column, read)
  }

  #fail(message: string, hint?: string): never {
    return this.#failAt(this.#at, message, hint)
  }

  #failAt(at: number, message: string, hint?: string): never {
    const { line, column } = placeOf(this.#text, at)
    throw wrongAt(this.#file, line, column, message, hint)
  }
}

interface Written {
  readonly year: number | undefined
  readonly month: number
  readonly day: number | undefined
}

function placeOf(text: string, at: number): { readonly line: number; readonly column: number } {
  const lines = text.slice(0, at).split('\n')
  return { line: lines.length, column: lines.at(-1)!.length + 1 }
}

function minutes(hours: string, minute: string): number {
  return Number(hours) * 60 + Number(minute)
}

/** @throws DriftStatusError (R2) for ranges that overlap */
function checked(ranges: readonly TimeRange[]): readonly TimeRange[] {
  dayDocument(ranges)
  return [...ranges].sort((a, b) => a.start - b.start)
}

function valid(text: string, parse: (text: string) => unknown): string {
  parse(text)
  return text
}

/** The last day of a month; of February without a year the 29th. */
function lastOf(month: number, year = 2000): number {
  const next = month === 12 ? { year: year + 1, month: 1, day: 1 } : { year, month: month + 1, day: 1 }
  return Number(formatDate(toEpochDay(next) - 1).slice(8))
}

function rankOf({ date, yearly }: ExceptionDocument): number {
  return date !== undefined ? RANK.date : yearly !== undefined ? RANK.yearly : RANK.dates
}

/** Whether two exceptions are about one date; of every year, about one in some year. */
function mayMeet(a: ExceptionDocument, b: ExceptionDocument): boolean {
  const [first, second] = [spanOf(a), spanOf(b)]
  if (first && second) return first.from <= second.to && second.from <= first.to
  const days = monthDaysIn(a)
  return [...monthDaysIn(b)].some((day) => days.has(day))
}

/** The dates of a dated exception. */
function spanOf({ date, from, to }: ExceptionDocument): { readonly from: EpochDay; readonly to: EpochDay } | undefined {
  const [first, last] = [date ?? from, date ?? to]
  return first === undefined || last === undefined ? undefined : { from: parseDate(first), to: parseDate(last) }
}

/** The dates of an exception without their years, each month × 100 + day. */
function monthDaysIn(exception: ExceptionDocument): ReadonlySet<number> {
  const span = spanOf(exception)
  if (!span) return new Set(monthDaysOf(parseYearlyDates(exception.yearly!)))
  const days = new Set<number>()
  for (let day = span.from; day <= span.to && day < span.from + DAYS_OF_YEAR; day++) {
    const date = fromEpochDay(day)
    days.add(date.month * 100 + date.day)
  }
  return days
}

const DAYS_OF_YEAR = 366
