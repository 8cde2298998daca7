import fc from 'fast-check'
import ICAL from 'ical.js'
import { rrulestr } from 'rrule'
import { expect, test } from 'vitest'
import { readHolidays } from '../../src/formats/icalendar/read-holidays.js'

const DAY_MS = 86_400_000
const [FIRST_YEAR, LAST_YEAR] = [2020, 2032]
const [FROM, TO] = [Date.UTC(FIRST_YEAR, 0, 1), Date.UTC(LAST_YEAR, 11, 31)]

/** Whole days since 1970, as the packages count none. */
type Day = number

interface Generated {
  /** A day that the rule may begin on: the event begins on the first day of the rule from here on. */
  readonly from: Day
  readonly days: number
  readonly rule: string | undefined
  /** Of the days of the rule, by their number. */
  readonly excluded: readonly number[]
  readonly added: readonly Day[]
  /** Moves one day of the rule by so many days. */
  readonly moved: { readonly nth: number; readonly by: number } | undefined
}

const day = (firstYear: number, lastYear: number) =>
  fc.integer({ min: Date.UTC(firstYear, 0, 1) / DAY_MS, max: Date.UTC(lastYear, 11, 31) / DAY_MS })
const month = fc.integer({ min: 1, max: 12 })
/** From the end as well; some months have no 29th, 30th or 31st. */
const monthDay = fc.oneof(fc.integer({ min: 1, max: 31 }), fc.integer({ min: -31, max: -1 }))
const weekday = fc.constantFrom('MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU')
const nth = fc.constantFrom(1, 2, 3, 4, 5, -1, -2, -5)
const several = <Value>(one: fc.Arbitrary<Value>) =>
  fc.uniqueArray(one, { minLength: 1, maxLength: 3 }).map((all) => all.join(','))

const part = <Value>(name: string, values: fc.Arbitrary<Value>) => values.map((value) => `;${name}=${value}`)
const parts = (...all: fc.Arbitrary<string>[]) => fc.tuple(...all).map((texts) => texts.join(''))
const nothing = fc.constant('')
const weekdayInMonth = fc.tuple(nth, weekday).map((both) => both.join(''))

const yearly = fc
  .oneof(
    nothing,
    part('BYMONTH', several(month)),
    parts(part('BYMONTH', several(month)), part('BYMONTHDAY', several(monthDay))),
    parts(part('BYMONTH', month), part('BYDAY', several(weekdayInMonth))),
    parts(part('BYMONTH', month), part('BYDAY', several(weekday)), part('BYMONTHDAY', several(monthDay))),
    parts(part('BYMONTH', month), part('BYDAY', several(weekday)), part('BYSETPOS', fc.constantFrom(1, 2, -1))),
    part('BYYEARDAY', several(fc.oneof(fc.integer({ min: 1, max: 366 }), fc.integer({ min: -366, max: -1 })))),
    part('BYDAY', several(fc.tuple(fc.constantFrom(1, 2, 20, 52, -1, -3), weekday).map((both) => both.join('')))),
  )
  .map((text) => `FREQ=YEARLY${text}`)
const monthly = fc
  .oneof(
    nothing,
    part('BYMONTHDAY', several(monthDay)),
    part('BYDAY', several(weekdayInMonth)),
    parts(part('BYDAY', several(weekday)), part('BYSETPOS', fc.constantFrom(1, 3, -1))),
    parts(part('BYMONTH', several(month)), part('BYMONTHDAY', several(monthDay))),
  )
  .map((text) => `FREQ=MONTHLY${text}`)
const weekly = fc
  .oneof(
    nothing,
    part('BYDAY', several(weekday)),
    parts(part('BYDAY', several(weekday)), part('WKST', fc.constantFrom('MO', 'SU', 'SA'))),
  )
  .map((text) => `FREQ=WEEKLY${text}`)
const daily = fc.oneof(nothing, part('BYDAY', several(weekday))).map((text) => `FREQ=DAILY${text}`)

