import { describe, expect, test } from 'vitest'
import { everyDay, type HoursText, openStretches, scheduleOf } from './schedule-of.js'

/** What is open from Thursday 26 to the end of Monday 30 November 2026, in UTC. */
function openAround(hours: HoursText): string[] {
  return openStretches(scheduleOf(hours), '2026-11-26T00:00Z', '2026-12-01T00:00Z').map((stretch) =>
    stretch.replace(
      /2026-(\d\d)-(\d\d)T(\d\d:\d\d)\+00:00/g,
      (_, month, day, time) => `${NAMES[`${month}-${day}`]} ${time}`,
    ),
  )
}

const NAMES: Readonly<Record<string, string>> = {
  '11-26': 'thu',
  '11-27': 'fri',
  '11-28': 'sat',
  '11-29': 'sun',
  '11-30': 'mon',
  '12-01': 'tue',
}

describe('R3: an overnight range belongs to the day it starts on', () => {
  test.each<[string, HoursText, string[]]>([
    ['it ends on the next day', { weekly: { fri: '22:00-02:00' } }, ['fri 22:00 sat 02:00']],
    [
      'its tail stays when the next day is closed',
      { weekly: { fri: '22:00-02:00', sat: 'closed' } },
      ['fri 22:00 sat 02:00'],
    ],
    ['Sunday runs into Monday', { weekly: { sun: '20:00-06:00' } }, ['sun 20:00 mon 06:00']],
    ['it may last nearly a day', { weekly: { fri: '09:00-08:59' } }, ['fri 09:00 sat 08:59']],
    ['a range to 24:00 is not overnight', { weekly: { fri: '22:00-24:00' } }, ['fri 22:00 sat 00:00']],
    [
      'its tail stays when the next day is closed by an exception',
      { weekly: { fri: '22:00-02:00', sat: '12:00-14:00' }, exceptions: [{ date: '2026-11-28', hours: 'closed' }] },
      ['fri 22:00 sat 02:00'],
    ],
    [
      'its tail stays when an exception gives the next day other hours',
      { weekly: { fri: '22:00-02:00' }, exceptions: [{ date: '2026-11-28', hours: '12:00-14:00' }] },
      ['fri 22:00 sat 02:00', 'sat 12:00 sat 14:00'],
    ],
    [
      'its tail goes with its own day',
      { weekly: { fri: '22:00-02:00', sat: '12:00-14:00' }, exceptions: [{ date: '2026-11-27', hours: 'closed' }] },
      ['sat 12:00 sat 14:00'],
    ],
    [
      'an overnight exception runs into a closed day',
      { exceptions: [{ date: '2026-11-27', hours: '20:00-03:00' }] },
      ['fri 20:00 sat 03:00'],
    ],
    [
      'the tail of the last day of a date range stays',
      { weekly: { sat: 'closed' }, exceptions: [{ from: '2026-11-26', to: '2026-11-27', hours: '22:00-02:00' }] },
      ['thu 22:00 fri 02:00', 'fri 22:00 sat 02:00'],
    ],
  ])('%s', (_, hours, open) => {
    expect(openAround(hours)).toEqual(open)
  })
})

describe('R3: where a tail meets the ranges of the next day, they merge', () => {
  test.each<[string, HoursText['weekly'] & object, string[]]>([
    ['touching', { fri: '22:00-02:00', sat: '02:00-06:00' }, ['fri 22:00 sat 06:00']],
    ['overlapping', { fri: '22:00-02:00', sat: '01:00-06:00' }, ['fri 22:00 sat 06:00']],
    ['around one', { fri: '22:00-02:00', sat: '00:30-01:00' }, ['fri 22:00 sat 02:00']],
    [
      'around one and into another',
      { fri: '22:00-02:00', sat: ['00:30-01:00', '01:30-03:00'] },
      ['fri 22:00 sat 03:00'],
    ],
    ['at midnight', { fri: '22:00-24:00', sat: '00:00-03:00' }, ['fri 22:00 sat 03:00']],
    [
      'a minute apart they do not',
      { fri: '22:00-02:00', sat: '02:01-03:00' },
      ['fri 22:00 sat 02:00', 'sat 02:01 sat 03:00'],
    ],
    ['night after night', everyDay(['09:00-17:00', '17:00-09:00']), ['thu 00:00 tue 00:00']],
  ])('%s', (_, weekly, open) => {
    expect(openAround({ weekly })).toEqual(open)
  })
})

describe('R1: a range is open at its start and closed at its end', () => {
  const schedule = scheduleOf({ weekly: { fri: ['09:00-12:00', '22:00-02:00'] } })
  test.each([
    ['2026-11-27T08:59:59.999Z', false],
    ['2026-11-27T09:00:00.000Z', true],
    ['2026-11-27T11:59:59.999Z', true],
    ['2026-11-27T12:00:00.000Z', false],
    ['2026-11-27T23:59:59.999Z', true],
    ['2026-11-28T00:00:00.000Z', true],
    ['2026-11-28T01:59:59.999Z', true],
    ['2026-11-28T02:00:00.000Z', false],
  ])('%s: %s', (at, isOpen) => {
    expect(schedule.isOpen(Date.parse(at))).toBe(isOpen)
  })
})
