import type { AgentDocument } from '../../domain/document/schema.js'
import { DriftStatusError } from '../../domain/errors.js'
import type { Instant } from '../../domain/time/zone.js'
import type { StoredToken } from '../store/store.js'

/** Why nobody may use a token, whatever the time; undefined when its owner may. */
export function refusalOf(
  { revokedAt, revokedBecause, agent }: StoredToken,
  owner: AgentDocument | undefined,
): string | undefined {
  if (revokedAt !== undefined) {
    const revoked = `the token was revoked at ${formatTime(revokedAt)}`
    // Somebody else may have the id by now.
    return revokedBecause === undefined ? revoked : `${revoked}: its agent ${agent} is no longer in this workspace`
  }
  if (agent === undefined) return undefined
  if (!owner) return `the token belongs to agent ${agent}, who is no longer in this workspace`
  return owner.disabled ? `the token belongs to agent ${agent}, who is disabled` : undefined
}

/** When a token's secret, by its hash, stops working; or why it works no more. */
export function endOfSecret(
  { expiresAt = Infinity, hash, previous }: StoredToken,
  sent: string,
  now: Instant,
): Instant | string {
  if (expiresAt <= now) return `the token expired at ${formatTime(expiresAt)}`
  const until = sent === hash ? Infinity : sent === previous?.hash ? previous.until : -Infinity
  if (until <= now) return 'the token was given a new secret, and this is the old one'
  return Math.min(expiresAt, until)
}

export function refused(message: string): DriftStatusError {
  return new DriftStatusError('not-logged-in', message, {
    reason: 'token-refused',
    hint: 'ask an admin for a new one',
  })
}

function formatTime(at: Instant): string {
  return new Date(at).toISOString()
}
