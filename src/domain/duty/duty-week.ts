import { MINUTE_MS } from '../time/calendar-date.js'
import { countBefore, countUpTo } from '../time/schedule.js'
import type { Instant } from '../time/zone.js'
import type { Place } from './place.js'
import { type Shift, stretchesOf } from './shift.js'
import { WEEK_MS, type WeekTable } from './week-tables.js'

/** Who is on duty in one week, between any two instants at which that changes. */
export interface DutyWeek extends WeekTable {
  /** Sorted instants at which anyone begins or ends a stretch of duty. */
  readonly changes: Float64Array
  /** How many of them come before each hour of the week, and before its end: a search stays within one hour. */
  readonly beforeHour: Uint32Array
  /** A bit for each person, in as many rows as there are changes and one more: the first row is before all of them. */
  readonly onDuty: Uint32Array
  /** Words in a row. */
  readonly width: number
}

const HOUR_MS = 60 * MINUTE_MS

/** How many of the changes of a week are at or before an instant of it. */
export function countChanges({ start, changes, beforeHour }: DutyWeek, at: Instant): number {
  const hour = Math.floor((at - start) / HOUR_MS)
  return countUpTo(changes, at, beforeHour[hour], beforeHour[hour + 1])
}

/** The crews that begin and end a stretch of duty at one instant. */
interface Handover {
  readonly come: (readonly Place[])[]
  readonly go: (readonly Place[])[]
}

/** @param people how many the duty names */
export function compileWeek(shifts: readonly Shift[], people: number, start: Instant): DutyWeek {
  const end = start + WEEK_MS
  // From a millisecond before the week: what begins or ends as it does is a change, what runs on is not.
  const before = start - 1
  const handovers = handoversOf(shifts, before, end)
  const changes = Float64Array.from([...handovers.keys()].filter((at) => at !== before && at !== end)).sort()
  const width = Math.max(1, Math.ceil(people / 32))
  const onDuty = new Uint32Array((changes.length + 1) * width)
  const row = new Uint32Array(width)
  /** In how many stretches each person is: two shifts may overlap. */
  const counts = new Uint32Array(people)
  const hold = ({ come, go }: Handover) => {
    for (const crew of come) {
      for (const { agent } of crew) if (counts[agent.index]!++ === 0) row[agent.index >>> 5]! |= 1 << (agent.index & 31)
    }
    for (const crew of go) {
      for (const { agent } of crew)
        if (--counts[agent.index]! === 0) row[agent.index >>> 5]! &= ~(1 << (agent.index & 31))
    }
  }
  const running = handovers.get(before)
  if (running) hold(running)
  onDuty.set(row, 0)
  for (const [index, at] of changes.entries()) {
    hold(handovers.get(at)!)
    onDuty.set(row, (index + 1) * width)
  }
  const beforeHour = countBefore(changes, start, end, HOUR_MS)
  return { start, end, changes, beforeHour, onDuty, width, size: onDuty.length }
}

function handoversOf(shifts: readonly Shift[], from: Instant, to: Instant): ReadonlyMap<Instant, Handover> {
  const handovers = new Map<Instant, Handover>()
  const handoverAt = (at: Instant): Handover => {
    let handover = handovers.get(at)
    if (!handover) {
      handover = { come: [], go: [] }
      handovers.set(at, handover)
    }
    return handover
  }
  for (const shift of shifts) {
    for (const { start, end, crew } of stretchesOf(shift, from, to)) {
      handoverAt(start).come.push(crew)
      handoverAt(end).go.push(crew)
    }
  }
  return handovers
}
