import { DateTime } from 'luxon'
import { DriftStatusError } from './errors.js'
import { checkYear, formatInstant } from './instant.js'
import { nearest } from './nearest.js'
import { weekdayIndex } from './schedule/calendar-date.js'
import { type Instant, isZoneName, type LocalTime, Zone } from './schedule/zone.js'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const DURATION_UNITS: Readonly<Record<string, number>> = {
  w: 7 * DAY,
  d: DAY,
  h: HOUR,
  m: MINUTE,
  min: MINUTE,
  s: 1000,
}
const WEEKDAY_NAMES = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']
const DAY_WORDS = ['today', 'tomorrow', 'yesterday', ...WEEKDAY_NAMES]

const ISO_PATTERN = /^\d{4}(?:-\d{2}-\d{2}|-\d{3}|\d{4}|-?W\d{2}(?:-?\d)?)(?:[T ].*)?$/i
const OFFSET_PATTERN = /T.*(?:Z|[+-]\d{2}(?::?\d{2})?)$/i
const CLOCK_PATTERN = /^(\d{1,2})(?::(\d{2})(?::(\d{2}))?)?\s*(am|pm)?$/i
const DURATION_PATTERN = /^(?:\d+(?:w|d|h|min|m|s)\s*)+$/i

const FORMS = 'write 2026-11-27T17:30-05:00, "2026-11-27 17:30", "fri 17:30", "tomorrow 9am", "in 2h" or now'

/** What plain forms mean: the time it is, and the zone of times without one. */
export interface AtOptions {
  readonly now: Instant
  readonly zone: Zone
  /** Whether a clock time and a weekday mean the last such time, not the next. */
  readonly isPast?: boolean
}

/**
 * Reads a time as people write it: ISO 8601, `YYYY-MM-DD HH:MM` in the workspace's zone, and plain
 * forms (`now`, `tomorrow 9am`, `fri 17:30`, `in 2h`). A date without a time is its first instant;
 * a weekday is the next such time that is not over. A zone may follow: `fri 17:30 Europe/Berlin`.
 *
 * @throws DriftStatusError (invalid-input) for anything else, and for a local time that a clock
 * change skips or repeats, with the times it could mean.
 * @example parseAt('fri 17:30', { now: Date.now(), zone: Zone.of('America/New_York') })
 */
export function parseAt(text: string, { now, zone, isPast = false }: AtOptions): Instant {
  const written = text.trim().replace(/\s+/g, ' ')
  const [rest, zoneName] = splitZone(written)
  const at = readTime(rest.toLowerCase(), written, {
    now,
    zone: zoneName === undefined ? zone : Zone.of(zoneName),
    isPast,
  })
  return checkYear(at, written)
}

/** `… Europe/Berlin` and `… UTC` name the zone of the time before them. */
function splitZone(text: string): [string, string | undefined] {
  const space = text.lastIndexOf(' ')
  const last = text.slice(space + 1)
  return space > 0 && (last.includes('/') || isZoneName(last)) ? [text.slice(0, space), last] : [text, undefined]
}

function readTime(text: string, written: string, { now, zone, isPast }: AtOptions): Instant {
  if (text === 'now') return now
  const relative = readRelative(text)
  if (relative !== undefined) return now + relative
  if (ISO_PATTERN.test(text)) return readIso(text, written, zone)
  const [dayWords, clock] = splitClock(text)
  const today = Math.floor(zone.toLocal(now) / DAY)
  if (dayWords === '') {
    if (clock === undefined) throw unreadable(written)
    const isAhead = isPast && today * DAY + clock > zone.toLocal(now)
    return localInstant((isAhead ? today - 1 : today) * DAY + clock, written, zone)
  }
  const day = readDay(dayWords, today)
  if (day === undefined) throw unreadable(written, dayWords)
  const at = dayInstant(day.date, clock, written, zone)
  if (isPast && day.isWeekday && at > now) return dayInstant(day.date - 7, clock, written, zone)
  const isOver = !isPast && day.isWeekday && clock !== undefined && at < now
  return isOver ? dayInstant(day.date + 7, clock, written, zone) : at
}

/** `in 2h`, `+1h30m`, `-1d`, `45m ago`, in milliseconds from now. */
function readRelative(text: string): number | undefined {
  const match = /^(?:(in |\+|-)(.+)|(.+) ago)$/.exec(text)
  const duration = readDuration(match?.[2] ?? match?.[3] ?? '')
  if (!match || duration === undefined) return undefined
  return match[1] === '-' || match[3] !== undefined ? -duration : duration
}

