import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { businessHoursOf } from '../../src/domain/decision/compile-hours.js'
import { parseWorkspace } from '../../src/domain/document/parse-workspace.js'
import { DriftStatusError } from '../../src/domain/errors.js'
import type { BusinessHours } from '../../src/domain/time/business-hours.js'
import { formatDate, fromEpochDay, parseDate } from '../../src/domain/time/calendar-date.js'
import { Schedule } from '../../src/domain/time/schedule.js'
import { exportHours, importHours, READABLE_FORMATS } from '../../src/formats/hours-format.js'
import { readCalendars } from '../../src/formats/icalendar/components.js'
import { readEvents } from '../../src/formats/icalendar/events.js'
import { readHolidays } from '../../src/formats/icalendar/read-holidays.js'
import { businessHours, TODAY } from '../formats/hours-arbitrary.js'
import { mutate } from './mutate.js'
import { Random } from './random.js'

/** What reads texts of others: the formats that hours come in by, and calendars of holidays. */
export const IMPORTERS = [...READABLE_FORMATS, 'holidays'] as const
export type Importer = (typeof IMPORTERS)[number]

export interface ImporterFuzz {
  readonly importer: Importer
  readonly runs: number
  readonly accepted: number
  readonly refused: number
  readonly slowestMs: number
  readonly failures: readonly { readonly text: string; readonly reason: string }[]
}

/** Longer than this is a hang. */
const MAX_MS = 2000
const YEARS = { file: 'x', firstYear: 2025, lastYear: 2036 }
const encode = (text: string) => new TextEncoder().encode(text)

/**
 * Reads texts that were right until something in them was changed: each is refused with one clear error, or taken, and then
 * nothing of it is lost without a word.
 */
export function fuzzImporter(
  importer: Importer,
  { runs, seed }: { readonly runs: number; readonly seed: number },
): ImporterFuzz {
  const random = new Random(seed)
  const seeds = seedsOf(importer, seed)
  const failures: { text: string; reason: string }[] = []
  const counts = { accepted: 0, refused: 0 }
  let slowestMs = 0
  for (let run = 0; run < runs; run++) {
    const text = mutate(random.pick(seeds), random)
    const start = performance.now()
    try {
      const lost = importer === 'holidays' ? lostHolidays(text) : lostHours(importer, text)
      counts.accepted++
      if (lost !== undefined) failures.push({ text, reason: lost })
    } catch (error) {
      if (error instanceof DriftStatusError && error.message !== '') counts.refused++
      else failures.push({ text, reason: String((error as Error).stack ?? error) })
    }
    const took = performance.now() - start
    slowestMs = Math.max(slowestMs, took)
    if (took > MAX_MS) failures.push({ text, reason: `took ${Math.round(took)} ms` })
  }
  return { importer, runs, ...counts, slowestMs, failures }
}

function seedsOf(importer: Importer, seed: number): readonly string[] {
  if (importer === 'holidays') return [readFileSync('docs/sample/holidays.ics', 'utf8'), ...HOLIDAYS]
  const sampled = fc.sample(businessHours, { numRuns: 40, seed })
  return sampled.map((hours) => exportHours(importer, hours, { name: 'Acme', today: TODAY }).text)
}

const event = (...lines: readonly string[]) => ['BEGIN:VEVENT', 'UID:x', ...lines, 'END:VEVENT'].join('\r\n')
const HOLIDAYS = [
  event('DTSTART:20241225', 'RRULE:FREQ=YEARLY;COUNT=5', 'EXDATE:20261225', 'SUMMARY:Christmas'),
  event('DTSTART:20201126', 'RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH', 'SUMMARY:Thanksgiving'),
  event(
    'DTSTART;TZID=Europe/Berlin:20261225T000000',
    'DTEND;TZID=Europe/Berlin:20261226T000000',
    'RDATE:20270104T000000',
  ),
  event('DTSTART:20260101', 'DURATION:P2D', 'RRULE:FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-1;UNTIL=20280101'),
].map((text) => `BEGIN:VCALENDAR\r\nVERSION:2.0\r\n${text}\r\nEND:VCALENDAR\r\n`)

/** What of hours that were taken is lost: written again and read again, they are open at the same instants. */
function lostHours(format: Exclude<Importer, 'holidays'>, text: string): string | undefined {
  const { hours } = importHours(format, encode(text), 'x', TODAY)
  const compiled = compile(hours)
  const again = compile(
    importHours('csv', encode(exportHours('csv', compiled, { name: 'x', today: TODAY }).text), 'x', TODAY).hours,
  )
  const [from, to] = [(TODAY + 1) * 86_400_000, (TODAY + 800) * 86_400_000]
  const [first, second] = [compiled, again].map((one) => JSON.stringify([...new Schedule(one).intervals(from, to)]))
  return first === second ? undefined : 'what was read is not what is written'
}

/** As a document, which refuses what it cannot hold. */
function compile(hours: object): BusinessHours {
  const document = parseWorkspace(JSON.stringify({ version: 1, timeZone: 'UTC', hours }), 'x')
  return businessHoursOf(document.hours, document)
}

/** Whether each event that is taken is among the days, told as skipped, or of other years. */
function lostHolidays(text: string): string | undefined {
  const { days, skipped } = readHolidays(encode(text), YEARS)
  parseWorkspace(JSON.stringify({ version: 1, timeZone: 'UTC', holidays: [{ id: 'x', days }] }), 'x')
  const closed = new Set<number>()
  for (const { date, from, to } of days) {
    for (let day = parseDate(date ?? from!); day <= parseDate(date ?? to!); day++) closed.add(day)
  }
  const told = new Set(skipped.map(({ line }) => line))
  for (const { line, start, rules, replaces, excluded } of readCalendars(encode(text), 'x').flatMap((one) =>
    readEvents(one, 'x'),
  )) {
    const { year } = fromEpochDay(start.day)
    const isOfYears = year >= YEARS.firstYear && year <= YEARS.lastYear
    if (told.has(line) || rules.length > 0 || replaces || excluded.length > 0 || !isOfYears) continue
    const isReplaced = text.includes('RECURRENCE-ID')
    if (!closed.has(start.day) && !isReplaced) return `the event of line ${line} on ${formatDate(start.day)} is lost`
  }
  return undefined
}
