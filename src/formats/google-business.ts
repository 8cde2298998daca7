import type { Path } from '../domain/document/problem.js'
import type { ExceptionDocument } from '../domain/document/schema.js'
import type { BusinessHours } from '../domain/time/business-hours.js'
import {
  type EpochDay,
  formatDate,
  fromEpochDay,
  parseDate,
  twoDigits,
  WEEKDAYS,
  type Weekday,
} from '../domain/time/calendar-date.js'
import { MINUTES_PER_DAY, type TimeRange } from '../domain/time/time-range.js'
import {
  dayDocument,
  END_OF_DAY_NOTE,
  endOfDay,
  type ReadHours,
  specialDaysOf,
  type WritingOptions,
  type WrittenHours,
  weeklyDocument,
  writtenOutNotes,
} from './hours-text.js'
import { type Fields, type JsonText, objectOf, readJson, wordOf } from './json-text.js'

const DAY_NAMES = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'] as const

/**
 * Writes hours as `regularHours` and `specialHours` of a Google Business Profile. A night closes on the next day, as its rule is;
 * a day that is not there is closed.
 */
export function writeGoogleBusiness(hours: BusinessHours, { today }: WritingOptions): WrittenHours {
  const special = specialDaysOf(hours, today)
  const periods = WEEKDAYS.flatMap((_, day) =>
    hours.weekly[day]!.map(({ start, end }) => ({
      openDay: DAY_NAMES[day]!,
      openTime: time(start),
      closeDay: DAY_NAMES[(day + (end > MINUTES_PER_DAY ? 1 : 0)) % 7]!,
      closeTime: time(end > MINUTES_PER_DAY ? end - MINUTES_PER_DAY : end),
    })),
  )
  const specialHourPeriods = special.flatMap(({ from, to, ranges }): readonly object[] =>
    Array.from({ length: to - from + 1 }, (_, index) => from + index).flatMap((day): readonly object[] =>
      ranges.length === 0
        ? [{ startDate: date(day), closed: true }]
        : ranges.map(({ start, end }) => ({
            startDate: date(day),
            openTime: time(start),
            endDate: date(end > MINUTES_PER_DAY ? day + 1 : day),
            closeTime: time(end > MINUTES_PER_DAY ? end - MINUTES_PER_DAY : end),
          })),
    ),
  )
  const names = special.some(({ name }) => name !== undefined)
    ? ['The names of dates are not written: a Google Business Profile has none.']
    : []
  const value = {
    regularHours: { periods },
    ...(specialHourPeriods.length > 0 && { specialHours: { specialHourPeriods } }),
  }
  const zone = `The time zone ${hours.zone} is not written: a Google Business Profile has that of its address.`
  return { text: `${JSON.stringify(value, null, 2)}\n`, notes: [zone, ...names, ...writtenOutNotes(special, today)] }
}

/** Zeros are left out, as in every answer of the service; midnight as an end is 24:00. */
function time(minutes: number): { readonly hours?: number; readonly minutes?: number } {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60]
  return { ...(hours > 0 && { hours }), ...(rest > 0 && { minutes: rest }) }
}

function date(day: EpochDay): { readonly year: number; readonly month: number; readonly day: number } {
  return fromEpochDay(day)
}

/**
 * Reads `regularHours` and `specialHours` of a Google Business Profile, alone or within a location.
 * @throws DocumentError at the place of what is not understood
 */
export function readGoogleBusiness(text: string, file: string): ReadHours {
  const json = readJson(text, file)
  const root = objectOf(json.value) ?? json.fail([], 'is not an object', 'it has "regularHours" and "specialHours"')
  if (root.regularHours === undefined && root.specialHours === undefined) {
    json.fail(
      [],
      'there are no hours of a Google Business Profile in it',
      'they are in "regularHours" and "specialHours"',
    )
  }
  const notes = new Set<string>()
  const weekly = new Map<Weekday, readonly TimeRange[]>()
  for (const { period, path } of periodsIn(root.regularHours, 'regularHours', 'periods', json)) {
    const [open, close] = [dayOf(period, 'openDay', path, json), dayOf(period, 'closeDay', path, json)]
    const start = minutesOf(period.openTime, [...path, 'openTime'], json)
    const end = endOf(minutesOf(period.closeTime, [...path, 'closeTime'], json), notes)
    const days = (close - open + 7) % 7
    const last = days * MINUTES_PER_DAY + end
    for (const [day, range] of splitDays(
      open,
      start,
      last <= start && days === 0 ? last + 7 * MINUTES_PER_DAY : last,
    )) {
      const weekday = WEEKDAYS[day % 7]!
      const all = [...(weekly.get(weekday) ?? []), range]
      json.at(path, () => dayDocument(all))
      weekly.set(weekday, all)
    }
  }
  const special = new Map<string, { path: Path; ranges: readonly TimeRange[] }>()
  for (const { period, path } of periodsIn(root.specialHours, 'specialHours', 'specialHourPeriods', json)) {
    const from = dateOf(period.startDate, [...path, 'startDate'], json)
    const to = period.endDate === undefined ? from : dateOf(period.endDate, [...path, 'endDate'], json)
    if (parseDate(to) < parseDate(from)) json.fail(path, `"endDate" ${to} is before "startDate" ${from}`)
    const isClosed = period.closed === true || (period.openTime === undefined && period.closeTime === undefined)
    if (isClosed) {
      for (let day = parseDate(from); day <= parseDate(to) && day < parseDate(from) + 366; day++) {
        special.set(formatDate(day), { path, ranges: special.get(formatDate(day))?.ranges ?? [] })
      }
      continue
    }
    const start = minutesOf(period.openTime, [...path, 'openTime'], json)
    const end = endOf(minutesOf(period.closeTime, [...path, 'closeTime'], json), notes)
    const until = (parseDate(to) - parseDate(from)) * MINUTES_PER_DAY + end
    if (until <= start || until - start > MINUTES_PER_DAY || (until - start === MINUTES_PER_DAY && start > 0)) {
      json.fail(
        path,
        'a special period opens on its start date and closes within a day',
        'write a period for each date',
      )
    }
    const ranges = [...(special.get(from)?.ranges ?? []), { start, end: until }]
    json.at(path, () => dayDocument(ranges))
    special.set(from, { path, ranges })
  }
  const exceptions = [...special]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([on, { ranges }]): ExceptionDocument => {
      return { date: on, hours: dayDocument(ranges) }
    })
  return { hours: { weekly: weeklyDocument(weekly), exceptions: joinedDates(exceptions) }, notes: [...notes] }
}

