import type { ExceptionDocument } from '../../domain/document/schema.js'
import { DriftStatusError } from '../../domain/errors.js'
import {
  type EpochDay,
  formatDate,
  fromEpochDay,
  toEpochDay,
  twoDigits,
  WEEKDAYS,
  type Weekday,
  weekdayIndex,
} from '../../domain/time/calendar-date.js'
import { MINUTES_PER_DAY, type TimeRange } from '../../domain/time/time-range.js'
import { dayDocument, type ReadHours, weeklyDocument } from '../hours-text.js'
import { placing } from '../place.js'
import { readCalendars } from './components.js'
import { type Event, isCancelled, readEvents, zonesOf } from './events.js'
import { mistake } from './mistakes.js'
import { type CalendarMoment, SECONDS_PER_MINUTE } from './moments.js'
import { type Budget, BudgetError, datesOf, type Recurrence } from './recurrence.js'

/** Dates are read up to so many years after the one in which the calendar is read. */
const YEARS_AHEAD = 10
const MAX_DATES = 100_000
const DAYS_A_WEEK = 7
/** What our own calendars call a closed date, with its name. */
const CLOSED = /^closed(?::\s*(.*))?$/i
/** Dates with hours of their own. */
const MAX_EXCEPTIONS = 5_000

/**
 * Reads hours from a calendar: events that repeat every week are weekly hours, their exclusions and other events are exceptions,
 * and events of whole days close them.
 *
 * @param today of the date from which dates are wanted: those before are left out with a note
 * @throws DocumentError with the line of what hours cannot say
 */
export function readHours(bytes: Uint8Array, file: string, today: EpochDay): ReadHours {
  const reader = new HoursReader(file, today)
  try {
    for (const calendar of readCalendars(bytes, file)) {
      const find = zonesOf(calendar)
      for (const event of readEvents(calendar, file)) reader.add(event, find)
    }
    return reader.read()
  } catch (error) {
    if (!(error instanceof BudgetError)) throw error
    throw new DriftStatusError('invalid-input', `${file} repeats on more dates than are read`, {
      hint: 'export the opening hours alone',
    })
  }
}

interface Weekly {
  readonly event: Event
  readonly day: number
  readonly range: TimeRange
}

/** Of a date: what closes it, what opens it, and which weekly ranges do not hold. */
interface DateHours {
  isClosed: boolean
  name: string | undefined
  readonly ranges: TimeRange[]
  readonly without: Set<Weekly>
}

class HoursReader {
  readonly #file: string
  readonly #today: EpochDay
  readonly #budget: Budget = { left: MAX_DATES }
  readonly #weekly: Weekly[] = []
  readonly #dates = new Map<EpochDay, DateHours>()
  readonly #yearly: ExceptionDocument[] = []
  readonly #replaced = new Map<string, Set<EpochDay>>()
  readonly #notes = new Set<string>()
  #zone: { readonly name: string | undefined } | undefined
  #past = 0

  constructor(file: string, today: EpochDay) {
    this.#file = file
    this.#today = today
  }

  add(event: Event, find: ReturnType<typeof zonesOf>): void {
    const { uid, replaces, length, line, name, start } = event
    if (replaces) this.#replaced.set(uid, (this.#replaced.get(uid) ?? new Set()).add(replaces.day))
    if (isCancelled(event)) return void this.#notes.add(`Line ${line}: "${name}" is cancelled, and left out.`)
    // A time from midnight to midnight is open all day, unless it says that it is closed.
    const isClosed = typeof length === 'number' && (start.seconds === undefined || CLOSED.test(name))
    if (isClosed) this.#addClosed(event, length)
    else this.#addOpen(event, find)
  }

