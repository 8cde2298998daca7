import { DriftStatusError } from '../../errors.js'
import { DAY_MS, type EpochDay, formatDate } from '../calendar-date.js'
import type { Instant, Zone } from '../zone.js'
import { checkWeekday, readDay } from './named-day.js'

const FORMS = 'write 2026-12-24, "24 Dec", tomorrow or fri; two of them with ".." between, or 12-24 for every year'

/**
 * Reads the dates of an exception as people type them: `24 Dec`, `tomorrow`, `fri`, `24 Dec..26 Dec`. A date without a
 * year is the next one. ISO dates and `12-24`, for every year, stay as they are.
 *
 * @returns `2026-12-24`, `2026-12-25..2026-12-26` or `12-24`
 * @throws DriftStatusError (invalid-input) for anything else
 */
export function parseDates(text: string, { now, zone }: { readonly now: Instant; readonly zone: Zone }): string {
  const parts = text.split('..')
  if (parts.length > 2) throw notADate(text)
  let earliest = Math.floor(zone.toLocal(now) / DAY_MS)
  return parts
    .map((part) => {
      if (isPlainDate(part)) return part
      earliest = readDate(part, earliest)
      return formatDate(earliest)
    })
    .join('..')
}

/** Whether a text is a date that needs no calendar to be read. */
export function isPlainDate(text: string): boolean {
  return /^(?:\d{4}-)?\d{2}-\d{2}$/.test(text)
}

/** The first such date from a day on. */
function readDate(text: string, from: EpochDay): EpochDay {
  const written = text.trim().replace(/\s+/g, ' ')
  const day = readDay(swapped(written.toLowerCase()), from)
  if (!day) throw notADate(text)
  const date = day.candidates.find((candidate) => candidate >= from) ?? day.usual
  checkWeekday(date, day, written)
  return date
}

/** `dec 24 2026` as `24 dec 2026`. */
function swapped(text: string): string {
  return text.replace(/^([a-z]{3,}) (\d{1,2})(?:,)?(?= \d{4}$|$)/, '$2 $1')
}

function notADate(text: string): DriftStatusError {
  return new DriftStatusError('invalid-input', `"${text}" is not a date`, { hint: FORMS })
}
