import { DAY_MS, HOUR_MS, MINUTE_MS } from '../calendar-date.js'

const UNIT_MS: Readonly<Record<string, number>> = {
  w: 7 * DAY_MS,
  d: DAY_MS,
  h: HOUR_MS,
  m: MINUTE_MS,
  min: MINUTE_MS,
  s: 1000,
}

const DURATION = /^(?:\d+(?:\.\d{1,2})?(?:w|d|h|min|m|s) ?)+$/
const PART = /(\d+(?:\.\d+)?)(w|d|h|min|m|s)/g
const ISO_DURATION = /^p(?=[\dt])(\d+w)?(\d+d)?(?:t(?=\d)(\d+h)?(\d+m)?(\d+s)?)?$/

/**
 * Reads `45m`, `1h 30m`, `1.5h`, `2d` or ISO 8601 (`PT2H`), in milliseconds. A duration is real time (R4):
 * a day is 24 hours, also over a clock change. Months and years have no such length.
 *
 * @returns undefined for anything else: a number without a unit, and a unit that comes twice.
 */
export function readDuration(text: string): number | undefined {
  const lower = text.trim().toLowerCase()
  const [, ...isoParts] = ISO_DURATION.exec(lower) ?? []
  const plain = isoParts.length > 0 ? isoParts.join('') : lower
  if (!DURATION.test(plain)) return undefined
  const seen = new Set<number>()
  let total = 0
  for (const [, count, unit] of plain.matchAll(PART)) {
    const unitMs = UNIT_MS[unit!]!
    if (seen.has(unitMs)) return undefined
    seen.add(unitMs)
    total += Math.round(Number(count) * unitMs)
  }
  return total
}