function readDuration(text: string): number | undefined {
  if (!DURATION_PATTERN.test(text)) return undefined
  let total = 0
  for (const [, count, unit] of text.matchAll(/(\d+)(w|d|h|min|m|s)/g)) total += Number(count) * DURATION_UNITS[unit!]!
  return total
}

function readIso(text: string, written: string, zone: Zone): Instant {
  const [date = '', clock] = text.split(' ')
  // "2026-11-27 5:30pm" is a date with a clock time, not ISO.
  const milliseconds = clock === undefined ? undefined : readClock(clock)
  const iso = milliseconds === undefined ? text.replace(' ', 't').toUpperCase() : date.toUpperCase()
  const parsed = DateTime.fromISO(iso, { zone: 'utc', setZone: false })
  if (!parsed.isValid) {
    const reason = parsed.invalidExplanation?.startsWith('you specified')
      ? 'names a date or time that does not exist'
      : 'is not a time'
    throw new DriftStatusError('invalid-input', `"${written}" ${reason}`, { hint: FORMS })
  }
  const value = parsed.toMillis()
  if (OFFSET_PATTERN.test(iso)) return value
  if (iso.includes('T')) return localInstant(value, written, zone)
  return dayInstant(value / DAY, milliseconds, written, zone)
}

/** Splits off a clock time at the end: `fri 5:30 pm` is `fri` at 17:30. */
function splitClock(text: string): [string, number | undefined] {
  const words = text
    .replace(/ at /g, ' ')
    .replace(/(\d) (am|pm)$/, '$1$2')
    .split(' ')
  const clock = readClock(words.at(-1)!)
  return clock === undefined ? [words.join(' '), undefined] : [words.slice(0, -1).join(' '), clock]
}

/** Milliseconds since midnight of `17:30`, `9am`, `noon`, `midnight`. */
function readClock(text: string): number | undefined {
  if (text === 'noon') return 12 * HOUR
  if (text === 'midnight') return 0
  const match = CLOCK_PATTERN.exec(text)
  const meridiem = match?.[4]
  // A bare number is no time: "fri 17" may be the 17th.
  if (!match || (match[2] === undefined && !meridiem)) return undefined
  const [hour, minute, second] = [Number(match[1]), Number(match[2] ?? 0), Number(match[3] ?? 0)]
  if (minute > 59 || second > 59 || hour > (meridiem ? 12 : 23) || (meridiem && hour === 0)) return undefined
  const hours = meridiem ? (hour % 12) + (meridiem === 'pm' ? 12 : 0) : hour
  return hours * HOUR + minute * MINUTE + second * 1000
}

function readDay(text: string, today: number): { date: number; isWeekday: boolean } | undefined {
  const relative = ['yesterday', 'today', 'tomorrow'].indexOf(text)
  if (relative !== -1) return { date: today + relative - 1, isWeekday: false }
  const [, isNext, name = ''] = /^(next )?(.+)$/.exec(text) ?? []
  const weekday = name.length < 3 ? -1 : WEEKDAY_NAMES.findIndex((candidate) => candidate.startsWith(name))
  if (weekday === -1) return undefined
  const ahead = (weekday - weekdayIndex(today) + 7) % 7
  return { date: today + (isNext && ahead === 0 ? 7 : ahead), isWeekday: true }
}

/** A date's clock time, or its first instant, which a clock change may put after midnight. */
function dayInstant(day: number, clock: number | undefined, written: string, zone: Zone): Instant {
  return clock === undefined ? zone.toInstant(day * DAY) : localInstant(day * DAY + clock, written, zone)
}

/** The instant of a wall-clock time that the clock shows exactly once. */
function localInstant(local: LocalTime, written: string, zone: Zone): Instant {
  const [first, second] = zone.instantsOf(local)
  if (first !== undefined && second === undefined) return first
  const show = (instant: Instant) => formatInstant(instant, zone).replace('.000', '')
  if (first !== undefined && second !== undefined) {
    throw new DriftStatusError('invalid-input', `"${written}" happens twice in ${zone.name}`, {
      rule: 'R4',
      hint: `write ${show(first)} for the first or ${show(second)} for the second`,
    })
  }
  const [before, after] = [zone.offsetAt(local - DAY), zone.offsetAt(local + DAY)]
  throw new DriftStatusError('invalid-input', `"${written}" does not exist in ${zone.name}: the clock skips it`, {
    rule: 'R4',
    hint: `write ${show(local - after)} or ${show(local - before)}`,
  })
}

function unreadable(written: string, dayWords = ''): DriftStatusError {
  const meant = dayWords === '' ? undefined : nearest(dayWords.split(' ').at(-1)!, DAY_WORDS)
  const hint = meant === undefined ? FORMS : `did you mean "${meant}"?`
  return new DriftStatusError('invalid-input', `"${written}" is not a time`, { hint })
}
