import { describe, expect, test } from 'vitest'
import { DriftStatusError } from '../../../src/domain/errors.js'
import {
  type DayHoursText,
  formatDayHours,
  formatRange,
  parseDayHours,
  parseRange,
  parseTypedRange,
} from '../../../src/domain/time/time-range.js'

const hour = 60

describe('R1: a range is half-open wall-clock time', () => {
  test.each([
    ['09:00-17:00', 9 * hour, 17 * hour],
    ['00:00-00:01', 0, 1],
    ['09:05-09:06', 545, 546],
    ['09:00-24:00', 9 * hour, 24 * hour],
    ['00:00-24:00', 0, 24 * hour],
    ['23:59-24:00', 1439, 1440],
  ])('%s', (text, start, end) => {
    expect(parseRange(text)).toEqual({ start, end })
  })

  test.each([
    ['09:00-00:00', '09:00-24:00'],
    ['00:00-00:00', '00:00-24:00'],
    ['23:59-00:00', '23:59-24:00'],
  ])('%s means %s', (text, same) => {
    expect(parseRange(text)).toEqual(parseRange(same))
    expect(formatRange(parseRange(text))).toBe(same)
  })
})

describe('R3: an end before the start is on the next day', () => {
  test.each([
    ['22:00-02:00', 22 * hour, 26 * hour],
    ['17:00-09:00', 17 * hour, 33 * hour],
    ['23:59-00:01', 1439, 1441],
    ['00:02-00:01', 2, 1441],
    ['09:00-08:59', 540, 1440 + 539],
  ])('%s', (text, start, end) => {
    expect(parseRange(text)).toEqual({ start, end })
    expect(formatRange({ start, end })).toBe(text)
  })
})

describe('R1: a bad range names itself and says what to write', () => {
  const times = 'times run from 00:00 to 24:00'
  const anyRange = 'write a range as HH:MM-HH:MM, e.g. "09:00-17:00", or "closed"'
  test.each([
    ['9:00-17:00', '"9:00-17:00" is not a time range', 'write "09:00-17:00"'],
    ['9-17', '"9-17" is not a time range', 'write "09:00-17:00"'],
    ['9-5', '"9-5" is not a time range', 'write "09:00-17:00"'],
    ['9:30-5:30', '"9:30-5:30" is not a time range', 'write "09:30-17:30"'],
    ['9.00-17.00', '"9.00-17.00" is not a time range', 'write "09:00-17:00"'],
    ['9am-5', '"9am-5" is not a time range', 'write "09:00-17:00"'],
    ['9-5pm', '"9-5pm" is not a time range', 'write "09:00-17:00"'],
    ['1-5 p.m.', '"1-5 p.m." is not a time range', 'write "13:00-17:00"'],
    ['12-5', '"12-5" is not a time range', 'write "12:00-17:00"'],
    ['8-8', '"8-8" is not a time range', 'write "08:00-20:00"'],
    ['9-12', '"9-12" is not a time range', 'write "09:00-12:00"'],
    ['9-0', '"9-0" is not a time range', 'write "09:00-24:00"'],
    ['10pm-2am', '"10pm-2am" is not a time range', 'write "22:00-02:00"'],
    ['22-2', '"22-2" is not a time range', 'write "22:00-02:00"'],
    ['0:00-0:00', '"0:00-0:00" is not a time range', 'write "00:00-24:00"'],
    ['09:00–17:00', '"09:00–17:00" is not a time range', 'write "09:00-17:00"'],
    ['０９:００-１７:００', '"０９:００-１７:００" is not a time range', 'write "09:00-17:00"'],
    ['٠٩:٠٠-١٧:٠٠', '"٠٩:٠٠-١٧:٠٠" is not a time range', 'write "09:00-17:00"'],
    ['9-5-7', '"9-5-7" is not a time range', anyRange],
    ['0900-1700', '"0900-1700" is not a time range', 'write "09:00-17:00"'],
    ['9am-5:30pm', '"9am-5:30pm" is not a time range', 'write "09:00-17:30"'],
    ['12am-12pm', '"12am-12pm" is not a time range', 'write "00:00-12:00"'],
    ['09:00 to 17:00', '"09:00 to 17:00" is not a time range', 'write "09:00-17:00"'],
    ['09:00 – 17:00', '"09:00 – 17:00" is not a time range', 'write "09:00-17:00"'],
    [' 09:00-17:00', '" 09:00-17:00" is not a time range', 'write "09:00-17:00"'],
    ['09:00', '"09:00" is not a time range', anyRange],
    ['13pm-2pm', '"13pm-2pm" is not a time range', anyRange],
    ['09:00-17:00:00', '"09:00-17:00:00" is not a time range', anyRange],
    ['', '"" is not a time range', anyRange],
    ['24-2', '"24-2" is not a time range', anyRange],
    ['09:00-18:60', '"18:60" in "09:00-18:60" is not a time of day', times],
    ['18:60-19:00', '"18:60" in "18:60-19:00" is not a time of day', times],
    ['25:00-26:00', '"25:00" in "25:00-26:00" is not a time of day', times],
    ['09:00-24:01', '"24:01" in "09:00-24:01" is not a time of day', times],
    ['09:00-09:00', '"09:00-09:00" starts and ends at the same time', 'a full day is written "00:00-24:00"'],
    ['24:00-02:00', '"24:00-02:00" starts at 24:00', 'start at 00:00 on the next day instead'],
  ])('%s', (text, message, hint) => {
    expect(errorOf(() => parseRange(text))).toMatchObject({ code: 'invalid-input', rule: 'R1', message, hint })
  })
})

