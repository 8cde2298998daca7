import { DriftStatusError } from '../../domain/errors.js'
import { DAY_MS } from '../../domain/time/calendar-date.js'
import { readDuration } from '../../domain/time/typed/duration.js'

const MAX_MS = 366 * DAY_MS
const FORMS = 'write 45m, 2h, 1h30m or 2d'

/** Reads `45m`, `2h`, `1h30m`, `2d`, in milliseconds. */
export function duration(text: string): number {
  const length = readDuration(text)
  if (length === undefined) {
    const hint = /^\d+$/.test(text) ? `write ${text}m for minutes, or ${text}s, ${text}h, ${text}d` : FORMS
    throw new DriftStatusError('usage', `"${text}" is not a duration`, { hint })
  }
  if (length > 0 && length <= MAX_MS) return length
  throw new DriftStatusError('usage', `"${text}" is not between one second and a year`, { hint: FORMS })
}
