import { MAX_NAME_LENGTH } from '../../domain/document/fields.js'
import type { ExceptionDocument } from '../../domain/document/schema.js'
import { DriftStatusError } from '../../domain/errors.js'
import { type EpochDay, formatDate, toEpochDay } from '../../domain/time/calendar-date.js'
import { type Component, propertiesOf, propertyOf, readCalendars, textOf } from './components.js'
import type { ContentLine } from './content-lines.js'
import { mistake, readEach } from './mistakes.js'
import {
  type CalendarMoment,
  inZone,
  readDuration,
  readMoment,
  readMoments,
  SECONDS_PER_DAY,
  zoneOf,
} from './moments.js'
import { type Budget, BudgetError, datesOf, type Recurrence, readRecurrence } from './recurrence.js'

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
const MAX_DATES = 2_000_000

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
      const version = textOf(propertyOf(calendar, 'VERSION'))
      if (version === '1.0') {
        throw mistake(file, calendar.line, 'is vCalendar 1.0, which is not read', 'publish it as iCalendar 2.0')
      }
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

/** An event of a calendar, read. */
interface Event {
  readonly uid: string
  readonly line: number
  readonly name: string
  /** Why it closes nothing; undefined when it closes its days. */
  readonly reason: string | undefined
  readonly start: CalendarMoment
  /** How many days it lasts. */
  readonly length: number
  readonly rules: readonly Recurrence[]
  readonly added: readonly CalendarMoment[]
  readonly excluded: readonly CalendarMoment[]
  /** The date of the occurrence that it stands for. */
  readonly replaces: CalendarMoment | undefined
}

function closeDays(calendar: Component, file: string, window: Window, { names, skipped }: Found): void {
  const components = calendar.components.filter(({ name }) => name === 'VEVENT')
  const zones = zonesOf(calendar)
  const events = readEach(components, file, (component) => readEvent(component, file, zones))
  const replaced = new Map<string, Set<EpochDay>>()
  for (const { uid, replaces } of events) {
    if (replaces) replaced.set(uid, (replaced.get(uid) ?? new Set()).add(replaces.day))
  }
  for (const event of events) {
    const { uid, line, name, reason, length, replaces } = event
    if (reason !== undefined) skipped.push({ line, text: `"${name}" ${reason}` })
    if (reason !== undefined) continue
    for (const start of startsOf(event, window)) {
      if (!replaces && replaced.get(uid)?.has(start)) continue
      window.budget.left -= length
      for (let day = Math.max(start, window.from); day < start + length && day <= window.to; day++) {
        names.set(day, (names.get(day) ?? new Set()).add(name))
      }
    }
  }
}

