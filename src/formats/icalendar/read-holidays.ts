import type { ExceptionDocument } from '../../domain/document/schema.js'
import { DriftStatusError } from '../../domain/errors.js'
import { type EpochDay, formatDate, fromEpochDay, toEpochDay } from '../../domain/time/calendar-date.js'
import { type Component, propertiesOf, propertyOf, readCalendars, textOf } from './components.js'
import { type Event, isCancelled, readEvents, shortened } from './events.js'
import { type Budget, BudgetError, datesOf } from './recurrence.js'

/** What a calendar of holidays says. */
export interface Holidays {
  /** In the order of time; no two on one date. */
  readonly days: readonly ExceptionDocument[]
  /** The events that close no day, each with its line and why. */
  readonly skipped: readonly Skipped[]
}

interface Skipped {
  readonly line: number
  readonly text: string
}

export interface HolidayOptions {
  /** What errors call the calendar. */
  readonly file: string
  /** The years whose days are wanted, both included. */
  readonly firstYear: number
  readonly lastYear: number
}

/** A holiday lasts no longer than this: an event that does is something else. */
const MAX_DAYS = 366
/** Dates looked at in all. */
const MAX_DATES = 200_000

/**
 * Reads iCalendar as holidays are published in it: each event of one or more whole days closes them, whether its time is
 * shown as busy or as free. Observances, working days that were moved, cancelled events and events of some hours close nothing.
 *
 * @param bytes as they were published, compressed by gzip or not
 * @throws DocumentError with every mistake and its line
 */
export function readHolidays(bytes: Uint8Array, { file, firstYear, lastYear }: HolidayOptions): Holidays {
  const calendars = readCalendars(bytes, file)
  const window = {
    from: toEpochDay({ year: firstYear, month: 1, day: 1 }),
    to: toEpochDay({ year: lastYear, month: 12, day: 31 }),
    budget: { left: MAX_DATES },
  }
  const skipped: Skipped[] = []
  const names = new Map<EpochDay, Set<string>>()
  try {
    for (const calendar of calendars) {
      closeDays(calendar, file, window, { names, skipped })
    }
  } catch (error) {
    if (!(error instanceof BudgetError)) throw error
    throw new DriftStatusError('invalid-input', `${file} repeats on more dates than are read`, {
      hint: 'use a calendar that holds holidays alone',
    })
  }
  return { days: toDays(names), skipped: skipped.sort((a, b) => a.line - b.line) }
}

interface Window {
  readonly from: EpochDay
  readonly to: EpochDay
  readonly budget: Budget
}

interface Found {
  readonly names: Map<EpochDay, Set<string>>
  readonly skipped: Skipped[]
}

function closeDays(calendar: Component, file: string, window: Window, { names, skipped }: Found): void {
  const events = readEvents(calendar, file)
  const marksDaysOff = events.some(isMarkedAsDayOff)
  const replaced = new Map<string, Set<EpochDay>>()
  for (const { uid, replaces } of events) {
    if (replaces) replaced.set(uid, (replaced.get(uid) ?? new Set()).add(replaces.day))
  }
  for (const event of events) {
    const { uid, line, name: given, length: lasting, replaces } = event
    const name = given || 'Holiday'
    const reason = reasonToSkip(event, marksDaysOff)
    if (reason !== undefined) skipped.push({ line, text: `"${name}" ${reason}` })
    if (reason !== undefined) continue
    const length = lasting as number
    let isFound = false
    for (const start of startsOf(event, length, window)) {
      isFound = true
      if (!replaces && replaced.get(uid)?.has(start)) continue
      window.budget.left -= length
      for (let day = Math.max(start, window.from); day < start + length && day <= window.to; day++) {
        names.set(day, (names.get(day) ?? new Set()).add(name))
      }
    }
    if (!isFound && isExpected(event, window)) {
      const [first, last] = [window.from, window.to].map((day) => fromEpochDay(day).year)
      skipped.push({ line, text: `"${name}" repeats, and is on no date from ${first} to ${last}` })
    }
  }
}

