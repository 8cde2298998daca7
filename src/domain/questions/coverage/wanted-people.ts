import { type Agent, countsForStaffing } from '../../decision/agent.js'
import type { Workspace } from '../../decision/compile-workspace.js'
import type { Visitor } from '../../decision/conditions/facts.js'
import { parseEntry, unknownTeam } from '../../decision/routing/entry.js'
import { accountOwnerOf, isGroup, type Target } from '../../decision/routing/routing.js'

/**
 * Those who can take a chat that a visitor sends to a route, when they are there. Open chats of today say nothing of
 * another day, so nobody is left out for them; one whose limit is none at all never takes a group's turn.
 *
 * @param route as `--route` writes it
 * @throws DriftStatusError (invalid-input) for an unknown kind, agent, team or playbook
 */
export function peopleOfRoute(route: string, workspace: Workspace, visitor: Visitor): ReadonlySet<Agent> {
  const people = new Set<Agent>()
  addPeopleOf(parseEntry(route, workspace).target, workspace, visitor, people)
  return people
}

/**
 * The members of a team.
 * @throws DriftStatusError (invalid-input) for an unknown team
 */
export function peopleOfTeam(id: string, { document, roster }: Workspace): ReadonlySet<Agent> {
  const team = document.teams.find((candidate) => candidate.id === id)
  if (team) return new Set(team.members.map((name) => roster.find(name)!).filter(countsForStaffing))
  throw unknownTeam(
    id,
    document.teams.map((candidate) => candidate.id),
  )
}

/** @returns whether the target takes every chat, or refuses it, so that a waterfall ends there (R18, R19, R22) */
function addPeopleOf(target: Target, workspace: Workspace, visitor: Visitor, people: Set<Agent>): boolean {
  if (isGroup(target)) {
    for (const agent of target.members) if (countsForStaffing(agent) && agent.chatLimit > 0) people.add(agent)
    return target.members.length === 0
  }
  if (target.kind === 'rules') {
    const { rules, index } = workspace.waterfall
    for (let position = index.next(visitor, 0); position < rules.length; position = index.next(visitor, position + 1)) {
      if (addPeopleOf(rules[position]!.target, workspace, visitor, people)) return true
    }
    return false
  }
  const owner = accountOwnerOf(visitor)
  const agent = target.kind === 'agent' ? target.agent : owner === undefined ? undefined : workspace.roster.find(owner)
  if (!agent || !countsForStaffing(agent)) return false
  people.add(agent)
  return true
}
