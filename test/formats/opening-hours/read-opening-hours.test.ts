import { expect, test } from 'vitest'
import { readOpeningHours } from '../../../src/formats/opening-hours/read-opening-hours.js'

const PH = '"PH off" is left out: a holiday calendar closes its days by itself.'
const END = 'An end at 23:59 is read as 24:00: the last minute of the day is open as well.'
const NIGHT = 'A night belongs to the date that it begins on, where opening_hours parts it at midnight.'

test.each([
  { text: 'Mo,Tu 09:00-17:00;', weekly: { mon: '09:00-17:00', tue: '09:00-17:00' } },
  { text: 'Su-Mo 10:00-11:00', weekly: { mon: '10:00-11:00', sun: '10:00-11:00' } },
  { text: 'Mo: 9:00-12:00 , 13:00 - 17:00', weekly: { mon: ['09:00-12:00', '13:00-17:00'] } },
  { text: 'Mo 08:00-23:59', weekly: { mon: '08:00-24:00' }, notes: [END] },
  { text: 'Mo 22:00-26:00', weekly: { mon: '22:00-02:00' } },
  { text: 'Mo 09:00-17:00, Mo 16:00-20:00', weekly: { mon: '09:00-20:00' } },
  { text: 'Mo-Tu 09:00-17:00, Tu off', weekly: { mon: '09:00-17:00', tue: 'closed' } },
  { text: 'Fr 22:00-02:00; Sa 10:00-12:00', weekly: { fri: '22:00-24:00', sat: '10:00-12:00' } },
  { text: 'Fr,Sa 22:00-02:00; Fr off', weekly: { fri: 'closed', sat: ['00:00-02:00', '22:00-02:00'] } },
  { text: 'Fr 22:00-02:00; Fr off', weekly: { fri: 'closed', sat: '00:00-02:00' } },
  { text: 'Mo 09:00-17:00; Sa,PH off', weekly: { mon: '09:00-17:00', sat: 'closed' }, notes: [PH] },
  { text: 'PH off', weekly: {}, notes: [PH] },
  {
    text: 'Mo 09:00-17:00 open "by bike"',
    weekly: { mon: '09:00-17:00' },
    notes: ['The comment "by bike" is left out: days of the week have no names.'],
  },
  {
    text: 'Dec 25,26 off "Christmas"; 2027 Dec 25 09:00-10:00',
    weekly: {},
    exceptions: [
      { yearly: '12-25', name: 'Christmas', hours: 'closed' },
      { yearly: '12-26', name: 'Christmas', hours: 'closed' },
      { date: '2027-12-25', hours: '09:00-10:00' },
    ],
  },
  {
    text: '2026 Dec 24-26 off, 2027 Jan 01 off; Feb off',
    weekly: {},
    exceptions: [
      { from: '2026-12-24', to: '2026-12-26', hours: 'closed' },
      { date: '2027-01-01', hours: 'closed' },
      { yearly: '02-01..02-29', hours: 'closed' },
    ],
  },
  {
    text: 'Dec 25 off; Dec 25 10:00-12:00 "by appointment"',
    weekly: {},
    exceptions: [{ yearly: '12-25', name: 'by appointment', hours: '10:00-12:00' }],
    notes: [
      'Times with the comment "by appointment" alone are read as open; opening_hours leaves open whether they are.',
      'Of two rules for 12-25 the later is kept.',
    ],
  },
  {
    text: 'Dec 31 22:00-02:00',
    weekly: {},
    exceptions: [{ yearly: '12-31', hours: '22:00-02:00' }],
    notes: [NIGHT],
  },
])('R5: $text', ({ text, weekly, exceptions = [], notes = [] }) => {
  expect(readOpeningHours(text, 'x')).toEqual({ hours: { weekly, exceptions }, notes })
})

