import type { WorkspaceDocument } from '../document/schema.js'
import type { Schedule } from '../time/schedule.js'
import type { Instant } from '../time/zone.js'
import type { Mode, TeamAvailability } from '../words.js'
import { type Agent, countsForStaffing, isAvailable, type Roster } from './agent.js'
import { compileHours, type HoursContext, NO_HOURS } from './compile-hours.js'
import { nextStatusChange } from './next-status.js'
import type { ModeChange } from './widget.js'

/** What decided whether a team is online. */
export type TeamSource = 'always-online' | 'always-offline' | 'hours' | 'auto-offline'

/** A team, compiled: its members, and when it takes chats (R37). */
export interface Team {
  readonly id: string
  readonly name: string
  /** Each once, in the order of ids (R21). */
  readonly members: readonly Agent[]
  readonly availability: TeamAvailability
  /** With `custom-hours` only. */
  readonly schedule: Schedule | undefined
  readonly autoOffline: boolean
  /** How far a question about people looks ahead, as {@link Roster.horizonOf}. */
  readonly horizonOf: (at: Instant) => Instant
}

/** Teams by their ids, in the order of the document. */
export type Teams = ReadonlyMap<string, Team>

export function compileTeams(document: WorkspaceDocument, roster: Roster): Teams {
  return new Map(document.teams.map((team) => [team.id, compileTeam(team, document, roster)]))
}

function compileTeam(
  { id, name = id, members, availability = 'always-online', autoOffline = false, hours }: TeamDocument,
  context: HoursContext,
  roster: Roster,
): Team {
  const schedule = availability === 'custom-hours' ? compileHours(hours ?? NO_HOURS, context) : undefined
  const horizonOf = (at: Instant) => roster.horizonOf(at)
  return { id, name, members: findMembers(members, roster), availability, schedule, autoOffline, horizonOf }
}

type TeamDocument = WorkspaceDocument['teams'][number]

/** Agents by ids or emails, each once, in the order of ids. */
export function findMembers(names: readonly string[], roster: Roster): readonly Agent[] {
  const members = new Set(names.map((name) => roster.find(name)!))
  return [...members].sort((a, b) => a.rank - b.rank)
}

interface Gates {
  readonly availability?: TeamAvailability | undefined
  readonly autoOffline?: boolean | undefined
}

/** Whether anything can ever make the team offline: most teams are always online. */
export function isGated({ availability = 'always-online', autoOffline = false }: Gates): boolean {
  return availability !== 'always-online' || autoOffline
}

/** R37: whether the team takes chats at an instant. */
export function teamModeAt(team: Team, at: Instant): Mode {
  return promisedTeamMode(team, at) === 'online' && !isTeamForcedOffline(team, at) ? 'online' : 'offline'
}

export function teamSource(team: Team, at: Instant): TeamSource {
  if (promisedTeamMode(team, at) === 'online' && isTeamForcedOffline(team, at)) return 'auto-offline'
  return team.availability === 'custom-hours' ? 'hours' : team.availability
}

/** What the team's availability says, whoever is there. */
export function promisedTeamMode({ availability, schedule }: Team, at: Instant): Mode {
  if (schedule) return schedule.isOpen(at) ? 'online' : 'offline'
  return availability === 'always-offline' ? 'offline' : 'online'
}

/** The team's auto-offline is on, and none of its members is available. */
function isTeamForcedOffline({ autoOffline, members }: Team, at: Instant): boolean {
  return autoOffline && !members.some((agent) => countsForStaffing(agent) && isAvailable(agent, at))
}

/** The first instant after `at` at which the team's hours open or close; Infinity when they never do. */
export function nextTeamHours({ schedule }: Team, at: Instant): Instant {
  return schedule?.nextChange(at) ?? Infinity
}

/** The first instant after `at` at which the team's mode differs; undefined when it does not, or not within the look-ahead. */
export function nextTeamChange(team: Team, at: Instant): ModeChange | undefined {
  const mode = teamModeAt(team, at)
  const horizon = team.autoOffline ? team.horizonOf(at) : Infinity
  let candidate = nextCandidate(team, at)
  while (candidate !== Infinity && candidate <= horizon) {
    const next = teamModeAt(team, candidate)
    if (next !== mode) return { at: candidate, mode: next }
    candidate = nextCandidate(team, candidate)
  }
  return undefined
}

function nextCandidate(team: Team, at: Instant): Instant {
  const hours = nextTeamHours(team, at)
  // Who is there says nothing while the team is closed anyway.
  if (!team.autoOffline || promisedTeamMode(team, at) === 'offline') return hours
  // One who does not count may follow the duty all the same, which never ends.
  const counted = team.members.filter(countsForStaffing)
  return Math.min(hours, ...counted.map((agent) => nextStatusChange(agent, at)))
}
