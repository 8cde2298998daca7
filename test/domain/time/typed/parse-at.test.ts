import { describe, expect, test } from 'vitest'
import { type AtOptions, parseAt } from '../../../../src/domain/time/typed/parse-at.js'
import { Zone } from '../../../../src/domain/time/zone.js'

/** Monday 23 November 2026, 10:00 in New York. */
const NOW = Date.parse('2026-11-23T10:00-05:00')

function read(text: string, { now = NOW, zone = 'America/New_York', lookIn }: Partial<Shown> = {}): string {
  return new Date(parseAt(text, { now, zone: Zone.of(zone), lookIn })).toISOString().replace(/:00\.000Z$/, 'Z')
}

interface Shown extends Omit<AtOptions, 'zone'> {
  readonly zone: string
}

describe('a time is read as the instant that it names', () => {
  test.each<readonly [text: string, instant: string]>([
    ['now', '2026-11-23T15:00Z'],
    ['2026-11-27', '2026-11-27T05:00Z'],
    ['20261127', '2026-11-27T05:00Z'],
    ['2026-331', '2026-11-27T05:00Z'],
    ['2026-W48-5', '2026-11-27T05:00Z'],
    ['2026-11-27 17:30', '2026-11-27T22:30Z'],
    ['2026-11-27T17:30', '2026-11-27T22:30Z'],
    ['2026-11-27T17', '2026-11-27T22:00Z'],
    ['2026-11-27t17:30:15', '2026-11-27T22:30:15.000Z'],
    ['2026-11-27T17:30:15.5', '2026-11-27T22:30:15.500Z'],
    ['2026-11-27T17:30:15,123456789', '2026-11-27T22:30:15.123Z'],
    ['20261127T1730', '2026-11-27T22:30Z'],
    ['2026-11-27 24:00', '2026-11-28T05:00Z'],
    ['2026-11-27T24:00', '2026-11-28T05:00Z'],
    ['2026-11-27 5:30pm', '2026-11-27T22:30Z'],
    ['2026-11-27 5:30 pm', '2026-11-27T22:30Z'],
    ['2026-11-27 5:30\u202fPM', '2026-11-27T22:30Z'],
    ['2026-11-27\u00a05 p.m.', '2026-11-27T22:00Z'],
    ['2026-11-27 noon', '2026-11-27T17:00Z'],
    ['fri', '2026-11-27T05:00Z'],
    ['fri 17:30', '2026-11-27T22:30Z'],
    ['fri 5:30 pm', '2026-11-27T22:30Z'],
    ['Friday at 5:30 P.M.', '2026-11-27T22:30Z'],
    ['fri midnight', '2026-11-27T05:00Z'],
    ['fri 24:00', '2026-11-28T05:00Z'],
    ['mon 9am', '2026-11-30T14:00Z'],
    ['mon 10:00', '2026-11-23T15:00Z'],
    ['next mon 11:00', '2026-11-30T16:00Z'],
    ['tomorrow', '2026-11-24T05:00Z'],
    ['tomorrow 12am', '2026-11-24T05:00Z'],
    ['tomorrow 12pm', '2026-11-24T17:00Z'],
    ['yesterday 9:15', '2026-11-22T14:15Z'],
    ['9am', '2026-11-23T14:00Z'],
    ['at 11:59pm', '2026-11-24T04:59Z'],
    ['\ttomorrow\t9am ', '2026-11-24T14:00Z'],
    ['27 Nov', '2026-11-27T05:00Z'],
    ['Fri 27 Nov 17:30', '2026-11-27T22:30Z'],
    ['2 Nov 9am', '2026-11-02T14:00Z'],
    ['Fri 27 Nov 2026, 17:30', '2026-11-27T22:30Z'],
    ['Mon 4 January 2027 09:00', '2027-01-04T14:00Z'],
    ['in 2h', '2026-11-23T17:00Z'],
    ['in 1h 30m', '2026-11-23T16:30Z'],
    ['in 1.5h', '2026-11-23T16:30Z'],
    ['in PT1H30M', '2026-11-23T16:30Z'],
    ['+1h', '2026-11-23T16:00Z'],
    ['-1d', '2026-11-22T15:00Z'],
    ['45m ago', '2026-11-23T14:15Z'],
  ])('"%s" is %s', (text, instant) => {
    expect(read(text)).toBe(instant)
  })
})

