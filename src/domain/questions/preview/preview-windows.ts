import { DAY_MS, nextYearlyDates, parseDate, parseYearlyDates } from '../../time/calendar-date.js'
import type { Instant, Zone } from '../../time/zone.js'

/** Half-open. */
export interface Window {
  readonly from: Instant
  readonly to: Instant
}

/** An end further away is covered by the days around it, not by all that is between. */
const MAX_WHOLE_MS = 366 * DAY_MS

/** The time that a preview covers: some days from now, and what the change touches later than that. */
export function previewWindows(now: Instant, horizonMs: number, touched: readonly Window[]): readonly Window[] {
  const windows = [{ from: now, to: now + horizonMs }, ...touched.filter(({ to }) => to > now)].sort(
    (a, b) => a.from - b.from,
  )
  const merged: Window[] = []
  for (const { from, to } of windows) {
    const last = merged.at(-1)
    const start = Math.max(from, now)
    if (last && start <= last.to) merged[merged.length - 1] = { from: last.from, to: Math.max(last.to, to) }
    else merged.push({ from: start, to })
  }
  return merged
}

/**
 * The days of an exception, where its dates are.
 * @param dates `2026-12-24`, `2026-12-25..2026-12-26` `12-25` or `12-24..01-02`, of which the next counts
 */
export function windowOfDates(dates: string, now: Instant, zone: Zone): Window {
  const [from = '', to = from] = dates.split('..')
  const isYearly = /^\d{2}-/.test(from)
  const days = isYearly
    ? nextYearlyDates(parseYearlyDates(dates), localDay(now, zone))
    : { from: parseDate(from), to: parseDate(to) }
  // Hours may be of another zone than the workspace, where a date begins and ends up to a day apart.
  return windowOfDays(days.from - 1, days.to + 1, zone)
}

/** From now until the end of something that holds now; the days around the end where it is far away. */
export function windowUntil(end: Instant, now: Instant, zone: Zone): Window {
  const day = localDay(end, zone)
  const around = windowOfDays(day, day, zone)
  return end - now > MAX_WHOLE_MS ? around : { from: now, to: around.to }
}

/** A range over midnight ends on the day after. */
function windowOfDays(first: number, last: number, zone: Zone): Window {
  return { from: zone.toInstant(first * DAY_MS), to: zone.toInstant((last + 2) * DAY_MS) }
}

function localDay(at: Instant, zone: Zone): number {
  return Math.floor(zone.toLocal(at) / DAY_MS)
}
