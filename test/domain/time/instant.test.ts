import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatInstant, formatOffset, parseInstant } from '../../../src/domain/time/instant.js'
import { Zone } from '../../../src/domain/time/zone.js'

const valid: readonly (readonly [text: string, instant: string])[] = [
  ['2026-11-27T22:30:00Z', '2026-11-27T22:30:00.000Z'],
  ['2026-11-27T17:30:00-05:00', '2026-11-27T22:30:00.000Z'],
  ['2026-11-27T17:30-0500', '2026-11-27T22:30:00.000Z'],
  ['2026-11-27 17:30:00+05:45', '2026-11-27T11:45:00.000Z'],
  ['2026-11-27t17:30:00z', '2026-11-27T17:30:00.000Z'],
  ['2026-11-27T17:30:00.5Z', '2026-11-27T17:30:00.500Z'],
  ['2026-11-27T17:30:00,123456789Z', '2026-11-27T17:30:00.123Z'],
  ['2028-02-29T00:00Z', '2028-02-29T00:00:00.000Z'],
  ['1900-01-01T00:00Z', '1900-01-01T00:00:00.000Z'],
  ['2199-12-31T23:59:59.999Z', '2199-12-31T23:59:59.999Z'],
  ['2200-01-01T00:00+00:01', '2199-12-31T23:59:00.000Z'],
  ['2026-01-01T00:00+14:00', '2025-12-31T10:00:00.000Z'],
]

const FORM = 'write ISO 8601 with an offset, e.g. 2026-11-27T17:30:00-05:00 or 2026-11-27T22:30:00Z'
const RANGE = 'use a time between 1900 and 2199'

const refused: readonly (readonly [text: string, message: string, hint: string])[] = [
  ['', '"" is not an instant', FORM],
  ['tomorrow', '"tomorrow" is not an instant', FORM],
  ['2026-11-27', '"2026-11-27" is not an instant', FORM],
  ['2026-11-27T17:30:00', '"2026-11-27T17:30:00" is not an instant', FORM],
  ['2026-11-27T17Z', '"2026-11-27T17Z" is not an instant', FORM],
  ['2026-11-27T17:30:00+5', '"2026-11-27T17:30:00+5" is not an instant', FORM],
  ['26-11-27T17:30Z', '"26-11-27T17:30Z" is not an instant', FORM],
  [' 2026-11-27T17:30Z', '" 2026-11-27T17:30Z" is not an instant', FORM],
  ['2026-02-29T00:00Z', 'the date of "2026-02-29T00:00Z" does not exist', FORM],
  ['2026-13-01T00:00Z', 'the date of "2026-13-01T00:00Z" does not exist', FORM],
  ['2026-00-01T00:00Z', 'the date of "2026-00-01T00:00Z" does not exist', FORM],
  ['2026-11-31T00:00Z', 'the date of "2026-11-31T00:00Z" does not exist', FORM],
  ['2026-11-00T00:00Z', 'the date of "2026-11-00T00:00Z" does not exist', FORM],
  ['2026-11-27T24:00Z', 'the time of "2026-11-27T24:00Z" does not exist', FORM],
  ['2026-11-27T17:60Z', 'the time of "2026-11-27T17:60Z" does not exist', FORM],
  ['2026-11-27T17:30:60Z', 'the time of "2026-11-27T17:30:60Z" does not exist', FORM],
  ['2026-11-27T17:30+24:00', 'the time of "2026-11-27T17:30+24:00" does not exist', FORM],
  ['2026-11-27T17:30+05:60', 'the time of "2026-11-27T17:30+05:60" does not exist', FORM],
  ['1899-12-31T23:59Z', '"1899-12-31T23:59Z" is out of range', RANGE],
  ['2200-01-01T00:00Z', '"2200-01-01T00:00Z" is out of range', RANGE],
]

describe('reading an instant', () => {
  for (const [text, instant] of valid) {
    test(`"${text}" is ${instant}`, () => {
      expect(new Date(parseInstant(text)).toISOString()).toBe(instant)
    })
  }

  for (const [text, message, hint] of refused) {
    test(`"${text}" is refused`, () => {
      expect(() => parseInstant(text)).toThrow(expect.objectContaining({ code: 'invalid-input', message, hint }))
    })
  }
})

const written: readonly (readonly [zone: string, instant: string, text: string])[] = [
  ['America/New_York', '2026-11-23T22:30:00Z', '2026-11-23T17:30:00.000-05:00'],
  ['America/New_York', '2026-07-01T04:00:00Z', '2026-07-01T00:00:00.000-04:00'],
  ['Asia/Kathmandu', '2026-11-23T18:15:00Z', '2026-11-24T00:00:00.000+05:45'],
  ['Europe/London', '2026-11-23T12:00:00Z', '2026-11-23T12:00:00.000+00:00'],
  ['UTC', '2026-11-23T12:00:00.123Z', '2026-11-23T12:00:00.123Z'],
  ['Etc/UTC', '2026-11-23T12:00:00Z', '2026-11-23T12:00:00.000Z'],
]

describe('writing an instant', () => {
  for (const [zone, instant, text] of written) {
    test(`${instant} in ${zone} is ${text}`, () => {
      expect(formatInstant(Date.parse(instant), Zone.of(zone))).toBe(text)
    })
  }

  test('offsets have two digits each', () => {
    expect([0, -5, 5.75, -9.5, 14].map((hours) => formatOffset(hours * 3_600_000))).toEqual([
      '+00:00',
      '-05:00',
      '+05:45',
      '-09:30',
      '+14:00',
    ])
  })

  test('what is written reads as the same instant, in any zone', () => {
    const zones = ['America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'Pacific/Apia', 'UTC']
    const instants = fc.integer({ min: Date.parse('1900-01-02T00:00Z'), max: Date.parse('2199-12-31T00:00Z') })
    fc.assert(
      fc.property(fc.constantFrom(...zones), instants, (zone, instant) => {
        expect(parseInstant(formatInstant(instant, Zone.of(zone)))).toBe(instant)
      }),
    )
  })
})
