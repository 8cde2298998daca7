import { type NeededScope, SCOPES, type Scope } from '../api/contract/operation.js'
import { DriftStatusError } from '../domain/errors.js'
import type { Role } from '../domain/words.js'

/** Who calls: named in the log, allowed what the scopes say. */
export interface Actor {
  /** An agent's id, or the name of what acts. */
  readonly name: string
  /** The agent that "me" is, if the actor is one. */
  readonly agent: string | undefined
  /** What people call the agent. */
  readonly title?: string | undefined
  readonly scopes: ReadonlySet<Scope>
  /**
   * The token that says so, and SHA-256 of the secret that was sent, hexadecimal: the token may be given a new one
   * meanwhile. Without a token the actor is in the service's own process.
   */
  readonly token?: { readonly id: string; readonly hash: string }
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

/** Whether some scopes allow what another does: one who may set any status may set their own. */
export function includesScope(scopes: ReadonlySet<Scope>, scope: Scope): boolean {
  return scopes.has(scope) || (scope === 'status:self' && scopes.has('status:any'))
}

/**
 * @param what the scope is asked for, as its operation is summed up
 * @throws DriftStatusError (not-allowed) when the actor lacks the scope
 */
export function requireScope({ name, title = name, scopes }: Actor, scope: NeededScope, what: string): void {
  if (scope === 'any' || includesScope(scopes, scope)) return
  throw new DriftStatusError(
    'not-allowed',
    `${title} may not ${DEEDS[scope]}: it needs an admin, or the scope "${scope}"`,
    {
      hint: `ask an admin; what was asked: ${what}`,
    },
  )
}

/** What each scope allows, after "may not". */
const DEEDS: Readonly<Record<Scope, string>> = {
  read: 'read this workspace',
  'status:self': 'set a status',
  'status:any': 'set the status of another',
  widget: 'change the widget',
  hours: 'change the hours',
  duty: 'change who is on duty',
  routing: 'change who gets a chat',
  admin: 'do this',
}
