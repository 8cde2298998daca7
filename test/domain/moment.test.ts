import { expect, test } from 'vitest'
import { formatDay, formatFullMoment, formatMoment, formatTime } from '../../src/domain/moment.js'
import { Zone } from '../../src/domain/schedule/zone.js'

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
  expect(formatFullMoment(Date.parse('2026-11-27T17:30Z'))).toBe('Fri 27 Nov 2026, 17:30')
})

test('days and times before 1970 count on', () => {
  expect([formatDay(-1), formatTime(-60_000), formatDay(-25_567)]).toEqual([
    'Wed 31 Dec 1969',
    '23:59',
    'Mon 1 Jan 1900',
  ])
})
