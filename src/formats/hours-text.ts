import type { WorkspaceDocument } from '../domain/document/schema.js'
import type { BusinessHours, HoursException } from '../domain/time/business-hours.js'
import { HoursCalendar } from '../domain/time/business-hours.js'
import {
  type EpochDay,
  fromEpochDay,
  monthDaysOf,
  toEpochDay,
  WEEKDAYS,
  type Weekday,
} from '../domain/time/calendar-date.js'
import { formatDayHours, MINUTES_PER_DAY, parseDayHours, type TimeRange } from '../domain/time/time-range.js'

/** Hours in a format of others, and what it could not hold. */
export interface WrittenHours {
  readonly text: string
  /** A sentence for each thing that is not there, or not as it was. */
  readonly notes: readonly string[]
}

/** Hours that were read from a format of others. */
export interface ReadHours {
  /** Without a zone where the format has none. */
  readonly hours: WorkspaceDocument['hours']
  /** A sentence for each thing that was read otherwise than it is written, or left out. */
  readonly notes: readonly string[]
}

/** What is written beside the hours. */
export interface WritingOptions {
  /** The name of the workspace. */
  readonly name: string
  /** The date on which it is written: days of every year are written out from its year on. */
  readonly today: EpochDay
}

/** How many years days of every year and holidays are written out, where a format has dates alone. */
export const YEARS_WRITTEN = 3

/** A date, or several in a row, with hours of their own. */
export interface SpecialDays {
  readonly from: EpochDay
  readonly to: EpochDay
  readonly ranges: readonly TimeRange[]
  readonly name: string | undefined
  /** Whether a date of every year or a holiday calendar says so, which is written out for some years only. */
  readonly isWrittenOut: boolean
}

/**
 * The dates whose hours are not the weekly ones, in order: all that are dated, and those of every year and of holiday calendars
 * for {@link YEARS_WRITTEN} years.
 */
export function specialDaysOf(
  hours: BusinessHours,
  today: EpochDay,
  isWanted: (exception: HoursException) => boolean = () => true,
): readonly SpecialDays[] {
  const calendar = new HoursCalendar(hours)
  const { year } = fromEpochDay(today)
  const [first, last] = [
    toEpochDay({ year, month: 1, day: 1 }),
    toEpochDay({ year: year + YEARS_WRITTEN - 1, month: 12, day: 31 }),
  ]
  const days = new Set<EpochDay>()
  for (const exception of hours.exceptions) addDays(exception, first, last, false, days)
  for (const holiday of hours.holidays ?? []) addDays(holiday, first, last, true, days)
  const special: SpecialDays[] = []
  let previous: { exception: HoursException; day: EpochDay } | undefined
  for (const day of [...days].sort((a, b) => a - b)) {
    const { exception } = calendar.on(day)
    if (!exception || !isWanted(exception)) continue
    const isOn = previous?.exception === exception && previous.day === day - 1
    if (isOn) special[special.length - 1] = { ...special.at(-1)!, to: day }
    else {
      const isWrittenOut = exception.kind === 'yearly' || exception.calendar !== undefined
      special.push({ from: day, to: day, ranges: exception.ranges, name: exception.name, isWrittenOut })
    }
    previous = { exception, day }
  }
  return special
}

function addDays(
  exception: HoursException,
  first: EpochDay,
  last: EpochDay,
  isHoliday: boolean,
  days: Set<EpochDay>,
): void {
  if (exception.kind === 'date') {
    if (!isHoliday || (exception.date >= first && exception.date <= last)) days.add(exception.date)
    return
  }
  if (exception.kind === 'dates') {
    const [from, to] = isHoliday
      ? [Math.max(exception.from, first), Math.min(exception.to, last)]
      : [exception.from, exception.to]
    for (let day = from; day <= to; day++) days.add(day)
    return
  }
  const monthDays = new Set(monthDaysOf(exception))
  for (let day = first; day <= last; day++) {
    const date = fromEpochDay(day)
    if (monthDays.has(date.month * 100 + date.day)) days.add(day)
  }
}

/** That days of every year and holidays are there for some years only, where there are any. */
export function writtenOutNotes(special: readonly SpecialDays[], today: EpochDay): readonly string[] {
  if (!special.some(({ isWrittenOut }) => isWrittenOut)) return []
  const { year } = fromEpochDay(today)
  const until = year + YEARS_WRITTEN - 1
  return [`Dates of every year and holidays are written out as dates of ${year} to ${until}: they come back as these.`]
}

/** The hours of a document from what was read. @throws DriftStatusError (R2) for ranges of a day that overlap */
export function weeklyDocument(
  weekly: ReadonlyMap<Weekday, readonly TimeRange[]>,
): WorkspaceDocument['hours']['weekly'] {
  return Object.fromEntries(
    WEEKDAYS.flatMap((day) => {
      const ranges = weekly.get(day)
      return ranges === undefined ? [] : [[day, dayDocument(ranges)] as const]
    }),
  )
}

/** Ranges as a document writes them; what touches is one. @throws DriftStatusError (R2) for ranges that overlap */
export function dayDocument(ranges: readonly TimeRange[]): string | string[] {
  const written = formatDayHours([...ranges].sort((a, b) => a.start - b.start))
  return formatDayHours(parseDayHours(written))
}

/** Ranges of a day, those that overlap as one: a night may run into the morning. */
export function joined(ranges: readonly TimeRange[]): readonly TimeRange[] {
  const merged: TimeRange[] = []
  for (const range of [...ranges].sort((a, b) => a.start - b.start)) {
    const last = merged.at(-1)
    const one = last && { start: last.start, end: Math.max(last.end, range.end) }
    if (last && one && range.start <= last.end && canBeWritten(one)) merged[merged.length - 1] = one
    else merged.push(range)
  }
  return merged
}

/** A whole day has a spelling that starts at midnight alone. */
function canBeWritten({ start, end }: TimeRange): boolean {
  return end - start < MINUTES_PER_DAY || (start === 0 && end === MINUTES_PER_DAY)
}

/** An end at 23:59 is how others write the end of a day. */
export function endOfDay(end: number): number {
  return end === MINUTES_PER_DAY - 1 ? MINUTES_PER_DAY : end
}

export const END_OF_DAY_NOTE = 'An end at 23:59 is read as 24:00: the last minute of the day is open as well.'
