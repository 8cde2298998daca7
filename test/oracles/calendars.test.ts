import fc from 'fast-check'
import ICAL from 'ical.js'
import ical from 'node-ical'
import { expect, test } from 'vitest'
import { DAY_MS, formatDate } from '../../src/domain/time/calendar-date.js'
import { type Interval, mergeIntervals, Schedule } from '../../src/domain/time/schedule.js'
import { readHolidays } from '../../src/formats/icalendar/read-holidays.js'
import { writeHours } from '../../src/formats/icalendar/write-hours.js'
import { businessHours, TODAY } from '../formats/hours-arbitrary.js'

const [FROM, TO] = [(TODAY + 2) * DAY_MS, (TODAY + 200) * DAY_MS]

/** When events of some hours run, by the expansion of ical.js. */
function openByIcalJs(text: string): Interval[] {
  const calendar = new ICAL.Component(ICAL.parse(text))
  for (const zone of calendar.getAllSubcomponents('vtimezone')) {
    const known = new ICAL.Timezone(zone)
    ICAL.TimezoneService.register(known, known.tzid)
  }
  const found: Interval[] = []
  for (const component of calendar.getAllSubcomponents('vevent')) {
    const event = new ICAL.Event(component)
    if (event.startDate.isDate) continue
    const iterator = event.iterator()
    for (let at = iterator.next(); at; at = iterator.next()) {
      const { startDate, endDate } = event.getOccurrenceDetails(at)
      if (startDate.toUnixTime() * 1000 > TO) break
      found.push({ start: startDate.toUnixTime() * 1000, end: endDate.toUnixTime() * 1000 })
    }
  }
  return clipped(found)
}

function clipped(found: readonly Interval[]): Interval[] {
  const sorted = found.filter(({ start, end }) => end > FROM && start < TO).sort((a, b) => a.start - b.start)
  return mergeIntervals(sorted).map(({ start, end }) => ({ start: Math.max(start, FROM), end: Math.min(end, TO) }))
}

/** A week in which a clock changes: the two resolve a night across it each in their own way. */
const IN_ONE_OFFSET = ['UTC', 'Asia/Kolkata']

test('R5: hours that are written as a calendar are open in ical.js when they are open here', () => {
  fc.assert(
    fc.property(businessHours, (hours) => {
      fc.pre(IN_ONE_OFFSET.includes(hours.zone))
      const { text } = writeHours(hours, { name: 'Acme', today: TODAY })
      expect(openByIcalJs(text)).toEqual([...new Schedule(hours).intervals(FROM, TO)])
    }),
    { numRuns: 80 },
  )
})

test('R5: node-ical reads as many events from it, each with the same start', async () => {
  await fc.assert(
    fc.asyncProperty(businessHours, async (hours) => {
      const { text } = writeHours(hours, { name: 'Acme', today: TODAY })
      const theirs = Object.values(await ical.async.parseICS(text)).filter((one) => one?.type === 'VEVENT')
      const starts = (list: readonly string[]) => [...list].sort()
      const ours = new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent').map((one) => new ICAL.Event(one))
      expect(starts(theirs.map((one) => `${(one as { uid: string }).uid}`))).toEqual(starts(ours.map(({ uid }) => uid)))
    }),
    { numRuns: 40 },
  )
})

const monthDay = fc.record({ month: fc.integer({ min: 1, max: 12 }), day: fc.integer({ min: 1, max: 28 }) })
const two = (number: number) => String(number).padStart(2, '0')
const rule = fc.oneof(
  fc.constant('FREQ=YEARLY'),
  fc.integer({ min: 1, max: 6 }).map((count) => `FREQ=YEARLY;COUNT=${count}`),
  fc.integer({ min: 1, max: 3 }).map((interval) => `FREQ=YEARLY;INTERVAL=${interval};UNTIL=20300101`),
)

/** The dates of a calendar of one holiday, by ical.js. */
function datesByIcalJs(text: string): string[] {
  const calendar = new ICAL.Component(ICAL.parse(text))
  return calendar.getAllSubcomponents('vevent').flatMap((component) => {
    const event = new ICAL.Event(component)
    const dates: string[] = []
    const iterator = event.iterator()
    for (let at = iterator.next(); at && at.year <= 2030; at = iterator.next()) {
      if (at.year >= 2025) dates.push(`${at.year}-${two(at.month)}-${two(at.day)}`)
    }
    return dates
  })
}

/** The same by node-ical. */
async function datesByNodeIcal(text: string): Promise<string[]> {
  const [event] = Object.values(await ical.async.parseICS(text)).filter((one) => one?.type === 'VEVENT')
  const { rrule, start } = event as {
    rrule?: { between(from: Date, to: Date, inclusive: boolean): Date[] }
    start: Date
  }
  const dates = rrule ? rrule.between(new Date('2025-01-01T00:00:00'), new Date('2030-12-31T23:59:59'), true) : [start]
  return dates.map((date) => formatDate(Math.floor((date.getTime() - date.getTimezoneOffset() * 60_000) / DAY_MS)))
}

test('R40: the days of a holiday that repeats are those of two other readers', async () => {
  await fc.assert(
    fc.asyncProperty(monthDay, fc.integer({ min: 2020, max: 2026 }), rule, async ({ month, day }, year, repeats) => {
      const lines = [
        `DTSTART;VALUE=DATE:${year}${two(month)}${two(day)}`,
        `RRULE:${repeats}`,
        'UID:x',
        'SUMMARY:x',
        'DTSTAMP:20260101T000000Z',
      ]
      const text = [
        'BEGIN:VCALENDAR',
        'VERSION:2.0',
        'PRODID:x',
        'BEGIN:VEVENT',
        ...lines,
        'END:VEVENT',
        'END:VCALENDAR',
        '',
      ].join('\r\n')
      const { days } = readHolidays(new TextEncoder().encode(text), { file: 'x', firstYear: 2025, lastYear: 2030 })
      const ours = days.map(({ date }) => date)
      expect(ours).toEqual(datesByIcalJs(text))
      expect(ours).toEqual(await datesByNodeIcal(text))
    }),
    { numRuns: 150 },
  )
})
