import { fromEpochDay, twoDigits, weekdayIndex } from './schedule/calendar-date.js'
import type { Instant, Zone } from './schedule/zone.js'

const DAY = 86_400_000
const WEEKDAY_NAMES = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
const MONTH_NAMES = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/**
 * A time as people say it near a reference: `Tue 09:00` within six days, else with the date, and
 * with the year where it differs.
 */
export function formatMoment(at: Instant, zone: Zone, reference: Instant): string {
  const local = zone.toLocal(at)
  const day = Math.floor(local / DAY)
  const referenceDay = Math.floor(zone.toLocal(reference) / DAY)
  const weekday = WEEKDAY_NAMES[weekdayIndex(day)]
  const time = formatTime(local)
  if (Math.abs(day - referenceDay) <= 6) return `${weekday} ${time}`
  const isSameYear = fromEpochDay(day).year === fromEpochDay(referenceDay).year
  return `${isSameYear ? formatShortDay(day) : formatDay(day)} ${time}`
}

/** `Fri 27 Nov 2026, 17:30`. */
export function formatFullMoment(at: Instant, zone: Zone): string {
  const local = zone.toLocal(at)
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

/** `17:30`, with seconds where there are any. */
function formatTime(local: number): string {
  const second = Math.floor((local % DAY) / 1000)
  const time = `${twoDigits(Math.floor(second / 3600))}:${twoDigits(Math.floor(second / 60) % 60)}`
  return second % 60 === 0 ? time : `${time}:${twoDigits(second % 60)}`
}