test.each([
  ['', '1:1: is empty', 'Mo-Fr 09:00-17:00'],
  ['Mon-Fr 09:00-17:00', '1:1: "Mon" is not a day of the week', 'did you mean "Mo"?'],
  ['Mo-FRI 09:00-17:00', '1:4: "FRI" is not a day of the week', 'did you mean "Fr"?'],
  ['mo 09:00-17:00', '1:1: "mo" is not a day of the week', 'did you mean "Mo"?'],
  ['december 25 off', '1:1: "december" is not a day of the week', 'did you mean "Dec"?'],
  ['Mo 9am-5pm', '1:4: "9am-5pm" is not a time range', 'write "09:00-17:00"'],
  ['Mo 09:00–17:00', '1:4: "09:00–17:00" is not a time range', 'write "09:00-17:00"'],
  ['Mo\n09:00-17:00\nTu', '3:1: "Tu" is not understood here', 'part rules by ";"'],
  ['Mo 10:00-12:00,17:00-17:00', '1:16: "17:00-17:00" starts and ends', '00:00-24:00'],
  ['Mo 09:00-49:00', '1:4: "09:00-49:00" is not a range', '22:00-26:00'],
  ['Mo 09:00-17:00+', '1:15: an open end', 'when it ends'],
  ['Mo 09:00+', '1:4: an open end', 'when it ends'],
  ['Mo sunset-23:00', '1:4: "sunset-23:00" is not a time of the clock', 'the times of the clock'],
  ['Mo unknown', '1:4: "unknown" is neither', 'open or off'],
  ['Mo 09:00-17:00 unknown', '1:16: "unknown" is neither', 'open or off'],
  ['Mo 09:00-17:00 "x', '1:16: the comment has no end', '"'],
  ['Mo 09:00-17:00 || "call"', '1:16: "||"', 'keep the first rule'],
  ['Mo[1] 09:00-17:00', '1:3: the nth day', 'dates'],
  ['week 10 off', '1:1: "week" is not understood', 'dates'],
  ['easter off', '1:1: "easter" is not understood', 'dates'],
  ['Mo,SH off', '1:4: school holidays', 'dates'],
  ['Mo,PH 10:00-12:00', '1:1: hours of public holidays', 'holiday calendar'],
  ['2026 off', '1:1: a year is followed by a month', '2026 Dec 24'],
  ['Feb 30 off', '1:1: "02-30" is not a date', ''],
  ['Dec 24-Feb 30 off', '1:8: "02-30" is not a date', ''],
  ['2027 Feb 29 off', '1:1: "2027-02-29" does not exist', '2027-02-28'],
  ['2026 Dec 24-Jan 02 off', '1:1: the dates end on 2026-01-02, before', 'the year of the end'],
  ['2026 Dec 25,26 off', '1:12: only some of the dates have a year', 'the year of each'],
  ['Dec 25,2026 Dec 26 off', '1:7: only some of the dates have a year', 'the year of each'],
  ['Dec Mo 10:00-12:00', '1:5: days of the week within dates', 'one by one'],
  ['Mo 09:00-17:00, Dec 24 18:00-20:00', '1:17: a rule that adds times to dates', 'after ";"'],
  ['Dec 25 off; Dec 24-26 off', '1:13: the dates overlap', 'keep one'],
  ['2026 Dec 25 off; 2026 Dec 24-26 off', '1:18: the dates overlap', 'keep one'],
  ['Dec 25 off; 2026 Dec 25 10:00-12:00; Dec 25 10:00-11:00', '1:38: the dates overlap', 'keep one'],
  ['Dec 25 off; Mo 10:00-12:00', '1:13: a rule for days of the week after one for dates', 'dates last'],
  ['Dec 25 off; 24/7', '1:13: a rule for days of the week after one for dates', 'dates last'],
  ['Mo 10:00-12:00; 14:00-15:00', '1:17: times without days', 'Mo-Su 09:00-17:00'],
])('R5: %s is refused at its column', (text, says, hint) => {
  expect(() => readOpeningHours(text, 'x')).toThrow(
    expect.objectContaining({ message: expect.stringContaining(`x:${says}`), hint: expect.stringContaining(hint) }),
  )
})

test('R5: a text of a thousand rules a line is read in time', () => {
  const rules = Array.from({ length: 80_000 }, (_, index) => `Dec ${(index % 28) + 1} off`).join('; ')
  const start = performance.now()
  expect(readOpeningHours(rules, 'x').hours.exceptions).toHaveLength(28)
  expect(performance.now() - start).toBeLessThan(10_000)
})
