import type { Instant } from '../../domain/time/zone.js'
import type { StoredToken } from '../store/store.js'

/** A token that is over for good. */
export function revokedToken(token: StoredToken, now: Instant, because?: string): StoredToken {
  return { ...token, previous: undefined, revokedAt: now, revokedBecause: because }
}
