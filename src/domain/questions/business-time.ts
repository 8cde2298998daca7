import { DriftStatusError } from '../errors.js'
import { DAY_MS, MINUTE_MS } from '../time/calendar-date.js'
import { formatInstant } from '../time/instant.js'
import type { Instant } from '../time/zone.js'
import type { Hours } from './whose-hours.js'

const YEAR_MS = 366 * DAY_MS
/** So much open time is looked for no further. */
const MAX_YEARS = 10
const MAX_BETWEEN_YEARS = 100

/** The instant at which the hours have been open for so long since another. */
export interface OpenTimeAfterAnswer {
  readonly at: string
  readonly timeZone: string
  readonly minutes: number
  /** Null when it is not reached within ten years. */
  readonly reached: string | null
}

/** How long the hours are open between two instants. */
export interface OpenTimeBetweenAnswer {
  readonly from: string
  readonly to: string
  readonly timeZone: string
  /** Real minutes (R4). */
  readonly openMinutes: number
}

/**
 * The first instant at which the hours have been open for `minutes` since `at`, for deadlines: while closed the clock stands
 * still. Open time that ends as the hours close is reached at the close.
 */
export function openTimeAfter({ schedule }: Hours, at: Instant, minutes: number): OpenTimeAfterAnswer {
  let left = minutes * MINUTE_MS
  let reached: Instant | undefined
  for (const { start, end } of schedule.intervals(at, at + MAX_YEARS * YEAR_MS)) {
    if (start + left <= end) {
      reached = start + left
      break
    }
    left -= end - start
  }
  const { zone } = schedule
  return {
    at: formatInstant(at, zone),
    timeZone: zone.name,
    minutes,
    reached: reached === undefined ? null : formatInstant(reached, zone),
  }
}

/**
 * The open time of `[from, to)`.
 * @throws DriftStatusError (invalid-input) when it ends before it begins, or is longer than a hundred years
 */
export function openTimeBetween({ schedule }: Hours, from: Instant, to: Instant): OpenTimeBetweenAnswer {
  if (to < from) {
    throw new DriftStatusError('invalid-input', 'the time ends before it begins', { hint: 'swap the two times' })
  }
  if (to - from > MAX_BETWEEN_YEARS * YEAR_MS) {
    throw new DriftStatusError('invalid-input', `the time is longer than ${MAX_BETWEEN_YEARS} years`, {
      hint: 'ask for less at once',
    })
  }
  const { zone } = schedule
  return {
    from: formatInstant(from, zone),
    to: formatInstant(to, zone),
    timeZone: zone.name,
    openMinutes: schedule.openMinutes(from, to),
  }
}
