import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseWorkspace } from '../../../src/domain/document/parse-workspace.js'
import { simulate } from '../../../src/domain/questions/simulate.js'
import { HoursCalendar, type HoursException } from '../../../src/domain/time/business-hours.js'
import { parseDate } from '../../../src/domain/time/calendar-date.js'
import { everyDay, scheduleOf } from './schedule-of.js'

const closed = (dates: object, more: object = {}) => ({ ...dates, ...more, hours: 'closed' })
const berlin = (...days: object[]) => ({ id: 'berlin', name: 'Berlin', days })
const paris = (...days: object[]) => ({ id: 'paris', days })

/** What is open on Christmas Eve and Christmas 2026, when every day is 09:00-17:00. */
function openOn(holidays: readonly object[], exceptions: readonly object[] = []): string {
  const schedule = scheduleOf({ weekly: everyDay('09:00-17:00'), exceptions, holidays })
  const on = (day: string) =>
    schedule
      .rangesOn(parseDate(`2026-12-${day}`))
      .map(({ start, end }) => `${start / 60}-${end / 60}`)
      .join(',') || 'closed'
  return `${on('24')} ${on('25')}`
}

describe('R40: a holiday calendar replaces the weekly hours of its dates, as the least specific exception', () => {
  test.each<[string, string, object[], object[]]>([
    ['no calendar', '9-17 9-17', [], []],
    ['a calendar without days', '9-17 9-17', [berlin()], []],
    ['a date', '9-17 closed', [berlin(closed({ date: '2026-12-25' }))], []],
    ['a date range', 'closed closed', [berlin(closed({ from: '2026-12-24', to: '2026-12-26' }))], []],
    ['a yearly date', '9-17 closed', [berlin(closed({ yearly: '12-25' }))], []],
    [
      'half a day',
      '9-12 closed',
      [berlin({ date: '2026-12-24', hours: '09:00-12:00' }, closed({ yearly: '12-25' }))],
      [],
    ],
    [
      'two calendars',
      'closed closed',
      [berlin(closed({ date: '2026-12-24' })), paris(closed({ date: '2026-12-25' }))],
      [],
    ],
    [
      'of two on one date the first holds',
      '9-12 9-17',
      [berlin({ date: '2026-12-24', hours: '09:00-12:00' }), paris(closed({ date: '2026-12-24' }))],
      [],
    ],
    [
      'of two ranges that overlap the first holds where both are',
      '9-12 closed',
      [
        berlin({ from: '2026-12-20', to: '2026-12-24', hours: '09:00-12:00' }),
        paris(closed({ from: '2026-12-24', to: '2026-12-26' })),
      ],
      [],
    ],
    [
      'the more specific day holds, whichever calendar it is of',
      '9-17 10-11',
      [berlin(closed({ yearly: '12-25' })), paris({ date: '2026-12-25', hours: '10:00-11:00' })],
      [],
    ],
    [
      'even a yearly exception of the hours wins over a date of a calendar',
      '9-17 10-11',
      [berlin(closed({ date: '2026-12-25' }))],
      [{ yearly: '12-25', hours: '10:00-11:00' }],
    ],
  ])('%s: %s', (_, expected, holidays, exceptions) => {
    expect(openOn(holidays, exceptions)).toBe(expected)
  })

  test('a property: on every date the first day of the highest specificity holds', () => {
    const day = fc.integer({ min: 20_000, max: 20_060 })
    const range = fc.tuple(day, fc.integer({ min: 0, max: 20 })).map(([from, length]) => [from, from + length] as const)
    fc.assert(
      fc.property(fc.array(range, { maxLength: 12 }), fc.array(day, { maxLength: 6 }), (ranges, dates) => {
        const holidays: HoursException[] = [
          ...ranges.map(([from, to], index) => ({
            kind: 'dates' as const,
            from,
            to,
            ranges: [],
            name: `range ${index}`,
          })),
          ...dates.map((date, index) => ({ kind: 'date' as const, date, ranges: [], name: `date ${index}` })),
        ]
        const calendar = new HoursCalendar({ zone: 'UTC', weekly: Array(7).fill([]), exceptions: [], holidays })
        for (let at = 19_995; at < 20_090; at++) {
          const date = dates.indexOf(at)
          const covering = ranges.findIndex(([from, to]) => from <= at && at <= to)
          const expected = date >= 0 ? `date ${date}` : covering >= 0 ? `range ${covering}` : undefined
          expect(calendar.on(at).exception?.name).toBe(expected)
        }
      }),
    )
  })

  test('a calendar closes the year in which it has days, and the hours repeat after it', () => {
    const schedule = scheduleOf({
      weekly: everyDay('24h'),
      holidays: [berlin(closed({ date: '2031-03-01' }))],
    })
    expect(schedule.nextChange(Date.parse('2026-01-01T00:00Z'))).toBe(Date.parse('2031-03-01T00:00Z'))
    expect(schedule.nextChange(Date.parse('2031-03-02T00:00Z'))).toBeUndefined()
    expect(schedule.lastChange(Date.parse('2040-01-01T00:00Z'))).toBe(Date.parse('2031-03-02T00:00Z'))
  })
})

