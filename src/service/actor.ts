import { SCOPES, type Scope } from '../api/contract/operation.js'
import { DriftStatusError } from '../domain/errors.js'
import type { Role } from '../domain/words.js'

/** Who calls: named in the log, allowed what the scopes say. */
export interface Actor {
  /** An agent's id, or the name of what acts. */
  readonly name: string
  /** The agent that "me" is, if the actor is one. */
  readonly agent: string | undefined
  readonly scopes: ReadonlySet<Scope>
}

const ROLE_SCOPES: Readonly<Record<Role, readonly Scope[]>> = {
  admin: SCOPES,
  agent: ['read', 'status:self'],
}

export function scopesOf(role: Role): readonly Scope[] {
  return ROLE_SCOPES[role]
}

/** What an agent of a role may do. */
export function actorOf(name: string, agent: string | undefined, role: Role): Actor {
  return { name, agent, scopes: new Set(scopesOf(role)) }
}

/**
 * @param doing what the scope is asked for, as a sentence without its subject
 * @throws DriftStatusError (not-allowed) when the actor lacks the scope
 */
export function requireScope({ name, scopes }: Actor, scope: Scope, doing: string): void {
  if (scopes.has(scope)) return
  throw new DriftStatusError('not-allowed', `${name} may not ${doing.charAt(0).toLowerCase()}${doing.slice(1)}`, {
    hint: `it needs the ${scope === 'read' ? 'right to read' : 'admin role'} (scope "${scope}"): ask an admin`,
  })
}
