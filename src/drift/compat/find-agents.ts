import type { Client } from '../../api/client.js'
import { giveWay } from '../../api/pause.js'
import type { AgentDocument } from '../../domain/document/schema.js'
import { DriftStatusError } from '../../domain/errors.js'
import { FIRST_HASHED_ID, integerIdOf } from './integer-id.js'

/** The most that one call of the service answers. */
const PAGE = 1000

/** Every agent, read page by page. */
export async function* eachAgent(client: Client): AsyncGenerator<AgentDocument> {
  let after: string | undefined
  do {
    const { agents, next } = await client.listAgents({ limit: PAGE, ...(after !== undefined && { after }) })
    yield* agents
    after = next ?? undefined
    await giveWay()
  } while (after !== undefined)
}

/**
 * The agents of integers, by their integers; those that nobody has are left out.
 * @throws DriftStatusError (conflict) when two agents have one integer: better nobody than the wrong one
 */
export async function findAgents(
  client: Client,
  wanted: readonly number[],
): Promise<ReadonlyMap<number, AgentDocument>> {
  const found = new Map<number, AgentDocument>()
  for (const id of new Set(wanted.filter((id) => id < FIRST_HASHED_ID))) {
    const agent = await agentOfId(client, String(id))
    if (agent) found.set(id, agent)
  }
  const hashed = new Set(wanted.filter((id) => id >= FIRST_HASHED_ID))
  if (hashed.size === 0) return found
  // A hash says nothing of what was hashed: only going through all agents tells whose it is.
  for await (const agent of eachAgent(client)) {
    const id = integerIdOf(agent.id)
    if (!hashed.has(id)) continue
    const other = found.get(id)
    if (other) {
      throw new DriftStatusError('conflict', `user ${id} is both agent ${other.id} and agent ${agent.id}`, {
        hint: 'give one of them another id',
      })
    }
    found.set(id, agent)
  }
  return found
}

/** @throws DriftStatusError (not-found) when nobody has the integer */
export async function findAgentOf(client: Client, id: number): Promise<AgentDocument> {
  const agent = (await findAgents(client, [id])).get(id)
  if (!agent) throw new DriftStatusError('not-found', `there is no user ${id}`)
  return agent
}

/** The agent whose id, email or name is a text, or undefined for nobody. */
export async function agentOrNobody(client: Client, name: string): Promise<AgentDocument | undefined> {
  try {
    return (await client.getAgent({ id: name })).value
  } catch (error) {
    // A name that several have names nobody here, too: Drift's clients know integers only.
    if (error instanceof DriftStatusError && (error.code === 'not-found' || error.code === 'invalid-input')) {
      return undefined
    }
    throw error
  }
}

/** The service finds people by name as well: one whose name is a number is not that user. */
async function agentOfId(client: Client, id: string): Promise<AgentDocument | undefined> {
  const agent = await agentOrNobody(client, id)
  return agent?.id === id ? agent : undefined
}
