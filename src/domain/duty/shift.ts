import { DAY_MS, type EpochDay } from '../time/calendar-date.js'
import type { Interval } from '../time/schedule.js'
import type { Instant } from '../time/zone.js'
import { type Cover, coverTurn } from './covers.js'
import { isSameCrew, type Person, type Place } from './place.js'
import type { ShiftDays } from './shift-days.js'

/** Who is expected behind the counter, compiled (R31). */
export interface Shift {
  readonly id: string
  readonly name: string
  readonly days: ShiftDays
  /** Everyone who may ever be on duty in it. */
  readonly members: ReadonlySet<Person>
  /** Who is on duty, before covers, in the shift that starts on a date. */
  readonly crewOn: (day: EpochDay) => readonly Place[]
  /** In the order they are written (R33). */
  readonly covers: readonly Cover[]
}

/** A stretch of time in which the same people are on duty in a shift. */
export interface DutyStretch extends Interval {
  readonly shift: Shift
  readonly crew: readonly Place[]
}

/**
 * The stretches of a shift in `[from, to)`, clipped to it. Ranges that meet are one stretch while the same people hold
 * the places. A shift over midnight belongs to the day it starts on, and so do its people (R3); where its tail overlaps
 * the next day's, both are on duty.
 */
export function* stretchesOf(shift: Shift, from: Instant, to: Instant): Generator<DutyStretch> {
  const { days, covers } = shift
  const localDay = (at: Instant) => Math.floor(days.zone.toLocal(at) / DAY_MS)
  const touching = covers.filter((cover) => cover.from < to && cover.to > from)
  let last: DutyStretch | undefined
  // A range ends on the day after its own; where the clock skips a date, two days after.
  for (let day = localDay(from) - 2; day <= localDay(to - 1); day++) {
    if (!days.isPlannedOn(day)) continue
    const planned = shift.crewOn(day)
    if (planned.length === 0) continue
    for (const turn of days.intervalsOn(day)) {
      if (turn.end <= from || turn.start >= to) continue
      for (const part of coverTurn(turn, planned, touching)) {
        const [start, end] = [Math.max(part.start, from), Math.min(part.end, to)]
        if (start >= end) continue
        if (last && start >= last.start && start <= last.end && isSameCrew(last.crew, part.crew)) {
          last = { shift, start: last.start, end: Math.max(last.end, end), crew: last.crew }
          continue
        }
        if (last) yield last
        last = { shift, start, end, crew: part.crew }
      }
    }
  }
  if (last) yield last
}

/** A stretch that lasts longer is said to have no end. */
const MAX_STRETCH_MS = 35 * DAY_MS

/** When a person who is on duty in a shift at an instant is so no more; Infinity beyond five weeks. */
export function endOfDuty(shift: Shift, person: Person, at: Instant): Instant {
  const limit = at + MAX_STRETCH_MS
  let end = at
  for (const stretch of stretchesOf(shift, at, limit)) {
    if (stretch.start > end) break
    if (stretch.crew.some(({ agent }) => agent === person)) end = Math.max(end, stretch.end)
  }
  return end < limit ? end : Infinity
}
