import fc from 'fast-check'
import OpeningHours from 'opening_hours'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { businessHoursOf } from '../../src/domain/decision/compile-hours.js'
import { parseWorkspace } from '../../src/domain/document/parse-workspace.js'
import { DocumentError } from '../../src/domain/document/problem.js'
import type { BusinessHours } from '../../src/domain/time/business-hours.js'
import { DAY_MS, MINUTE_MS } from '../../src/domain/time/calendar-date.js'
import { Schedule } from '../../src/domain/time/schedule.js'
import { readOpeningHours } from '../../src/formats/opening-hours/read-opening-hours.js'
import { writeOpeningHours } from '../../src/formats/opening-hours/write-opening-hours.js'
import { businessHours, TODAY } from '../formats/hours-arbitrary.js'
import { Random } from '../fuzz/random.js'

/** The package reads and answers in the wall clock of the process: each zone is made that of the process. */
const ZONES = ['UTC', 'America/New_York', 'Europe/Berlin']
const INSTANTS = 10_000
/** From the second day on: the night before the first day belongs to a date that is over. */
const [FROM, TO] = [(TODAY + 2) * DAY_MS, (TODAY + 700) * DAY_MS]

const DAYS = ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su']
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

const two = (value: number) => String(value).padStart(2, '0')
const clock = (minutes: number) => `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`

const times = fc
  .record({
    cuts: fc.uniqueArray(fc.integer({ min: 0, max: 95 }), { minLength: 2, maxLength: 6 }),
    end: fc.constantFrom('day', 'day', 'night', 'beyond', 'midnight'),
  })
  .map(({ cuts, end }) => {
    const sorted = cuts.map((quarter) => quarter * 15).sort((a, b) => a - b)
    const ranges: string[] = []
    for (let index = 0; index + 1 < sorted.length; index += 2) {
      const [start, until] = [sorted[index]!, sorted[index + 1]!]
      const isLast = index + 3 >= sorted.length
      if (!isLast || end === 'day') ranges.push(`${clock(start)}-${clock(until)}`)
      else if (end === 'night') ranges.push(`${clock(until)}-${clock(start)}`)
      else if (end === 'beyond') ranges.push(`${clock(until)}-${clock(1440 + start)}`)
      else ranges.push(`${clock(start)}-24:00`)
    }
    return ranges.join(',')
  })
const timesOrOff = fc.oneof({ weight: 4, arbitrary: times }, { weight: 1, arbitrary: fc.constantFrom('off', 'closed') })

const day = fc.constantFrom(...DAYS)
const days = fc
  .array(
    fc.oneof(
      day,
      fc.tuple(day, day).map(([from, to]) => (from === to ? from : `${from}-${to}`)),
    ),
    {
      minLength: 1,
      maxLength: 3,
    },
  )
  .map((parts) => parts.join(','))
const weeklyRule = fc
  .tuple(fc.oneof({ weight: 6, arbitrary: days }, { weight: 1, arbitrary: fc.constant('') }), timesOrOff)
  .map((parts) => parts.join(' ').trim())

const monthDay = fc.tuple(fc.constantFrom(...MONTHS), fc.integer({ min: 1, max: 28 })).map(([month, date]) => {
  return `${month} ${two(date)}`
})
const dates = fc.oneof(
  monthDay,
  fc.tuple(monthDay, monthDay).map((ends) => ends.join('-')),
  fc
    .tuple(fc.constantFrom(...MONTHS), fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 8 }))
    .map(([month, first, more]) => `${month} ${two(first)}-${two(first + more)}`),
  fc.constantFrom('Feb 29', 'Dec', 'Feb', 'Dec 24-Jan 02', 'Dec 25,26', 'Dec 24-26,31', 'Jul,Aug 01-15'),
  fc.uniqueArray(monthDay, { minLength: 2, maxLength: 3 }).map((days) => days.join(',')),
  fc.tuple(fc.constantFrom(2026, 2027, 2028), monthDay).map((parts) => parts.join(' ')),
  fc.tuple(monthDay, monthDay).map(([from, to]) => `2026 ${from}-2027 ${to}`),
  fc.tuple(monthDay, monthDay).map(([from, to]) => `2027 ${from}-2028 ${to}`),
)
const comment = fc.constantFrom('', '', ' "by agreement"')
const state = fc.constantFrom('', '', ' open')
const datedRule = fc
  .tuple(dates, timesOrOff, state, comment)
  .map(([when, hours, word, words]) => `${when} ${hours}${/^\d/.test(hours) ? word : ''}${words}`)

/** Rules of the part of the grammar that is read, in its usual order, and sometimes in another. */
const rules = fc
  .tuple(
    fc.array(fc.tuple(weeklyRule, fc.constantFrom('; ', '; ', ', ')), { minLength: 1, maxLength: 4 }),
    fc.array(datedRule, { maxLength: 4 }),
    fc.constantFrom('', '', '', '; 24/7', '; Mo 10:00-11:00'),
  )
  .map(([weekly, dated, last]) => {
    const week = weekly.map(([rule, sign], index) => (index === 0 ? rule : sign + rule)).join('')
    const rules = dated.map((rule) => (/ off| closed/.test(rule) && rule.includes('Jan') ? ', ' : '; ') + rule)
    return week + rules.join('') + last
  })

