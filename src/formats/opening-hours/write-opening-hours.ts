import { type BusinessHours, HoursCalendar, type HoursException } from '../../domain/time/business-hours.js'
import { type EpochDay, fromEpochDay, twoDigits } from '../../domain/time/calendar-date.js'
import { formatRange, MINUTES_PER_DAY, type TimeRange } from '../../domain/time/time-range.js'
import {
  joined,
  type SpecialDays,
  specialDaysOf,
  type WritingOptions,
  type WrittenHours,
  writtenOutNotes,
} from '../hours-text.js'
import { DAYS, MONTHS } from './words.js'

/**
 * Writes hours as the `opening_hours` of OpenStreetMap: the week, then the dates that differ, of which the later holds.
 * Where hours run over midnight, the dates around an exception are written with the night before, as a rule for a date ends
 * it otherwise.
 */
export function writeOpeningHours(hours: BusinessHours, { today }: WritingOptions): WrittenHours {
  const hasNights = [hours.weekly, [...hours.exceptions, ...(hours.holidays ?? [])].map(({ ranges }) => ranges)].some(
    (days) => days.some((ranges) => ranges.some(({ end }) => end > MINUTES_PER_DAY)),
  )
  const isYearly = ({ kind, calendar }: HoursException) => kind === 'yearly' && calendar === undefined && !hasNights
  const special = specialDaysOf(hours, today, (exception) => !isYearly(exception))
  const rules = [
    weeklyRule(hours.weekly),
    ...hours.exceptions.filter(isYearly).map(yearlyRule),
    ...(hasNights ? withNights(hours, special) : special).map(
      ({ from, to, ranges, name }) => `${dates(from, to)} ${times(ranges)}${comment(name, ranges)}`,
    ),
  ].filter((rule) => rule !== '')
  const zone = `The time zone ${hours.zone} is not written: opening_hours has none.`
  return {
    text: `${rules.length === 0 ? 'off' : rules.join('; ')}\n`,
    notes: [zone, ...writtenOutNotes(special, today)],
  }
}

/** Days of the same hours together; joined by commas, so that no day ends the night of the day before. */
function weeklyRule(weekly: BusinessHours['weekly']): string {
  const isAlways = weekly.every((ranges) => times(ranges) === '00:00-24:00')
  if (isAlways) return '24/7'
  const groups: { days: number[]; ranges: readonly TimeRange[] }[] = []
  weekly.forEach((ranges, day) => {
    if (ranges.length === 0) return
    const known = groups.find((group) => times(group.ranges) === times(ranges))
    if (known) known.days.push(day)
    else groups.push({ days: [day], ranges })
  })
  return groups.map(({ days, ranges }) => `${daysText(days)} ${times(ranges)}`).join(', ')
}

/** `Mo-Fr,Su`. */
function daysText(days: readonly number[]): string {
  const runs: [number, number][] = []
  for (const day of days) {
    const last = runs.at(-1)
    if (last && last[1] === day - 1) last[1] = day
    else runs.push([day, day])
  }
  return runs
    .map(([from, to]) => (from === to ? DAYS[from] : `${DAYS[from]}${to === from + 1 ? ',' : '-'}${DAYS[to]}`))
    .join(',')
}

function yearlyRule(exception: HoursException): string {
  if (exception.kind !== 'yearly') return ''
  const { from, to, ranges, name } = exception
  const day = (monthDay: number) => `${MONTHS[Math.floor(monthDay / 100) - 1]} ${twoDigits(monthDay % 100)}`
  return `${from === to ? day(from) : `${day(from)}-${day(to)}`} ${times(ranges)}${comment(name, ranges)}`
}

/** `2026 Dec 24`, `2026 Dec 24-26`, `2026 Dec 24-2027 Jan 02`. */
function dates(from: EpochDay, to: EpochDay): string {
  const [first, last] = [fromEpochDay(from), fromEpochDay(to)]
  const day = ({ year, month, day: number }: typeof first) => `${year} ${MONTHS[month - 1]} ${twoDigits(number)}`
  if (from === to) return day(first)
  const isOneMonth = first.year === last.year && first.month === last.month
  return `${day(first)}-${isOneMonth ? twoDigits(last.day) : day(last)}`
}

function times(ranges: readonly TimeRange[]): string {
  return ranges.length === 0 ? 'off' : ranges.map(formatRange).join(',')
}

/** What people call the dates. Times with a comment alone would be open or not, nobody knows: they say that they are open. */
function comment(name: string | undefined, ranges: readonly TimeRange[]): string {
  if (name === undefined) return ''
  return `${ranges.length === 0 ? '' : ' open'} "${name.replaceAll('"', "'")}"`
}

/** Each special date and the one after it with all that is open on it, the night before included. */
function withNights(hours: BusinessHours, special: readonly SpecialDays[]): readonly SpecialDays[] {
  const calendar = new HoursCalendar(hours)
  const days = new Map<EpochDay, SpecialDays>()
  for (const one of special) {
    for (let day = one.from; day <= one.to + 1; day++) if (day <= one.to || !days.has(day)) days.set(day, { ...one })
  }
  const written: SpecialDays[] = []
  // A day that is added is the next one that is looked at.
  let last = (special.at(-1)?.to ?? -Infinity) + 1
  for (let day = special[0]?.from ?? 0; day <= last; day++) {
    const one = days.get(day)
    if (!one) continue
    const { ranges, exception } = calendar.on(day)
    const night = calendar.on(day - 1).ranges.flatMap(({ end }) => {
      return end > MINUTES_PER_DAY ? [{ start: 0, end: end - MINUTES_PER_DAY }] : []
    })
    const meets = ranges.some(({ start, end }) => end > MINUTES_PER_DAY && night.some((tail) => start <= tail.end))
    if (meets && !days.has(day + 1)) {
      days.set(day + 1, { ...one })
      last = Math.max(last, day + 1)
    }
    const own = ranges.map(({ start, end }) => ({
      start,
      end: days.has(day + 1) ? Math.min(end, MINUTES_PER_DAY) : end,
    }))
    written.push({ ...one, from: day, to: day, ranges: joined([...night, ...own]), name: exception?.name })
  }
  return written
}
