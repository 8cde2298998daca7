import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  daysInMonth,
  formatDate,
  fromEpochDay,
  isLeapYear,
  nextYearlyDates,
  parseDate,
  parseYearly,
  parseYearlyDates,
  toEpochDay,
  WEEKDAYS,
  weekdayIndex,
  weekdayOf,
} from '../../../src/domain/time/calendar-date.js'
import { Schedule } from '../../../src/domain/time/schedule.js'
import { parseDayHours } from '../../../src/domain/time/time-range.js'

const DAY = 86_400_000

test('every day from 1600 to 2400 is the day that Date says, both ways', () => {
  const wrong: string[] = []
  for (let day = Date.UTC(1600, 0, 1) / DAY; day < Date.UTC(2401, 0, 1) / DAY; day++) {
    const date = new Date(day * DAY)
    const { year, month, day: dayOfMonth } = fromEpochDay(day)
    const isSame =
      year === date.getUTCFullYear() &&
      month === date.getUTCMonth() + 1 &&
      dayOfMonth === date.getUTCDate() &&
      weekdayIndex(day) === (date.getUTCDay() + 6) % 7 &&
      toEpochDay({ year, month, day: dayOfMonth }) === day
    if (!isSame) wrong.push(date.toISOString())
  }
  expect(wrong).toEqual([])
})

test('R5: a date that is written and read again is the same day', () => {
  const day = fc.integer({ min: toEpochDay({ year: 1, month: 1, day: 1 }), max: Date.UTC(9999, 11, 31) / DAY })
  fc.assert(
    fc.property(day, (epochDay) => {
      expect(parseDate(formatDate(epochDay))).toBe(epochDay)
      expect(formatDate(epochDay)).toBe(new Date(epochDay * DAY).toISOString().slice(0, 10))
    }),
  )
})

test.each([
  ['1970-01-01', 0, 'thu'],
  ['1969-12-31', -1, 'wed'],
  ['2000-02-29', 11_016, 'tue'],
  ['2026-11-23', 20_780, 'mon'],
  ['9999-12-31', 2_932_896, 'fri'],
])('%s is day %i, a %s', (text, epochDay, weekday) => {
  expect(parseDate(text)).toBe(epochDay)
  expect(weekdayOf(epochDay)).toBe(weekday)
  expect(WEEKDAYS[weekdayIndex(epochDay)]).toBe(weekday)
})

test.each([
  [1900, 28],
  [2000, 29],
  [2023, 28],
  [2024, 29],
  [2100, 28],
  [2400, 29],
])('February %i has %i days', (year, days) => {
  expect(daysInMonth(year, 2)).toBe(days)
  expect(isLeapYear(year)).toBe(days === 29)
})

test.each([
  [1, 31],
  [4, 30],
  [6, 30],
  [7, 31],
  [8, 31],
  [9, 30],
  [11, 30],
  [12, 31],
])('month %i has %i days', (month, days) => {
  expect(daysInMonth(2026, month)).toBe(days)
})

describe('R5: a date that does not exist is an error', () => {
  const form = 'write a date as YYYY-MM-DD, e.g. 2026-12-24'
  test.each([
    ['2026-2-1', '"2026-2-1" is not a date', form],
    ['24.12.2026', '"24.12.2026" is not a date', form],
    ['2026-12-24T00:00', '"2026-12-24T00:00" is not a date', form],
    ['2026-13-01', '"2026-13-01" is not a date of the calendar', undefined],
    ['2026-00-10', '"2026-00-10" is not a date of the calendar', undefined],
    ['2026-01-00', '"2026-01-00" is not a date of the calendar', undefined],
    ['0000-01-01', '"0000-01-01" is not a date of the calendar', undefined],
    ['2026-02-29', '"2026-02-29" does not exist', 'the last day of that month is 2026-02-28'],
    ['2026-04-31', '"2026-04-31" does not exist', 'the last day of that month is 2026-04-30'],
    ['2024-02-30', '"2024-02-30" does not exist', 'the last day of that month is 2024-02-29'],
  ])('%s', (text, message, hint) => {
    expect(() => parseDate(text)).toThrow(expect.objectContaining({ rule: 'R5', message, hint }))
  })
})

describe('R5: a yearly date', () => {
  test.each([
    ['12-25', 1225],
    ['01-01', 101],
    ['02-29', 229],
  ])('%s', (text, monthDay) => {
    expect(parseYearly(text)).toBe(monthDay)
  })

  test.each([
    ['12-32', '"12-32" is not a date of any year'],
    ['02-30', '"02-30" is not a date of any year'],
    ['13-01', '"13-01" is not a date of any year'],
    ['00-01', '"00-01" is not a date of any year'],
    ['01-00', '"01-00" is not a date of any year'],
    ['1-1', '"1-1" is not a yearly date'],
    ['2026-12-25', '"2026-12-25" is not a yearly date'],
  ])('%s is an error', (text, message) => {
    const hint = 'write it as MM-DD, e.g. 12-25'
    expect(() => parseYearly(text)).toThrow(expect.objectContaining({ rule: 'R5', message, hint }))
  })
})

describe('R5: yearly ranges', () => {
  test.each([
    { text: '12-25', today: '2026-12-26', from: '2027-12-25', to: '2027-12-25' },
    { text: '12-24..01-02', today: '2026-12-23', from: '2026-12-24', to: '2027-01-02' },
    { text: '12-24..01-02', today: '2027-01-02', from: '2026-12-24', to: '2027-01-02' },
    { text: '12-24..01-02', today: '2027-01-03', from: '2027-12-24', to: '2028-01-02' },
    { text: '02-29', today: '2026-03-01', from: '2028-02-29', to: '2028-02-29' },
    { text: '02-29..03-02', today: '2026-03-01', from: '2026-03-01', to: '2026-03-02' },
    { text: '02-27..02-29', today: '2026-03-01', from: '2027-02-27', to: '2027-02-28' },
    { text: '02-27..02-29', today: '2028-02-01', from: '2028-02-27', to: '2028-02-29' },
  ])('$text on $today', ({ text, today, from, to }) => {
    const dates = nextYearlyDates(parseYearlyDates(text), parseDate(today))
    expect([formatDate(dates.from), formatDate(dates.to)]).toEqual([from, to])
  })

  test.each([
    { text: '12-24..13-01', error: '"13-01" is not a date of any year' },
    { text: '12-24..2027-01-02', error: '"2027-01-02" is not a yearly date' },
    { text: '12-24..12-25..12-26', error: 'is not a yearly range' },
    { text: '12-24..', error: '"" is not a yearly date' },
  ])('$text is an error', ({ text, error }) => {
    expect(() => parseYearlyDates(text)).toThrow(error)
  })

  test('a range closes exactly its dates, whatever the year', () => {
    const monthDay = fc.integer({ min: 0, max: 365 }).map((day) => {
      const date = formatDate(parseDate('2000-01-01') + day)
      return date.slice(5)
    })
    const day = fc.integer({ min: parseDate('1995-01-01'), max: parseDate('2105-01-01') })
    fc.assert(
      fc.property(monthDay, monthDay, day, (from, to, date) => {
        const { calendar } = new Schedule({
          zone: 'UTC',
          weekly: Array(7).fill(parseDayHours('09:00-17:00')),
          exceptions: [{ kind: 'yearly', ...parseYearlyDates(`${from}..${to}`), ranges: [] }],
        })
        const written = formatDate(date).slice(5)
        const isIn = from <= to ? from <= written && written <= to : written >= from || written <= to
        expect(calendar.on(date).ranges.length === 0).toBe(isIn)
      }),
    )
  })
})
