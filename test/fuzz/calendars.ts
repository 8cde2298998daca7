import { isDeepStrictEqual } from 'node:util'
import { gzipSync } from 'node:zlib'
import { parseWorkspace } from '../../src/domain/document/parse-workspace.js'
import { DocumentError } from '../../src/domain/document/problem.js'
import { DriftStatusError } from '../../src/domain/errors.js'
import { type Holidays, readHolidays } from '../../src/formats/icalendar/read-holidays.js'
import type { FuzzFailure, FuzzOptions } from './documents.js'
import { Random } from './random.js'
import { randomCalendar } from './random-calendar.js'

/** No calendar may take longer to read. */
const MAX_MS = 2000
const [FIRST_YEAR, LAST_YEAR] = [2020, 2035]

export interface CalendarFuzz {
  readonly runs: number
  /** Calendars that were read. */
  readonly read: number
  readonly refused: number
  /** Events of the calendars that were read: those that close days, and those that are told to close none. */
  readonly closing: number
  readonly skipped: number
  readonly slowestMs: number
  readonly failures: readonly FuzzFailure[]
}

/**
 * Reads random calendars, in time. Each is refused with what is wrong, or read: then every event of it is among its days or
 * told as skipped, and the same calendar folded, compressed or with other line ends says the same.
 */
export function fuzzCalendars({ runs, seed }: FuzzOptions): CalendarFuzz {
  const counts = { read: 0, refused: 0, closing: 0, skipped: 0 }
  const failures: FuzzFailure[] = []
  let slowestMs = 0
  for (let run = 0; run < runs; run++) {
    const runSeed = (seed + run) >>> 0
    const random = new Random(runSeed)
    const text = randomCalendar(random)
    const startedAt = performance.now()
    try {
      const holidays = read(text)
      const runMs = performance.now() - startedAt
      slowestMs = Math.max(slowestMs, runMs)
      if (runMs > MAX_MS) throw new Error(`took ${Math.round(runMs)} ms`)
      read(broken(text, random))
      if (holidays) {
        counts.read++
        counts.skipped += holidays.skipped.length
        counts.closing += checkEvents(text, holidays)
        checkDisguises(text, holidays, random)
      } else counts.refused++
    } catch (error) {
      failures.push({ runSeed, reason: error instanceof Error ? (error.stack ?? error.message) : String(error), text })
    }
  }
  return { runs, ...counts, slowestMs, failures }
}

const encoder = new TextEncoder()

/** Undefined for a calendar that is refused as it should be. */
function read(calendar: string | Uint8Array): Holidays | undefined {
  const bytes = typeof calendar === 'string' ? encoder.encode(calendar) : calendar
  try {
    return readHolidays(bytes, { file: 'fuzz.ics', firstYear: FIRST_YEAR, lastYear: LAST_YEAR })
  } catch (error) {
    if (!(error instanceof DriftStatusError) || error.code !== 'invalid-input') throw error
    const problems = error instanceof DocumentError ? error.problems : [{ line: 1, message: error.message }]
    const isTold = problems.every(({ line, message }) => Number.isInteger(line) && line >= 1 && message !== '')
    if (problems.length === 0 || !isTold) throw new Error(`is refused without a place: ${error.message}`)
    return undefined
  }
}

/** Bytes that may be no text any more, or a compressed file that is broken. */
function broken(text: string, random: Random): Uint8Array {
  const bytes = encoder.encode(text)
  const sent = new Uint8Array(random.chance(0.3) ? gzipSync(bytes) : bytes)
  for (let left = random.between(1, 3); left > 0; left--) sent[random.below(sent.length)]! ^= 1 << random.below(8)
  return sent.subarray(0, random.chance(0.3) ? random.below(sent.length) : undefined)
}

/**
 * That the days are a calendar of a workspace, and no event is lost: its days are closed as they are when nothing else is in the calendar.
 * @returns how many of them close days
 * @throws Error for one that is neither among the days nor told as skipped
 */
