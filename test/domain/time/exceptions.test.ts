import { describe, expect, test } from 'vitest'
import { DocumentError } from '../../../src/domain/document/problem.js'
import { everyDay, openStretches, scheduleOf } from './schedule-of.js'

/** What is open on 23 to 27 December 2026, in UTC, when every day is 09:00-17:00. */
function openAtChristmas(exceptions: readonly object[]): string[] {
  const schedule = scheduleOf({ weekly: everyDay('09:00-17:00'), exceptions })
  return openStretches(schedule, '2026-12-23T00:00Z', '2026-12-28T00:00Z').map((stretch) =>
    stretch.replace(/2026-12-(\d\d)T(\d\d:\d\d)\+00:00/g, '$1 $2').replace(/(\d\d) (\S+) \1 /, '$1 $2-'),
  )
}

const [on23, on24, on25, on26, on27] = ['23', '24', '25', '26', '27'].map((day) => `${day} 09:00-17:00`)

describe('R5: an exception replaces the ranges that start on its dates', () => {
  test.each<[string, object[], (string | undefined)[]]>([
    ['none', [], [on23, on24, on25, on26, on27]],
    ['one date closed', [{ date: '2026-12-25', hours: 'closed' }], [on23, on24, on26, on27]],
    [
      'one date with its own range',
      [{ date: '2026-12-24', hours: '09:00-12:00' }],
      [on23, '24 09:00-12:00', on25, on26, on27],
    ],
    [
      'one date with several ranges',
      [{ date: '2026-12-24', hours: ['14:00-16:00', '08:00-10:00'] }],
      [on23, '24 08:00-10:00', '24 14:00-16:00', on25, on26, on27],
    ],
    ['a date range includes both ends', [{ from: '2026-12-24', to: '2026-12-26', hours: 'closed' }], [on23, on27]],
    ['a date range of one day', [{ from: '2026-12-25', to: '2026-12-25', hours: 'closed' }], [on23, on24, on26, on27]],
    [
      'a date range with hours has them on each day',
      [{ from: '2026-12-23', to: '2026-12-27', hours: '12:00-13:00' }],
      ['23', '24', '25', '26', '27'].map((day) => `${day} 12:00-13:00`),
    ],
    ['a yearly date', [{ yearly: '12-25', hours: 'closed' }], [on23, on24, on26, on27]],
    ['a yearly range over the new year', [{ yearly: '12-25..01-02', hours: 'closed' }], [on23, on24]],
    [
      'an exception on another date changes nothing',
      [{ date: '2025-12-25', hours: 'closed' }],
      [on23, on24, on25, on26, on27],
    ],
  ])('%s', (_, exceptions, open) => {
    expect(openAtChristmas(exceptions)).toEqual(open)
  })
})

describe('R5: the most specific wins, in any order', () => {
  const date = { date: '2026-12-25', hours: '01:00-02:00' }
  const dates = { from: '2026-12-24', to: '2026-12-26', hours: '03:00-04:00' }
  const yearly = { yearly: '12-25', hours: '05:00-06:00' }
  const [dates24, dates26] = ['24 03:00-04:00', '26 03:00-04:00']
  test.each<[string, object[], (string | undefined)[]]>([
    ['a date over a date range', [date, dates], [on23, dates24, '25 01:00-02:00', dates26, on27]],
    ['a date over a yearly date', [date, yearly], [on23, on24, '25 01:00-02:00', on26, on27]],
    ['a date range over a yearly date', [dates, yearly], [on23, dates24, '25 03:00-04:00', dates26, on27]],
    ['a date over both', [dates, date, yearly], [on23, dates24, '25 01:00-02:00', dates26, on27]],
    [
      'a date range of one day is a date range',
      [{ ...dates, from: '2026-12-25', to: '2026-12-25' }, date],
      [on23, on24, '25 01:00-02:00', on26, on27],
    ],
    [
      'a closed date over an open date range',
      [dates, { date: '2026-12-25', hours: 'closed' }],
      [on23, dates24, dates26, on27],
    ],
  ])('%s', (_, exceptions, open) => {
    expect(openAtChristmas(exceptions)).toEqual(open)
    expect(openAtChristmas(exceptions.toReversed())).toEqual(open)
  })
})