describe('R6: a time says its zone or its offset after it', () => {
  test.each<readonly [text: string, instant: string]>([
    ['2026-11-27T17:30:00Z', '2026-11-27T17:30Z'],
    ['2026-11-27t17:30:00z', '2026-11-27T17:30Z'],
    ['20261127T173000Z', '2026-11-27T17:30Z'],
    ['2026-11-27T17:30+05:30', '2026-11-27T12:00Z'],
    ['2026-11-27T17:30+0530', '2026-11-27T12:00Z'],
    ['2026-11-27T17:30+05', '2026-11-27T12:30Z'],
    ['2026-11-27 17:30-05:00', '2026-11-27T22:30Z'],
    ['2026-11-27 17:30 -0500', '2026-11-27T22:30Z'],
    ['2026-11-27 17:30 +05:30', '2026-11-27T12:00Z'],
    ['2026-11-27 5:30 pm +05:30', '2026-11-27T12:00Z'],
    ['2026-11-27 17:30 UTC', '2026-11-27T17:30Z'],
    ['2026-11-27 17:30 utc', '2026-11-27T17:30Z'],
    ['2026-11-27 17:30:00 GMT+2', '2026-11-27T15:30Z'],
    ['2026-11-27 17:30 UTC-03:30', '2026-11-27T21:00Z'],
    ['fri 17:30 +01:00', '2026-11-27T16:30Z'],
    ['fri 17:30 Europe/Berlin', '2026-11-27T16:30Z'],
    ['fri Europe/Berlin', '2026-11-26T23:00Z'],
    ['2026-11-27 5:30 pm Europe/Berlin', '2026-11-27T16:30Z'],
    ['2026-11-27T17:30 Europe/Berlin', '2026-11-27T16:30Z'],
    ['2026-11-27T17:30[Europe/Berlin]', '2026-11-27T16:30Z'],
    ['2026-11-27T17:30:00-05:00[America/New_York]', '2026-11-27T22:30Z'],
    ['2026-11-27T17:30:00-05:00[!America/New_York]', '2026-11-27T22:30Z'],
    ['2026-11-27T17:30:00-05:00[America/New_York][u-ca=gregory]', '2026-11-27T22:30Z'],
    ['2026-11-27T17:30:00-05:00[u-ca=iso8601]', '2026-11-27T22:30Z'],
    ['2026-11-27T17:30Z[America/New_York]', '2026-11-27T17:30Z'],
    ['2026-11-27T17:30-00:00[America/New_York]', '2026-11-27T17:30Z'],
    ['2026-11-01T01:30-05:00[America/New_York]', '2026-11-01T06:30Z'],
    ['Sun 1 Nov 01:30 -05:00 America/New_York', '2026-11-01T06:30Z'],
    ['1970-01-01T00:00-00:44[Africa/Monrovia]', '1970-01-01T00:44:30.000Z'],
  ])('"%s" is %s', (text, instant) => {
    expect(read(text)).toBe(instant)
  })

  test('the abbreviation that the workspace itself uses is known', () => {
    expect(read('fri 17:30 CET', { zone: 'CET' })).toBe('2026-11-27T16:30Z')
  })
})

const FORMS = 'write 2026-11-27T17:30-05:00, "2026-11-27 17:30", "fri 17:30", "tomorrow 9am", "in 2h" or now'
const CLOCKS = 'times of day run from 00:00 to 24:00, or from 12am to 11:59pm'
const TOO = 'an offset such as -05:00 works too'

