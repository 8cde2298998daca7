import type { Path } from '../domain/document/problem.js'
import type { ExceptionDocument } from '../domain/document/schema.js'
import type { BusinessHours } from '../domain/time/business-hours.js'
import { formatDate, parseDate, WEEKDAYS, type Weekday } from '../domain/time/calendar-date.js'
import { formatMinutes, MINUTES_PER_DAY, type TimeRange } from '../domain/time/time-range.js'
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
import { readOpeningHours } from './opening-hours/read-opening-hours.js'

const DAY_NAMES = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const

/** One `OpeningHoursSpecification` (schema.org). */
interface Specification {
  readonly '@type': 'OpeningHoursSpecification'
  readonly name?: string
  readonly dayOfWeek?: readonly string[]
  readonly validFrom?: string
  readonly validThrough?: string
  readonly opens: string
  readonly closes: string
}

/** Writes hours as a business of schema.org in JSON-LD: the week, and the dates that differ. */
export function writeSchemaOrg(hours: BusinessHours, { name, today }: WritingOptions): WrittenHours {
  const special = specialDaysOf(hours, today)
  const week = WEEKDAYS.flatMap((_, index) =>
    hours.weekly[index]!.map((range) => ({ day: DAY_NAMES[index]!, ...times(range) })),
  )
  const groups = new Map<string, Specification>()
  for (const { day, opens, closes } of week) {
    const key = `${opens} ${closes}`
    const known = groups.get(key)
    groups.set(key, { ...specification(opens, closes), dayOfWeek: [...(known?.dayOfWeek ?? []), day] })
  }
  const dated = special.flatMap(({ from, to, ranges, name: called }) => {
    const valid = { validFrom: formatDate(from), validThrough: formatDate(to) }
    const all = ranges.length === 0 ? [{ opens: '00:00', closes: '00:00' }] : ranges.map(times)
    return all.map(({ opens, closes }) => ({
      ...specification(opens, closes),
      ...valid,
      ...(called !== undefined && { name: called }),
    }))
  })
  const business = {
    '@context': 'https://schema.org',
    '@type': 'LocalBusiness',
    name,
    openingHoursSpecification: [...groups.values()],
    ...(dated.length > 0 && { specialOpeningHoursSpecification: dated }),
  }
  const zone = `The time zone ${hours.zone} is not written: schema.org has none for opening hours.`
  return { text: `${JSON.stringify(business, null, 2)}\n`, notes: [zone, ...writtenOutNotes(special, today)] }
}

function specification(opens: string, closes: string): Specification {
  return { '@type': 'OpeningHoursSpecification', opens, closes }
}

/** A whole day is 00:00 to 23:59, as search engines read it; other ends at midnight are 00:00 of the next day. */
function times({ start, end }: TimeRange): { readonly opens: string; readonly closes: string } {
  if (start === 0 && end === MINUTES_PER_DAY) return { opens: '00:00', closes: '23:59' }
  return { opens: formatMinutes(start), closes: formatMinutes(end % MINUTES_PER_DAY) }
}

/**
 * Reads the opening hours of JSON-LD: of a business, of the first with any in a `@graph`, or of a list of specifications.
 * @throws DocumentError at the place of what is not understood
 */
export function readSchemaOrg(text: string, file: string): ReadHours {
  const json = readJson(text, file)
  const business = businessIn(json.value, [])
  if (!business) {
    return json.fail([], 'there are no opening hours of schema.org in it', 'they are in "openingHoursSpecification"')
  }
  const { specifications, short } = business
  if (specifications.length === 0) return readOpeningHours(short.join('; '), `${file} (openingHours)`)
  const notes = new Set<string>(short.length > 0 ? ['"openingHours" is left out: its specifications say more.'] : [])
  const weekly = new Map<Weekday, readonly TimeRange[]>()
  const dated = new Map<string, Dated>()
  for (const { value, path } of specifications) {
    const one = objectOf(value) ?? json.fail(path, 'an opening hours specification is an object')
    const ranges = rangesOf(one, path, notes, json)
    const dates = datesOf(one, path, json)
    if (dates) {
      const key = Object.values(dates).join('..')
      const { name } = one
      const known = dated.get(key)
      dated.set(key, {
        path: known?.path ?? path,
        dates,
        name: typeof name === 'string' && name !== '' ? name : known?.name,
        ranges: [...(known?.ranges ?? []), ...ranges],
      })
    } else {
      for (const day of daysOf(one, path, json)) {
        const all = [...(weekly.get(day) ?? []), ...ranges]
        json.at(path, () => dayDocument(all))
        weekly.set(day, all)
      }
    }
  }
  const exceptions = [...dated.values()].map(({ path, dates, name, ranges }) => ({
    ...dates,
    ...(name !== undefined && { name }),
    hours: json.at(path, () => dayDocument(ranges)),
  }))
  return { hours: { weekly: weeklyDocument(weekly), exceptions }, notes: [...notes] }
}

interface Dated {
  readonly path: Path
  readonly dates: Pick<ExceptionDocument, 'date' | 'from' | 'to'>
  readonly name: string | undefined
  readonly ranges: readonly TimeRange[]
}

