import { type Agent, countsForStaffing, isAvailable, type Roster } from './agent.js'
import type { Visitor } from './conditions.js'
import { accountOwnerOf, type Target, type Waterfall } from './routing.js'
import type { Instant } from './schedule/zone.js'
import type { Mode } from './words.js'
import { DEFAULT_RULE } from './workspace/references.js'
import type { WorkspaceDocument } from './workspace/schema.js'

const MOST_FACES = 3

const DEFAULT_TEXT: Readonly<Record<Mode, string>> = {
  online: 'Hi! How can we help?',
  offline: 'We are away. Leave us a message.',
}

/** R27: the default greeting, by mode. Always there; a document only changes its words. */
export type Greeting = Readonly<Record<Mode, string>>

export function compileGreeting({ greeting }: WorkspaceDocument): Greeting {
  return { online: greeting.online ?? DEFAULT_TEXT.online, offline: greeting.offline ?? DEFAULT_TEXT.offline }
}

export interface FaceInputs {
  readonly roster: Roster
  readonly waterfall: Waterfall
}

/** R29: up to three agents from the first tier that has any. */
export function facesAt({ roster, waterfall }: FaceInputs, visitor: Visitor, at: Instant): readonly Agent[] {
  const available = (agent: Agent) => countsForStaffing(agent) && isAvailable(agent, at)
  const away = (agent: Agent) => countsForStaffing(agent) && !isAvailable(agent, at)
  const topRule = waterfall.rules.find((rule) => rule.id !== DEFAULT_RULE && rule.matches(visitor))
  const defaultRule = waterfall.rules.find((rule) => rule.id === DEFAULT_RULE)
  const { agents } = roster
  for (const [from, isShown] of [
    [topRule ? membersOf(topRule.target, roster, visitor) : [], available],
    [defaultRule ? membersOf(defaultRule.target, roster, visitor) : [], available],
    [agents, (agent: Agent) => agent.hasAvatar && available(agent)],
    [agents, available],
    [agents, (agent: Agent) => agent.hasAvatar && away(agent)],
    [agents, away],
  ] as const) {
    const faces = firstFaces(from, isShown)
    if (faces.length > 0) return faces
  }
  return []
}

function firstFaces(agents: readonly Agent[], isShown: (agent: Agent) => boolean): Agent[] {
  const faces: Agent[] = []
  for (const agent of agents) {
    if (!isShown(agent)) continue
    faces.push(agent)
    if (faces.length === MOST_FACES) break
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
