import type { Scope } from '../api/contract/operation.js'
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
  admin: ['read', 'status:self', 'status:any', 'widget', 'hours', 'routing', 'admin'],
  agent: ['read', 'status:self'],
}

/** What an agent of a role may do. */
export function actorOf(name: string, agent: string | undefined, role: Role): Actor {
  return { name, agent, scopes: new Set(ROLE_SCOPES[role]) }
}

/** @throws DriftStatusError (not-allowed) when the actor lacks the scope */
export function requireScope({ name, scopes }: Actor, scope: Scope, doing: string): void {
  if (scopes.has(scope)) return
  throw new DriftStatusError('not-allowed', `${name} may not ${doing}`, {
    hint: `it needs the ${scope === 'read' ? 'right to read' : 'admin role'} (scope "${scope}"): ask an admin`,
  })
}
