import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatInstant, parseInstant } from '../../../src/domain/time/instant.js'
import { formatDay, formatFullMoment, formatMoment, formatTime } from '../../../src/domain/time/moment.js'
import { parseAt } from '../../../src/domain/time/typed/parse-at.js'
import { Zone } from '../../../src/domain/time/zone.js'

const NEW_YORK = Zone.of('America/New_York')
const REFERENCE = Date.parse('2026-11-23T12:00-05:00')

const moments: readonly (readonly [at: string, text: string, about: string])[] = [
  ['2026-11-23T17:00-05:00', 'Mon 17:00', 'the same day'],
  ['2026-11-24T09:05-05:00', 'Tue 09:05', 'the next day'],
  ['2026-11-29T09:00-05:00', 'Sun 09:00', 'six days later'],
  ['2026-11-30T09:00-05:00', 'Mon 30 Nov 09:00', 'seven days later, when the weekday is no longer clear'],
  ['2026-11-17T00:00-05:00', 'Tue 00:00', 'six days before'],
  ['2026-11-16T23:59-05:00', 'Mon 16 Nov 23:59', 'seven days before'],
  ['2027-01-04T09:00-05:00', 'Mon 4 Jan 2027 09:00', 'the next year'],
  ['2025-12-31T09:00-05:00', 'Wed 31 Dec 2025 09:00', 'the year before'],
  ['2026-11-24T04:59:59Z', 'Mon 23:59', 'a date of the zone, not of UTC'],
  ['2026-07-01T13:00Z', 'Wed 1 Jul 09:00', 'summer time'],
]

for (const [at, text, about] of moments) {
  test(`a moment is "${text}": ${about}`, () => {
    expect(formatMoment(Date.parse(at), NEW_YORK, REFERENCE)).toBe(text)
  })
}

test('a full moment has weekday, date, year and time', () => {
  expect(formatFullMoment(Date.parse('2026-11-27T17:30-05:00'), NEW_YORK)).toBe('Fri 27 Nov 2026, 17:30')
})

test.each<readonly [zone: string, at: string, text: string]>([
  ['America/New_York', '2026-11-01T00:59-04:00', 'Sun 00:59'],
  ['America/New_York', '2026-11-01T01:00-04:00', 'Sun 01:00 -04:00'],
  ['America/New_York', '2026-11-01T01:45-05:00', 'Sun 01:45 -05:00'],
  ['America/New_York', '2026-11-01T02:00-05:00', 'Sun 02:00'],
  ['Europe/London', '2026-10-25T01:30+00:00', 'Sun 25 Oct 01:30 +00:00'],
  ['Australia/Lord_Howe', '2026-04-05T01:45+10:30', 'Sun 5 Apr 01:45 +10:30'],
])('R4: a time that the clock shows twice says which one: %s %s', (zone, at, text) => {
  const instant = Date.parse(at)
  expect(formatMoment(instant, Zone.of(zone), Date.parse('2026-11-01T12:00-05:00'))).toBe(text)
  expect(formatFullMoment(instant, Zone.of(zone))).toContain(text.slice(-5))
})

/** Half an hour of summer time, two hours of it, a day that was skipped, a change over midnight, old offsets with seconds. */
const ZONES = [
  ...['UTC', 'America/New_York', 'Europe/London', 'Australia/Lord_Howe', 'Pacific/Apia', 'Antarctica/Troll'],
  ...[
    'America/St_Johns',
    'America/Havana',
    'Asia/Kathmandu',
    'Africa/Monrovia',
    'Europe/Amsterdam',
    'Africa/Casablanca',
  ],
]
const zones = fc.constantFrom(...ZONES).map(Zone.of)
const whole = (from: string, to: string, step: number) =>
  fc.integer({ min: Date.parse(from) / step, max: Date.parse(to) / step }).map((count) => count * step)
const MINUTE = 60_000
/** Any minute, and often one near a change of the clock in one of the zones. */
const references = fc.oneof(
  whole('1905-01-01', '2195-01-01', MINUTE),
  fc
    .tuple(
      fc.constantFrom('2026-11-01T06:00Z', '2026-04-04T15:00Z', '2011-12-30T10:00Z', '2010-11-07T02:31Z', '1972-01-07'),
      whole('1969-12-31', '1970-01-02', MINUTE),
    )
    .map(([change, around]) => Date.parse(change) + around),
)

test('R4: a time in words reads back as the same minute', () => {
  const distances = fc.oneof(whole('1969-12-23', '1970-01-09', MINUTE), whole('1968-01-01', '1972-01-01', MINUTE))
  fc.assert(
    fc.property(zones, references, distances, (zone, now, distance) => {
      const local = zone.toLocal(now + distance)
      const minute = now + distance - (((local % MINUTE) + MINUTE) % MINUTE)
      const lookIn = minute > now ? 'future' : 'past'
      for (const text of [formatMoment(minute, zone, now), formatFullMoment(minute, zone)]) {
        const read = parseAt(`${text} ${zone.name}`, { now, zone: NEW_YORK, lookIn })
        expect(`${text}: ${formatInstant(read, zone)}`).toBe(`${text}: ${formatInstant(minute, zone)}`)
        expect(parseAt(text, { now, zone, lookIn })).toBe(read)
      }
    }),
    // Of the last one, six days before is the date that Apia skipped.
    { numRuns: 2000, examples: [[Zone.of('Pacific/Apia'), 1_325_239_200_000, 518_460_000]] },
  )
})

test('R4: a time of an answer reads back as the same instant', () => {
  fc.assert(
    fc.property(zones, whole('1901-01-01', '2199-01-01', 1), (zone, instant) => {
      const text = formatInstant(instant, zone)
      expect(parseInstant(text)).toBe(instant)
      expect(parseAt(text, { now: 0, zone: NEW_YORK })).toBe(instant)
    }),
    { numRuns: 1000 },
  )
})

test('days and times before 1970 count on', () => {
  expect([formatDay(-1), formatTime(-60_000), formatDay(-25_567)]).toEqual([
    'Wed 31 Dec 1969',
    '23:59',
    'Mon 1 Jan 1900',
  ])
})