  read(): ReadHours {
    for (const { event, day } of this.#weekly) {
      const left = [...event.excluded.map((moment) => moment.day), ...(this.#replaced.get(event.uid) ?? [])]
      for (const date of left) {
        if (weekdayIndex(date) !== day) continue
        for (const one of this.#weekly) if (one.event === event && one.day === day) this.#on(date).without.add(one)
      }
    }
    const weekly = new Map<Weekday, readonly TimeRange[]>()
    WEEKDAYS.forEach((day, index) => {
      const found = this.#weekly.filter((one) => one.day === index)
      if (found.length === 0) return
      const ranges = sorted(found.map(({ range }) => range))
      placing(this.#file, found[0]!.event.line, 1, () => dayDocument(ranges))
      weekly.set(day, ranges)
    })
    if (this.#past > 0) this.#notes.add(`${this.#past} dates before ${formatDate(this.#today)} are left out.`)
    return {
      hours: {
        ...(this.#zone?.name !== undefined && { timeZone: this.#zone.name }),
        weekly: weeklyDocument(weekly),
        exceptions: [...this.#yearly, ...this.#exceptions()],
      },
      notes: [...this.#notes],
    }
  }

  /** A whole day closes, as a holiday does. */
  #addClosed(event: Event, length: number): void {
    const { name, start } = event
    const called = CLOSED.exec(name)
    const label = called ? called[1] : name
    const [rule] = event.rules
    if (
      rule &&
      isPlainYearly(rule) &&
      length <= 366 &&
      event.rules.length === 1 &&
      event.excluded.length + event.added.length === 0
    ) {
      const day = (at: EpochDay) => `${twoDigits(fromEpochDay(at).month)}-${twoDigits(fromEpochDay(at).day)}`
      const [from, to] = [day(start.day), day(start.day + length - 1)]
      this.#yearly.push({
        yearly: from === to ? from : `${from}..${to}`,
        ...(label && { name: label }),
        hours: 'closed',
      })
      return
    }
    for (const from of this.#startsOf(event)) {
      for (let day = from; day < from + length; day++) {
        if (!this.#isWanted(day)) continue
        const date = this.#on(day)
        date.isClosed = true
        date.name ??= label || undefined
        if (this.#dates.size > MAX_EXCEPTIONS) throw new BudgetError()
      }
    }
  }

  #addOpen(event: Event, find: ReturnType<typeof zonesOf>): void {
    const { line, start, seconds, rules, name } = event
    const fail = (message: string, hint?: string): never => {
      throw mistake(this.#file, line, message, hint)
    }
    if (typeof event.length === 'string' && event.length.includes('different zones')) fail(`"${name}" ${event.length}`)
    const range = this.#rangeOf(event, start)
    if (seconds === 0) fail(`"${name}" has no length`, 'give it an end')
    if (
      seconds > MINUTES_PER_DAY * SECONDS_PER_MINUTE ||
      (seconds === MINUTES_PER_DAY * SECONDS_PER_MINUTE && range.start > 0)
    ) {
      fail(`"${name}" is open for more than a day at a time`, 'split it at midnight')
    }
    this.#keepZone(event, find)
    const [rule, ...further] = rules
    if (further.length > 0) fail(`"${name}" has several rules`, 'write an event for each')
    if (rule && isEveryWeek(rule)) {
      const days = rule.frequency === 'DAILY' ? [0, 1, 2, 3, 4, 5, 6] : rule.weekdays.map(({ day }) => day)
      for (const day of days.length > 0 ? days : [weekdayIndex(start.day)]) this.#weekly.push({ event, day, range })
      for (const moment of event.added) this.#open(event, moment)
      if (start.day > this.#today + DAYS_A_WEEK) {
        this.#notes.add(`Line ${line}: "${name}" begins on ${formatDate(start.day)}, and holds from today.`)
      }
      return
    }
    const isForever = rule && rule.count === undefined && rule.until === undefined
    if (isForever) fail(`the rule of "${name}" is not one of every week`, 'hours repeat every week, or are of dates')
    const others = new Map(event.added.map((moment) => [moment.day, moment]))
    for (const day of this.#startsOf(event)) this.#open(event, others.get(day) ?? { ...start, day })
  }

  /** A date that is open from a time on, for as long as the event lasts. */
  #open(event: Event, moment: CalendarMoment): void {
    if (!this.#isWanted(moment.day)) return
    const date = this.#on(moment.day)
    const range = this.#rangeOf(event, moment)
    if (!date.ranges.some(({ start, end }) => start === range.start && end === range.end)) date.ranges.push(range)
    const label = /^open(?::\s*(.*))?$/i.exec(event.name)?.[1]
    if (label) date.name ??= label
    if (this.#dates.size > MAX_EXCEPTIONS) throw new BudgetError()
  }

  /** What is open from a time on, for as long as the event lasts; the last minute of a day is its end. */
  #rangeOf({ line, name, start: first, seconds }: Event, from: CalendarMoment): TimeRange {
    const begin = from.seconds ?? first.seconds ?? 0
    const start = Math.floor(begin / SECONDS_PER_MINUTE)
    const end = Math.ceil((begin + seconds) / SECONDS_PER_MINUTE)
    if ((end + 1) % MINUTES_PER_DAY !== 0 || seconds === 0) return { start, end }
    this.#notes.add(`Line ${line}: the end 23:59 of "${name}" is read as 24:00.`)
    return { start, end: end + 1 }
  }

  #keepZone({ start, line }: Event, find: ReturnType<typeof zonesOf>): void {
    const zone = start.zone === undefined ? undefined : find(start.zone)
    if (start.zone !== undefined && !zone) {
      throw mistake(
        this.#file,
        line,
        `"${start.zone}" is no zone that is known`,
        'use an IANA name such as Europe/Berlin',
      )
    }
    this.#zone ??= { name: zone?.name }
    if (this.#zone.name === zone?.name) return
    const [one, other] = [this.#zone.name ?? 'no zone', zone?.name ?? 'no zone']
    throw mistake(this.#file, line, `the hours are in ${one} and in ${other}`, 'hours have one zone')
  }

  *#startsOf({ start, rules, added, excluded, replaces }: Event): Generator<EpochDay> {
    const isExcluded = new Set(excluded.map(({ day }) => day))
    const singles =
      rules.length === 0 || replaces ? [start.day, ...added.map(({ day }) => day)] : added.map(({ day }) => day)
    for (const day of new Set(singles)) if (!isExcluded.has(day)) yield day
    if (replaces) return
    const { year } = fromEpochDay(this.#today)
    const to = toEpochDay({ year: year + YEARS_AHEAD, month: 12, day: 31 })
    for (const rule of rules) {
      for (const day of datesOf(rule, start.day, { from: start.day, to, budget: this.#budget })) {
        if (!isExcluded.has(day)) yield day
      }
    }
  }

  #isWanted(day: EpochDay): boolean {
    this.#budget.left--
    if (this.#budget.left < 0) throw new BudgetError()
    if (day >= this.#today) return true
    this.#past++
    return false
  }

  #on(day: EpochDay): DateHours {
    const known = this.#dates.get(day) ?? { isClosed: false, name: undefined, ranges: [], without: new Set<Weekly>() }
    this.#dates.set(day, known)
    return known
  }

  /** The dates whose hours are others than the weekly ones; those in a row that are alike are one. */
  #exceptions(): readonly ExceptionDocument[] {
    const found: { from: EpochDay; to: EpochDay; name: string | undefined; hours: string | string[] }[] = []
    for (const [day, { isClosed, name, ranges, without }] of [...this.#dates].sort(([a], [b]) => a - b)) {
      if (day < this.#today) continue
      const weekly = this.#weekly.filter((one) => one.day === weekdayIndex(day))
      const kept = weekly.filter((one) => !without.has(one)).map(({ range }) => range)
      const all = isClosed ? [] : sorted([...kept, ...ranges])
      const hours = placing(this.#file, 1, 1, () => dayDocument(all))
      const usual = dayDocument(sorted(weekly.map(({ range }) => range)))
      if (JSON.stringify(hours) === JSON.stringify(usual) && name === undefined) continue
      const last = found.at(-1)
      const isOn = last?.to === day - 1 && last.name === name && JSON.stringify(last.hours) === JSON.stringify(hours)
      if (last && isOn) last.to = day
      else found.push({ from: day, to: day, name, hours })
    }
    return found.map(({ from, to, name, hours }) => ({
      ...(from === to ? { date: formatDate(from) } : { from: formatDate(from), to: formatDate(to) }),
      ...(name !== undefined && { name }),
      hours,
    }))
  }
}

function sorted(ranges: readonly TimeRange[]): readonly TimeRange[] {
  return [...ranges].sort((a, b) => a.start - b.start)
}

function isEveryWeek({
  frequency,
  interval,
  count,
  until,
  months,
  monthDays,
  yearDays,
  positions,
  weekdays,
}: Recurrence): boolean {
  const isPlain = [months, monthDays, yearDays, positions].every((list) => list.length === 0)
  const isWeekly = frequency === 'WEEKLY' || (frequency === 'DAILY' && weekdays.length === 0)
  return isWeekly && interval === 1 && count === undefined && until === undefined && isPlain
}

function isPlainYearly({
  frequency,
  interval,
  count,
  until,
  months,
  monthDays,
  yearDays,
  positions,
  weekdays,
}: Recurrence): boolean {
  const isPlain = [months, monthDays, yearDays, positions, weekdays].every((list) => list.length === 0)
  return frequency === 'YEARLY' && interval === 1 && count === undefined && until === undefined && isPlain
}
