import { type LiveAgent, statusNow } from '../../api/contract/answers.js'
import { availabilityOf, type DriftUser } from '../documents.js'
import { integerIdOf } from './integer-id.js'

/**
 * An agent as Drift's user. What we do not keep (alias, phone, locale, whether the account is
 * verified, when it was made) is absent, as Drift's documentation asks.
 *
 * @param agent as of now: a timed status that has ended is settled already, an automatic one resolved (R15, R32)
 */
export function userDocument(agent: LiveAgent, orgId: number): DriftUser {
  const { id, name, email, role, timeZone, avatar, bot = false, disabled = false } = agent
  return {
    id: integerIdOf(id),
    orgId,
    ...(name !== undefined && { name }),
    ...(email !== undefined && { email }),
    // Drift has no word for a disabled agent; one who gets no chats is offline to its clients (R9).
    availability: disabled ? 'OFFLINE' : availabilityOf(statusNow(agent)),
    role,
    ...(timeZone !== undefined && { timeZone }),
    ...(avatar !== undefined && { avatarUrl: avatar }),
    bot,
  }
}
