import type { TokenAnswer } from '../../api/contract/answers.js'
import type { AgentDocument } from '../../domain/document/schema.js'
import type { Instant } from '../../domain/time/zone.js'
import type { StoredToken } from '../store/store.js'
import { scopesNow } from './token-scopes.js'

/**
 * A token as it is shown: never its secret, nor what the secret hashes to.
 * @param owner the agent that it belongs to, as of now
 */
export function tokenAnswer(token: StoredToken, owner: AgentDocument | undefined, now: Instant): TokenAnswer {
  const { id, name, agent, scopes, previous, lastUsedAt, revokedBecause } = token
  return {
    id,
    name,
    agent: agent ?? null,
    // Whoever has the id of an agent who was removed is somebody else.
    scopes: scopesNow(token, revokedBecause === undefined ? owner : undefined),
    followsAgent: scopes === undefined,
    state: isOver(token.revokedAt, now) ? 'revoked' : isOver(token.expiresAt, now) ? 'expired' : 'active',
    createdAt: formatTime(token.createdAt)!,
    expiresAt: formatTime(token.expiresAt),
    lastUsedAt: formatTime(lastUsedAt),
    rotatedAt: formatTime(token.rotatedAt),
    previousUntil: previous && previous.until > now ? formatTime(previous.until) : null,
    revokedAt: formatTime(token.revokedAt),
    revokedBecause: revokedBecause ?? null,
  }
}

/** What the log says of a token. */
export function tokenRecord(token: StoredToken | undefined): Readonly<Record<string, unknown>> | undefined {
  if (!token) return undefined
  const { name, agent, scopes, previous, expiresAt, rotatedAt, revokedAt, revokedBecause } = token
  const times = { expiresAt, rotatedAt, previousUntil: previous?.until, revokedAt }
  const known = Object.entries(times).flatMap(([key, at]) => (at === undefined ? [] : [[key, formatTime(at)] as const]))
  return {
    name,
    ...(agent !== undefined && { agent }),
    ...(scopes === undefined ? { followsAgent: true } : { scopes }),
    ...Object.fromEntries(known),
    ...(revokedBecause !== undefined && { revokedBecause }),
  }
}

function isOver(end: Instant | undefined, now: Instant): boolean {
  return end !== undefined && end <= now
}

function formatTime(at: Instant | undefined): string | null {
  return at === undefined ? null : new Date(at).toISOString()
}

/** A token that is over for good. */
export function revokedToken(token: StoredToken, now: Instant, because?: string): StoredToken {
  return { ...token, previous: undefined, revokedAt: now, revokedBecause: because }
}
