import { describe, expect, test } from 'vitest'
import { Zone } from '../../../src/domain/time/zone.js'

/** What a wall clock shows, as milliseconds since its 1970-01-01T00:00. */
const wallClock = (text: string) => Date.parse(`${text}Z`)
const iso = (instant: number) => new Date(instant).toISOString().slice(0, 19)

describe('R4: a time in a gap moves later by the length of the gap', () => {
  test.each([
    ['America/New_York', '2026-03-08T01:59', '2026-03-08T01:59-05:00'],
    ['America/New_York', '2026-03-08T02:00', '2026-03-08T03:00-04:00'],
    ['America/New_York', '2026-03-08T02:30', '2026-03-08T03:30-04:00'],
    ['America/New_York', '2026-03-08T02:59', '2026-03-08T03:59-04:00'],
    ['America/New_York', '2026-03-08T03:00', '2026-03-08T03:00-04:00'],
    ['Europe/Berlin', '2026-03-29T02:30', '2026-03-29T03:30+02:00'],
    ['Australia/Lord_Howe', '2026-10-04T02:00', '2026-10-04T02:30+11:00'],
    ['Australia/Lord_Howe', '2026-10-04T02:15', '2026-10-04T02:45+11:00'],
    ['Australia/Lord_Howe', '2026-10-04T02:30', '2026-10-04T02:30+11:00'],
    ['America/Havana', '2026-03-08T00:00', '2026-03-08T01:00-04:00'],
    ['America/Havana', '2026-03-08T00:30', '2026-03-08T01:30-04:00'],
    ['America/Santiago', '2026-09-06T00:00', '2026-09-06T01:00-03:00'],
    // Samoa had no 30 December 2011.
    ['Pacific/Apia', '2011-12-29T23:59', '2011-12-29T23:59-10:00'],
    ['Pacific/Apia', '2011-12-30T00:00', '2011-12-31T00:00+14:00'],
    ['Pacific/Apia', '2011-12-30T17:00', '2011-12-31T17:00+14:00'],
    ['Pacific/Apia', '2011-12-31T00:00', '2011-12-31T00:00+14:00'],
  ])('%s %s is %s', (zone, local, instant) => {
    expect(iso(Zone.of(zone).toInstant(wallClock(local)))).toBe(iso(Date.parse(instant)))
  })
})

describe('R4: a repeated time takes the first occurrence', () => {
  test.each([
    ['America/New_York', '2026-11-01T00:59', '2026-11-01T00:59-04:00'],
    ['America/New_York', '2026-11-01T01:00', '2026-11-01T01:00-04:00'],
    ['America/New_York', '2026-11-01T01:30', '2026-11-01T01:30-04:00'],
    ['America/New_York', '2026-11-01T02:00', '2026-11-01T02:00-05:00'],
    ['Europe/Berlin', '2026-10-25T02:30', '2026-10-25T02:30+02:00'],
    ['Europe/Berlin', '2026-10-25T03:00', '2026-10-25T03:00+01:00'],
    ['Australia/Lord_Howe', '2026-04-05T01:29', '2026-04-05T01:29+11:00'],
    ['Australia/Lord_Howe', '2026-04-05T01:45', '2026-04-05T01:45+11:00'],
    ['Australia/Lord_Howe', '2026-04-05T02:00', '2026-04-05T02:00+10:30'],
    ['America/Havana', '2026-11-01T00:00', '2026-11-01T00:00-04:00'],
    ['America/Havana', '2026-11-01T01:00', '2026-11-01T01:00-05:00'],
    ['America/Santiago', '2026-04-04T23:30', '2026-04-04T23:30-03:00'],
    ['America/Santiago', '2026-04-05T00:00', '2026-04-05T00:00-04:00'],
  ])('%s %s is %s', (zone, local, instant) => {
    expect(iso(Zone.of(zone).toInstant(wallClock(local)))).toBe(iso(Date.parse(instant)))
  })
})

