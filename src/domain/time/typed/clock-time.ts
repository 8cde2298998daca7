import { DAY_MS, HOUR_MS, MINUTE_MS } from '../calendar-date.js'

/** No zone has been further from UTC since 1900: `09:00-17:00` is a range of hours, not a time with an offset. */
const MAX_OFFSET = 16 * HOUR_MS

const ISO_DATE = String.raw`\d{4}(?:-\d{2}-\d{2}|-\d{3}|\d{4}|-?w\d{2}(?:-?\d)?)`
const SECONDS = String.raw`\d{2}(?:[.,]\d{1,9})?`
const OFFSET = String.raw`z|(?:utc|gmt)[+-]\d{1,2}(?::?\d{2})?|[+-]\d{2}(?::?\d{2})?`
const MERIDIEM = String.raw` ?[ap]\.?m\.?`
const CLOCK = String.raw`noon|midnight|\d{1,2}:\d{2}(?::${SECONDS})?(?:${MERIDIEM})?|\d{1,2}${MERIDIEM}`

/** `2026-11-27T17:30-05:00`, also without its separators. */
const ISO_TIME = new RegExp(`^(${ISO_DATE})t(\\d{2}(?::?\\d{2}(?::?${SECONDS})?)?)(?: ?(${OFFSET}))?$`)
/** An offset may touch the clock of an ISO date; anywhere else `9am-05` may be a range. */
const ISO_DATE_AND_CLOCK = new RegExp(`^(${ISO_DATE}) (${CLOCK})(?: ?(${OFFSET}))?$`)
const DAY_AND_CLOCK = new RegExp(`^(?:at |(.+?),? (?:at )?)?(${CLOCK})(?: (${OFFSET})|(z))?$`)

const IS_ISO_DATE = new RegExp(`^${ISO_DATE}$`)

/** A text without the clock time at its end. */
export interface ClockTime {
  /** What is before it: a day in some form, or nothing. */
  readonly day: string
  /** Milliseconds since midnight, up to 24 hours. */
  readonly clock: number
  readonly offset: Offset | undefined
}

export interface Offset {
  /** Milliseconds east of UTC. */
  readonly ms: number
  /** `Z` and `-00:00` name an instant and say nothing of the clock there (RFC 9557). */
  readonly isUnknown: boolean
}

/** Whether a text has the form of an ISO 8601 date: of a day, an ordinal date or a week date. */
export function isIsoDate(text: string): boolean {
  return IS_ISO_DATE.test(text)
}

/**
 * Reads the clock time at the end of a text in lower case, with an offset if it has one: `fri 5:30 pm`,
 * `2026-11-27t17:30:00-05:00`, `midnight`.
 *
 * @returns undefined when there is none, and `clock` NaN for one that no clock shows, e.g. `25:00`.
 */
export function readClockTime(text: string): ClockTime | undefined {
  const match = ISO_TIME.exec(text) ?? ISO_DATE_AND_CLOCK.exec(text) ?? DAY_AND_CLOCK.exec(text)
  if (!match) return undefined
  const [, day = '', written = '', offset, zulu] = match
  return { day, clock: clockOf(written), offset: readOffset(offset ?? zulu) }
}

function clockOf(text: string): number {
  if (text === 'noon') return 12 * HOUR_MS
  if (text === 'midnight') return 0
  const [, hour, minute = '0', second = '0', fraction = '0', meridiem] =
    /^(\d{1,2}):?(\d{2})?:?(\d{2})?(?:[.,](\d+))?(?: ?([ap]).*)?$/.exec(text)!
  const written = Number(hour)
  if (meridiem !== undefined && (written < 1 || written > 12)) return Number.NaN
  const hours = meridiem === undefined ? written : (written % 12) + (meridiem === 'p' ? 12 : 0)
  if (Number(minute) > 59 || Number(second) > 59) return Number.NaN
  const milliseconds = Number(fraction.padEnd(3, '0').slice(0, 3))
  const clock = hours * HOUR_MS + Number(minute) * MINUTE_MS + Number(second) * 1000 + milliseconds
  return clock <= DAY_MS ? clock : Number.NaN
}

function readOffset(text: string | undefined): Offset | undefined {
  if (text === undefined) return undefined
  if (text === 'z') return { ms: 0, isUnknown: true }
  const [, name, sign, hours, minutes = '0'] = /^(utc|gmt)?([+-])(\d{1,2}):?(\d{2})?$/.exec(text)!
  const size = Number(hours) * HOUR_MS + Number(minutes) * MINUTE_MS
  const ms = Number(minutes) > 59 || size >= MAX_OFFSET ? Number.NaN : sign === '-' ? -size : size
  return { ms, isUnknown: name === undefined && sign === '-' && size === 0 }
}
