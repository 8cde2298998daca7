import { fromEpochDay, twoDigits, weekdayIndex } from './schedule/calendar-date.js'
import type { Instant, LocalTime, Zone } from './schedule/zone.js'

const DAY = 86_400_000
const WEEKDAY_NAMES = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
const MONTH_NAMES = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/**
 * A time as people say it near a reference: `Tue 09:00` within six days, else with the date, and
 * with the year where it differs.
 */
export function formatMoment(at: Instant, zone: Zone, reference: Instant): string {
  return formatLocalMoment(zone.toLocal(at), zone.toLocal(reference))
}

/** {@link formatMoment} of wall-clock times. */
export function formatLocalMoment(local: LocalTime, reference: LocalTime): string {
  const day = Math.floor(local / DAY)
  const referenceDay = Math.floor(reference / DAY)
  const weekday = WEEKDAY_NAMES[weekdayIndex(day)]
  const time = formatTime(local)
  if (Math.abs(day - referenceDay) <= 6) return `${weekday} ${time}`
  const isSameYear = fromEpochDay(day).year === fromEpochDay(referenceDay).year
  return `${isSameYear ? formatShortDay(day) : formatDay(day)} ${time}`
}

/** `Fri 27 Nov 2026, 17:30`. */
export function formatFullMoment(local: LocalTime): string {
  return `${formatDay(Math.floor(local / DAY))}, ${formatTime(local)}`
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
  const minute = Math.floor((((local % DAY) + DAY) % DAY) / 60_000)
  return `${twoDigits(Math.floor(minute / 60))}:${twoDigits(minute % 60)}`
}
