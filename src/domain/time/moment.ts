import { DAY_MS, fromEpochDay, MINUTE_MS, twoDigits, weekdayIndex } from './calendar-date.js'
import { formatOffset } from './instant.js'
import type { Instant, LocalTime, Zone } from './zone.js'

const WEEKDAY_NAMES = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
const MONTH_NAMES = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/**
 * A time as people say it near a reference: `Tue 09:00` within six days, else with the date, and
 * with the year where it differs. It reads as the same minute (see `parseAt`).
 */
export function formatMoment(at: Instant, zone: Zone, reference: Instant): string {
  const day = Math.floor(zone.toLocal(at) / DAY_MS)
  const referenceDay = Math.floor(zone.toLocal(reference) / DAY_MS)
  if (Math.abs(day - referenceDay) <= 6) return `${WEEKDAY_NAMES[weekdayIndex(day)]} ${formatClock(at, zone)}`
  const isSameYear = fromEpochDay(day).year === fromEpochDay(referenceDay).year
  return `${isSameYear ? formatShortDay(day) : formatDay(day)} ${formatClock(at, zone)}`
}

/** `Fri 27 Nov 2026, 17:30`. */
export function formatFullMoment(at: Instant, zone: Zone): string {
  return `${formatDay(Math.floor(zone.toLocal(at) / DAY_MS))}, ${formatClock(at, zone)}`
}

/** `17:30`, and `01:30 -05:00` in an hour that the clock shows twice: the offset says which one. */
function formatClock(at: Instant, zone: Zone): string {
  const local = zone.toLocal(at)
  const time = formatTime(local)
  return zone.instantsOf(local).length > 1 ? `${time} ${formatOffset(zone.offsetAt(at))}` : time
}

/** `Fri 27 Nov 2026`. */
export function formatDay(epochDay: number): string {
  return `${formatShortDay(epochDay)} ${fromEpochDay(epochDay).year}`
}

/** `Fri 27 Nov`. */
export function formatShortDay(epochDay: number): string {
  const { month, day } = fromEpochDay(epochDay)
  return `${WEEKDAY_NAMES[weekdayIndex(epochDay)]} ${day} ${MONTH_NAMES[month - 1]}`
}

/** `17:30`. */
export function formatTime(local: LocalTime): string {
  const minute = Math.floor((((local % DAY_MS) + DAY_MS) % DAY_MS) / MINUTE_MS)
  return `${twoDigits(Math.floor(minute / 60))}:${twoDigits(minute % 60)}`
}