describe('R5: 02-29 is in leap years only', () => {
  const schedule = scheduleOf({ weekly: everyDay('09:00-17:00'), exceptions: [{ yearly: '02-29', hours: 'closed' }] })
  test.each([
    ['2027-02-28', 480],
    ['2027-03-01', 480],
    ['2028-02-28', 480],
    ['2028-02-29', 0],
    ['2028-03-01', 480],
    // 2100 is no leap year.
    ['2100-02-28', 480],
    ['2100-03-01', 480],
  ])('%s is open for %i minutes', (date, minutes) => {
    const midnight = Date.parse(date)
    expect(schedule.openMinutes(midnight, midnight + 86_400_000)).toBe(minutes)
  })

  test('the next leap day may be eight years away', () => {
    const leapDays = scheduleOf({ exceptions: [{ yearly: '02-29', hours: '09:00-17:00' }] })
    expect(leapDays.nextChange(Date.parse('2096-02-29T17:00Z'))).toBe(Date.parse('2104-02-29T09:00Z'))
    expect(leapDays.lastChange(Date.parse('2104-02-29T08:59Z'))).toBe(Date.parse('2096-02-29T17:00Z'))
  })
})

describe('R5: two of the same specificity on one date are an error that names both', () => {
  const hours = 'closed'
  test.each<[string, object, object, string]>([
    ['dates', { date: '2026-12-25', hours }, { date: '2026-12-25', hours: '09:00-12:00' }, '2026-12-25 and 2026-12-25'],
    [
      'date ranges that share one day',
      { from: '2026-12-24', to: '2026-12-26', name: 'Christmas', hours },
      { from: '2026-12-26', to: '2026-12-31', hours },
      '"Christmas" (2026-12-24..2026-12-26) and 2026-12-26..2026-12-31',
    ],
    [
      'a date range inside another, listed first',
      { from: '2026-12-25', to: '2026-12-25', hours },
      { from: '2026-12-01', to: '2026-12-31', hours },
      '2026-12-25..2026-12-25 and 2026-12-01..2026-12-31',
    ],
    ['yearly dates', { yearly: '12-25', hours }, { yearly: '12-25', name: 'Xmas', hours }, '12-25 and "Xmas" (12-25)'],
  ])('%s', (_, first, second, both) => {
    expect(messagesOf([first, second])).toEqual([`hours.exceptions[1]: exceptions ${both} cover the same date`])
  })

  test.each<[string, object[]]>([
    [
      'neighbours',
      [
        { from: '2026-12-24', to: '2026-12-25', hours },
        { from: '2026-12-26', to: '2026-12-31', hours },
      ],
    ],
    [
      'different kinds',
      [
        { date: '2026-12-25', hours },
        { from: '2026-12-25', to: '2026-12-25', hours },
        { yearly: '12-25', hours },
      ],
    ],
    [
      'the same day of two years',
      [
        { date: '2026-12-25', hours },
        { date: '2027-12-25', hours },
      ],
    ],
  ])('%s do not clash', (_, exceptions) => {
    expect(messagesOf(exceptions)).toEqual([])
  })

  test('every clash is reported, also one with a range that reaches over others', () => {
    const exceptions = [
      { from: '2026-01-01', to: '2026-12-31', hours },
      { from: '2026-02-01', to: '2026-02-02', hours },
      { from: '2026-06-01', to: '2026-06-02', hours },
      { date: '2026-03-01', hours },
      { date: '2026-03-01', hours },
    ]
    expect(messagesOf(exceptions)).toEqual([
      'hours.exceptions[1]: exceptions 2026-01-01..2026-12-31 and 2026-02-01..2026-02-02 cover the same date',
      'hours.exceptions[2]: exceptions 2026-01-01..2026-12-31 and 2026-06-01..2026-06-02 cover the same date',
      'hours.exceptions[4]: exceptions 2026-03-01 and 2026-03-01 cover the same date',
    ])
  })
})

describe('R5: an exception covers a date, a date range or a yearly date', () => {
  const what = 'hours.exceptions[0]: an exception covers a date, a date range, or a yearly date'
  const hours = 'closed'
  test.each<[string, object, string]>([
    ['nothing', { hours }, what],
    ['two kinds', { date: '2026-12-25', yearly: '12-25', hours }, what],
    ['a date and a range', { date: '2026-12-25', from: '2026-12-25', to: '2026-12-26', hours }, what],
    ['from without to', { from: '2026-12-25', hours }, what],
    ['to without from', { to: '2026-12-25', hours }, what],
    [
      'to before from',
      { from: '2026-12-26', to: '2026-12-25', hours },
      'hours.exceptions[0]: the exception ends on 2026-12-25, before it starts on 2026-12-26',
    ],
    ['no day of the calendar', { date: '2026-02-29', hours }, 'hours.exceptions[0].date: "2026-02-29" does not exist'],
  ])('%s is an error', (_, exception, message) => {
    expect(messagesOf([exception])).toEqual([message])
  })
})

function messagesOf(exceptions: readonly object[]): string[] {
  try {
    scheduleOf({ exceptions })
    return []
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error
    expect(new Set(error.problems.map(({ rule }) => rule))).toEqual(new Set(['R5']))
    return error.problems.map(({ path, message }) => `${path}: ${message}`)
  }
}
