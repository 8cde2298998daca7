import type { StoredToken } from '../store/store.js'

/**
 * Whether a token is the secret of an address: it was given no scope at all, so that it opens the calendar of its agent and
 * nothing else.
 */
export function isFeedToken({ agent, scopes }: Pick<StoredToken, 'agent' | 'scopes'>): boolean {
  return agent !== undefined && scopes?.length === 0
}
