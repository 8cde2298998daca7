import { describe, expect, test } from 'vitest'
import { everyDay, type HoursText, scheduleOf } from './schedule-of.js'

const instant = (text: string | undefined) => (text === undefined ? undefined : Date.parse(text))
const iso = (at: number | undefined) => (at === undefined ? undefined : new Date(at).toISOString().slice(0, 16))

const officeHours = {
  mon: '09:00-17:00',
  tue: '09:00-17:00',
  wed: '09:00-17:00',
  thu: '09:00-17:00',
  fri: '09:00-17:00',
}

interface ChangeCase {
  readonly title: string
  readonly hours: HoursText
  readonly at: string
  readonly isOpen: boolean
  /** Absent: never. */
  readonly last?: string
  readonly next?: string
}

const cases: readonly ChangeCase[] = [
  {
    title: 'within a day',
    hours: { weekly: officeHours },
    at: '2026-11-25T12:00Z',
    isOpen: true,
    last: '2026-11-25T09:00',
    next: '2026-11-25T17:00',
  },
  {
    title: 'a change is at its own instant',
    hours: { weekly: officeHours },
    at: '2026-11-25T17:00Z',
    isOpen: false,
    last: '2026-11-25T17:00',
    next: '2026-11-26T09:00',
  },
  {
    title: 'over a weekend',
    hours: { weekly: officeHours },
    at: '2026-11-28T12:00Z',
    isOpen: false,
    last: '2026-11-27T17:00',
    next: '2026-11-30T09:00',
  },
  {
    title: 'in a zone, over a spring change',
    hours: { zone: 'America/New_York', weekly: officeHours },
    at: '2026-03-08T12:00Z',
    isOpen: false,
    last: '2026-03-06T22:00',
    next: '2026-03-09T13:00',
  },
  {
    title: 'over midnight of a UTC new year',
    hours: { weekly: { thu: '22:00-02:00' } },
    at: '2027-01-01T00:00Z',
    isOpen: true,
    last: '2026-12-31T22:00',
    next: '2027-01-01T02:00',
  },
  {
    title: 'a range that starts with a UTC year',
    hours: { weekly: { fri: '00:00-02:00' } },
    at: '2026-12-31T23:59Z',
    isOpen: false,
    last: '2026-12-25T02:00',
    next: '2027-01-01T00:00',
  },
  {
    title: 'a range that ends with a UTC year',
    hours: { weekly: { thu: '22:00-24:00' } },
    at: '2027-01-01T00:00Z',
    isOpen: false,
    last: '2027-01-01T00:00',
    next: '2027-01-07T22:00',
  },
  {
    title: 'years of closed dates',
    hours: { weekly: officeHours, exceptions: [{ from: '2027-01-01', to: '2030-06-30', hours: 'closed' }] },
    at: '2029-02-03T04:05Z',
    isOpen: false,
    last: '2026-12-31T17:00',
    next: '2030-07-01T09:00',
  },
  {
    title: '24/7 until a date decades away',
    hours: { weekly: everyDay('24h'), exceptions: [{ date: '2150-05-05', hours: 'closed' }] },
    at: '2026-11-25T12:00Z',
    isOpen: true,
    next: '2150-05-05T00:00',
  },
  {
    title: '24/7 since a date decades ago',
    hours: { weekly: everyDay('24h'), exceptions: [{ date: '1985-05-05', hours: 'closed' }] },
    at: '2026-11-25T12:00Z',
    isOpen: true,
    last: '1985-05-06T00:00',
  },
  {
    title: 'closed but for a date decades away and one decades ago',
    hours: {
      exceptions: [
        { date: '1985-05-05', hours: '09:00-17:00' },
        { date: '2150-05-05', hours: '09:00-17:00' },
      ],
    },
    at: '2026-11-25T12:00Z',
    isOpen: false,
    last: '1985-05-05T17:00',
    next: '2150-05-05T09:00',
  },
  {
    title: 'once a year',
    hours: { exceptions: [{ yearly: '12-25', hours: '09:00-17:00' }] },
    at: '2026-12-25T17:00Z',
    isOpen: false,
    last: '2026-12-25T17:00',
    next: '2027-12-25T09:00',
  },
  {
    title: 'once a year, but for years of closed dates',
    hours: {
      exceptions: [
        { yearly: '12-25', hours: '09:00-17:00' },
        { from: '2027-01-01', to: '2040-12-31', hours: 'closed' },
      ],
    },
    at: '2030-01-01T00:00Z',
    isOpen: false,
    last: '2026-12-25T17:00',
    next: '2041-12-25T09:00',
  },
  {
    title: 'closed by an exception that reaches to 9999',
    hours: { weekly: officeHours, exceptions: [{ from: '2027-01-01', to: '9999-12-31', hours: 'closed' }] },
    at: '2027-06-01T12:00Z',
    isOpen: false,
    last: '2026-12-31T17:00',
  },
  {
    title: 'closed for decades by an exception that reaches to 9999',
    hours: { weekly: officeHours, exceptions: [{ from: '2027-01-01', to: '9999-12-31', hours: 'closed' }] },
    at: '2100-06-01T12:00Z',
    isOpen: false,
    last: '2026-12-31T17:00',
  },
  {
    title: 'opened by an exception that reaches to 9999',
    hours: { exceptions: [{ from: '2027-01-01', to: '9999-12-31', hours: '24h' }] },
    at: '2030-06-01T12:00Z',
    isOpen: true,
    last: '2027-01-01T00:00',
  },
  {
    title: 'before an exception that reaches to 9999',
    hours: { exceptions: [{ from: '2027-01-01', to: '9999-12-31', hours: '24h' }] },
    at: '2026-06-01T12:00Z',
    isOpen: false,
    next: '2027-01-01T00:00',
  },
]

describe('R8: a schedule knows since when and until when its answer holds', () => {
  test.each(cases.map((asked) => [asked.title, asked] as const))('%s', (_, { hours, at, isOpen, last, next }) => {
    const schedule = scheduleOf(hours)
    expect(schedule.isOpen(Date.parse(at))).toBe(isOpen)
    expect(iso(schedule.nextChange(Date.parse(at)))).toBe(iso(instant(next && `${next}Z`)))
    expect(iso(schedule.lastChange(Date.parse(at)))).toBe(iso(instant(last && `${last}Z`)))
  })
})
