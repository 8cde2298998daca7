import type { ExceptionDocument, WorkspaceDocument } from '../document/schema.js'
import type { BusinessHours, HoursException } from '../time/business-hours.js'
import { parseDate, parseYearlyDates, WEEKDAYS } from '../time/calendar-date.js'
import { Schedule } from '../time/schedule.js'
import { parseDayHours } from '../time/time-range.js'

type HoursDocument = WorkspaceDocument['hours']

const schedules = new WeakMap<HoursDocument, { readonly zone: string; readonly schedule: Schedule }>()

/**
 * Hours, ready to ask. Those that are the same object as in another document, whose years may be compiled already, are
 * compiled once.
 *
 * @param timeZone of hours without one
 */
export function compileHours(hours: HoursDocument, timeZone: string): Schedule {
  const known = schedules.get(hours)
  if (known?.zone === (hours.timeZone ?? timeZone)) return known.schedule
  const business = businessHoursOf({ hours, timeZone })
  const schedule = new Schedule(business)
  schedules.set(hours, { zone: business.zone, schedule })
  return schedule
}

/** The business hours that a document describes. */
export function businessHoursOf({ hours, timeZone }: Pick<WorkspaceDocument, 'hours' | 'timeZone'>): BusinessHours {
  return {
    zone: hours.timeZone ?? timeZone,
    weekly: WEEKDAYS.map((day) => parseDayHours(hours.weekly[day] ?? 'closed')),
    exceptions: hours.exceptions.map(compileException),
  }
}

function compileException({ date, from, to, yearly, name, hours }: ExceptionDocument): HoursException {
  const ranges = parseDayHours(hours)
  if (date !== undefined) return { kind: 'date', date: parseDate(date), name, ranges }
  if (yearly !== undefined) return { kind: 'yearly', ...parseYearlyDates(yearly), name, ranges }
  return { kind: 'dates', from: parseDate(from!), to: parseDate(to!), name, ranges }
}