const rule = fc
  .record({
    text: fc.oneof(
      { weight: 6, arbitrary: yearly },
      { weight: 3, arbitrary: monthly },
      { weight: 2, arbitrary: weekly },
      { weight: 1, arbitrary: daily },
    ),
    interval: fc.constantFrom('', '', ';INTERVAL=2', ';INTERVAL=3'),
    end: fc.oneof(
      nothing,
      part('COUNT', fc.integer({ min: 1, max: 40 })),
      part('UNTIL', day(2015, 2034).map(dateValue)),
    ),
  })
  .map(({ text, interval, end }) => `${text}${interval}${end}`)

const event: fc.Arbitrary<Generated> = fc.record({
  from: day(2010, 2031),
  days: fc.constantFrom(1, 1, 1, 2, 5),
  rule: fc.option(rule, { nil: undefined, freq: 5 }),
  excluded: fc.uniqueArray(fc.integer({ min: 0, max: 12 }), { maxLength: 2 }),
  added: fc.array(day(2019, 2033), { maxLength: 2 }),
  moved: fc.option(fc.record({ nth: fc.integer({ min: 0, max: 12 }), by: fc.integer({ min: -9, max: 9 }) }), {
    nil: undefined,
    freq: 3,
  }),
})

function dateValue(of: Day): string {
  return new Date(of * DAY_MS).toISOString().slice(0, 10).replaceAll('-', '')
}

/** The days of a rule as the rrule package counts them, in order: an event begins on the first of them. */
function daysOfRule({ from, rule }: Generated): readonly Day[] {
  if (!rule) return [from]
  const set = rrulestr(`DTSTART:${dateValue(from)}T000000Z\nRRULE:${rule}`)
  return set.between(new Date(from * DAY_MS), new Date(TO + DAY_MS), true).map((date) => date.getTime() / DAY_MS)
}

interface Written {
  readonly lines: readonly string[]
  /** What the rrule package says of it: begins, before it is known how long each lasts. */
  readonly starts: readonly Day[]
  readonly days: number
}

/** An event in the text of a calendar, and the days on which it begins. Undefined for a rule that never is. */
function write(generated: Generated, index: number): Written | undefined {
  const [start] = daysOfRule(generated)
  if (start === undefined) return undefined
  const { rule, days, added, moved } = generated
  const all = daysOfRule({ ...generated, from: start })
  const excluded = rule ? generated.excluded.flatMap((nth) => all[nth] ?? []) : []
  const extra = [...new Set(added)].filter((day) => !all.includes(day))
  const kept = all.filter((day) => !excluded.includes(day))
  const replaced = moved && rule ? kept[moved.nth] : undefined
  const common = [`UID:${index}@example.com`, 'DTSTAMP:20200101T000000Z']
  const lasting = (from: Day) => [
    `DTSTART;VALUE=DATE:${dateValue(from)}`,
    `DTEND;VALUE=DATE:${dateValue(from + days)}`,
    'SUMMARY:Holiday',
  ]
  const lines = [
    'BEGIN:VEVENT',
    ...common,
    ...lasting(start),
    ...(rule ? [`RRULE:${rule}`] : []),
    ...(excluded.length > 0 ? [`EXDATE;VALUE=DATE:${excluded.map(dateValue).join(',')}`] : []),
    ...(extra.length > 0 ? [`RDATE;VALUE=DATE:${extra.map(dateValue).join(',')}`] : []),
    'END:VEVENT',
  ]
  const movedTo = replaced === undefined ? undefined : replaced + moved!.by
  if (movedTo !== undefined) {
    const id = `RECURRENCE-ID;VALUE=DATE:${dateValue(replaced!)}`
    lines.push('BEGIN:VEVENT', ...common, id, ...lasting(movedTo), 'END:VEVENT')
  }
  const starts = [...kept.filter((day) => day !== replaced), ...extra, ...(movedTo === undefined ? [] : [movedTo])]
  return { lines, starts, days }
}

function calendarOf(events: readonly Written[]): string {
  const lines = events.flatMap((event) => event.lines)
  return ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Example//EN', ...lines, 'END:VCALENDAR', ''].join('\r\n')
}

/** Every day of the years asked about, by the days on which events begin and how long they last. */
function covered(starts: readonly (readonly [start: Day, days: number])[]): readonly string[] {
  const all = new Set<Day>()
  for (const [start, days] of starts) for (let day = start; day < start + days; day++) all.add(day)
  const inside = [...all].filter((day) => day * DAY_MS >= FROM && day * DAY_MS <= TO)
  return inside.sort((a, b) => a - b).map((day) => new Date(day * DAY_MS).toISOString().slice(0, 10))
}

