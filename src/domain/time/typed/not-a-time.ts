import { DriftStatusError } from '../../errors.js'
import { nearest } from '../../nearest.js'
import { twoDigits } from '../calendar-date.js'
import { plainCharacters } from '../time-range.js'
import { type ClockTime, readClockTime } from './clock-time.js'
import { readDuration } from './duration.js'
import { DAY_WORDS } from './named-day.js'
import { hintOfZone } from './named-zone.js'

const FORMS = 'write 2026-11-27T17:30-05:00, "2026-11-27 17:30", "fri 17:30", "tomorrow 9am", "in 2h" or now'

/** Spellings of other places, which may mean another day there: what they most probably mean is only said. */
const REPAIRS: readonly (readonly [pattern: RegExp, replacement: string])[] = [
  [/^(\d{4})[/.](\d{2})[/.](\d{2})(?=$| )/, '$1-$2-$3'],
  [/(?<![.\d+-]|in )([01]?\d|2[0-3])[.h]([0-5]\d)(?![.\d])/i, '$1:$2'],
]

/** The error of a text that names no time, with the nearest right thing. */
export function notATime(written: string, dayText: string): DriftStatusError {
  return new DriftStatusError('invalid-input', `"${written}" is not a time`, { hint: hintOf(written, dayText) })
}

function hintOf(written: string, dayText: string): string {
  if (readDuration(written) !== undefined) return `write "in ${written}" or "${written} ago"`
  const repaired = REPAIRS.reduce(
    (text, [pattern, replacement]) => text.replace(pattern, replacement),
    plainCharacters(written),
  )
  if (repaired !== written) return `write "${repaired}"`
  const [, before = '', last = ''] = /^(.+) (?![ap]m$)([a-z]{2,})$/i.exec(written) ?? []
  if (last !== '' && readClockTime(before.toLowerCase())) {
    const isDay = DAY_WORDS.some((word) => word.startsWith(last.toLowerCase()))
    return isDay ? `write the day first: "${last} ${before}"` : hintOfZone(last)
  }
  const meant = dayText === '' ? undefined : nearest(dayText.split(' ').at(-1)!, DAY_WORDS)
  return meant === undefined ? FORMS : `did you mean "${meant}"?`
}

/** The error of a clock time or an offset in the right form that no clock has: `25:00`, `13:30 pm`. */
export function timeThatIsNot(written: string, { clock }: ClockTime): DriftStatusError {
  const hint = Number.isNaN(clock)
    ? (hintOfHalf(written) ?? 'times of day run from 00:00 to 24:00, or from 12am to 11:59pm')
    : 'offsets run from -15:59 to +15:59'
  return new DriftStatusError('invalid-input', `"${written}" names a time that does not exist`, { hint })
}

/** `13:30 pm` is 13:30, `0:30 am` is 00:30 and `0:30 pm` 12:30. */
function hintOfHalf(written: string): string | undefined {
  const [, hours, minutes = ':00', half] =
    /(?<![\d:])(\d{1,2})(?:(:[0-5]\d)(?::\d\d)?)? ?([ap])\.?m/i.exec(written) ?? []
  const isAfternoon = half?.toLowerCase() === 'p'
  const hour = Number(hours)
  if (hour === 0) return `write ${isAfternoon ? '12' : '00'}${minutes}`
  return isAfternoon && hour > 12 && hour < 24 ? `write ${twoDigits(hour)}${minutes}` : undefined
}
