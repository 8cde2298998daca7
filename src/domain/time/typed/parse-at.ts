import { DriftStatusError } from '../../errors.js'
import { DAY_MS, type EpochDay, MINUTE_MS } from '../calendar-date.js'
import { checkYear, formatInstant, formatOffset } from '../instant.js'
import type { Instant, LocalTime, Zone } from '../zone.js'
import { readClockTime } from './clock-time.js'
import { readDuration } from './duration.js'
import { anyDay, checkWeekday, type NamedDay, readDay } from './named-day.js'
import { takeZone } from './named-zone.js'
import { notATime, timeThatIsNot } from './not-a-time.js'

/** What plain forms mean: the time it is, and the zone of times without one. */
export interface AtOptions {
  readonly now: Instant
  readonly zone: Zone
  /**
   * Where to look for a time that comes again, as a clock time, a weekday or a date without a year does: the first
   * that is still ahead, or the last that has come. Without it a clock time is today's, a weekday the next that is
   * not over, and a date one of this year. A time that is not in the `future` is an error.
   */
  readonly lookIn?: 'past' | 'future' | undefined
}

/**
 * Reads a time as people write it: ISO 8601 and RFC 9557, a day with a clock time (`tomorrow 9am`, `fri 17:30`,
 * `27 Nov 17:30`), a clock time, `now` and `in 2h`. A date without a time is its first instant. A zone or an offset
 * may follow: `fri 17:30 Europe/Berlin`.
 *
 * @throws DriftStatusError (invalid-input) for anything else, and for a local time that a clock
 * change skips or repeats, with the times it could mean.
 * @example parseAt('fri 17:30', { now: Date.now(), zone: Zone.of('America/New_York') })
 */
export function parseAt(text: string, options: AtOptions): Instant {
  const written = text.trim().replace(/\s+/g, ' ')
  const at = checkYear(readRelative(written.toLowerCase(), options.now) ?? readDayAndClock(written, options), written)
  if (options.lookIn !== 'future' || at > options.now) return at
  throw new DriftStatusError('invalid-input', `"${written}" is in the past`, {
    hint: 'name a time after now, e.g. "tomorrow 9am", or "midnight" for the end of today',
  })
}

/** `now`, `in 2h`, `+1h30m`, `-1d`, `45m ago`. */
function readRelative(text: string, now: Instant): Instant | undefined {
  if (text === 'now') return now
  const [, before, after, ago] = /^(?:(in |\+|-)(.+)|(.+) ago)$/.exec(text) ?? []
  const duration = readDuration(after ?? ago ?? '')
  if (duration === undefined) return undefined
  return before === '-' || ago !== undefined ? now - duration : now + duration
}

function readDayAndClock(written: string, { now, zone: home, lookIn }: AtOptions): Instant {
  const { rest, zone: named } = takeZone(written, home)
  const zone = named ?? home
  const text = rest.toLowerCase()
  const time = readClockTime(text)
  const offset = time?.offset
  const wall: WallClock = offset ? fixedClock(offset.ms) : zone
  if (time && Number.isNaN(time.clock + (offset?.ms ?? 0))) throw timeThatIsNot(written, time)
  const today = Math.floor(wall.toLocal(now) / DAY_MS)
  const dayText = time?.day ?? text
  const day = time?.day === '' ? anyDay(today) : readDay(dayText, today)
  if (!day) throw notATime(written, dayText)
  const date = chooseDate(day, time?.clock, wall, { now, lookIn })
  checkWeekday(date, day, written)
  const at = instantOn(date, time?.clock, wall, { written, now, lookIn, zone })
  if (!named || !offset || offset.isUnknown) return at
  return checkOffset(checkYear(at, written), offset.ms, named, written)
}

type Search = Pick<AtOptions, 'now' | 'lookIn'>

