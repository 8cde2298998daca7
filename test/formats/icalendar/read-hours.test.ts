import { describe, expect, test } from 'vitest'
import { parseDate } from '../../../src/domain/time/calendar-date.js'
import { readHours } from '../../../src/formats/icalendar/read-hours.js'

/** A Monday. */
const TODAY = parseDate('2026-11-23')

/** Reads a calendar of these events, each a list of properties parted by blanks; `_` stands for a blank. */
function read(...events: readonly string[]) {
  const lines = events.flatMap((event, index) => [
    'BEGIN:VEVENT',
    ...(event.includes('UID:') ? [] : [`UID:${index}@example.com`]),
    'DTSTAMP:20260101T000000Z',
    ...event.split(' ').map((property) => property.replaceAll('_', ' ')),
    'END:VEVENT',
  ])
  const text = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Example//EN', ...lines, 'END:VCALENDAR', ''].join('\r\n')
  return readHours(new TextEncoder().encode(text), 'x.ics', TODAY)
}

const WEEKLY = 'SUMMARY:Open DTSTART:20240101T090000 DTEND:20240101T170000 RRULE:FREQ=WEEKLY;BYDAY=MO,TU'

describe('hours in a calendar', () => {
  test.each<{
    title: string
    events: readonly string[]
    weekly?: object
    exceptions?: readonly object[]
    notes?: readonly RegExp[]
  }>([
    {
      title: 'every week',
      events: [WEEKLY],
      weekly: { mon: '09:00-17:00', tue: '09:00-17:00' },
    },
    {
      title: 'a date more, by the event that repeats every week',
      events: [`${WEEKLY} RDATE:20261128T090000`],
      weekly: { mon: '09:00-17:00', tue: '09:00-17:00' },
      exceptions: [{ date: '2026-11-28', hours: '09:00-17:00' }],
    },
    {
      title: 'a date more at another time',
      events: [`${WEEKLY} RDATE:20261128T120000`],
      weekly: { mon: '09:00-17:00', tue: '09:00-17:00' },
      exceptions: [{ date: '2026-11-28', hours: '12:00-20:00' }],
    },
    {
      title: 'a date more that is one of the week',
      events: [`${WEEKLY} RDATE:20261130T180000`],
      weekly: { mon: '09:00-17:00', tue: '09:00-17:00' },
      exceptions: [{ date: '2026-11-30', hours: ['09:00-17:00', '18:00-02:00'] }],
    },
    {
      title: 'dates alone, each at its own time',
      events: ['SUMMARY:Open DTSTART:20261128T090000 DTEND:20261128T110000 RDATE:20261129T140000'],
      exceptions: [
        { date: '2026-11-28', hours: '09:00-11:00' },
        { date: '2026-11-29', hours: '14:00-16:00' },
      ],
    },
    {
      title: 'some dates of a rule that ends by an instant of UTC',
      events: [
        'SUMMARY:Open DTSTART;TZID=America/Toronto:20261128T200000 DTEND;TZID=America/Toronto:20261128T220000 RRULE:FREQ=DAILY;UNTIL=20261130T010000Z',
      ],
      exceptions: [{ from: '2026-11-28', to: '2026-11-29', hours: '20:00-22:00' }],
    },
    {
      title: 'an end of 23:59 is midnight, and told',
      events: ['SUMMARY:Open DTSTART:20240101T180000 DTEND:20240101T235900 RRULE:FREQ=WEEKLY'],
      weekly: { mon: '18:00-24:00' },
      notes: [/the end 23:59 of "Open" is read as 24:00/],
    },
    {
      title: 'so is one of 23:59:59',
      events: ['SUMMARY:Open DTSTART:20240101T180000 DTEND:20240101T235959 RRULE:FREQ=WEEKLY'],
      weekly: { mon: '18:00-24:00' },
    },
    {
      title: 'a week that begins later holds from today, and is told',
      events: ['SUMMARY:Open DTSTART:20270104T090000 DTEND:20270104T170000 RRULE:FREQ=WEEKLY'],
      weekly: { mon: '09:00-17:00' },
      notes: [/"Open" begins on 2027-01-04, and holds from today/],
    },
    {
      title: 'a date that is excluded by an instant of UTC',
      events: [
        'SUMMARY:Open DTSTART;TZID=America/Toronto:20240101T200000 DTEND;TZID=America/Toronto:20240101T220000 RRULE:FREQ=WEEKLY EXDATE:20261201T010000Z',
      ],
      weekly: { mon: '20:00-22:00' },
      exceptions: [{ date: '2026-11-30', hours: 'closed' }],
    },
  ])('$title', ({ events, weekly = {}, exceptions = [], notes = [] }) => {
    const { hours, notes: told } = read(...events)
    expect(hours).toMatchObject({ weekly, exceptions })
    expect(Object.keys(hours.weekly)).toEqual(Object.keys(weekly))
    expect(hours.exceptions).toHaveLength(exceptions.length)
    expect(told).toHaveLength(notes.length)
    notes.forEach((note, index) => void expect(told[index]).toMatch(note))
  })
})
