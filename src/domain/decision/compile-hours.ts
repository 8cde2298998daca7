import type { HolidayCalendarDocument } from '../document/holidays-schema.js'
import type { ExceptionDocument, WorkspaceDocument } from '../document/schema.js'
import type { BusinessHours, HoursException } from '../time/business-hours.js'
import { parseDate, parseYearlyDates, WEEKDAYS } from '../time/calendar-date.js'
import { Schedule } from '../time/schedule.js'
import { parseDayHours } from '../time/time-range.js'

type HoursDocument = WorkspaceDocument['hours']

/** What hours are compiled with: the zone of those without one, and the holiday calendars of the workspace. */
export type HoursContext = Pick<WorkspaceDocument, 'timeZone' | 'holidays'>

const schedules = new WeakMap<HoursDocument, Schedule>()

/**
 * Hours, ready to ask. Those that are the same object as in another document, whose years may be compiled already, are
 * compiled once.
 */
export function compileHours(hours: HoursDocument, context: HoursContext): Schedule {
  const known = schedules.get(hours)
  const { zone, holidays } = known?.calendar.hours ?? {}
  if (known && zone === (hours.timeZone ?? context.timeZone) && holidays === holidaysOf(hours, context)) return known
  const schedule = new Schedule(businessHoursOf(hours, context))
  schedules.set(hours, schedule)
  return schedule
}

/** The business hours that a document describes. */
export function businessHoursOf(hours: HoursDocument, context: HoursContext): BusinessHours {
  return {
    zone: hours.timeZone ?? context.timeZone,
    weekly: WEEKDAYS.map((day) => parseDayHours(hours.weekly[day] ?? 'closed')),
    exceptions: hours.exceptions.map((exception) => compileException(exception)),
    holidays: holidaysOf(hours, context),
  }
}

/** R7: hours without any are never open. */
export const NO_HOURS: HoursDocument = { weekly: {}, exceptions: [] }

const NO_HOLIDAYS: readonly HoursException[] = []
const daysOfCalendars = new WeakMap<readonly HolidayCalendarDocument[], Map<string, readonly HoursException[]>>()

/** R40: the days of the calendars that apply, in the order of the document; the same list for the same calendars. */
function holidaysOf(
  { holidays: named }: HoursDocument,
  { holidays: calendars }: HoursContext,
): readonly HoursException[] {
  if (!calendars || calendars.length === 0) return NO_HOLIDAYS
  const applying = named ? calendars.filter(({ id }) => named.includes(id)) : calendars
  const lists = daysOfCalendars.get(calendars) ?? new Map<string, readonly HoursException[]>()
  daysOfCalendars.set(calendars, lists)
  const key = JSON.stringify(applying.map(({ id }) => id))
  const days = lists.get(key) ?? applying.flatMap(compileCalendar)
  lists.set(key, days)
  return days
}

const compiledCalendars = new WeakMap<HolidayCalendarDocument, readonly HoursException[]>()

function compileCalendar(calendar: HolidayCalendarDocument): readonly HoursException[] {
  const known = compiledCalendars.get(calendar)
  if (known) return known
  const { id, name = id, days } = calendar
  const compiled = days.map((day) => compileException(day, name))
  compiledCalendars.set(calendar, compiled)
  return compiled
}

function compileException(
  { date, from, to, yearly, name, hours }: ExceptionDocument,
  calendar?: string,
): HoursException {
  const ranges = parseDayHours(hours)
  // Each spelt out: what is spread together has a shape of its own, and thousands of shapes are read slowly.
  if (date !== undefined) return { kind: 'date', date: parseDate(date), name, calendar, ranges }
  if (yearly !== undefined) {
    const { from: first, to: last } = parseYearlyDates(yearly)
    return { kind: 'yearly', from: first, to: last, name, calendar, ranges }
  }
  return { kind: 'dates', from: parseDate(from!), to: parseDate(to!), name, calendar, ranges }
}