/** Whether an event goes on in the window: its rule may be of a date that there is not, such as 30 February. */
function isExpected({ start, rules }: Event, { from, to }: Window): boolean {
  return start.day <= to && rules.some(({ count, until = to }) => count === undefined && until >= from)
}

/** The dates on which an event begins, of those that reach into the window. */
function* startsOf(event: Event, length: number, window: Window): Generator<EpochDay> {
  const { start, rules, added, excluded, replaces } = event
  const from = window.from - length + 1
  const isExcluded = new Set(excluded.map(({ day }) => day))
  const singles =
    rules.length === 0 || replaces ? [start.day, ...added.map(({ day }) => day)] : added.map(({ day }) => day)
  for (const day of new Set(singles)) {
    if (day >= from && day <= window.to && !isExcluded.has(day)) yield day
  }
  if (replaces) return
  for (const rule of rules) {
    for (const day of datesOf(rule, start.day, { from, to: window.to, budget: window.budget })) {
      if (!isExcluded.has(day)) yield day
    }
  }
}

/** Working days that were moved to a weekend, as calendars of China and others have them. */
const WORKING_DAY =
  /补班|補班|調班|调班|调休上班|班[）)]?$|^班\s*[|｜:：]|^[（(]班[）)]|\b(?:(?:special|make-?up|alternate|substitute|extra|compensatory) )?work(?:ing)?[ -]?day\b/i
/** Of the words that calendars put first in the description or among the categories of what closes nothing. */
const OBSERVANCE = /^\s*(?:observance|season|clock change|daylight saving|gedenktag)\b/i
/** Google tells how observances are hidden in its settings, in the language of the calendar, on the second line. */
const GOOGLE_OBSERVANCE = /^.+?\\n(?=.*Google)[^<]*>/i
/** officeholidays.com says so in the name. */
const NO_HOLIDAY = /\(not a public holiday\)/i

/** What Apple calls a day off; a calendar that marks them has festivals without a mark, on which people work. */
const DAY_OFF = /^work-holiday$/i

function isMarkedAsDayOff({ component }: Event): boolean {
  return DAY_OFF.test(textOf(propertyOf(component, 'X-APPLE-SPECIAL-DAY')))
}

function reasonToSkip(event: Event, marksDaysOff: boolean): string | undefined {
  const { component, name, length } = event
  const text = (what: string) => textOf(propertyOf(component, what))
  if (isCancelled(event)) return 'is cancelled'
  const special = text('X-APPLE-SPECIAL-DAY')
  if (/^alternate-workday$/i.test(special) || (special === '' && WORKING_DAY.test(name))) return 'is a working day'
  const categories = propertiesOf(component, 'CATEGORIES').flatMap(({ value }) => value.split(','))
  const description = text('DESCRIPTION')
  if ([description, ...categories].some((words) => OBSERVANCE.test(words))) return 'is an observance'
  // As it is written, with its line end.
  if (GOOGLE_OBSERVANCE.test(propertyOf(component, 'DESCRIPTION')?.value ?? '')) return 'is an observance'
  if (marksDaysOff && special === '') return 'is not marked as a day off, and others are'
  if (NO_HOLIDAY.test(name)) return 'is no public holiday'
  if (typeof length === 'string') return length
  return length > MAX_DAYS ? `lasts ${length} days, which no holiday does` : undefined
}

/** Dates with their names, as the days of a calendar: dates in a row that are called the same are one range. */
function toDays(names: ReadonlyMap<EpochDay, ReadonlySet<string>>): readonly ExceptionDocument[] {
  const days: { from: EpochDay; to: EpochDay; name: string }[] = []
  for (const day of [...names.keys()].sort((a, b) => a - b)) {
    const name = shortened([...names.get(day)!].join(' / '))
    const last = days.at(-1)
    if (last && last.to === day - 1 && last.name === name) last.to = day
    else days.push({ from: day, to: day, name })
  }
  return days.map(({ from, to, name }) => ({
    ...(from === to ? { date: formatDate(from) } : { from: formatDate(from), to: formatDate(to) }),
    name,
    hours: 'closed',
  }))
}
