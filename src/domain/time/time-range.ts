import { invalid } from '../errors.js'
import { twoDigits } from './calendar-date.js'

/**
 * Local wall-clock time, half-open, in minutes since the midnight that starts the owning day.
 * An end above 1440 lies on the next day (R3).
 */
export interface TimeRange {
  /** 0 to 1439 */
  readonly start: number
  /** start + 1 to start + 1439, or 1440 for a start of 0 */
  readonly end: number
}

export const MINUTES_PER_DAY = 24 * 60

/** What a document writes for a day: `closed`, `24h`, one range, or a list of ranges. */
export type DayHoursText = string | readonly string[]

const RANGE_PATTERN = /^(\d{2}):(\d{2})-(\d{2}):(\d{2})$/
const LOOSE_TIME = /^(\d{1,2})(?:[:.h]?(\d{2}))?\s*(?:([ap])\.?m\.?)?$/i

/**
 * Reads one range, `HH:MM-HH:MM` (R1). An end at or before the start ends on the next day (R3);
 * `00:00` as an end means `24:00`.
 *
 * @throws DriftStatusError (R1) naming the text, with the nearest correct spelling as hint.
 * @example parseRange('22:00-02:00') // { start: 1320, end: 1560 }
 */
export function parseRange(text: string): TimeRange {
  const match = RANGE_PATTERN.exec(text)
  if (!match) throw invalid('R1', `"${text}" is not a time range`, rangeHint(text))
  const start = minutesOf(match[1]!, match[2]!, text)
  const writtenEnd = minutesOf(match[3]!, match[4]!, text)
  const end = writtenEnd === 0 ? MINUTES_PER_DAY : writtenEnd
  if (start === MINUTES_PER_DAY) {
    throw invalid('R1', `"${text}" starts at 24:00`, 'start at 00:00 on the next day instead')
  }
  if (start === end) {
    throw invalid('R1', `"${text}" starts and ends at the same time`, 'a full day is written "00:00-24:00"')
  }
  return end > start ? { start, end } : { start, end: end + MINUTES_PER_DAY }
}

/** `22:00-02:00`: the inverse of {@link parseRange}. */
export function formatRange({ start, end }: TimeRange): string {
  return `${formatMinutes(start)}-${formatMinutes(end > MINUTES_PER_DAY ? end - MINUTES_PER_DAY : end)}`
}

/** `09:05` for 545, `24:00` for 1440. */
export function formatMinutes(minutes: number): string {
  return `${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}`
}

/**
 * Reads the ranges that start on one day, in any order (R2): sorted, and merged where they touch.
 *
 * @throws DriftStatusError (R1) for what is not a range, (R2) naming both ranges that overlap.
 * @example parseDayHours(['13:00-17:00', '09:00-12:00']) // [{540, 720}, {780, 1020}]
 */
export function parseDayHours(value: DayHoursText): readonly TimeRange[] {
  if (value === 'closed') return []
  if (value === '24h') return [{ start: 0, end: MINUTES_PER_DAY }]
  const texts = typeof value === 'string' ? [value] : value
  return mergeTouching(texts.map(parseRange))
}

/** Sorts ranges of one day and merges those that touch (R2). Doing it twice changes nothing. */
export function mergeTouching(ranges: readonly TimeRange[]): readonly TimeRange[] {
  const sorted = [...ranges].sort((a, b) => a.start - b.start)
  const merged: TimeRange[] = []
  for (const [index, range] of sorted.entries()) {
    const previous = sorted[index - 1]
    if (previous && range.start < previous.end) {
      throw invalid(
        'R2',
        `${formatRange(previous)} and ${formatRange(range)} overlap`,
        'make them one range, or end the first before the second starts',
      )
    }
    const last = merged.at(-1)
    if (last && range.start === last.end && canBeWritten(last.start, range.end)) {
      merged[merged.length - 1] = { start: last.start, end: range.end }
    } else merged.push(range)
  }
  return merged
}

/** A range of a whole day or more would be written with its end at its start: only 00:00-24:00 has a spelling. */
function canBeWritten(start: number, end: number): boolean {
  return end - start < MINUTES_PER_DAY || (start === 0 && end === MINUTES_PER_DAY)
}

/** What a document writes for these ranges: `closed`, one range, or a list. */
export function formatDayHours(ranges: readonly TimeRange[]): string | string[] {
  if (ranges.length === 0) return 'closed'
  return ranges.length === 1 ? formatRange(ranges[0]!) : ranges.map(formatRange)
}

