import { DriftStatusError } from '../../domain/errors.js'
import { MINUTES_PER_DAY, parseRange, type TimeRange } from '../../domain/time/time-range.js'
import { dayDocument, END_OF_DAY_NOTE, endOfDay } from '../hours-text.js'
import type { TextCursor } from './text-cursor.js'

const TIMES_FORM = 'write a range as 09:00-17:00, or 22:00-26:00 over midnight'

/**
 * Reads `09:00-12:00,13:00-17:00`, or `off`, which is none. Ends up to 48:00 are on the next day.
 *
 * @throws DocumentError at the column of what is no such time
 */
export function readTimes(cursor: TextCursor, notes: Set<string>): readonly TimeRange[] {
  if (cursor.take(/(?:off|closed)(?![a-z])/y)) return []
  if (cursor.peek(/$|[";]/y) !== undefined) cursor.fail('the times are missing', 'write 09:00-17:00 or off')
  const ranges = [readRange(cursor, notes)]
  while (cursor.take(/\s*,\s*(?=\d{1,2}:)/y)) ranges.push(readRange(cursor, notes))
  return ranges
}

function readRange(cursor: TextCursor, notes: Set<string>): TimeRange {
  const start = cursor.at
  const match = cursor.take(/(\d{1,2}):(\d{2})\s*-\s*(\d{1,2}):(\d{2})/y) ?? failAtTimes(cursor)
  if (cursor.peek(/\+/y)) failAtOpenEnd(cursor)
  const [text, ...parts] = match
  const [hours, minutes, endHours, endMinutes] = parts.map(Number) as [number, number, number, number]
  const [from, until] = [hours * 60 + minutes, endHours * 60 + endMinutes]
  if (from >= MINUTES_PER_DAY || until > 2 * MINUTES_PER_DAY || minutes > 59 || endMinutes > 59) {
    cursor.failAt(start, `"${text}" is not a range of times of a day`, TIMES_FORM)
  }
  if (until === MINUTES_PER_DAY - 1) notes.add(END_OF_DAY_NOTE)
  const end = until <= from ? until + MINUTES_PER_DAY : endOfDay(until)
  if (end - from > MINUTES_PER_DAY) cursor.failAt(start, `"${text}" is longer than a day`, TIMES_FORM)
  const range = { start: from, end }
  cursor.placing(start, () => dayDocument([range]))
  return range
}

/** What stands in place of a range; what is nearly one is told with the range that is meant. */
function failAtTimes(cursor: TextCursor): never {
  if (cursor.peek(/\d{1,2}:\d{2}\+/y)) failAtOpenEnd(cursor)
  if (cursor.peek(/unknown(?![a-z])/y)) failAtUnknown(cursor)
  const word = cursor.rest()
  if (/^\(?(?:sunrise|sunset|dawn|dusk)/.test(word)) {
    cursor.fail(`"${word}" is not a time of the clock`, 'write the times of the clock')
  }
  const hint = /^\d/.test(word) ? hintOf(word) : undefined
  return cursor.fail(`"${word}" is not a time range`, hint ?? TIMES_FORM)
}

/** What the domain would write for a range as people type it. */
function hintOf(word: string): string | undefined {
  try {
    parseRange(word)
    return undefined
  } catch (error) {
    const { hint } = error as DriftStatusError
    return error instanceof DriftStatusError && hint?.startsWith('write "') ? hint : undefined
  }
}

function failAtOpenEnd(cursor: TextCursor): never {
  return cursor.fail('an open end ("+") is not understood', 'write when it ends')
}

/** @throws DocumentError as nobody can say whether it is open */
export function failAtUnknown(cursor: TextCursor): never {
  return cursor.fail('"unknown" is neither open nor closed', 'say open or off')
}
