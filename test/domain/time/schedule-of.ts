import { businessHoursOf } from '../../../src/domain/decision/compile-hours.js'
import { parseWorkspace } from '../../../src/domain/document/parse-workspace.js'
import { Schedule } from '../../../src/domain/time/schedule.js'

export interface HoursText {
  /** Default: UTC */
  readonly zone?: string
  readonly weekly?: Readonly<Record<string, string | readonly string[]>>
  readonly exceptions?: readonly object[]
  readonly holidays?: readonly object[]
}

/** Compiles hours as a document writes them. */
export function scheduleOf({ zone = 'UTC', weekly = {}, exceptions = [], holidays = [] }: HoursText): Schedule {
  const text = JSON.stringify({ version: 1, timeZone: zone, hours: { weekly, exceptions }, holidays })
  const document = parseWorkspace(text, 'hours')
  return new Schedule(businessHoursOf(document.hours, document))
}

/** The same ranges on every day of the week. */
export function everyDay(ranges: string | readonly string[]): Record<string, string | readonly string[]> {
  return Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => [day, ranges]))
}

/** The open stretches of a window as `2026-03-08T03:00-04:00`: wall-clock times with their offset. */
export function openStretches(schedule: Schedule, from: string, to: string): string[] {
  const local = (instant: number) => {
    const offset = schedule.zone.offsetAt(instant) / 60_000
    const clock = new Date(instant + offset * 60_000).toISOString().slice(0, 16)
    const [hours, minutes] = [Math.floor(Math.abs(offset) / 60), Math.abs(offset) % 60]
    return `${clock}${offset < 0 ? '-' : '+'}${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`
  }
  return [...schedule.intervals(Date.parse(from), Date.parse(to))].map(
    ({ start, end }) => `${local(start)} ${local(end)}`,
  )
}