function minutesOf(hours: string, minutes: string, range: string): number {
  const [h, m] = [Number(hours), Number(minutes)]
  if (m > 59 || h > 24 || (h === 24 && m > 0)) {
    throw invalid('R1', `"${hours}:${minutes}" in "${range}" is not a time of day`, 'times run from 00:00 to 24:00')
  }
  return h * 60 + m
}

const RANGE_FORM = 'write a range as HH:MM-HH:MM, e.g. "09:00-17:00", or "closed"'
const HALF_DAY = MINUTES_PER_DAY / 2

function rangeHint(text: string): string {
  const meant = meantRange(text)
  return meant === undefined ? RANGE_FORM : `write "${formatRange(meant.range)}"`
}

/** A range as a person typed it. */
interface TypedRange {
  readonly range: TimeRange
  /** Whether the end was taken for one of the afternoon although it is written with minutes, as a 24-hour clock has them. */
  readonly isDoubtful: boolean
}

/**
 * Reads a range as people type it, when it has one meaning: `9-5`, `9am-5pm`, `9:00-17:00`. A document is stricter
 * ({@link parseRange}).
 *
 * @throws DriftStatusError (R1) for anything else, and for `9:00-5:00`, which may end in the afternoon or in the night
 * @example parseTypedRange('9-5') // { start: 540, end: 1020 }
 */
export function parseTypedRange(text: string): TimeRange {
  if (RANGE_PATTERN.test(text)) return parseRange(text)
  const meant = meantRange(text)
  if (!meant) throw invalid('R1', `"${text}" is not a time range`, RANGE_FORM)
  if (!meant.isDoubtful) return meant.range
  const { start, end } = meant.range
  const night = formatRange({ start, end: end + HALF_DAY })
  throw invalid('R1', `"${text}" has two meanings`, `write "${formatRange(meant.range)}", or "${night}" for the night`)
}

/** What people mean by `9:00-17:00`, `9am - 5pm` or `9-5`. */
function meantRange(text: string): TypedRange | undefined {
  const parts = plainCharacters(text)
    .trim()
    .split(/\s*(?:-|to)\s*/i)
  const [start, end] = parts.map(readLooseTime)
  if (!start || !end || parts.length > 2) return undefined
  // "1-5pm" starts in the afternoon, "9-5pm" does not.
  const isAfternoon = isTwelveHour(start) && end.meridiem === 'p' && start.minutes + HALF_DAY < end.minutes
  const from = start.minutes + (isAfternoon ? HALF_DAY : 0)
  const written = end.minutes === 0 ? MINUTES_PER_DAY : end.minutes
  // "9-5" is a working day, not a night.
  const isMovedOn = isTwelveHour(end) && written <= from && written + HALF_DAY > from
  const to = isMovedOn ? written + HALF_DAY : written
  if (from === to || from === MINUTES_PER_DAY) return undefined
  return {
    range: { start: from, end: to > from ? to : to + MINUTES_PER_DAY },
    isDoubtful: isMovedOn && start.meridiem === undefined && end.hasMinutes,
  }
}

interface LooseTime {
  readonly minutes: number
  readonly meridiem: string | undefined
  readonly hasMinutes: boolean
}

/** Whether a time may be one of a twelve-hour clock, in the morning or in the afternoon. */
function isTwelveHour({ minutes, meridiem }: Omit<LooseTime, 'hasMinutes'>): boolean {
  return meridiem === undefined && minutes >= 60 && minutes < HALF_DAY + 60
}

function readLooseTime(text: string): LooseTime | undefined {
  const [, hour, writtenMinute, half] = LOOSE_TIME.exec(text) ?? []
  const minute = writtenMinute ?? '0'
  const meridiem = half?.toLowerCase()
  const written = Number(hour)
  if (hour === undefined || Number(minute) > 59 || (meridiem && (written < 1 || written > 12))) return undefined
  const hours = meridiem ? (written % 12) + (meridiem === 'p' ? 12 : 0) : written
  const minutes = hours * 60 + Number(minute)
  return minutes > MINUTES_PER_DAY ? undefined : { minutes, meridiem, hasMinutes: writtenMinute !== undefined }
}

/**
 * A text as a keyboard for English writes it: digits of other scripts, wide forms and typeset dashes become
 * `0` to `9`, letters and `-`.
 *
 * @example plainCharacters('２０２６–11–27') // '2026-11-27'
 */
export function plainCharacters(text: string): string {
  return text
    .normalize('NFKC')
    .replaceAll(/[\p{Pd}\u2212]/gu, '-')
    .replaceAll(/\p{Nd}/gu, (digit) => String(digitValue(digit.codePointAt(0)!)))
}

/** The digits of a script are ten neighbours, zero first. */
function digitValue(codePoint: number): number {
  let value = 0
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(codePoint - value - 1))) value++
  return value
}
