import { type Agent, countsForStaffing } from '../../decision/agent.js'
import type { Workspace } from '../../decision/compile-workspace.js'
import type { Visitor } from '../../decision/conditions/facts.js'
import { parseEntry, unknownTeam } from '../../decision/routing/entry.js'
import { accountOwnerOf, isGroup, type Target } from '../../decision/routing/routing.js'
import { promisedTeamMode } from '../../decision/team.js'
import type { Instant } from '../../time/zone.js'

/** Those who are asked about, from an instant until hours of a team open or close: a closed team takes no chats (R38). */
export type WantedAt = (at: Instant) => ReadonlySet<Agent>

interface Asked {
  readonly workspace: Workspace
  readonly visitor: Visitor
  readonly at: Instant
}

/**
 * Those who can take a chat that a visitor sends to a route, when they are there. Open chats of today say nothing of
 * another day, so nobody is left out for them; one whose limit is none at all never takes a group's turn.
 *
 * @param route as `--route` writes it
 * @throws DriftStatusError (invalid-input) for an unknown kind, agent, team or playbook
 */
export function peopleOfRoute(route: string, workspace: Workspace, visitor: Visitor): WantedAt {
  const { target } = parseEntry(route, workspace)
  return (at) => {
    const people = new Set<Agent>()
    addPeopleOf(target, { workspace, visitor, at }, people)
    return people
  }
}

/**
 * The members of a team, while it is online.
 * @throws DriftStatusError (invalid-input) for an unknown team
 */
export function peopleOfTeam(id: string, { teams }: Workspace): WantedAt {
  const team = teams.get(id)
  if (!team) throw unknownTeam(id, [...teams.keys()])
  const members = new Set(team.members.filter(countsForStaffing))
  return (at) => (promisedTeamMode(team, at) === 'online' ? members : NOBODY)
}

const NOBODY: ReadonlySet<Agent> = new Set()

/** @returns whether the target takes every chat, or refuses it, so that a waterfall ends there (R18, R19, R22) */
function addPeopleOf(target: Target, asked: Asked, people: Set<Agent>): boolean {
  const { workspace, visitor, at } = asked
  if (isGroup(target)) {
    if (target.team && target.members.length > 0 && promisedTeamMode(target.team, at) === 'offline') return false
    for (const agent of target.members) if (countsForStaffing(agent) && agent.chatLimit > 0) people.add(agent)
    return target.members.length === 0
  }
  if (target.kind === 'rules') {
    const { rules, index } = workspace.waterfall
    for (let position = index.next(visitor, 0); position < rules.length; position = index.next(visitor, position + 1)) {
      if (addPeopleOf(rules[position]!.target, asked, people)) return true
    }
    return false
  }
  const owner = accountOwnerOf(visitor)
  const agent = target.kind === 'agent' ? target.agent : owner === undefined ? undefined : workspace.roster.find(owner)
  if (!agent || !countsForStaffing(agent)) return false
  people.add(agent)
  return true
}
