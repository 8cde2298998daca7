import type { Workspace } from '../decision/compile-workspace.js'
import { nextPromiseCandidate } from '../decision/widget.js'
import { nextOpening, nextPeopleChange } from '../questions/timeline.js'
import { DAY_MS } from '../time/calendar-date.js'
import type { Instant, Zone } from '../time/zone.js'
import type { Clock } from './decision-parts.js'

type NextOf = (workspace: Workspace, at: Instant, now: Instant) => Instant

const NEXT: Readonly<Record<Clock, NextOf>> = {
  sign: nextSignChange,
  people: nextPeopleChange,
  openings: nextOpening,
  horizon: ({ roster }, at) => roster.nextHorizonChange(at),
  days: ({ zone, schedule }, at) => Math.min(nextMidnight(zone, at), nextMidnight(schedule.zone, at)),
  now: (_, at, now) => (at <= now ? now + 1 : Infinity),
}

/** The first instant after `at` at which anything may differ that these clocks tell; Infinity when nothing does. */
export function nextInstant(workspace: Workspace, at: Instant, clocks: ReadonlySet<Clock>, now: Instant): Instant {
  let next = Infinity
  for (const clock of clocks) next = Math.min(next, NEXT[clock](workspace, at, now))
  return next
}

/** The promise changes, or whether anybody is there to keep it (R9). */
function nextSignChange(workspace: Workspace, at: Instant): Instant {
  const promise = nextPromiseCandidate(workspace, at)
  if (!workspace.widget.autoOffline) return promise
  const { roster } = workspace
  // Of those on duty, staffing is told for some weeks ahead only.
  return Math.min(promise, roster.nextStaffingChange(at), roster.nextHorizonChange(at))
}

function nextMidnight(zone: Zone, at: Instant): Instant {
  // A clock change may skip midnight, or a day.
  for (let day = Math.floor(zone.toLocal(at) / DAY_MS) + 1; ; day++) {
    const midnight = zone.toInstant(day * DAY_MS)
    if (midnight > at) return midnight
  }
}
