import { DriftStatusError } from '../domain/errors.js'
import { didYouMean } from '../domain/nearest.js'
import type { Actor } from './actor.js'
import type { ReadTransaction, StoredAgent } from './store/store.js'

/** How many agents are looked through for "did you mean". */
const MOST_SUGGESTIONS = 500

/**
 * The agent that a person names: "me", an id, an email, or a name that only one has.
 * @throws DriftStatusError (not-found) for nobody, (invalid-input) for several or for "me" without an agent
 */
export async function findStoredAgent(transaction: ReadTransaction, name: string, actor: Actor): Promise<StoredAgent> {
  if (name === 'me' && actor.agent === undefined) {
    throw new DriftStatusError('invalid-input', 'your profile names no agent as you', {
      hint: 'name the agent with --agent, or in the profile: drift-status profile add NAME --database PATH --agent WHO --replace',
    })
  }
  const exact = await transaction.agent(name === 'me' ? actor.agent! : name)
  if (exact) return exact
  const [only, second] = await transaction.agentsNamed(name)
  if (only && !second) return (await transaction.agent(only.id))!
  if (only && second) {
    throw new DriftStatusError('invalid-input', `"${name}" names more than one agent: ${only.id} and ${second.id}`, {
      hint: 'name the agent by id or email',
    })
  }
  const agents = await transaction.agents({ limit: MOST_SUGGESTIONS }, 0)
  const known = agents.flatMap((agent) =>
    [agent.id, agent.email, agent.name, agent.name?.split(' ')[0]].filter((text) => text !== undefined),
  )
  throw new DriftStatusError('not-found', `"${name}" is not an agent of this workspace`, {
    hint: didYouMean(name, known) ?? 'run "drift-status agent list"',
  })
}
