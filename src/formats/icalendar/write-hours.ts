import type { BusinessHours } from '../../domain/time/business-hours.js'
import { DAY_MS, type EpochDay, fromEpochDay, weekdayIndex } from '../../domain/time/calendar-date.js'
import { formatRange, type TimeRange } from '../../domain/time/time-range.js'
import { Zone } from '../../domain/time/zone.js'
import {
  type SpecialDays,
  specialDaysOf,
  type WritingOptions,
  type WrittenHours,
  writtenOutNotes,
  YEARS_WRITTEN,
} from '../hours-text.js'
import {
  dateValue,
  escapeText,
  instantValue,
  type Line,
  timeValue,
  timeZoneLines,
  writeCalendar,
} from './write-lines.js'

const DAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']

/**
 * Writes hours as a calendar: an event that repeats every week for each range, without the dates that differ, and events for
 * these; a closed date is an event of a whole day.
 */
export function writeHours(hours: BusinessHours, { name, today }: WritingOptions): WrittenHours {
  const special = specialDaysOf(hours, today)
  const zone = Zone.of(hours.zone)
  const stamp = instantValue(today * DAY_MS)
  const years = [
    fromEpochDay(Math.min(today, special[0]?.from ?? today)).year - 1,
    fromEpochDay(today).year + YEARS_WRITTEN,
  ]
  const excluded = special.flatMap(({ from, to }) => Array.from({ length: to - from + 1 }, (_, index) => from + index))
  // The week begins with the first date that is told, so that each of them may be left out of it.
  const begin = Math.min(today, excluded[0] ?? today)
  const events = [
    ...weeklyEvents(hours, zone, begin, new Set(excluded)),
    ...special.flatMap((days) => specialEvents(days, zone)),
  ].map(({ uid, lines }): readonly Line[] => [
    ['BEGIN', 'VEVENT'],
    ['UID', `${uid}@drift-status`],
    ['DTSTAMP', stamp],
    ...lines,
    ['END', 'VEVENT'],
  ])
  const zones = zone.name === 'UTC' ? [] : [timeZoneLines(zone, years[0]!, years[1]!)]
  return {
    text: writeCalendar(`Opening hours of ${name}`, [...zones, ...events]),
    notes: writtenOutNotes(special, today),
  }
}

interface WrittenEvent {
  readonly uid: string
  readonly lines: readonly Line[]
}

/** Days of the week that share a range share an event. */
function weeklyEvents(
  hours: BusinessHours,
  zone: Zone,
  begin: EpochDay,
  excluded: ReadonlySet<EpochDay>,
): readonly WrittenEvent[] {
  const byRange = new Map<string, { range: TimeRange; days: number[] }>()
  hours.weekly.forEach((ranges, day) => {
    for (const range of ranges) {
      const key = formatRange(range)
      const known = byRange.get(key) ?? { range, days: [] }
      byRange.set(key, { range, days: [...known.days, day] })
    }
  })
  return [...byRange].map(([key, { range, days }]) => {
    const first = firstOf(days, begin)
    const left = [...excluded].filter((day) => day >= first && days.includes(weekdayIndex(day)))
    return {
      uid: `${days.map((day) => DAYS[day]).join('')}-${key.replaceAll(':', '')}`.toLowerCase(),
      lines: [
        ['SUMMARY', 'Open'],
        timed('DTSTART', zone, timeValue(first, range.start)),
        timed('DTEND', zone, timeValue(first, range.end)),
        ['RRULE', `FREQ=WEEKLY;BYDAY=${days.map((day) => DAYS[day]).join(',')}`],
        ...left.map((day) => timed('EXDATE', zone, timeValue(day, range.start))),
      ],
    }
  })
}

function firstOf(days: readonly number[], begin: EpochDay): EpochDay {
  let day = begin
  while (!days.includes(weekdayIndex(day))) day++
  return day
}

function specialEvents({ from, to, ranges, name }: SpecialDays, zone: Zone): readonly WrittenEvent[] {
  const dates = from === to ? dateValue(from) : `${dateValue(from)}-${dateValue(to)}`
  if (ranges.length === 0) {
    return [
      {
        uid: `closed-${dates}`,
        lines: [
          ['SUMMARY', escapeText(name === undefined ? 'Closed' : `Closed: ${name}`)],
          ['DTSTART;VALUE=DATE', dateValue(from)],
          ['DTEND;VALUE=DATE', dateValue(to + 1)],
          ['TRANSP', 'TRANSPARENT'],
        ],
      },
    ]
  }
  return ranges.map((range) => ({
    uid: `open-${dates}-${formatRange(range).replaceAll(':', '')}`,
    lines: [
      ['SUMMARY', escapeText(name === undefined ? 'Open' : `Open: ${name}`)],
      timed('DTSTART', zone, timeValue(from, range.start)),
      timed('DTEND', zone, timeValue(from, range.end)),
      ...(from === to ? [] : [['RRULE', `FREQ=DAILY;COUNT=${to - from + 1}`] as const]),
    ],
  }))
}

/** A time by the clock of a zone; that of UTC has a sign of its own. */
function timed(property: string, zone: Zone, value: string): Line {
  return zone.name === 'UTC' ? [property, `${value}Z`] : [`${property};TZID=${zone.name}`, value]
}