describe('R40: hours name the calendars that apply to them', () => {
  const document = (hours: string, team = '') => `
version: 1
timeZone: Europe/Berlin
hours: { weekly: { thu: "09:00-17:00", fri: "09:00-17:00" }${hours} }
holidays:
  - { id: berlin, name: Berlin, days: [{ date: 2026-12-24, name: Half day, hours: "09:00-12:00" }] }
  - { id: paris, days: [{ date: 2026-12-25, name: Noël, hours: closed }] }
agents: [{ id: "1" }]
teams: [{ id: sales, members: ["1"], availability: custom-hours, hours: { weekly: { thu: 24h, fri: 24h }${team} } }]
`
  const at = (text: string, when: string) => simulate(parseWorkspace(text, 'acme.yaml'), { at: Date.parse(when) })

  test.each([
    ['all of them by default', '', 'offline', 'offline'],
    ['one', ', holidays: [berlin]', 'offline', 'online'],
    ['the other', ', holidays: [paris]', 'online', 'offline'],
    ['none', ', holidays: []', 'online', 'online'],
  ])('%s', (_, named, thursday, friday) => {
    const noon = ['2026-12-24T13:00+01:00', '2026-12-25T13:00+01:00']
    expect(noon.map((when) => at(document(named), when).widget.mode)).toEqual([thursday, friday])
    expect(noon.map((when) => at(document('', named), when).teams?.[0]?.mode)).toEqual([thursday, friday])
  })

  test('the reason names the holiday and its calendar', () => {
    expect(at(document(''), '2026-12-24T13:00+01:00').reasons).toContainEqual({
      rule: 'R40',
      code: 'hours.holiday',
      text: 'The holiday "Half day" (2026-12-24, Berlin) replaces the weekly hours: 09:00-12:00.',
    })
    expect(at(document(''), '2026-12-25T13:00+01:00').reasons).toContainEqual({
      rule: 'R40',
      code: 'hours.holiday',
      text: 'The holiday "Noël" (2026-12-25, paris) replaces the weekly hours: closed.',
    })
  })

  test.each([
    [', holidays: [berln]', 'hours.holidays[0]: "berln" is not a holiday calendar of this workspace'],
    [', holidays: [berlin, oslo]', 'hours.holidays[1]: "oslo" is not a holiday calendar of this workspace'],
  ])('%s is refused: %s', (named, message) => {
    expect(() => parseWorkspace(document(named), 'acme.yaml')).toThrow(message)
    expect(() => parseWorkspace(document('', named), 'acme.yaml')).toThrow(`teams[0].${message}`)
  })

  test.each([
    [
      'two days of one kind on one date',
      '{ date: 2026-12-24, hours: closed }, { date: 2026-12-24, hours: closed }',
      'cover the same date',
    ],
    ['a date that is none', '{ date: 2026-02-30, hours: closed }', 'does not exist'],
    ['a key that is none', '{ date: 2026-02-03, hours: closed, title: x }', 'title'],
  ])('%s in a calendar is refused', (_, days, message) => {
    const text = `version: 1\ntimeZone: UTC\nholidays: [{ id: x, days: [${days}] }]\n`
    expect(() => parseWorkspace(text, 'acme.yaml')).toThrow(message)
  })

  test.each([
    ['ftp://example.com/x.ics', 'ftp:'],
    ['webcal://example.com/x.ics', 'begins with "webcal:"'],
    ['example.com/x.ics', 'is not an address'],
    ['https://me:secret@example.com/x.ics', 'a user name or a password'],
  ])('the source %s is refused', (source, message) => {
    const text = `version: 1\ntimeZone: UTC\nholidays: [{ id: x, source: "${source}" }]\n`
    expect(() => parseWorkspace(text, 'acme.yaml')).toThrow(message)
  })
})
