import { DriftStatusError } from '../errors.js'
import { DAY_MS, MINUTE_MS, parseDate } from './calendar-date.js'
import { parseInstant } from './instant.js'
import type { Instant, LocalTime, Zone } from './zone.js'

const LOCAL_PATTERN = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}):(\d{2})$/

/** A moment as a document writes it: an instant, or what a wall clock shows. */
export type WrittenMoment =
  | { readonly kind: 'instant'; readonly at: Instant }
  | { readonly kind: 'local'; readonly at: LocalTime }

/**
 * Reads `2026-12-01 09:00`, a time of a wall clock, or an instant with an offset. `24:00` is the end of the day.
 * @throws DriftStatusError (invalid-input) for anything else, a date that does not exist included
 */
export function parseMoment(text: string): WrittenMoment {
  const [, date, hours, minutes] = LOCAL_PATTERN.exec(text) ?? []
  if (date === undefined) {
    if (/(?:[Zz]|[+-]\d{2}:?\d{2})$/.test(text.slice(10))) return { kind: 'instant', at: parseInstant(text) }
    throw notAMoment(text)
  }
  const [hour, minute] = [Number(hours), Number(minutes)]
  if (minute > 59 || hour > 24 || (hour === 24 && minute > 0)) throw notAMoment(text)
  const at = parseDate(date) * DAY_MS + (hour * 60 + minute) * MINUTE_MS
  // The year is checked as that of an instant is.
  parseInstant(`${date}T00:00:00.000Z`)
  return { kind: 'local', at }
}

/**
 * The instant of a moment. A time that the clock skips moves later, and of a time that it shows twice the first is
 * meant (R4); an offset names the second.
 */
export function resolveMoment(text: string, zone: Zone): Instant {
  const { kind, at } = parseMoment(text)
  return kind === 'instant' ? at : zone.toInstant(at)
}

/** An instant as a document writes it: what a wall clock shows where that says which is meant, else in UTC. */
export function writeMoment(at: Instant, zone: Zone): string {
  const local = new Date(zone.toLocal(at)).toISOString().slice(0, 16).replace('T', ' ')
  return resolveMoment(local, zone) === at ? local : new Date(at).toISOString()
}

function notAMoment(text: string): DriftStatusError {
  return new DriftStatusError('invalid-input', `"${text}" is not a moment`, {
    hint: 'write "YYYY-MM-DD HH:MM", e.g. "2026-12-01 09:00", or an instant with an offset',
  })
}
