import { describeException, formatExceptionDates, type HoursException } from '../time/business-hours.js'
import {
  DAY_MS,
  type EpochDay,
  formatDate,
  nextYearlyDates,
  WEEKDAYS,
  type Weekday,
  weekdayIndex,
  weekdayOf,
} from '../time/calendar-date.js'
import { formatInstant } from '../time/instant.js'
import { formatTime } from '../time/moment.js'
import type { Schedule } from '../time/schedule.js'
import { formatRange } from '../time/time-range.js'
import type { Instant } from '../time/zone.js'
import type { TeamAvailability } from '../words.js'
import type { Hours } from './whose-hours.js'

/** The hours of one date. */
export interface DayAnswer {
  readonly date: string
  readonly day: Weekday
  /** The ranges that start on the date, e.g. `22:00-02:00`; empty when closed. */
  readonly hours: readonly string[]
  /** When an overnight range of the day before ends on this date, e.g. `02:00`. */
  readonly tailUntil: string | null
  /** The exception that replaces the weekly hours, e.g. `"Christmas" (2026-12-25..2026-12-26)`. */
  readonly exception: string | null
  /** Real open minutes between the date's midnights, tails of the day before included. */
  readonly openMinutes: number
}

export interface WeekAnswer {
  readonly timeZone: string
  /** Of a team: hours of one that is always online, or never, wait (R37). */
  readonly availability?: TeamAvailability
  readonly days: readonly DayAnswer[]
  readonly openMinutes: number
}

/** An exception, with the dates on which it holds next. */
export interface ExceptionAnswer {
  /** `2026-12-24`, `2026-12-25..2026-12-26`, or `12-25` and `12-24..01-02` for every year. */
  readonly dates: string
  readonly name: string | null
  /** The name of the holiday calendar that it comes from (R40). */
  readonly calendar: string | null
  /** The ranges, e.g. `09:00-12:00`; empty when closed. */
  readonly hours: readonly string[]
  /** The first and the last date of the next time, or of the last time where it is past. */
  readonly from: string
  readonly to: string
  readonly past: boolean
}

export interface ExceptionsAnswer {
  readonly timeZone: string
  /** Those ahead first, the next one first; then those that are past, the last one first. */
  readonly exceptions: readonly ExceptionAnswer[]
}

/** When the hours open or close. */
export interface HoursChangeAnswer {
  readonly at: string
  readonly open: boolean
}

export interface HoursNextAnswer {
  readonly at: string
  readonly timeZone: string
  readonly open: boolean
  readonly nextOpen: string | null
  readonly nextClose: string | null
  readonly changes: readonly HoursChangeAnswer[]
}

/** The hours of the week, Monday first, that contains an instant. */
export function weekOf({ schedule, availability }: Hours, at: Instant): WeekAnswer {
  const { zone } = schedule
  const today = Math.floor(zone.toLocal(at) / DAY_MS)
  const monday = today - weekdayIndex(today)
  const days = WEEKDAYS.map((_, index) => dayOf(schedule, monday + index))
  return {
    timeZone: zone.name,
    ...(availability && { availability }),
    days,
    openMinutes: days.reduce((sum, day) => sum + day.openMinutes, 0),
  }
}

/** The hours of a date. */
export function dayOf(schedule: Schedule, date: EpochDay): DayAnswer {
  const { zone, calendar } = schedule
  const { exception } = calendar.on(date)
  const tailEnd = schedule.tailEnd(date)
  return {
    date: formatDate(date),
    day: weekdayOf(date),
    hours: schedule.rangesOn(date).map(formatRange),
    tailUntil: tailEnd === undefined ? null : formatTime(zone.toLocal(tailEnd)),
    exception: exception ? describeException(exception) : null,
    openMinutes: schedule.openMinutes(zone.toInstant(date * DAY_MS), zone.toInstant((date + 1) * DAY_MS)),
  }
}

/** How far ahead holidays are told among the exceptions: their calendars tell the rest. */
const HOLIDAYS_AHEAD_DAYS = 366

/** Every exception of the hours, with when it holds next after an instant; and the holidays of a year. */
export function exceptionsOf({ schedule }: Hours, at: Instant): ExceptionsAnswer {
  const { zone, calendar } = schedule
  const today = Math.floor(zone.toLocal(at) / DAY_MS)
  const place = (exception: HoursException) => ({ exception, ...nextDates(exception, today) })
  const isAhead = ({ exception, from, to }: ReturnType<typeof place>) =>
    to >= today && from <= today + HOLIDAYS_AHEAD_DAYS && isHeld(exception, from, to)
  // Where others win on the first and the last day, they win on all of them.
  const isHeld = (exception: HoursException, from: EpochDay, to: EpochDay) =>
    [from, to].some((day) => calendar.on(day).exception?.calendar === exception.calendar)
  const { exceptions, holidays = [] } = calendar.hours
  const placed = [...exceptions.map(place), ...holidays.map(place).filter(isAhead)]
  const [ahead, past] = [placed.filter(({ to }) => to >= today), placed.filter(({ to }) => to < today)]
  return {
    timeZone: zone.name,
    exceptions: [...ahead.sort((a, b) => a.from - b.from), ...past.sort((a, b) => b.from - a.from)].map(
      ({ exception, from, to }) => ({
        dates: formatExceptionDates(exception),
        name: exception.name ?? null,
        calendar: exception.calendar ?? null,
        hours: exception.ranges.map(formatRange),
        from: formatDate(from),
        to: formatDate(to),
        past: to < today,
      }),
    ),
  }
}

function nextDates(exception: HoursException, today: EpochDay): { readonly from: EpochDay; readonly to: EpochDay } {
  if (exception.kind === 'date') return { from: exception.date, to: exception.date }
  if (exception.kind === 'dates') return exception
  return nextYearlyDates(exception, today)
}

/** The next times at which the hours open or close, at most `count`; the widget's mode may differ. */
export function nextHours({ schedule }: Hours, at: Instant, count: number): HoursNextAnswer {
  const { zone } = schedule
  const open = schedule.isOpen(at)
  const instants: Instant[] = []
  for (let next = schedule.nextChange(at); next !== undefined; next = schedule.nextChange(next)) {
    instants.push(next)
    if (instants.length >= Math.max(count, 2)) break
  }
  const [first, second] = instants.map((instant) => formatInstant(instant, zone))
  const changes = instants.slice(0, count).map((instant, index) => ({
    at: formatInstant(instant, zone),
    open: open === (index % 2 === 1),
  }))
  return {
    at: formatInstant(at, zone),
    timeZone: zone.name,
    open,
    nextOpen: (open ? second : first) ?? null,
    nextClose: (open ? first : second) ?? null,
    changes,
  }
}
