import { namesOf, onlyAgent } from '../../domain/decision/named-agents.js'
import { DriftStatusError } from '../../domain/errors.js'
import { didYouMean } from '../../domain/nearest.js'
import type { Actor } from '../actor.js'
import type { ReadTransaction, StoredAgent } from '../store/store.js'

/** How many agents are looked through for "did you mean". */
const MAX_SUGGESTIONS = 500
/** Says that what follows is an id, for ids of earlier versions that read as something else: `id:me`. */
const ID_PREFIX = 'id:'

/**
 * The agent that a person names: "me", an id, an email, or a name that only one has; only ids are exact.
 * @throws DriftStatusError (not-found) for nobody, (invalid-input) for several or for "me" without an agent
 */
export async function findStoredAgent(transaction: ReadTransaction, name: string, actor: Actor): Promise<StoredAgent> {
  if (name === 'me') return findMe(transaction, actor)
  const exact = await transaction.agents.member(name)
  if (exact && (exact.agent.id === name || exact.agent.email === name)) return exact
  const prefixed = name.startsWith(ID_PREFIX) ? await transaction.agents.find(name.slice(ID_PREFIX.length)) : undefined
  if (prefixed) return prefixed
  const found = await transaction.agents.named(name)
  if (found.length > 1 && !actor.scopes.has('read')) {
    throw new DriftStatusError('invalid-input', `"${name}" names more than one agent`)
  }
  const only = onlyAgent(found, name)
  if (only) return (await transaction.agents.find(only.id))!
  const agents = await transaction.agents.list({ limit: MAX_SUGGESTIONS }, 0)
  throw new DriftStatusError('not-found', `"${name}" is not an agent of this workspace`, {
    reason: 'agent-not-found',
    hint: didYouMean(name, namesOf(agents, firstWord)),
  })
}

async function findMe(transaction: ReadTransaction, { agent, token }: Actor): Promise<StoredAgent> {
  if (agent === undefined && token) {
    throw new DriftStatusError('invalid-input', 'your token belongs to no agent, so there is no "me"', {
      reason: 'token-without-agent',
      hint: 'name the agent, or ask an admin for a token of your own',
    })
  }
  if (agent === undefined) {
    throw new DriftStatusError('invalid-input', 'your profile names no agent as you', {
      reason: 'me-unknown',
      hint: 'name the agent',
    })
  }
  const found = await transaction.agents.find(agent)
  if (found) return found
  throw new DriftStatusError('not-found', `you are agent ${agent}, who is no longer in this workspace`, {
    reason: 'agent-removed',
    hint: 'ask an admin to add you',
  })
}

function firstWord(name: string): string {
  return name.split(' ')[0]!
}