/** Dates in a row with the same hours are one exception. */
function joinedDates(exceptions: readonly ExceptionDocument[]): readonly ExceptionDocument[] {
  const joined: ExceptionDocument[] = []
  for (const exception of exceptions) {
    const last = joined.at(-1)
    const until = last && (last.to ?? last.date!)
    const isOn = until !== undefined && parseDate(until) + 1 === parseDate(exception.date!)
    if (last && isOn && JSON.stringify(last.hours) === JSON.stringify(exception.hours)) {
      joined[joined.length - 1] = { from: last.from ?? last.date!, to: exception.date!, hours: exception.hours }
    } else joined.push(exception)
  }
  return joined
}

/** A period over several days, as whole days and their rests; a night stays one range. */
function splitDays(day: number, start: number, end: number): readonly (readonly [number, TimeRange])[] {
  const isOne = end <= MINUTES_PER_DAY || (end - start < MINUTES_PER_DAY && end <= 2 * MINUTES_PER_DAY)
  if (isOne) return [[day, { start, end }]]
  const rest = end - MINUTES_PER_DAY
  return [[day, { start, end: MINUTES_PER_DAY }], ...splitDays(day + 1, 0, rest)]
}

function periodsIn(value: unknown, key: string, list: string, json: JsonText): { period: Fields; path: Path }[] {
  if (value === undefined) return []
  const periods = (objectOf(value) ?? json.fail([key], `"${key}" is not an object`))[list] ?? []
  if (!Array.isArray(periods)) return json.fail([key, list], `"${list}" is not a list`)
  return periods.map((period, index) => {
    const path = [key, list, index]
    return { period: objectOf(period) ?? json.fail(path, 'a period is an object'), path }
  })
}

function dayOf(period: Fields, key: string, path: Path, { fail }: JsonText): number {
  const day = (DAY_NAMES as readonly string[]).indexOf(wordOf(period[key]).toUpperCase())
  if (day !== -1) return day
  const message =
    period[key] === undefined ? `"${key}" is missing` : `${JSON.stringify(period[key])} is not a day of the week`
  return fail(period[key] === undefined ? path : [...path, key], message, `the days are ${DAY_NAMES.join(', ')}`)
}

/** `{ hours: 9, minutes: 30 }`, or `09:30` as older versions write it; nothing is midnight. */
function minutesOf(value: unknown, path: Path, { fail }: JsonText): number {
  const text = typeof value === 'string' ? /^(\d{2}):?(\d{2})$/.exec(value) : undefined
  const fields = text ? { hours: Number(text[1]), minutes: Number(text[2]) } : (objectOf(value) ?? {})
  const isTime = value === undefined || text || objectOf(value)
  const [hours, minutes] = [fields.hours ?? 0, fields.minutes ?? 0]
  const isValid =
    isTime &&
    typeof hours === 'number' &&
    typeof minutes === 'number' &&
    Number.isInteger(hours) &&
    Number.isInteger(minutes) &&
    hours >= 0 &&
    minutes >= 0 &&
    minutes < 60 &&
    hours * 60 + minutes <= MINUTES_PER_DAY
  if (!isValid) return fail(path, `${JSON.stringify(value)} is not a time`, 'a time is { "hours": 9, "minutes": 30 }')
  return hours * 60 + minutes
}

function endOf(end: number, notes: Set<string>): number {
  if (end === MINUTES_PER_DAY - 1) notes.add(END_OF_DAY_NOTE)
  return endOfDay(end)
}

function dateOf(value: unknown, path: Path, { fail, at }: JsonText): string {
  const { year, month, day } = objectOf(value) ?? {}
  const isWritten = [year, month, day].every((part) => Number.isInteger(part) && (part as number) > 0)
  if (!isWritten)
    return fail(path, `${JSON.stringify(value)} is not a date`, 'a date is { "year": 2026, "month": 12, "day": 24 }')
  const text = `${String(year).padStart(4, '0')}-${twoDigits(month as number)}-${twoDigits(day as number)}`
  at(path, () => parseDate(text))
  return text
}
