import { DriftStatusError } from '../errors.js'
import { daysInMonth, MINUTE_MS } from './calendar-date.js'
import { FIRST_YEAR, LAST_YEAR } from './schedule.js'
import type { Instant, Zone } from './zone.js'

const INSTANT_PATTERN =
  /^(\d{4})-(\d{2})-(\d{2})[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?(?:[Zz]|[+-](\d{2}):?(\d{2}))$/
/** "2026-11-27T17:30:00.000Z" */
const STORED_LENGTH = 24
const UTC_ZONES = new Set(['UTC', 'Etc/UTC', 'Etc/UCT', 'Etc/Universal', 'Etc/Zulu', 'UCT', 'Universal', 'Zulu'])

/**
 * Reads an instant: ISO 8601 with an offset or `Z`.
 * @throws DriftStatusError (invalid-input) for anything else, a date that does not exist included.
 */
export function parseInstant(text: string): Instant {
  // As a store writes it: a hundred thousand agents may have one.
  const stored = new Date(text.length === STORED_LENGTH ? text : Number.NaN)
  if (isInRange(stored) && stored.toISOString() === text) return stored.getTime()
  const match = INSTANT_PATTERN.exec(text)
  const hint = 'write ISO 8601 with an offset, e.g. 2026-11-27T17:30:00-05:00 or 2026-11-27T22:30:00Z'
  if (!match) throw new DriftStatusError('invalid-input', `"${text}" is not an instant`, { hint })
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map((part) => Number(part ?? 0))
  if (month! < 1 || month! > 12 || day! < 1 || day! > daysInMonth(year!, month!)) {
    throw new DriftStatusError('invalid-input', `the date of "${text}" does not exist`, { hint })
  }
  const offsetIsWrong = Number(match[7] ?? 0) > 23 || Number(match[8] ?? 0) > 59
  if (hour! > 23 || minute! > 59 || second! > 59 || offsetIsWrong) {
    throw new DriftStatusError('invalid-input', `the time of "${text}" does not exist`, { hint })
  }
  // Date.parse wants "T", a point and a colon in the offset.
  const instant = Date.parse(
    text
      .toUpperCase()
      .replace(' ', 'T')
      .replace(',', '.')
      .replace(/([+-]\d{2})(\d{2})$/, '$1:$2'),
  )
  return checkYear(instant, text)
}

/** @throws DriftStatusError (invalid-input) for an instant outside the years that schedules answer for. */
export function checkYear(instant: Instant, text: string): Instant {
  if (isInRange(new Date(instant))) return instant
  throw new DriftStatusError('invalid-input', `"${text}" is out of range`, {
    hint: `use a time between ${FIRST_YEAR} and ${LAST_YEAR}`,
  })
}

/** False also for an invalid date. */
function isInRange(date: Date): boolean {
  const year = date.getUTCFullYear()
  return year >= FIRST_YEAR && year <= LAST_YEAR
}

/**
 * `2026-11-23T17:30:00.000-05:00`: an instant as the wall clock of a zone with its offset; `Z` in UTC. Old offsets
 * have seconds, which ISO 8601 does not write: the clock is shown at the minute that is written, so that the text
 * is that very instant.
 */
export function formatInstant(instant: Instant, zone: Zone): string {
  const offset = Math.round(zone.offsetAt(instant) / MINUTE_MS) * MINUTE_MS
  const local = new Date(instant + offset).toISOString().slice(0, -1)
  return UTC_ZONES.has(zone.name) ? `${local}Z` : `${local}${formatOffset(offset)}`
}

/** `-05:00`. */
export function formatOffset(offsetMs: number): string {
  const minutes = Math.round(Math.abs(offsetMs) / MINUTE_MS)
  const hours = Math.floor(minutes / 60)
  return `${offsetMs < 0 ? '-' : '+'}${String(hours).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
}

/** Reads an instant that a validated document holds, or undefined when it holds none. */
export function instantOf(text: string | undefined): Instant | undefined {
  return text === undefined ? undefined : parseInstant(text)
}

/** The same instant as it is kept: `2026-11-27T22:30:00.000Z`. */
export function utc(text: string): string {
  return new Date(parseInstant(text)).toISOString()
}
