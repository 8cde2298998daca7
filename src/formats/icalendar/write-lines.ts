import { type EpochDay, fromEpochDay, MINUTE_MS, toEpochDay, twoDigits } from '../../domain/time/calendar-date.js'
import { MINUTES_PER_DAY } from '../../domain/time/time-range.js'
import type { Instant, Zone } from '../../domain/time/zone.js'

/** A property that is about to be written. */
export type Line = readonly [name: string, value: string]

/** A calendar of components, its lines folded and ended as RFC 5545 asks. */
export function writeCalendar(name: string, components: readonly (readonly Line[])[]): string {
  const lines: readonly Line[] = [
    ['BEGIN', 'VCALENDAR'],
    ['VERSION', '2.0'],
    ['PRODID', '-//drift-status//hours//EN'],
    ['CALSCALE', 'GREGORIAN'],
    ['X-WR-CALNAME', escapeText(name)],
    ...components.flat(),
    ['END', 'VCALENDAR'],
  ]
  return lines.map(([property, value]) => folded(`${property}:${value}`)).join('')
}

const MAX_BYTES = 75
const encoder = new TextEncoder()

/** No line has more than 75 bytes, and none is broken within a character. */
function folded(line: string): string {
  const parts: string[] = []
  let [part, bytes] = ['', 0]
  for (const sign of line) {
    const size = encoder.encode(sign).length
    // A line that goes on begins with a space.
    if (bytes + size > MAX_BYTES - (parts.length > 0 ? 1 : 0)) {
      parts.push(part)
      part = ''
      bytes = 0
    }
    part += sign
    bytes += size
  }
  return `${[...parts, part].join('\r\n ')}\r\n`
}

/** A text value (RFC 5545, 3.3.11), which has no control characters. */
export function escapeText(text: string): string {
  const escaped = text.replace(/[\\;,]/g, '\\$&').replace(/\r\n?|\n/g, '\\n')
  return escaped.replaceAll('\t', ' ').replace(/\p{Cc}/gu, '\ufffd')
}

/** `20261224`. */
export function dateValue(day: EpochDay): string {
  const { year, month, day: number } = fromEpochDay(day)
  return `${String(year).padStart(4, '0')}${twoDigits(month)}${twoDigits(number)}`
}

/** `20261224T093000`, so many minutes after the midnight that begins a date. */
export function timeValue(day: EpochDay, minutes: number): string {
  const [date, rest] = [day + Math.floor(minutes / MINUTES_PER_DAY), minutes % MINUTES_PER_DAY]
  return `${dateValue(date)}T${twoDigits(Math.floor(rest / 60))}${twoDigits(rest % 60)}00`
}

/** `20261224T083000Z`. */
export function instantValue(at: Instant): string {
  return `${new Date(at).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`
}

/** The clock changes of a zone in some years, for programs that do not know it by its name. */
export function timeZoneLines(zone: Zone, firstYear: number, lastYear: number): readonly Line[] {
  const start = Date.UTC(firstYear, 0, 1)
  const changes = zone.changesIn(start, Date.UTC(lastYear + 1, 0, 1))
  const before = zone.offsetAt(start - 1)
  const observance = (at: Instant, from: number, to: number): readonly Line[] => {
    const kind = to > from ? 'DAYLIGHT' : 'STANDARD'
    return [
      ['BEGIN', kind],
      // By the wall clock before the change.
      ['DTSTART', instantValue(at + from).slice(0, -1)],
      ['TZOFFSETFROM', offsetValue(from)],
      ['TZOFFSETTO', offsetValue(to)],
      ['END', kind],
    ]
  }
  return [
    ['BEGIN', 'VTIMEZONE'],
    ['TZID', zone.name],
    ['X-LIC-LOCATION', zone.name],
    ...observance(Date.UTC(firstYear - 1, 0, 1) - before, before, before),
    ...changes.flatMap((at) => observance(at, zone.offsetAt(at - 1), zone.offsetAt(at))),
    ['END', 'VTIMEZONE'],
  ]
}

function offsetValue(offset: number): string {
  const minutes = Math.round(Math.abs(offset) / MINUTE_MS)
  return `${offset < 0 ? '-' : '+'}${twoDigits(Math.floor(minutes / 60))}${twoDigits(minutes % 60)}`
}

/** The first day of a year. */
export function yearStart(year: number): EpochDay {
  return toEpochDay({ year, month: 1, day: 1 })
}
