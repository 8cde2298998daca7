import type { WorkspaceDocument } from '../document/schema.js'
import type { Instant } from '../time/zone.js'
import type { AgentStatus, Mode } from '../words.js'
import { DEFAULT_RULE } from '../words.js'
import { type Agent, countsForStaffing, type Roster, statusAt } from './agent.js'
import type { Visitor } from './conditions/facts.js'
import { accountOwnerOf, type Target, type Waterfall } from './routing/routing.js'

const MAX_FACES = 3

const DEFAULT_TEXT: Readonly<Record<Mode, string>> = {
  online: 'Hi! How can we help?',
  offline: 'We are away. Leave us a message.',
}

/** R27: the default greeting, by mode. Always there; a document only changes its words. */
export type Greeting = Readonly<Record<Mode, string>>

export function compileGreeting({ greeting }: Pick<WorkspaceDocument, 'greeting'>): Greeting {
  return { online: greeting.online ?? DEFAULT_TEXT.online, offline: greeting.offline ?? DEFAULT_TEXT.offline }
}

export interface FaceInputs {
  readonly roster: Roster
  readonly waterfall: Waterfall
}

/** R29: up to three agents from the first tier that has any. */
export function facesAt({ roster, waterfall }: FaceInputs, visitor: Visitor, at: Instant): readonly Agent[] {
  const { agents, agentsWithAvatar } = roster
  if (!roster.isStaffed(at)) return firstFaces(agentsWithAvatar, 'away', at) ?? firstFaces(agents, 'away', at) ?? []
  const { rules, index } = waterfall
  const topRule = rules[index.next(visitor, 0)]
  const lastRule = rules.at(-1)
  return (
    (topRule && firstFaces(membersOf(topRule.target, roster, visitor), 'available', at)) ??
    (lastRule?.id === DEFAULT_RULE
      ? firstFaces(membersOf(lastRule.target, roster, visitor), 'available', at)
      : undefined) ??
    firstFaces(agentsWithAvatar, 'available', at) ??
    firstFaces(agents, 'available', at) ??
    []
  )
}

/** The first agents of a status, at most three; undefined when there is none. */
function firstFaces(agents: readonly Agent[], status: AgentStatus, at: Instant): readonly Agent[] | undefined {
  let faces: Agent[] | undefined
  for (const agent of agents) {
    if (!countsForStaffing(agent) || statusAt(agent, at) !== status) continue
    if (faces) faces.push(agent)
    else faces = [agent]
    if (faces.length === MAX_FACES) break
  }
  return faces
}

function membersOf(target: Target, roster: Roster, visitor: Visitor): readonly Agent[] {
  switch (target.kind) {
    case 'rules':
      return []
    case 'agent':
      return [target.agent]
    case 'account-owner': {
      const owner = roster.find(accountOwnerOf(visitor) ?? '')
      return owner ? [owner] : []
    }
    default:
      return target.members
  }
}