describe('R4: a wall clock shows a time never, once or twice', () => {
  test.each<[string, string, string[]]>([
    ['Asia/Kolkata', '2026-07-01T12:00', ['2026-07-01T12:00+05:30']],
    ['America/New_York', '2026-03-08T02:30', []],
    ['America/New_York', '2026-11-01T01:30', ['2026-11-01T01:30-04:00', '2026-11-01T01:30-05:00']],
    ['Australia/Lord_Howe', '2026-04-05T01:45', ['2026-04-05T01:45+11:00', '2026-04-05T01:45+10:30']],
    ['Pacific/Apia', '2011-12-30T12:00', []],
    ['America/Santiago', '2026-04-04T23:30', ['2026-04-04T23:30-03:00', '2026-04-04T23:30-04:00']],
  ])('%s %s: %j', (zone, local, instants) => {
    expect(Zone.of(zone).instantsOf(wallClock(local)).map(iso)).toEqual(instants.map((text) => iso(Date.parse(text))))
  })
})

describe('an offset holds from the second of its change', () => {
  test.each([
    ['America/New_York', '2026-03-08T07:00:00Z', -300, -240],
    ['Europe/Berlin', '2026-10-25T01:00:00Z', 120, 60],
    ['Australia/Lord_Howe', '2026-10-03T15:30:00Z', 630, 660],
    ['Pacific/Apia', '2011-12-30T10:00:00Z', -600, 840],
    ['Asia/Pyongyang', '2018-05-04T15:00:00Z', 510, 540],
    // On the last day of a year.
    ['Pacific/Kiritimati', '1994-12-31T10:00:00Z', -600, 840],
    ['Asia/Singapore', '1981-12-31T16:00:00Z', 450, 480],
    // A zone that leaves summer time for one month of Ramadan.
    ['Africa/Casablanca', '2026-02-15T02:00:00Z', 60, 0],
    ['Africa/Casablanca', '2026-03-22T02:00:00Z', 0, 60],
    // A summer time of one week, the shortest since 1970.
    ['America/Recife', '2000-10-08T03:00:00Z', -180, -120],
    ['America/Recife', '2000-10-15T02:00:00Z', -120, -180],
  ])('%s at %s: from %i to %i minutes', (name, change, before, after) => {
    const zone = Zone.of(name)
    const at = Date.parse(change)
    expect(zone.offsetAt(at - 1)).toBe(before * 60_000)
    expect(zone.offsetAt(at)).toBe(after * 60_000)
    expect(iso(zone.toLocal(at))).toBe(iso(at + after * 60_000))
  })
})

describe('R6: IANA names', () => {
  test.each([
    'UTC',
    'Europe/Berlin',
    'America/Argentina/Buenos_Aires',
    'US/Eastern',
    'Asia/Calcutta',
    'Etc/GMT+5',
    'EST5EDT',
  ])('%s is a zone', (name) => {
    expect(Zone.of(name).name).toBe(name)
  })

  test('every zone that the engine lists is a zone', () => {
    const refused = Intl.supportedValuesOf('timeZone').filter((name) => !isZone(name))
    expect(refused).toEqual([])
  })

  const offset = 'an offset has no summer time: name a place, e.g. "Asia/Kolkata"'
  const form = 'write an IANA name, e.g. "Europe/Berlin"'
  test.each([
    ['+05:30', offset],
    ['-08:00', offset],
    ['UTC+2', offset],
    ['GMT-5', offset],
    ['Europe/Berln', 'did you mean "Europe/Berlin"?'],
    ['Berlin', 'did you mean "Europe/Berlin"?'],
    ['New York', 'did you mean "America/New_York"?'],
    ['america/new_york', 'did you mean "America/New_York"?'],
    ['Amercia/New_York', 'did you mean "America/New_York"?'],
    ['utc', 'did you mean "UTC"?'],
    ['PST', 'did you mean "America/Los_Angeles"?'],
    ['CEST', form],
    ['Z', form],
    ['Mars/Base', form],
    ['', form],
  ])('"%s" is an error with a suggestion', (name, hint) => {
    const message = `"${name}" is not an IANA time zone`
    expect(() => Zone.of(name)).toThrow(expect.objectContaining({ code: 'invalid-input', rule: 'R6', message, hint }))
  })
})

function isZone(name: string): boolean {
  try {
    return Zone.of(name).name === name
  } catch {
    return false
  }
}
