import { describe, expect, test } from 'vitest'
import { parseDates } from '../../../../src/domain/time/typed/parse-date.js'
import { Zone } from '../../../../src/domain/time/zone.js'

// Monday 23 November 2026, 23:30 in New York; Tuesday in Berlin.
const NOW = Date.parse('2026-11-24T04:30:00Z')
const read = (text: string, zone = 'America/New_York') => parseDates(text, { now: NOW, zone: Zone.of(zone) })

describe('R5: the dates of an exception as people type them', () => {
  test.each([
    ['2026-12-24', '2026-12-24'],
    ['2020-12-24', '2020-12-24'],
    ['12-25', '12-25'],
    ['2026-12-25..2026-12-26', '2026-12-25..2026-12-26'],
    ['today', '2026-11-23'],
    ['tomorrow', '2026-11-24'],
    ['mon', '2026-11-23'],
    ['next mon', '2026-11-30'],
    ['fri', '2026-11-27'],
    ['24 Dec', '2026-12-24'],
    ['Dec 24', '2026-12-24'],
    ['Dec 24, 2027', '2027-12-24'],
    ['24 December 2026', '2026-12-24'],
    ['Thu 24 Dec', '2026-12-24'],
    ['1 Jan', '2027-01-01'],
    ['22 Nov', '2027-11-22'],
    ['24 Dec..26 Dec', '2026-12-24..2026-12-26'],
    ['28 Dec..2 Jan', '2026-12-28..2027-01-02'],
    ['fri..mon', '2026-11-27..2026-11-30'],
    ['2026-12-24..26 Dec', '2026-12-24..2026-12-26'],
  ])('%s is %s', (text, dates) => {
    expect(read(text)).toBe(dates)
  })

  test('today is the day of the zone', () => {
    expect(read('today', 'Europe/Berlin')).toBe('2026-11-24')
  })

  test.each([
    ['someday', '"someday" is not a date'],
    ['30 Feb', 'names a date that does not exist'],
    ['Fri 24 Dec', 'does not exist'],
    ['24 Dec..26 Dec..28 Dec', 'is not a date'],
    ['', '"" is not a date'],
    ['..', 'is not a date'],
  ])('%j is refused', (text, message) => {
    expect(() => read(text)).toThrow(message)
  })
})