interface Business {
  readonly specifications: readonly { readonly value: unknown; readonly path: Path }[]
  /** `Mo-Fr 09:00-17:00`, as `openingHours` has it. */
  readonly short: readonly string[]
}

const LISTS = ['openingHoursSpecification', 'specialOpeningHoursSpecification'] as const

/** Whatever has opening hours, the outermost first. */
function businessIn(value: unknown, path: Path): Business | undefined {
  if (Array.isArray(value)) {
    const isList = value.length > 0 && value.every(isSpecification)
    if (isList) return { specifications: itemsOf(value, path), short: [] }
    for (const [index, item] of value.entries()) {
      const found = businessIn(item, [...path, index])
      if (found) return found
    }
    return undefined
  }
  const fields = objectOf(value)
  if (!fields) return undefined
  if (isSpecification(fields)) return { specifications: [{ value, path }], short: [] }
  const specifications = LISTS.flatMap((list) => itemsOf(fields[list], [...path, list]))
  const short = [fields.openingHours ?? []].flat().filter((text) => typeof text === 'string')
  if (specifications.length + short.length > 0) return { specifications, short }
  return businessIn(fields['@graph'], [...path, '@graph'])
}

function itemsOf(value: unknown, path: Path): Business['specifications'] {
  if (value === undefined || value === null) return []
  if (!Array.isArray(value)) return [{ value, path }]
  return value.map((item, index) => ({ value: item, path: [...path, index] }))
}

function isSpecification(value: unknown): boolean {
  return [objectOf(value)?.['@type']].flat().includes('OpeningHoursSpecification')
}

/** None where it is closed: opens and closes are both 00:00, or not there. */
function rangesOf({ opens, closes }: Fields, path: Path, notes: Set<string>, json: JsonText): readonly TimeRange[] {
  if (opens === undefined && closes === undefined) return []
  const [start, end] = [minutesOf(opens, [...path, 'opens'], json), minutesOf(closes, [...path, 'closes'], json)]
  if (start === 0 && end === 0) return []
  if (start === MINUTES_PER_DAY) json.fail([...path, 'opens'], '"opens" is 24:00', 'open at 00:00 of the next day')
  if (end === MINUTES_PER_DAY - 1) notes.add(END_OF_DAY_NOTE)
  const until = endOfDay(end)
  if (until === start)
    json.fail(path, `it opens and closes at ${formatMinutes(start)}`, 'a whole day is 00:00 to 23:59')
  return [{ start, end: until > start ? until : until + MINUTES_PER_DAY }]
}

function minutesOf(time: unknown, path: Path, { fail }: JsonText): number {
  if (time === undefined) return fail(path.slice(0, -1), `"${path.at(-1)}" is missing`, 'write a time as 09:00')
  const match = /^(\d{2}):(\d{2})(?::\d{2})?(?:Z|[+-]\d{2}:\d{2})?$/.exec(wordOf(time))
  const [hours, minutes] = [Number(match?.[1]), Number(match?.[2])]
  if (!match || minutes > 59 || hours > 24 || (hours === 24 && minutes > 0)) {
    return fail(path, `${JSON.stringify(time)} is not a time`, 'write a time as 09:00')
  }
  return hours * 60 + minutes
}

/** The dates for which alone it holds, where it says some. */
function datesOf(one: Fields, path: Path, json: JsonText): Dated['dates'] | undefined {
  const { validFrom, validThrough, dayOfWeek } = one
  if (validFrom === undefined && validThrough === undefined) return undefined
  const [from, to] = [
    dateOf(validFrom ?? validThrough, [...path, validFrom === undefined ? 'validThrough' : 'validFrom'], json),
    dateOf(validThrough ?? validFrom, [...path, validThrough === undefined ? 'validFrom' : 'validThrough'], json),
  ]
  if (parseDate(to) < parseDate(from)) json.fail(path, `"validThrough" ${to} is before "validFrom" ${from}`)
  if (dayOfWeek !== undefined && from !== to) {
    json.fail([...path, 'dayOfWeek'], 'days of the week within dates are not understood', 'write the dates one by one')
  }
  return from === to ? { date: from } : { from, to }
}

function dateOf(value: unknown, path: Path, { fail, at }: JsonText): string {
  const date = /^\d{4}-\d{2}-\d{2}(?=$|T)/.exec(wordOf(value))?.[0]
  if (date === undefined) return fail(path, `${JSON.stringify(value)} is not a date`, 'write a date as 2026-12-24')
  at(path, () => parseDate(date))
  return date
}

function daysOf({ dayOfWeek }: Fields, path: Path, { fail }: JsonText): readonly Weekday[] {
  if (dayOfWeek === undefined) return WEEKDAYS
  return [dayOfWeek].flat().map((day) => {
    const name = wordOf(day).replace(/^.*[/#]/, '')
    const index = DAY_NAMES.findIndex((known) => known.toLowerCase() === name.toLowerCase())
    if (index !== -1) return WEEKDAYS[index]!
    const isHolidays = name === 'PublicHolidays'
    const hint = isHolidays ? 'a holiday calendar closes its days' : `the days are ${DAY_NAMES.join(', ')}`
    return fail([...path, 'dayOfWeek'], `${JSON.stringify(day)} is not a day of the week`, hint)
  })
}
