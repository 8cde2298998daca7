import type { LiveAgent } from '../../api/contract/answers.js'
import { agentsNamed, namesOf, onlyAgent } from '../../domain/decision/named-agents.js'
import { DriftStatusError } from '../../domain/errors.js'
import { didYouMean } from '../../domain/nearest.js'
import { agentDocument } from './agent-document.js'
import type { DriftApi } from './drift-api.js'

/**
 * The Drift user that a person names: "me", an id, an email, or a name that only one has.
 *
 * @param me who "me" is, from the profile: a Drift token belongs to an organisation, not to a person
 * @throws DriftStatusError (not-found) for nobody, (invalid-input) for several or for "me" without a user
 */
export async function findUser(api: DriftApi, name: string, me: string | undefined): Promise<LiveAgent> {
  if (name !== 'me') return findNamed(api, name)
  if (me === undefined) {
    throw new DriftStatusError('invalid-input', 'your profile names no Drift user as you', {
      reason: 'me-unknown',
      hint: 'name the agent',
    })
  }
  try {
    return await findNamed(api, me)
  } catch (error) {
    if (!(error instanceof DriftStatusError && error.code === 'not-found')) throw error
    throw new DriftStatusError(
      'not-found',
      `your profile says you are "${me}", which is not a user of this Drift account`,
      {
        reason: 'own-agent-not-found',
        hint: 'name a user of the account by id or email',
        cause: error,
      },
    )
  }
}

async function findNamed(api: DriftApi, name: string): Promise<LiveAgent> {
  if (/^\d+$/.test(name)) {
    try {
      return agentDocument(await api.user(name))
    } catch (error) {
      if (error instanceof DriftStatusError && error.code === 'not-found') throw nobody(name, [])
      throw error
    }
  }
  const agents = (await api.users()).map(agentDocument)
  const only = onlyAgent(agentsNamed(agents, name), name)
  if (!only) throw nobody(name, agents)
  return only
}

function nobody(name: string, agents: readonly LiveAgent[]): DriftStatusError {
  return new DriftStatusError('not-found', `"${name}" is not a user of this Drift account`, {
    reason: 'agent-not-found',
    hint: didYouMean(name, namesOf(agents)),
  })
}