/** Days on which clocks change, and those beside them: the package adds minutes of the wall clock there (R4). */
function hasOneOffset(at: number): boolean {
  const [before, after] = [at - DAY_MS, at + DAY_MS].map((instant) => new Date(instant).getTimezoneOffset())
  return before === after
}

/** Half of the instants anywhere, half of them right before and at the changes of either kind of hours. */
function instantsOf(schedule: Schedule, random: Random): number[] {
  const changes: number[] = []
  for (const { start, end } of schedule.intervals(FROM, TO)) changes.push(start, end)
  return Array.from({ length: INSTANTS }, (_, index) => {
    if (index % 2 === 0 && changes.length > 0) return random.pick(changes) - random.pick([0, MINUTE_MS])
    return FROM + random.below((TO - FROM) / MINUTE_MS) * MINUTE_MS
  }).filter(hasOneOffset)
}

/** Where the package says otherwise, in words. */
function disagreements(text: string, hours: BusinessHours, seed: number): string[] {
  const schedule = new Schedule(hours)
  const theirs = new OpeningHours(text, null)
  const instants = instantsOf(schedule, new Random(seed))
  const wrong = instants.filter((at) => schedule.isOpen(at) !== theirs.getState(new Date(at)))
  return wrong
    .sort((a, b) => a - b)
    .slice(0, 3)
    .map((at) => `${new Date(at)}: ${schedule.isOpen(at) ? 'open' : 'closed'}, and theirs is not`)
}

describe.each(ZONES)('in %s', (zone) => {
  const before = process.env.TZ
  beforeAll(() => {
    process.env.TZ = zone
    expect(Intl.DateTimeFormat().resolvedOptions().timeZone).toBe(zone)
  })
  afterAll(() => {
    if (before === undefined) delete process.env.TZ
    else process.env.TZ = before
  })

  test('R5: what is read of opening_hours is open when the package says so', () => {
    const counts = { compared: 0, refused: 0 }
    fc.assert(
      fc.property(rules, fc.nat(), (text, seed) => {
        const read = readOrRefused(text)
        if (!read) {
          counts.refused++
          return
        }
        // It is told where a night goes on where theirs would end, and where theirs does not know.
        if (read.notes.some((note) => /^A night belongs|^Times with the comment/.test(note))) return
        counts.compared++
        expect(disagreements(text, compiled(read.hours, zone), seed)).toEqual([])
      }),
      { numRuns: 100 },
    )
    expect(
      Object.values(counts).every((count) => count > 5),
      JSON.stringify(counts),
    ).toBe(true)
  })

  test('R5: what is written as opening_hours is open when the package says so', () => {
    fc.assert(
      fc.property(businessHours, fc.nat(), (hours, seed) => {
        const inZone = { ...hours, zone }
        const { text } = writeOpeningHours(inZone, { name: 'Acme', today: TODAY })
        expect(disagreements(text, inZone, seed), text).toEqual([])
      }),
      { numRuns: 30 },
    )
  })

  test.each([
    '24/7',
    'Mo-Fr 09:00-17:00',
    'Mo-Fr 09:00-12:00,13:00-17:30; Sa 10:00-14:00; Su off',
    'Mo,We-Fr,Su 09:00-17:00',
    'Sa-Mo 10:00-16:00',
    '09:00-17:00',
    'Mo-Su 22:00-02:00',
    'Mo-Su 18:00-02:00; Su off',
    'Mo-Su 18:00-02:00; Fr 20:00-04:00',
    'Fr 22:00-02:00; Sa off',
    'Fr 22:00-02:00; Sa 10:00-12:00',
    'Fr 22:00-02:00, Sa 10:00-12:00',
    'Mo-Fr 09:00-12:00, We 14:00-18:00',
    'Mo-Fr 09:00-17:00, We 16:00-20:00',
    'Mo-Fr 09:00-17:00, We off',
    'Mo 20:00-26:00',
    'Mo-Su 00:00-24:00; We off',
    'Mo 09:00-12:00; off',
    'Mo-Fr 08:00-17:00; Dec 25 off; Jan 01 off',
    'Mo-Fr 08:00-17:00; Dec 24-26 off; 2026 Dec 28 09:00-12:00',
    'Mo-Fr 08:00-17:00; Dec 24-Jan 02 off "winter break"',
    'Mo-Fr 08:00-17:00; 2026 Dec 24-2027 Jan 02 off',
    'Mo-Fr 08:00-17:00; 2027 May 01 off; 2027 May 03 10:00-14:00 open "short day"',
    'Mo-Fr 08:00-17:00; Aug off',
    'Mo-Fr 08:00-17:00; Jul-Aug 10:00-12:00',
    'off',
  ])('R5: %s is read as the package reads it', (text) => {
    expect(disagreements(text, compiled(readOpeningHours(text, 'x').hours, zone), 1)).toEqual([])
  })
})

function compiled(hours: object, zone: string): BusinessHours {
  const document = parseWorkspace(JSON.stringify({ version: 1, timeZone: zone, hours }), 'x')
  return businessHoursOf(document.hours, document)
}

function readOrRefused(text: string) {
  try {
    return readOpeningHours(text, 'x')
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error
    return undefined
  }
}
