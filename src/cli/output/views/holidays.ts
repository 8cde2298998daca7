import type { HolidaysAnswer, HolidaysWriteAnswer } from '../../../api/contract/answers.js'
import type { ExceptionDocument } from '../../../domain/document/schema.js'
import {
  DAY_MS,
  type EpochDay,
  formatDate,
  fromEpochDay,
  nextYearlyDates,
  parseDate,
  parseYearlyDates,
  toEpochDay,
} from '../../../domain/time/calendar-date.js'
import { formatDay, formatShortDay } from '../../../domain/time/moment.js'
import { Zone } from '../../../domain/time/zone.js'
import { type Lines, line, type Text } from '../line.js'
import { formatNear, shownZone } from '../local-time.js'
import type { Style } from '../style.js'
import { table } from '../table.js'

type Calendar = HolidaysAnswer['value'][number]

/** A calendar in a list. */
export interface HolidaysRow {
  readonly id: string
  readonly name: string | null
  readonly source: string | null
  /** How many days, date ranges and yearly days it names. */
  readonly days: number
  /** Its next day and the last one that it names, YYYY-MM-DD; one of every year has no last one. */
  readonly next: string | null
  readonly last: string | null
  readonly readAt: string | null
  readonly failure: string | null
}

/** A day of a calendar with the dates that it is on. */
export interface ShownDay {
  readonly day: ExceptionDocument
  readonly from: EpochDay
  readonly to: EpochDay
}

interface When {
  readonly timeZone: string
  readonly now: number
}

/** The calendars as rows, each with its days ahead. */
export function holidayRows({ value, feeds }: HolidaysAnswer, timeZone: string, now: number): readonly HolidaysRow[] {
  return value.map(({ id, name = null, source = null, days }) => {
    const { readAt = null, failure = null } = feeds.find(({ calendar }) => calendar === id) ?? {}
    const [first] = daysShown(days, { timeZone, now })
    const isEndless = days.some(({ yearly }) => yearly !== undefined)
    const last = Math.max(...days.map(({ date, to }) => parseDate(date ?? to ?? '0001-01-01')))
    return {
      id,
      name,
      source,
      days: days.length,
      next: first ? formatDate(first.from) : null,
      last: isEndless || days.length === 0 ? null : formatDate(last),
      readAt,
      failure,
    }
  })
}

/** The days of a year, or those of the 366 days from today, in the order of time. */
export function daysShown(
  days: readonly ExceptionDocument[],
  { year, timeZone, now }: When & { readonly year?: number | undefined },
): readonly ShownDay[] {
  const today = Math.floor(Zone.of(timeZone).toLocal(now) / DAY_MS)
  const start = year === undefined ? today : toEpochDay({ year, month: 1, day: 1 })
  const end = year === undefined ? today + 366 : toEpochDay({ year, month: 12, day: 31 })
  return days
    .map((day) => ({ day, ...datesFrom(day, start) }))
    .filter(({ from, to }) => from <= end && to >= start)
    .sort((a, b) => a.from - b.from)
}

function datesFrom({ date, from, to, yearly }: ExceptionDocument, start: EpochDay): Omit<ShownDay, 'day'> {
  if (yearly !== undefined) return nextYearlyDates(parseYearlyDates(yearly), start)
  return { from: parseDate(date ?? from!), to: parseDate(date ?? to!) }
}

/** The lines of `holidays list`. */
export function renderHolidays(rows: readonly HolidaysRow[], { timeZone, now }: When, style: Style): Lines {
  if (rows.length === 0) return 'no holiday calendars'
  const zone = shownZone(timeZone, style)
  const reference = new Date(now).toISOString()
  return table(
    [
      { title: 'calendar', dress: style.bold },
      { title: 'name', narrow: 'wrap' },
      { title: 'days' },
      { title: 'next' },
      { title: 'read', narrow: 'wrap' },
    ],
    rows.map(({ id, name, source, days, next, readAt, failure }) => [
      id,
      name ?? '',
      `${days}`,
      next === null ? style.warn('none') : formatDay(parseDate(next)),
      readWords({ source, readAt, failure }, (iso) => formatNear(iso, reference, zone), style),
    ]),
    style,
  )
}

function readWords(
  { source, readAt, failure }: Pick<HolidaysRow, 'source' | 'readAt' | 'failure'>,
  say: (iso: string) => string,
  style: Style,
): Text {
  if (source === null) return style.dim('no feed')
  const read = readAt === null ? 'never' : say(readAt)
  return failure === null ? read : style.warn(`${read}; then it failed`)
}

/** The lines of `holidays show`. */
export function renderHolidayDays(
  { id, name, source }: Calendar,
  shown: readonly ShownDay[],
  style: Style,
): readonly Text[] {
  const from = source === undefined ? 'no feed' : `from ${source}`
  return [
    line`${style.bold(name ?? id)} ${style.dim(`(${id}; ${from})`)}`,
    ...(shown.length === 0 ? [style.warn('  no day in this time')] : dayTable(shown, style)),
  ]
}

function dayTable(shown: readonly ShownDay[], style: Style): readonly Text[] {
  return table(
    [{ title: 'date' }, { title: 'open' }, { title: 'name', narrow: 'wrap' }, { title: '', dress: style.dim }],
    shown.map(({ day: { name, hours, yearly }, from, to }) => [
      from === to ? formatDay(from) : `${formatFirst(from, to)} to ${formatDay(to)}`,
      hours === 'closed' ? style.dim('closed') : style.good([hours].flat().join('  ')),
      name ?? '',
      yearly === undefined ? '' : 'every year',
    ]),
    style,
  )
}

function formatFirst(from: EpochDay, to: EpochDay): string {
  return fromEpochDay(from).year === fromEpochDay(to).year ? formatShortDay(from) : formatDay(from)
}

/** Entries of a feed that a person reads one by one. */
const MAX_SKIPPED = 10

/** What a feed or a file had: how much of it closes nothing, and each day where nothing is written yet. */
export function renderReadDays(
  { days, skipped }: Pick<HolidaysWriteAnswer, 'days' | 'skipped'>,
  showsDays: boolean,
  style: Style,
): readonly Text[] {
  const shown = days.map((day) => ({ day, ...datesFrom(day, Math.floor(style.now / DAY_MS)) }))
  const more = skipped.length - MAX_SKIPPED
  return [
    ...(showsDays ? dayTable(shown, style) : []),
    ...skipped
      .slice(0, MAX_SKIPPED)
      .map(({ line: number, text }) => line`${style.dim(`not a day: line ${number}: ${text}`)}`),
    ...(more > 0 ? [style.dim(`and ${more} more that are no days: --json lists them`)] : []),
  ]
}
