import { DriftStatusError } from '../domain/errors.js'

const UNIT_MS: Readonly<Record<string, number>> = { d: 86_400_000, h: 3_600_000, m: 60_000, min: 60_000, s: 1000 }
const LONGEST_MS = 366 * 86_400_000

/** Reads `45m`, `2h`, `1h30m`, `2d`, in milliseconds. */
export function duration(text: string): number {
  if (!/^(?:\d+(?:d|h|min|m|s))+$/.test(text)) {
    throw new DriftStatusError('usage', `"${text}" is not a duration`, { hint: 'write 45m, 2h, 1h30m or 2d' })
  }
  let total = 0
  for (const [, count, unit] of text.matchAll(/(\d+)(d|h|min|m|s)/g)) total += Number(count) * UNIT_MS[unit!]!
  if (total > 0 && total <= LONGEST_MS) return total
  throw new DriftStatusError('usage', `"${text}" is not between one second and a year`)
}