function ours(text: string): readonly string[] {
  const bytes = new TextEncoder().encode(text)
  const { days, skipped } = readHolidays(bytes, { file: 'x.ics', firstYear: FIRST_YEAR, lastYear: LAST_YEAR })
  expect(skipped.filter(({ text }) => !text.endsWith(`on no date from ${FIRST_YEAR} to ${LAST_YEAR}`))).toEqual([])
  return covered(
    days.map(({ date, from = date, to = date }) => {
      const [first, last] = [Date.parse(from!), Date.parse(to!)]
      return [first / DAY_MS, (last - first) / DAY_MS + 1]
    }),
  )
}

/** As ical.js reads and expands the same text. */
function byIcalJs(text: string): readonly string[] {
  const calendar = new ICAL.Component(ICAL.parse(text))
  const all = calendar.getAllSubcomponents('vevent').map((component) => new ICAL.Event(component))
  const starts: [Day, number][] = []
  const dayOf = (time: ICAL.Time) => Date.UTC(time.year, time.month - 1, time.day) / DAY_MS
  for (const master of all.filter((event) => !event.isRecurrenceException())) {
    for (const other of all) {
      if (other.isRecurrenceException() && other.uid === master.uid) master.relateException(other)
    }
    if (!master.isRecurring()) starts.push([dayOf(master.startDate), master.duration.toSeconds() / 86_400])
    if (!master.isRecurring()) continue
    const iterator = master.iterator()
    for (let next = iterator.next(); next && dayOf(next) <= TO / DAY_MS + 30; next = iterator.next()) {
      const { startDate, endDate } = master.getOccurrenceDetails(next)
      starts.push([dayOf(startDate), dayOf(endDate) - dayOf(startDate)])
    }
  }
  return covered(starts)
}

/** Where ical.js 2.2 errs, by what the other package and the standard say. */
function icalJsErrs({ rule, added }: Generated): boolean {
  // It leaves out the day on which an event begins that has dates beside it and no rule.
  if (!rule) return added.length > 0
  const given = (name: string) => new RegExp(`${name}=([^;]+)`).exec(rule)?.[1]?.split(',').map(Number) ?? []
  const [months, monthDays] = [given('BYMONTH'), given('BYMONTHDAY')]
  // It takes months, and days of the week that it counts, in the order in which they are written.
  if (months.some((month, index) => month < (months[index - 1] ?? 0))) return true
  if (/BYDAY=[^;]*\d[^;]*,/.test(rule)) return true
  if (rule.includes('FREQ=MONTHLY')) return months.length > 1
  if (!rule.includes('FREQ=YEARLY')) return false
  // It counts the nth day of a week within a year, and days from the end of a month, by other years or not at all.
  if (rule.includes('BYDAY') && months.length === 0) return true
  if (monthDays.some((day) => day < 0)) return true
  // A day that a month does not have moves to the next month.
  return months.length > 0 && (monthDays.length === 0 ? months.length > 1 : monthDays.some((day) => day > 28))
}

test('R40: the days of a calendar are those that the rrule package counts', () => {
  let counted = 0
  fc.assert(
    fc.property(fc.array(event, { minLength: 1, maxLength: 3 }), (events) => {
      const written = events.flatMap((event, index) => write(event, index) ?? [])
      const expected = covered(written.flatMap(({ starts, days }) => starts.map((start) => [start, days] as const)))
      expect(ours(calendarOf(written))).toEqual(expected)
      counted += expected.length
    }),
    { numRuns: 800 },
  )
  expect(counted).toBeGreaterThan(30_000)
}, 300_000)

test('R40: ical.js reads the same days in the same text, but where it errs', () => {
  let compared = 0
  fc.assert(
    fc.property(event, (generated) => {
      const written = icalJsErrs(generated) ? undefined : write(generated, 0)
      if (!written) return
      const text = calendarOf([written])
      expect(ours(text)).toEqual(byIcalJs(text))
      compared++
    }),
    // The same ones each time: where else ical.js errs is no finding about ours.
    { numRuns: 2000, seed: 20_261_127 },
  )
  expect(compared).toBeGreaterThan(1000)
}, 300_000)
