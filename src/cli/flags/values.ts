import { MAX_HORIZON_DAYS, MIN_HORIZON_DAYS } from '../../api/contract/http.js'
import { DriftStatusError } from '../../domain/errors.js'
import { didYouMean } from '../../domain/nearest.js'
import { DAY_MS } from '../../domain/time/calendar-date.js'
import { readDuration } from '../../domain/time/typed/duration.js'
import { hintOf } from '../next-steps.js'

/** Reads a whole number of a flag, at least `least` and at most `most`. */
export function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text)
    if (/^\d+$/.test(text) && value >= least && value <= most) return value
    throw new DriftStatusError('usage', `"${text}" is not a whole number from ${least} to ${most}`)
  }
}

/** Reads an email: a document may hold any text, but what is typed as one is mistyped without an `@`. */
export function emailAddress(text: string): string {
  // The workspace says what is too long.
  if (/^[^\s@]+@[^\s@]+$/.test(text) || text.length > 320) return text
  throw new DriftStatusError('usage', `"${text}" is not an email`, { hint: 'write it as in ana@acme.example' })
}

/** Reads a limit of open chats, or `none`. */
export function limitOrNone(text: string): number | 'none' {
  return text === 'none' ? text : wholeNumber(0, 1000)(text)
}

/** Reads `on` or `off`. */
export function onOrOff(text: string): boolean {
  if (text === 'on' || text === 'off') return text === 'on'
  throw new DriftStatusError('usage', `"${text}" is not on or off`)
}

/** Reads one of several words, with "did you mean". */
export function oneOf<const Choice extends string>(choices: readonly Choice[]): (text: string) => Choice {
  return (text) => {
    const choice = choices.find((candidate) => candidate === text)
    if (choice !== undefined) return choice
    throw new DriftStatusError('usage', `"${text}" is not one of ${choices.join(', ')}`, {
      hint: didYouMean(text, choices),
    })
  }
}

/** Reads how far ahead a preview looks, in days: a part of one counts as one. */
export function horizon(text: string): number {
  const days = Math.ceil(duration(text) / DAY_MS)
  if (days >= MIN_HORIZON_DAYS && days <= MAX_HORIZON_DAYS) return days
  throw new DriftStatusError(
    'usage',
    `a preview looks ${MIN_HORIZON_DAYS} to ${MAX_HORIZON_DAYS} days ahead, not ${text}`,
    {
      hint: `write ${MIN_HORIZON_DAYS}d or more, such as 4w`,
    },
  )
}

/** Reads `key=value`. */
export function pair(text: string): readonly [string, string] {
  const separator = text.indexOf('=')
  if (separator > 0) return [text.slice(0, separator), text.slice(separator + 1)]
  throw new DriftStatusError('usage', `"${text}" is not key=value`)
}

/** Reads a value; what the reading throws names the flag or the argument that it was given to. */
export function naming<Value>(place: string, read: () => Value): Value {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof DriftStatusError)) throw error
    const { rule, cause } = error
    throw new DriftStatusError('usage', `${place}: ${error.message}`, { hint: hintOf(error), rule, cause })
  }
}

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
