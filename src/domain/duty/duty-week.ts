import { DAY_MS } from '../time/calendar-date.js'
import type { Instant } from '../time/zone.js'
import { type DutyStretch, type Shift, stretchesOf } from './shift.js'

export const WEEK_MS = 7 * DAY_MS

/** One week of UTC, from a Thursday on: who is on duty between any two instants at which that changes. */
export interface DutyWeek {
  readonly start: Instant
  readonly end: Instant
  /** The stretches that reach into the week, those that began before it clipped to just before it. */
  readonly stretches: readonly DutyStretch[]
  /** Sorted instants at which anyone begins or ends a stretch of duty. */
  readonly changes: Float64Array
  /** A bit for each person, in as many rows as there are changes and one more: the first row is before all of them. */
  readonly onDuty: Uint32Array
  /** Words in a row. */
  readonly width: number
}

/** @param people how many the duty names */
export function compileWeek(shifts: readonly Shift[], people: number, start: Instant): DutyWeek {
  const end = start + WEEK_MS
  // From a millisecond before the week: what begins or ends as it does is a change, what runs on is not.
  const stretches = shifts.flatMap((shift) => [...stretchesOf(shift, start - 1, end)])
  const begins = stretches.toSorted((a, b) => a.start - b.start)
  const ends = stretches.toSorted((a, b) => a.end - b.end)
  const instants = [...begins.map((stretch) => stretch.start), ...ends.map((stretch) => stretch.end)]
  const changes = Float64Array.from(new Set(instants.filter((at) => at >= start && at < end))).sort()
  const width = Math.max(1, Math.ceil(people / 32))
  const onDuty = new Uint32Array((changes.length + 1) * width)
  const row = new Uint32Array(width)
  /** In how many stretches each person is: two shifts may overlap. */
  const counts = new Uint16Array(people)
  let [begun, ended] = [0, 0]
  const moveTo = (at: Instant) => {
    for (; begun < begins.length && begins[begun]!.start <= at; begun++) {
      for (const { agent } of begins[begun]!.crew) {
        if (counts[agent.index]!++ === 0) row[agent.index >>> 5]! |= 1 << (agent.index & 31)
      }
    }
    for (; ended < ends.length && ends[ended]!.end <= at; ended++) {
      for (const { agent } of ends[ended]!.crew) {
        if (--counts[agent.index]! === 0) row[agent.index >>> 5]! &= ~(1 << (agent.index & 31))
      }
    }
  }
  moveTo(start - 1)
  onDuty.set(row, 0)
  for (const [index, at] of changes.entries()) {
    moveTo(at)
    onDuty.set(row, (index + 1) * width)
  }
  return { start, end, stretches, changes, onDuty, width }
}