describe('what is not known is an error with the nearest right thing, never left out', () => {
  test.each<readonly [text: string, hint: string]>([
    ['', FORMS],
    ['soon', FORMS],
    ['fridya 9am', 'did you mean "friday"?'],
    ['fri 17', FORMS],
    ['9am fri', 'write the day first: "fri 9am"'],
    ['9:00 17:00', FORMS],
    ['2026-11-27 9am to 5pm', FORMS],
    ['fri 09:00-17:00', FORMS],
    ['9am-5pm', FORMS],
    ['2026-11-27 17:30 foo', `"foo" is not a zone: write an IANA name, e.g. "Europe/Berlin"; ${TOO}`],
    ['2026-11-27 17:30 PST', `"PST" is not a zone: did you mean "America/Los_Angeles"?; ${TOO}`],
    ['2026-11-27T17:30 CEST', `"CEST" is not a zone: write an IANA name, e.g. "Europe/Berlin"; ${TOO}`],
    ['fri 17:30 EST', `"EST" means several zones: write an IANA name, e.g. "America/New_York"; ${TOO}`],
    ['fri 17:30 Berlin', `"Berlin" is not a zone: did you mean "Europe/Berlin"?; ${TOO}`],
    ['2026-11-27 17:30 please now', FORMS],
    ['fri 2026-11-27 17:30', FORMS],
    ['2026-11-27T5:30pm', FORMS],
    ['2026-11-27T17:30 pm', FORMS],
    ['2026-11-27T17:30 9am', FORMS],
    ['2026-11-27 17:30 +5', FORMS],
    ['17:30+05:30', FORMS],
    ['T17:30', FORMS],
    ['last fri', FORMS],
    ['in 2h UTC', FORMS],
    ['now Europe/Berlin', FORMS],
    ['in 2h 1h', FORMS],
    ['in 2h ago', FORMS],
    ['-0500', FORMS],
    ['11/27/2026', FORMS],
    ['27.11.2026', FORMS],
    ['2026/11/27 17:30', 'write "2026-11-27 17:30"'],
    ['fri 17.30', 'write "fri 17:30"'],
    ['17h30', 'write "17:30"'],
    ['in 1h30', FORMS],
    ['+1h30', FORMS],
    ['2h', 'write "in 2h" or "2h ago"'],
    ['２０２６-11-27 17:30', 'write "2026-11-27 17:30"'],
    ['2026–11–27 ١٧:٣٠', 'write "2026-11-27 17:30"'],
  ])('"%s"', (text, hint) => {
    const message = `"${text}" is not a time`
    expect(() => read(text)).toThrow(expect.objectContaining({ code: 'invalid-input', message, hint }))
  })

  test.each<readonly [text: string, message: string, hint: string]>([
    ['25:00', 'names a time that does not exist', CLOCKS],
    ['2026-11-27 17:60', 'names a time that does not exist', CLOCKS],
    ['2026-11-27T17:30:60Z', 'names a time that does not exist', CLOCKS],
    ['24:01', 'names a time that does not exist', CLOCKS],
    ['0:30 am', 'names a time that does not exist', 'write 00:30'],
    ['fri 0:30pm', 'names a time that does not exist', 'write 12:30'],
    ['13:60 pm', 'names a time that does not exist', CLOCKS],
    ['13 am', 'names a time that does not exist', CLOCKS],
    ['fri 13:30 pm', 'names a time that does not exist', 'write 13:30'],
    ['2026-11-27 09:00-17:00', 'names a time that does not exist', 'offsets run from -15:59 to +15:59'],
    ['2026-11-27T17:30+05:60', 'names a time that does not exist', 'offsets run from -15:59 to +15:59'],
    ['2026-02-30', 'names a date that does not exist', 'write a date of the calendar, e.g. 2026-11-27'],
    ['2026-02-30 17:30', 'names a date that does not exist', 'write a date of the calendar, e.g. 2026-11-27'],
    ['31 nov', 'names a date that does not exist', 'write a date of the calendar, e.g. 2026-11-27'],
    ['thu 27 nov', 'does not exist', '2026-11-27 is a friday'],
    ['fri 17:30 Europe/Berlin UTC', 'names two zones', 'keep one of them'],
    ['2026-11-27T17:30[Europe/Berlin][Europe/Paris]', 'names two zones', 'keep one of them'],
    ['fri 17:30 UTC[Europe/Paris]', 'names two zones', 'keep one of them'],
    [
      '2026-11-27T17:30+01:00[America/New_York]',
      'contradicts itself: America/New_York is at -05:00 then',
      'write 2026-11-27T11:30:00-05:00 or 2026-11-27T17:30:00-05:00',
    ],
    [
      '2026-11-01 01:30',
      'happens twice in America/New_York',
      'write 2026-11-01T01:30:00-04:00 for the first or 2026-11-01T01:30:00-05:00 for the second',
    ],
    [
      '2026-03-08 02:30',
      'does not exist in America/New_York: the clock skips it',
      'write 2026-03-08T01:30:00-05:00 or 2026-03-08T03:30:00-04:00',
    ],
    ['in 99999999w', 'is out of range', 'use a time between 1900 and 2199'],
    ['0000-01-01 9am +05:30 UTC', 'is out of range', 'use a time between 1900 and 2199'],
  ])('"%s" %s', (text, what, hint) => {
    expect(() => read(text)).toThrow(expect.objectContaining({ code: 'invalid-input', hint }))
    expect(() => read(text)).toThrow(`" ${what}`)
  })

  test.each<readonly [text: string, message: string]>([
    ['fri 17:30 europe/berlin', '"europe/berlin" is not an IANA time zone'],
    ['2026-11-27T17:30Z[]', '"" is not an IANA time zone'],
    ['2026-11-27T17:30[+05:30]', '"+05:30" is not an IANA time zone'],
    ['2026-11-27T17:30[!u-ca=hebrew]', '"[!u-ca=hebrew]" in "2026-11-27T17:30[!u-ca=hebrew]" is not a zone'],
    ['2026-11-27T17:30Z[x-foo=bar]', '"[x-foo=bar]" in "2026-11-27T17:30Z[x-foo=bar]" is not a zone'],
  ])('R6: "%s"', (text, message) => {
    expect(() => read(text)).toThrow(expect.objectContaining({ code: 'invalid-input', rule: 'R6', message }))
  })
})