function chooseDate(
  { candidates, usual, skipsWhatIsOver }: NamedDay,
  clock: number | undefined,
  wall: WallClock,
  { now, lookIn }: Search,
): EpochDay {
  const first = (date: EpochDay) => wall.toInstant(date * DAY_MS + (clock ?? 0))
  const last = (date: EpochDay) => wall.instantsOf(date * DAY_MS + (clock ?? 0)).at(-1) ?? first(date)
  // A skipped time moves later: on a date that is over, it may move past now.
  const isSkipped = (date: EpochDay) => wall.instantsOf(date * DAY_MS + (clock ?? 0)).length === 0
  if (lookIn === 'future') {
    return candidates.find((date) => last(date) > now && !(date < usual && isSkipped(date))) ?? usual
  }
  if (lookIn === 'past') return candidates.findLast((date) => first(date) <= now) ?? usual
  if (!skipsWhatIsOver || clock === undefined) return usual
  return candidates.find((date) => date >= usual && last(date) >= now) ?? usual
}

interface Place extends Search {
  readonly written: string
  readonly zone: Zone
}

/** A date's clock time, or its first instant, which a clock change may put after midnight. */
function instantOn(date: EpochDay, clock: number | undefined, wall: WallClock, place: Place): Instant {
  if (clock === undefined || clock === DAY_MS) return wall.toInstant(date * DAY_MS + (clock ?? 0))
  const { written, zone, now, lookIn } = place
  const local = date * DAY_MS + clock
  const all = wall.instantsOf(local)
  if (all.length === 0) throw skipped(local, written, zone)
  const fitting = all.filter((at) => lookIn === undefined || (lookIn === 'past') === at <= now)
  const [first, second] = fitting.length > 0 ? fitting : all
  if (second === undefined) return first!
  throw new DriftStatusError('invalid-input', `"${written}" happens twice in ${zone.name}`, {
    rule: 'R4',
    hint: `write ${show(first!, zone)} for the first or ${show(second, zone)} for the second`,
  })
}

function skipped(local: LocalTime, written: string, zone: Zone): DriftStatusError {
  const [before, after] = [zone.offsetAt(local - DAY_MS), zone.offsetAt(local + DAY_MS)]
  return new DriftStatusError('invalid-input', `"${written}" does not exist in ${zone.name}: the clock skips it`, {
    rule: 'R4',
    hint: `write ${show(local - after, zone)} or ${show(local - before, zone)}`,
  })
}

/** RFC 9557: an offset that its zone does not have at that time is an error. Seconds of old offsets are not written. */
function checkOffset(at: Instant, offsetMs: number, zone: Zone, written: string): Instant {
  const inZone = zone.instantsOf(at + offsetMs)
  const meant = inZone.find((instant) => Math.abs(instant - at) < MINUTE_MS)
  if (meant !== undefined) return meant
  throw new DriftStatusError(
    'invalid-input',
    `"${written}" contradicts itself: ${zone.name} is at ${formatOffset(zone.offsetAt(at))} then`,
    { rule: 'R4', hint: `write ${[at, ...inZone].map((instant) => show(instant, zone)).join(' or ')}` },
  )
}

function show(instant: Instant, zone: Zone): string {
  return formatInstant(instant, zone).replace('.000', '')
}

/** What shows local times: the clocks of a {@link Zone}, or a clock that never changes. */
export interface WallClock {
  toLocal(instant: Instant): LocalTime
  /** Every instant at which the clock shows this time: none, one or two. */
  instantsOf(local: LocalTime): readonly Instant[]
  /** The first of those instants; a time that the clock skips moves later (R4). */
  toInstant(local: LocalTime): Instant
}

/** The clock that is always so many milliseconds ahead of UTC. */
export function fixedClock(offsetMs: number): WallClock {
  return {
    toLocal: (instant) => instant + offsetMs,
    instantsOf: (local) => [local - offsetMs],
    toInstant: (local) => local - offsetMs,
  }
}