/** The dates on which an event begins, of those that reach into the window. */
function* startsOf(event: Event, window: Window): Generator<EpochDay> {
  const { start, length, rules, added, excluded, replaces } = event
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

/** Zones by the names that a calendar gives them: it may describe its own, with the name of a place. */
function zonesOf(calendar: Component): (name: string) => ReturnType<typeof zoneOf> {
  const located = new Map(
    calendar.components
      .filter(({ name }) => name === 'VTIMEZONE')
      .map((zone) => [textOf(propertyOf(zone, 'TZID')), textOf(propertyOf(zone, 'X-LIC-LOCATION')) || undefined]),
  )
  return (name) => zoneOf(name, located.get(name))
}

type FindZone = ReturnType<typeof zonesOf>

function readEvent(component: Component, file: string, zones: FindZone): Event {
  const started = propertyOf(component, 'DTSTART')
  if (!started) throw mistake(file, component.line, 'the event has no DTSTART')
  const start = readMoment(started.value, started, file)
  const name = shortened(textOf(propertyOf(component, 'SUMMARY'))) || 'Holiday'
  const onClock = (property: ContentLine, moment: CalendarMoment): CalendarMoment => {
    const moved = inZone(moment, start.zone, zones)
    if (moved) return moved
    const zone = moment.zone === 'UTC' ? start.zone : moment.zone
    throw mistake(file, property.line, `"${zone}" is no zone that is known`, 'use an IANA name such as Europe/Berlin')
  }
  const moments = (what: string) =>
    propertiesOf(component, what).flatMap((property) =>
      readMoments(property, file).map((moment) => onClock(property, moment)),
    )
  const id = propertyOf(component, 'RECURRENCE-ID')
  if (id?.params.get('RANGE')?.toUpperCase() === 'THISANDFUTURE') {
    throw mistake(
      file,
      id.line,
      'RANGE=THISANDFUTURE is not understood',
      'end the rule with UNTIL, and begin another one',
    )
  }
  const exrule = propertyOf(component, 'EXRULE')
  if (exrule) throw mistake(file, exrule.line, 'EXRULE is not understood', 'write the dates with EXDATE')
  const length = lengthOf(component, start, file)
  return {
    uid: textOf(propertyOf(component, 'UID')),
    line: component.line,
    name,
    reason: reasonToSkip(component, name, length),
    start,
    length: typeof length === 'number' ? length : 1,
    rules: propertiesOf(component, 'RRULE').map((property) => readRecurrence(property, file)),
    added: moments('RDATE'),
    excluded: moments('EXDATE'),
    replaces: id && onClock(id, readMoment(id.value, id, file)),
  }
}

/** How many whole days an event lasts; in words where it lasts no whole days. */
function lengthOf(component: Component, start: CalendarMoment, file: string): number | string {
  const [ended, lasting] = [propertyOf(component, 'DTEND'), propertyOf(component, 'DURATION')]
  const startsAt = start.day * SECONDS_PER_DAY + (start.seconds ?? 0)
  let endsAt = start.seconds === undefined ? startsAt + SECONDS_PER_DAY : startsAt
  if (ended) {
    const end = readMoment(ended.value, ended, file)
    // The end by another clock is not the end of a day here.
    if (end.zone !== start.zone) return 'begins and ends in different zones, so that it is no whole day'
    endsAt = end.day * SECONDS_PER_DAY + (end.seconds ?? 0)
  } else if (lasting) endsAt = startsAt + readDuration(lasting, file)
  const line = (ended ?? lasting)?.line ?? component.line
  if (endsAt < startsAt) throw mistake(file, line, 'the event ends before it begins')
  const seconds = endsAt - startsAt
  // An end that equals the start is how some write one whole day.
  if (seconds === 0 && (start.seconds ?? 0) === 0) return 1
  if ((start.seconds ?? 0) !== 0) return 'begins within a day'
  // 23:59 and 23:59:59 are how some write the end of a day.
  const rest = seconds % SECONDS_PER_DAY
  const isWhole = rest === 0 || rest >= SECONDS_PER_DAY - 60
  if (!isWhole) return 'lasts no whole days'
  const days = Math.ceil(seconds / SECONDS_PER_DAY)
  return days > MAX_DAYS ? `lasts ${days} days, which no holiday does` : days
}

/** Working days that were moved to a weekend, as calendars of China and others have them. */
const WORKING_DAY =
  /补班|補班|調班|调班|调休上班|班[）)]?$|\b(?:(?:special|make-?up|alternate|substitute|extra|compensatory) )?work(?:ing)?[ -]?day\b/i
/** Of the words that calendars put first in the description or among the categories of what closes nothing. */
const OBSERVANCE = /^\s*(?:observance|season|clock change|daylight saving|gedenktag)\b/i

function reasonToSkip(component: Component, name: string, length: number | string): string | undefined {
  const text = (what: string) => textOf(propertyOf(component, what))
  if (/^cancelled$/i.test(text('STATUS'))) return 'is cancelled'
  const special = text('X-APPLE-SPECIAL-DAY')
  if (/^alternate-workday$/i.test(special) || (special === '' && WORKING_DAY.test(name))) return 'is a working day'
  const categories = propertiesOf(component, 'CATEGORIES').flatMap(({ value }) => value.split(','))
  if ([text('DESCRIPTION'), ...categories].some((words) => OBSERVANCE.test(words))) return 'is an observance'
  return typeof length === 'string' ? length : undefined
}

function shortened(text: string): string {
  return text.length <= MAX_NAME_LENGTH ? text : `${text.slice(0, MAX_NAME_LENGTH - 1)}…`
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
