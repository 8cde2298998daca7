import { compileWorkspace } from '../decision/compile-workspace.js'
import type { WorkspaceDocument } from '../document/schema.js'
import { sampleVisitor } from '../questions/preview/sample-visitor.js'
import { DAY_MS, type EpochDay, formatDate, MINUTE_MS, weekdayOf } from '../time/calendar-date.js'
import { formatTime } from '../time/moment.js'
import type { Schedule } from '../time/schedule.js'
import type { Instant, Zone } from '../time/zone.js'
import { check } from './check.js'
import { readTimes } from './read-scenarios.js'
import type { Scenario } from './scenarios-schema.js'

const DAYS = 7
const MAX_CLOSED_DAYS = 12
const MAX_RULES = 10
/** A closed day is looked for so far ahead. */
const AHEAD_DAYS = 366
/** By the hours alone: who is there today says nothing of another day. */
const BY_HOURS = { mode: 'automatic', autoOffline: false } as const

/**
 * Scenarios that hold today, to start from: when each day of the week opens and closes, that exceptions and holidays of the
 * year ahead close, and who each rule is for.
 */
export function startingScenarios(document: WorkspaceDocument, now: Instant): readonly Scenario[] {
  const { schedule, zone } = compileWorkspace(document)
  const today = Math.floor(zone.toLocal(now) / DAY_MS)
  const found = [
    ...Array.from({ length: DAYS }, (_, day) => ofDay(schedule, zone, today + 1 + day)).flat(),
    ...closedDays(schedule, today),
    ...ofRules(document, zone, now),
  ]
  return found.filter((scenario) => holds(document, scenario, now, zone))
}

/** That a day opens when it does, and is closed at the end; or that it is closed. */
function ofDay(schedule: Schedule, zone: Zone, day: EpochDay): readonly Scenario[] {
  const name = weekdayOf(day)
  const [from, to] = [zone.toInstant(day * DAY_MS), zone.toInstant((day + 1) * DAY_MS)]
  const open = [...schedule.intervals(from, to)]
  const [first, last] = [open[0], open.at(-1)]
  if (!first || !last) return [closed(`Closed on ${name}`, day, day)]
  const write = (at: Instant) => `${formatDate(day)} ${formatTime(zone.toLocal(at))}`
  const expect = (mode: 'online' | 'offline') => ({ expect: { widget: { mode } } }) as Pick<Scenario, 'expect'>
  return [
    { name: `Open on ${name}`, at: write(first.start), assume: BY_HOURS, ...expect('online') },
    ...(last.end < to
      ? [{ name: `Closed on ${name} in the evening`, at: write(last.end), assume: BY_HOURS, ...expect('offline') }]
      : []),
  ]
}

function closed(name: string, first: EpochDay, last: EpochDay): Scenario {
  return {
    name,
    from: `${formatDate(first)} 00:00`,
    to: `${formatDate(last + 1)} 00:00`,
    assume: BY_HOURS,
    never: { widget: { mode: 'online' } } as Scenario['never'],
  }
}

/** The exceptions and holidays that close a day, by their names. */
function closedDays(schedule: Schedule, today: EpochDay): readonly Scenario[] {
  const days: Scenario[] = []
  let last: { name: string; first: EpochDay; day: EpochDay } | undefined
  const keep = () => {
    if (last) days.push(closed(`Closed on ${last.name} (${formatDate(last.first)})`, last.first, last.day))
    last = undefined
  }
  for (let day = today + 1; day <= today + AHEAD_DAYS && days.length < MAX_CLOSED_DAYS; day++) {
    const { exception, ranges } = schedule.calendar.on(day)
    const name = ranges.length === 0 ? exception?.name : undefined
    if (last && last.name === name) last.day = day
    else {
      keep()
      if (name !== undefined) last = { name, first: day, day }
    }
  }
  keep()
  return days
}

/** For whom each rule is, on a day ahead. */
function ofRules({ routing }: WorkspaceDocument, zone: Zone, now: Instant): readonly Scenario[] {
  const minute = zone.toLocal(now + DAY_MS)
  const at = `${formatDate(Math.floor(minute / DAY_MS))} ${formatTime(minute - (minute % MINUTE_MS))}`
  return routing.rules.slice(0, MAX_RULES).flatMap(({ id, when }) => {
    const facts = when && sampleVisitor({ visitor: when })
    if (!facts) return []
    const { url, attributes } = facts
    const visitor = { ...(url !== undefined && { url }), ...(attributes && { attributes }) }
    return [{ name: `Rule ${id} is reached`, at, visitor, expect: { routing: { rule: id } } as Scenario['expect'] }]
  })
}

function holds(document: WorkspaceDocument, scenario: Scenario, now: Instant, zone: Zone): boolean {
  const { scenarios, findings } = readTimes([scenario], { now, zone })
  if (findings.length > 0) return false
  const { held } = check(document, { scenarios, now })
  return held === 1
}
