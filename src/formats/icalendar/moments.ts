import { DAY_MS, daysInMonth, type EpochDay, MINUTE_MS, toEpochDay } from '../../domain/time/calendar-date.js'
import { isZoneName, Zone } from '../../domain/time/zone.js'
import type { ContentLine } from './content-lines.js'
import { mistake } from './mistakes.js'
import { WINDOWS_ZONES } from './windows-zones.js'

/** A date, or a time of a wall clock, as a calendar writes it. */
export interface CalendarMoment {
  readonly day: EpochDay
  /** Seconds after midnight by the wall clock; undefined of a whole day. */
  readonly seconds: number | undefined
  /** Whose wall clock: `UTC`, the name that the calendar gives, or undefined for whoever reads it. */
  readonly zone: string | undefined
}

const DATE = /^(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})?(Z)?)?$/

/**
 * Reads `20261225`, `20261225T130000` or `20261225T120000Z`; whether VALUE=DATE is said or not.
 * @throws DocumentError for what is no date of the calendar
 */
export function readMoment(text: string, { params, line }: ContentLine, file: string): CalendarMoment {
  const match = DATE.exec(text.trim())
  if (!match)
    throw mistake(file, line, `"${text}" is not a date of iCalendar`, 'a date is YYYYMMDD, a time YYYYMMDDTHHMMSS')
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])]
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) {
    throw mistake(file, line, `"${text}" is not a date of the calendar`, 'a date is YYYYMMDD, e.g. 20261225')
  }
  const date = toEpochDay({ year, month, day })
  if (match[4] === undefined) return { day: date, seconds: undefined, zone: undefined }
  const [hours, minutes, seconds] = [Number(match[4]), Number(match[5]), Number(match[6] ?? 0)]
  // A leap second is the one before it.
  if (hours > 23 || minutes > 59 || seconds > 60) throw mistake(file, line, `"${text}" is not a time of a day`)
  const zone = match[7] === undefined ? params.get('TZID') : 'UTC'
  return { day: date, seconds: hours * 3600 + minutes * 60 + Math.min(seconds, 59), zone }
}

/** The moments of a property that may list several, as EXDATE and RDATE do; the start of one that is a period. */
export function readMoments(property: ContentLine, file: string): readonly CalendarMoment[] {
  const texts = property.value.split(',').filter((text) => text.trim() !== '')
  return texts.map((text) => readMoment(text.split('/', 1)[0]!, property, file))
}

const DURATION = /^([+-])?P(?:(\d{1,6})W)?(?:(\d{1,6})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,8})S)?)?$/

/** Reads `P1D` or `PT30M`, in seconds. @throws DocumentError */
export function readDuration({ value, line }: ContentLine, file: string): number {
  const match = DURATION.exec(value.trim())
  if (!match || !/\d/.test(value))
    throw mistake(file, line, `"${value}" is not a duration`, 'a duration is P1D or PT30M')
  const [weeks, days, hours, minutes, seconds] = match.slice(2).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
  ]
  const total = (((weeks * 7 + days) * 24 + hours) * 60 + minutes) * 60 + seconds
  return match[1] === '-' ? -total : total
}

const WINDOWS = new Map(WINDOWS_ZONES.map(([windows, iana]) => [windows.toLowerCase(), iana]))

/**
 * The zone that a calendar calls by an IANA name, a path that ends in one, or a name of Windows.
 * @param located the name that the calendar's own description of the zone gives beside it
 */
export function zoneOf(name: string, located?: string): Zone | undefined {
  const path = /(?:^|\/)([A-Z][A-Za-z_]+\/[A-Za-z0-9_+/-]+)$/.exec(name)?.[1]
  const candidates = [name, located, path, path?.split('/').slice(-2).join('/'), WINDOWS.get(name.toLowerCase())]
  const known = candidates.find((candidate) => candidate !== undefined && isZoneName(candidate))
  return known === undefined ? undefined : Zone.of(known)
}

/** A moment by the wall clock of another zone, or of whole days; undefined when one of the two zones is not known. */
export function inZone(
  moment: CalendarMoment,
  zone: string | undefined,
  find: (name: string) => Zone | undefined,
): CalendarMoment | undefined {
  const { day, seconds } = moment
  // By the clock of whoever reads it, or of whole days, the date is the one that is written.
  if (moment.zone === zone || moment.zone === undefined || seconds === undefined || zone === undefined) return moment
  const [from, to] = [find(moment.zone), find(zone)]
  if (!from || !to) return undefined
  const local = to.toLocal(from.toInstant(day * DAY_MS + seconds * 1000))
  const date = Math.floor(local / DAY_MS)
  return { day: date, seconds: Math.floor((local - date * DAY_MS) / 1000), zone }
}

export const SECONDS_PER_DAY = DAY_MS / 1000
export const SECONDS_PER_MINUTE = MINUTE_MS / 1000
