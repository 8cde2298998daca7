import { describe, expect, test } from 'vitest'
import { everyDay, type HoursText, scheduleOf } from './schedule-of.js'

describe('hours that never change', () => {
  test.each<[string, HoursText, boolean]>([
    ['R7: no hours at all are closed', {}, false],
    ['R7: every day closed', { weekly: everyDay('closed') }, false],
    ['R7: closed with closed exceptions', { exceptions: [{ yearly: '12-25', hours: 'closed' }] }, false],
    ['R7: 24/7 is written explicitly', { weekly: everyDay('00:00-24:00') }, true],
    ['R3: overnight ranges that meet', { weekly: everyDay(['12:00-18:00', '18:00-12:00']) }, true],
    [
      'R5: 24/7 with exceptions of 24h',
      { weekly: everyDay('24h'), exceptions: [{ yearly: '12-25', hours: '24h' }] },
      true,
    ],
  ])('%s', (_, hours, isOpen) => {
    const schedule = scheduleOf(hours)
    for (const at of ['1970-01-01T00:00Z', '2026-11-25T12:00Z', '2199-12-31T23:59Z'].map(Date.parse)) {
      expect(schedule.isOpen(at)).toBe(isOpen)
      expect(schedule.nextChange(at)).toBeUndefined()
      expect(schedule.lastChange(at)).toBeUndefined()
    }
  })

  test.each<[string, HoursText, boolean]>([
    ['R7: nothing', {}, true],
    ['R7: closed every day', { weekly: everyDay('closed') }, true],
    ['R7: closed exceptions', { exceptions: [{ date: '2026-12-25', hours: 'closed' }] }, true],
    ['one weekly range', { weekly: { sun: '09:00-09:01' } }, false],
    ['one range of an exception', { exceptions: [{ date: '2026-12-25', hours: '09:00-09:01' }] }, false],
  ])('%s: are there no hours? %s', (_, hours, isEmpty) => {
    expect(scheduleOf(hours).calendar.isEmpty).toBe(isEmpty)
  })
})

const officeHours = {
  mon: '09:00-17:00',
  tue: '09:00-17:00',
  wed: '09:00-17:00',
  thu: '09:00-17:00',
  fri: '09:00-17:00',
}

test('open stretches are clipped to the window that was asked about', () => {
  const schedule = scheduleOf({ weekly: officeHours })
  const [from, to] = [Date.parse('2026-11-25T12:00Z'), Date.parse('2026-11-26T10:00Z')]
  expect([...schedule.intervals(from, to)]).toEqual([
    { start: from, end: Date.parse('2026-11-25T17:00Z') },
    { start: Date.parse('2026-11-26T09:00Z'), end: to },
  ])
  expect(schedule.openMinutes(from, to)).toBe(360)
  expect([...schedule.intervals(to, to)]).toEqual([])
})
