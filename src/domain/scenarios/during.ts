import { compileHours } from '../decision/compile-hours.js'
import type { WorkspaceDocument } from '../document/schema.js'
import { WEEKDAYS } from '../time/calendar-date.js'
import { parseInstant } from '../time/instant.js'
import type { Interval, Schedule } from '../time/schedule.js'
import { parseDays } from '../time/weekdays.js'
import type { Scenario } from './scenarios-schema.js'

type During = NonNullable<Scenario['during']>

const ALL_DAY = '00:00-24:00'
const schedules = new WeakMap<During, Schedule>()

/**
 * The stretches of time that a scenario is about, in order: its instant, its range, or those hours of it.
 *
 * @param timeZone of hours without one
 */
export function* windowsOf(
  { at, from, to, during }: Pick<Scenario, 'at' | 'from' | 'to' | 'during'>,
  timeZone: string,
): Generator<Interval> {
  const start = parseInstant(at ?? from!)
  const end = at === undefined ? parseInstant(to!) : start + 1
  if (during === undefined) yield { start, end }
  else yield* scheduleOf(during, timeZone).intervals(start, end)
}

function scheduleOf(during: During, timeZone: string): Schedule {
  const known = schedules.get(during)
  if (known) return known
  const schedule = compileHours(hoursOf(during), { timeZone })
  schedules.set(during, schedule)
  return schedule
}

function hoursOf({ days = 'all', hours = ALL_DAY, timeZone }: During): WorkspaceDocument['hours'] {
  const named = new Set([days].flat().flatMap((text) => parseDays(text)))
  const weekly = Object.fromEntries(WEEKDAYS.filter((day) => named.has(day)).map((day) => [day, hours]))
  return { ...(timeZone !== undefined && { timeZone }), weekly, exceptions: [] }
}
