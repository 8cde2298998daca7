import { describe, expect, test } from 'vitest'
import { dayOf } from '../../../src/domain/questions/hours-view.js'
import { simulate } from '../../../src/domain/questions/simulate.js'
import { parseDate } from '../../../src/domain/time/calendar-date.js'
import { documentOf, workspaceOf } from '../workspace-builder.js'

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']

function open(timeZone: string, hours: string | readonly string[]) {
  return { timeZone, hours: { weekly: Object.fromEntries(DAYS.map((day) => [day, hours])) } }
}

describe('R4: the hours of a date are what its clock makes of them', () => {
  test.each<
    readonly [title: string, zone: string, hours: string | string[], date: string, shown: (string | number | null)[]]
  >([
    ['a usual day', 'America/New_York', '22:00-02:30', '2026-11-02', ['22:00-02:30', '02:30', 270]],
    ['a tail that ends in a gap', 'America/New_York', '22:00-02:30', '2026-03-08', ['22:00-02:30', '03:30', 270]],
    ['a tail that a gap empties', 'America/Havana', '22:00-00:30', '2026-03-08', ['22:00-00:30', '01:30', 150]],
    [
      'a range that a gap empties',
      'America/New_York',
      ['02:00-03:00', '09:00-10:00'],
      '2026-03-08',
      ['09:00-10:00', null, 60],
    ],
    ['a whole day of 25 hours', 'America/New_York', '00:00-24:00', '2026-11-01', ['00:00-24:00', null, 1500]],
    ['a tail over a skipped day', 'Pacific/Apia', '22:00-02:00', '2011-12-31', ['22:00-02:00', '02:00', 240]],
    ['a skipped day', 'Pacific/Apia', '09:00-17:00', '2011-12-30', ['09:00-17:00', null, 0]],
  ])('%s', (_, zone, hours, date, shown) => {
    const { schedule } = workspaceOf(open(zone, hours))
    const answer = dayOf(schedule, parseDate(date))
    expect([answer.hours.join(' '), answer.tailUntil, answer.openMinutes]).toEqual(shown)
  })
})

describe('R3: a range belongs to the day it starts on, and so does what explains it', () => {
  const exceptions = [
    { date: '2026-12-31', name: 'Eve', hours: '20:00-04:00' },
    { date: '2027-01-01', name: 'New Year', hours: 'closed' },
  ]
  const document = documentOf({ timeZone: 'Europe/Berlin', hours: { weekly: {}, exceptions } })
  test.each([
    { at: '2027-01-01T01:00+01:00', text: 'The exception "Eve" (2026-12-31) replaces the weekly hours: 20:00-04:00.' },
    { at: '2027-01-01T04:00+01:00', text: 'The exception "New Year" (2027-01-01) replaces the weekly hours: closed.' },
  ])('$at', ({ at, text }) => {
    expect(simulate(document, { at: Date.parse(at) }).reasons).toContainEqual({
      rule: 'R5',
      code: 'hours.exception',
      text,
    })
  })
})
