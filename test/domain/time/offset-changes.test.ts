import { describe, expect, test } from 'vitest'
import { everyDay, openStretches, scheduleOf } from './schedule-of.js'

type Ranges = string | readonly string[]

/** What ranges that start on one date alone are open in a zone. */
function openOn(zone: string, date: string, ranges: Ranges): string[] {
  const midnight = Date.parse(date)
  const [from, to] = [midnight - 2 * 86_400_000, midnight + 4 * 86_400_000].map((at) => new Date(at).toISOString())
  return openStretches(scheduleOf({ zone, exceptions: [{ date, hours: ranges }] }), from!, to!)
}

describe('R4: in spring, a time in the gap moves later by the length of the gap', () => {
  const gap = ['America/New_York', '2026-03-08'] as const // 02:00 to 03:00
  test.each<[string, string, Ranges, string[]]>([
    [...gap, '01:00-04:00', ['2026-03-08T01:00-05:00 2026-03-08T04:00-04:00']],
    [...gap, '01:00-02:00', ['2026-03-08T01:00-05:00 2026-03-08T03:00-04:00']],
    [...gap, '01:00-02:30', ['2026-03-08T01:00-05:00 2026-03-08T03:30-04:00']],
    [...gap, '02:30-04:00', ['2026-03-08T03:30-04:00 2026-03-08T04:00-04:00']],
    [...gap, '02:15-02:45', ['2026-03-08T03:15-04:00 2026-03-08T03:45-04:00']],
    [...gap, ['01:00-02:30', '03:00-04:00'], ['2026-03-08T01:00-05:00 2026-03-08T04:00-04:00']],
    ['Australia/Lord_Howe', '2026-10-04', '01:00-02:15', ['2026-10-04T01:00+10:30 2026-10-04T02:45+11:00']],
    ['America/Havana', '2026-03-08', '00:00-08:00', ['2026-03-08T01:00-04:00 2026-03-08T08:00-04:00']],
    ['America/Havana', '2026-03-07', '22:00-00:30', ['2026-03-07T22:00-05:00 2026-03-08T01:30-04:00']],
    // Samoa went from Thursday 29 to Saturday 31 December 2011.
    ['Pacific/Apia', '2011-12-29', '22:00-06:00', ['2011-12-29T22:00-10:00 2011-12-31T06:00+14:00']],
  ])('%s %s %j', (zone, date, ranges, open) => {
    expect(openOn(zone, date, ranges)).toEqual(open)
  })
})

describe('R4: a range emptied by a gap is dropped', () => {
  test.each<[string, string, Ranges]>([
    ['America/New_York', '2026-03-08', '02:00-03:00'],
    ['America/New_York', '2026-03-08', '02:30-03:00'],
    ['America/New_York', '2026-03-08', '02:30-03:30'],
    ['Australia/Lord_Howe', '2026-10-04', '02:00-02:30'],
    ['America/Havana', '2026-03-08', '00:00-01:00'],
    ['America/Santiago', '2026-09-06', '00:10-01:10'],
    ['Pacific/Apia', '2011-12-30', '00:00-24:00'],
  ])('%s %s %s', (zone, date, ranges) => {
    expect(openOn(zone, date, ranges)).toEqual([])
  })
})

describe('R4: in autumn, a repeated time takes the first occurrence, and a range does not flap', () => {
  const repeated = ['America/New_York', '2026-11-01'] as const // 01:00 to 02:00
  test.each<[string, string, Ranges, string[]]>([
    [...repeated, '00:00-01:30', ['2026-11-01T00:00-04:00 2026-11-01T01:30-04:00']],
    [...repeated, '01:00-01:30', ['2026-11-01T01:00-04:00 2026-11-01T01:30-04:00']],
    [...repeated, '01:00-02:00', ['2026-11-01T01:00-04:00 2026-11-01T02:00-05:00']],
    [...repeated, '01:30-03:00', ['2026-11-01T01:30-04:00 2026-11-01T03:00-05:00']],
    [...repeated, '00:00-01:00', ['2026-11-01T00:00-04:00 2026-11-01T01:00-04:00']],
    [...repeated, '02:00-03:00', ['2026-11-01T02:00-05:00 2026-11-01T03:00-05:00']],
    ['America/New_York', '2026-10-31', '22:00-01:30', ['2026-10-31T22:00-04:00 2026-11-01T01:30-04:00']],
    ['Europe/Berlin', '2026-10-25', '01:00-02:30', ['2026-10-25T01:00+02:00 2026-10-25T02:30+02:00']],
    ['Australia/Lord_Howe', '2026-04-05', '01:00-01:45', ['2026-04-05T01:00+11:00 2026-04-05T01:45+11:00']],
    ['America/Havana', '2026-10-31', '22:00-00:30', ['2026-10-31T22:00-04:00 2026-11-01T00:30-04:00']],
    ['America/Havana', '2026-10-31', '22:00-24:00', ['2026-10-31T22:00-04:00 2026-11-01T00:00-04:00']],
    // At the end of Saturday, 24:00 becomes 23:00.
    ['America/Santiago', '2026-04-04', '22:00-23:30', ['2026-04-04T22:00-03:00 2026-04-04T23:30-03:00']],
    ['America/Santiago', '2026-04-04', '22:00-24:00', ['2026-04-04T22:00-03:00 2026-04-05T00:00-04:00']],
  ])('%s %s %j', (zone, date, ranges, open) => {
    expect(openOn(zone, date, ranges)).toEqual(open)
  })
})

describe('R4: durations are real', () => {
  test.each<[string, string, Ranges, number]>([
    ['America/New_York', '2026-11-01', '00:00-24:00', 1500],
    ['America/New_York', '2026-03-08', '00:00-24:00', 1380],
    ['America/New_York', '2026-07-01', '00:00-24:00', 1440],
    ['America/New_York', '2026-10-31', '22:00-06:00', 540],
    ['America/New_York', '2026-03-07', '22:00-06:00', 420],
    ['America/New_York', '2026-11-01', '01:30-02:00', 90],
    ['Australia/Lord_Howe', '2026-04-05', '00:00-24:00', 1470],
    ['Australia/Lord_Howe', '2026-10-04', '00:00-24:00', 1410],
    ['America/Santiago', '2026-04-04', '00:00-24:00', 1500],
    ['America/Havana', '2026-11-01', '00:00-24:00', 1500],
    ['America/Havana', '2026-03-08', '00:00-24:00', 1380],
    ['Pacific/Apia', '2011-12-30', '00:00-24:00', 0],
  ])('%s %s %s is open for %i minutes', (zone, date, ranges, minutes) => {
    const schedule = scheduleOf({ zone, exceptions: [{ date, hours: ranges }] })
    const midnight = Date.parse(date)
    expect(schedule.openMinutes(midnight - 2 * 86_400_000, midnight + 4 * 86_400_000)).toBe(minutes)
  })
})

test.each([
  ['America/New_York', '2026-03-06', '2026-03-10'],
  ['America/New_York', '2026-10-30', '2026-11-03'],
  ['America/Santiago', '2026-04-03', '2026-04-07'],
  ['Pacific/Apia', '2011-12-28', '2012-01-02'],
])('R4: hours of 24/7 have no seam at an offset change: %s %s', (zone, from, to) => {
  const schedule = scheduleOf({ zone, weekly: everyDay('00:00-24:00') })
  expect([...schedule.intervals(Date.parse(from), Date.parse(to))]).toEqual([
    { start: Date.parse(from), end: Date.parse(to) },
  ])
})
