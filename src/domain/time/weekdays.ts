import { DriftStatusError } from '../errors.js'
import { nearest } from '../nearest.js'
import { WEEKDAYS, type Weekday } from './calendar-date.js'

const DAY_GROUPS: Readonly<Record<string, readonly Weekday[]>> = {
  weekdays: WEEKDAYS.slice(0, 5),
  weekend: WEEKDAYS.slice(5),
  all: WEEKDAYS,
  daily: WEEKDAYS,
}
const FULL_NAMES = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']

/**
 * Reads days of the week: `mon`, `mon-fri`, `fri-mon`, `sat,sun`, `weekdays`, `all`.
 *
 * @returns them once each, Monday first
 * @throws DriftStatusError (usage) naming the part that is not a day
 * @example parseDays('fri-mon') // ['mon', 'fri', 'sat', 'sun']
 */
export function parseDays(text: string): readonly Weekday[] {
  const days = text
    .toLowerCase()
    .trim()
    .split(/\s*,\s*/)
    .flatMap((part) => {
      const group = DAY_GROUPS[part]
      if (group) return group
      const [from, to, more] = part.split('-').map(parseDay)
      if (from === undefined || more !== undefined) throw unknownDay(part)
      if (to === undefined) return [WEEKDAYS[from]!]
      return Array.from({ length: ((to - from + 7) % 7) + 1 }, (_, index) => WEEKDAYS[(from + index) % 7]!)
    })
  return WEEKDAYS.filter((day) => days.includes(day))
}

function parseDay(text: string): number {
  const index = WEEKDAYS.findIndex((day, position) => text === day || text === FULL_NAMES[position])
  if (index === -1) throw unknownDay(text)
  return index
}

function unknownDay(text: string): DriftStatusError {
  const meant = nearest(text, [...WEEKDAYS, ...FULL_NAMES, ...Object.keys(DAY_GROUPS)])
  const hint = meant === undefined ? 'write mon, mon-fri, sat,sun, weekdays or all' : `did you mean "${meant}"?`
  return new DriftStatusError('usage', `"${text}" is not a day`, { hint })
}