function checkEvents(text: string, { days, skipped }: Holidays): number {
  parseWorkspace(JSON.stringify({ version: 1, timeZone: 'UTC', holidays: [{ id: 'fuzz', days }] }), 'fuzz.yaml')
  const told = new Set(skipped.map(({ line }) => line))
  const isClosed = (date: string) =>
    days.some(({ date: on, from = on, to = on }) => from !== undefined && from <= date && date <= to!)
  const lines = linesOf(text)
  const events = eventsOf(lines)
  if (events.filter(({ line }) => told.has(line)).length !== told.size)
    throw new Error('a line is skipped where no event begins')
  const replaced = new Set(events.flatMap((event) => (has(event, 'RECURRENCE-ID') ? [uidOf(event)] : [])))
  let closing = 0
  for (const event of events) {
    if (told.has(event.line)) continue
    const others = new Set(events.filter((other) => other !== event).flatMap(({ within }) => within))
    const alone = read(
      lines
        .filter((line) => !others.has(line))
        .map(({ content }) => `${content}\r\n`)
        .join(''),
    )
    if (!alone || alone.skipped.length > 0) throw new Error(`the event of line ${event.line} is not read by itself`)
    if (alone.days.length > 0) closing++
    const isMoved = replaced.has(uidOf(event)) && !has(event, 'RECURRENCE-ID')
    for (const { date, from = date, to = date } of isMoved ? [] : alone.days) {
      if (!isClosed(from!) || !isClosed(to!)) throw new Error(`the event of line ${event.line} is lost: ${from}..${to}`)
    }
    const start = startOf(event)
    const isAskedAbout = start >= `${FIRST_YEAR}-01-01` && start <= `${LAST_YEAR}-12-31`
    const isSingle = !['RRULE', 'EXDATE', 'RECURRENCE-ID'].some((name) => has(event, name))
    if (isSingle && isAskedAbout && !isMoved && !isClosed(start)) {
      throw new Error(`the event of line ${event.line} is lost: ${start}`)
    }
  }
  return closing
}

/** A line with those that go on with it. */
interface Line {
  readonly line: number
  content: string
}

function linesOf(text: string): Line[] {
  const lines: Line[] = []
  for (const [index, content] of text.split(/\r\n|\r|\n/).entries()) {
    if (/^[ \t]/.test(content) && lines.length > 0) lines.at(-1)!.content += content.slice(1)
    else if (content !== '') lines.push({ line: index + 1, content })
  }
  return lines
}

interface FoundEvent {
  readonly line: number
  readonly within: readonly Line[]
}

function eventsOf(lines: readonly Line[]): FoundEvent[] {
  const is = (what: string, { content }: Line) =>
    new RegExp(`^\ufeff?${what}(?:;.*)?:\\s*VEVENT\\s*$`, 'i').test(content)
  return lines.flatMap((line, index) => {
    if (!is('BEGIN', line)) return []
    const length = lines.slice(index).findIndex((one) => is('END', one)) + 1
    return [{ line: line.line, within: lines.slice(index, index + length) }]
  })
}

function propertyOf({ within }: FoundEvent, name: string): string | undefined {
  // What an alarm within says is not of the event.
  let depth = 0
  for (const { content } of within.slice(1)) {
    if (/^BEGIN[:;]/i.test(content)) depth++
    else if (/^END[:;]/i.test(content)) depth--
    else if (depth === 0 && new RegExp(`^${name}[:;]`, 'i').test(content)) return content
  }
  return undefined
}

function has(event: FoundEvent, name: string): boolean {
  return propertyOf(event, name) !== undefined
}

function uidOf(event: FoundEvent): string {
  return /:(.*)$/s.exec(propertyOf(event, 'UID') ?? '')?.[1]?.trim() ?? ''
}

/** `2026-12-25`. */
function startOf(event: FoundEvent): string {
  const [, year = '', month, day] = /:\s*(\d{4})(\d\d)(\d\d)[^:]*$/.exec(propertyOf(event, 'DTSTART') ?? '') ?? []
  return `${year}-${month}-${day}`
}

/** The same calendar as it may come over another wire. @throws Error when it says something else */
function checkDisguises(text: string, { days }: Holidays, random: Random): void {
  const lines = linesOf(text).map(({ content }) => content)
  const folded = lines.map((content) => {
    const bytes = encoder.encode(content)
    // In the middle of a character, too.
    const at = random.between(1, bytes.length)
    return Buffer.concat([
      bytes.subarray(0, at),
      Buffer.from(random.pick(['\r\n ', '\n\t', '\r '])),
      bytes.subarray(at),
      Buffer.from('\r\n'),
    ])
  })
  const whole = Buffer.concat(folded)
  const disguises = { folded: whole, compressed: gzipSync(whole), 'with a mark': `\ufeff${lines.join('\n')}` }
  for (const [name, disguise] of Object.entries(disguises)) {
    if (!isDeepStrictEqual(read(disguise)?.days, days)) throw new Error(`reads otherwise when it is ${name}`)
  }
}
