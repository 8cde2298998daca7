import type { BusinessHours } from '../domain/time/business-hours.js'
import type { EpochDay } from '../domain/time/calendar-date.js'
import { readUtf8 } from '../domain/utf8-text.js'
import { readCsv, writeCsv } from './csv.js'
import { readGoogleBusiness, writeGoogleBusiness } from './google-business.js'
import type { ReadHours, WritingOptions, WrittenHours } from './hours-text.js'
import { readHours } from './icalendar/read-hours.js'
import { writeHours } from './icalendar/write-hours.js'
import { writeMarkdown } from './markdown.js'
import { readOpeningHours } from './opening-hours/read-opening-hours.js'
import { writeOpeningHours } from './opening-hours/write-opening-hours.js'
import { readSchemaOrg, writeSchemaOrg } from './schema-org.js'

export const HOURS_FORMATS = ['ical', 'osm', 'schema.org', 'google', 'csv', 'markdown'] as const
export type HoursFormatName = (typeof HOURS_FORMATS)[number]

/** A format that hours go out in, and most of them come in by. */
interface HoursFormat {
  readonly write: (hours: BusinessHours, options: WritingOptions) => WrittenHours
  /** Undefined where it is for people to read. */
  readonly read?: (bytes: Uint8Array, file: string, today: EpochDay) => ReadHours
}

const text =
  (read: (given: string, file: string) => ReadHours): NonNullable<HoursFormat['read']> =>
  (bytes, file) =>
    read(readUtf8(bytes, file, 'save it as UTF-8'), file)

const FORMATS: Readonly<Record<HoursFormatName, HoursFormat>> = {
  ical: { write: writeHours, read: readHours },
  osm: { write: writeOpeningHours, read: text(readOpeningHours) },
  'schema.org': { write: writeSchemaOrg, read: text(readSchemaOrg) },
  google: { write: writeGoogleBusiness, read: text(readGoogleBusiness) },
  csv: { write: writeCsv, read: text(readCsv) },
  markdown: { write: writeMarkdown },
}

/** The formats that hours can be read from. */
export const READABLE_FORMATS = HOURS_FORMATS.filter((name) => FORMATS[name].read)

/** Writes hours in a format of others. */
export function exportHours(name: HoursFormatName, hours: BusinessHours, options: WritingOptions): WrittenHours {
  return FORMATS[name].write(hours, options)
}

/** Reads hours from a format of others. @throws DocumentError at the place of what is not understood */
export function importHours(name: HoursFormatName, bytes: Uint8Array, file: string, today: EpochDay): ReadHours {
  return FORMATS[name].read!(bytes, file, today)
}

/** The format of a text, by its name or what it begins with; undefined where that is not certain. */
export function formatOf(bytes: Uint8Array, file: string): HoursFormatName | undefined {
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return 'ical'
  const begin = new TextDecoder().decode(bytes.subarray(0, 100_000)).trimStart()
  if (/\.(?:ics|ical|ifb)$/i.test(file) || /^BEGIN:/i.test(begin)) return 'ical'
  if (/^[[{]/.test(begin)) {
    if (/"(?:regularHours|specialHours)"/.test(begin)) return 'google'
    return /openingHours|OpeningHoursSpecification/.test(begin) ? 'schema.org' : undefined
  }
  if (/\.csv$/i.test(file) || /^"?when"?[,;\t]/i.test(begin)) return 'csv'
  return /^(?:24\/7|(?:(?:Mo|Tu|We|Th|Fr|Sa|Su|PH)\b|\d{2}:\d{2}))/.test(begin) ? 'osm' : undefined
}