describe('an end is never in the past', () => {
  const evening = Date.parse('2026-11-23T23:00-05:00')
  test.each<readonly [text: string, now: number, instant: string]>([
    ['midnight', NOW, '2026-11-24T05:00Z'],
    ['00:00', NOW, '2026-11-24T05:00Z'],
    ['12am', NOW, '2026-11-24T05:00Z'],
    ['24:00', NOW, '2026-11-24T05:00Z'],
    ['today 24:00', NOW, '2026-11-24T05:00Z'],
    ['9am', NOW, '2026-11-24T14:00Z'],
    ['10:00', NOW, '2026-11-24T15:00Z'],
    ['10:01', NOW, '2026-11-23T15:01Z'],
    ['9am', evening, '2026-11-24T14:00Z'],
    ['9am Europe/Berlin', NOW, '2026-11-24T08:00Z'],
    ['9am +01:00', NOW, '2026-11-24T08:00Z'],
    ['mon', NOW, '2026-11-30T05:00Z'],
    ['mon 9am', NOW, '2026-11-30T14:00Z'],
    ['mon 11am', NOW, '2026-11-23T16:00Z'],
    ['5 jan 9am', NOW, '2027-01-05T14:00Z'],
    // The clock skips 02:30 on the 8th, which is over: the next day has it.
    ['02:30', Date.parse('2026-03-08T10:00-04:00'), '2026-03-09T06:30Z'],
    // Of the two times that the clock shows, one is left.
    ['01:30', Date.parse('2026-11-01T01:40-04:00'), '2026-11-01T06:30Z'],
    ['01:30', Date.parse('2026-11-01T01:40-05:00'), '2026-11-02T06:30Z'],
  ])('"%s"', (text, now, instant) => {
    expect(read(text, { now, lookIn: 'future' })).toBe(instant)
  })

  test.each(['2020-01-01', 'today', 'today 9am', 'yesterday', 'now', '-1h', '5m ago', '2026-11-23T10:00-05:00'])(
    '"%s" is an error',
    (text) => {
      const hint = 'name a time after now, e.g. "tomorrow 9am", or "midnight" for the end of today'
      const message = `"${text}" is in the past`
      expect(() => read(text, { lookIn: 'future' })).toThrow(expect.objectContaining({ message, hint }))
    },
  )
})

describe('a look back finds the last such time', () => {
  test.each<readonly [text: string, instant: string]>([
    ['9am', '2026-11-23T14:00Z'],
    ['11am', '2026-11-22T16:00Z'],
    ['midnight', '2026-11-23T05:00Z'],
    ['mon', '2026-11-23T05:00Z'],
    ['mon 11am', '2026-11-16T16:00Z'],
    ['tue 9am', '2026-11-17T14:00Z'],
    ['24 Dec', '2025-12-24T05:00Z'],
    ['2 Nov 17:00', '2026-11-02T22:00Z'],
    ['tomorrow', '2026-11-24T05:00Z'],
  ])('"%s"', (text, instant) => {
    expect(read(text, { lookIn: 'past' })).toBe(instant)
  })
})
