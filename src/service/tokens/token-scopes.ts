import { SCOPES, type Scope } from '../../api/contract/operation.js'
import type { AgentDocument } from '../../domain/document/schema.js'
import { includesScope, scopesOf } from '../actor.js'
import type { StoredToken } from '../store/store.js'

/**
 * What a token allows now. Without scopes of its own it allows what its agent may; with them, those
 * that the agent may as well, or that an admin gave although the agent could not. A demoted admin's
 * token so loses what the role gave; that of an agent who is gone allows nothing.
 */
export function scopesNow(
  { agent, scopes = SCOPES, beyond = [] }: Pick<StoredToken, 'agent' | 'scopes' | 'beyond'>,
  owner: Pick<AgentDocument, 'role'> | undefined,
): readonly Scope[] {
  if (agent === undefined) return scopes
  if (!owner) return []
  const allowed = new Set([...scopesOf(owner.role), ...beyond])
  const granted = new Set(scopes)
  // Whoever was given any status and may no longer set it may still set their own.
  if (granted.has('status:any') && !allowed.has('status:any')) granted.add('status:self')
  return SCOPES.filter((scope) => granted.has(scope) && includesScope(allowed, scope))
}

/** Those of `scopes` that a role does not give. */
export function scopesBeyond(scopes: readonly Scope[], { role }: Pick<AgentDocument, 'role'>): readonly Scope[] {
  const given = new Set(scopesOf(role))
  return scopes.filter((scope) => !includesScope(given, scope))
}