describe('R2: a day holds any number of ranges, in any order', () => {
  test.each<[string, DayHoursText, string | string[]]>([
    ['closed', 'closed', 'closed'],
    ['an empty list is closed', [], 'closed'],
    ['24h is a full day', '24h', '00:00-24:00'],
    ['one range', '09:00-17:00', '09:00-17:00'],
    ['a list of one', ['09:00-17:00'], '09:00-17:00'],
    ['ranges in any order', ['13:00-17:00', '09:00-12:00'], ['09:00-12:00', '13:00-17:00']],
    ['ranges that touch merge', ['12:00-17:00', '09:00-12:00'], '09:00-17:00'],
    ['three that touch merge', ['10:00-11:00', '11:00-12:00', '09:00-10:00'], '09:00-12:00'],
    ['a touching overnight range merges', ['20:00-22:00', '22:00-02:00'], '20:00-02:00'],
    ['halves make a full day', ['00:00-12:00', '12:00-24:00'], '00:00-24:00'],
    [
      'a tail is on the next day, so it overlaps nothing',
      ['22:00-02:00', '00:00-01:00'],
      ['00:00-01:00', '22:00-02:00'],
    ],
    [
      '24 hours from 09:00 have no spelling as one range',
      ['09:00-17:00', '17:00-09:00'],
      ['09:00-17:00', '17:00-09:00'],
    ],
    ['more than a day has none either', ['00:00-12:00', '12:00-02:00'], ['00:00-12:00', '12:00-02:00']],
  ])('%s', (_, text, written) => {
    expect(formatDayHours(parseDayHours(text))).toEqual(written)
  })

  test.each([
    [['09:00-12:00', '11:00-13:00'], '09:00-12:00 and 11:00-13:00 overlap'],
    [['11:00-13:00', '09:00-12:00'], '09:00-12:00 and 11:00-13:00 overlap'],
    [['09:00-17:00', '12:00-13:00'], '09:00-17:00 and 12:00-13:00 overlap'],
    [['09:00-12:00', '09:00-12:00'], '09:00-12:00 and 09:00-12:00 overlap'],
    [['22:00-02:00', '23:00-23:30'], '22:00-02:00 and 23:00-23:30 overlap'],
    [['08:00-09:00', '09:00-12:00', '11:59-13:00'], '09:00-12:00 and 11:59-13:00 overlap'],
  ])('%j is an error that names both', (text, message) => {
    const hint = 'make them one range, or end the first before the second starts'
    expect(errorOf(() => parseDayHours(text))).toMatchObject({ rule: 'R2', message, hint })
  })

  test('a bad range in a list is an error of that range (R1)', () => {
    expect(errorOf(() => parseDayHours(['09:00-12:00', '13:00-25:00']))).toMatchObject({
      rule: 'R1',
      message: '"25:00" in "13:00-25:00" is not a time of day',
    })
  })
})

function errorOf(parse: () => unknown): DriftStatusError {
  try {
    parse()
  } catch (error) {
    if (error instanceof DriftStatusError) return error
    throw error
  }
  throw new Error('nothing was refused')
}

describe('R1: a range as people type it, when it has one meaning', () => {
  test.each([
    ['9-5', '09:00-17:00'],
    ['9-17', '09:00-17:00'],
    ['9-9', '09:00-21:00'],
    ['9am-5pm', '09:00-17:00'],
    ['9am - 5pm', '09:00-17:00'],
    ['9am-5', '09:00-17:00'],
    ['9-5pm', '09:00-17:00'],
    ['1-5pm', '13:00-17:00'],
    ['9:00-17:00', '09:00-17:00'],
    ['9am-12:30pm', '09:00-12:30'],
    ['9.30-13', '09:30-13:00'],
    ['8-12', '08:00-12:00'],
    ['22-6', '22:00-06:00'],
    ['9pm-2am', '21:00-02:00'],
    ['22:00-02:00', '22:00-02:00'],
    ['0-24', '00:00-24:00'],
    ['9 to 5', '09:00-17:00'],
    ['9–17', '09:00-17:00'],
  ])('%s is %s', (text, range) => {
    expect(formatRange(parseTypedRange(text))).toBe(range)
  })

  test.each([
    ['9:00-5:00', 'has two meanings', 'write "09:00-17:00", or "09:00-05:00" for the night'],
    ['12:00-1:00', 'has two meanings', 'write "12:00-13:00", or "12:00-01:00" for the night'],
    ['9', 'is not a time range', 'HH:MM-HH:MM'],
    ['9-5-3', 'is not a time range', 'HH:MM-HH:MM'],
    ['nine-five', 'is not a time range', 'HH:MM-HH:MM'],
    ['25-26', 'is not a time range', 'HH:MM-HH:MM'],
  ])('%s is refused', (text, message, hint) => {
    expect(() => parseTypedRange(text)).toThrow(
      expect.objectContaining({ message: expect.stringContaining(message), hint: expect.stringContaining(hint) }),
    )
  })
})
