import { DriftStatusError } from '../../domain/errors.js'
import type { Instant } from '../../domain/time/zone.js'
import type { Actor } from '../actor.js'
import type { ReadTransaction } from '../store/store.js'
import { endOfSecret, refusalOf, refused } from './token-refusal.js'
import { scopesNow } from './token-scopes.js'

/**
 * The actor as the workspace knows them within a transaction: a write may have waited since its token
 * was looked at, and a token that was revoked meanwhile writes nothing.
 *
 * @throws DriftStatusError (not-logged-in) when the token no longer works, (not-allowed) when the
 * agent is no longer in the workspace
 */
export async function currentActor(transaction: ReadTransaction, actor: Actor, now: Instant): Promise<Actor> {
  const { agent, token: sent } = actor
  const owner = agent === undefined ? undefined : (await transaction.agents.find(agent))?.agent
  if (sent) {
    const token = await transaction.tokens.find(sent.id)
    if (!token) throw refused('the token does not belong to this workspace')
    const refusal = refusalOf(token, owner)
    if (refusal !== undefined) throw refused(refusal)
    const end = endOfSecret(token, sent.hash, now)
    if (typeof end === 'string') throw refused(end)
    return { ...actor, scopes: new Set(scopesNow(token, owner)) }
  }
  if (agent === undefined) return actor
  if (owner) return { ...actor, scopes: new Set(scopesNow({ agent, scopes: [...actor.scopes] }, owner)) }
  throw new DriftStatusError('not-allowed', `you are agent ${agent}, who is no longer in this workspace`, {
    reason: 'agent-removed',
    hint: 'ask an admin to add you',
  })
}
