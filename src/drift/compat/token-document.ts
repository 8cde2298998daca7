import type { Scope } from '../../api/contract/operation.js'
import type { DriftTokenAnswer } from '../documents.js'

/** What the service knows of one of its tokens. */
export interface TokenFacts {
  readonly id: string
  /** What the token is called. */
  readonly name: string
  readonly scopes: readonly Scope[]
  /** Milliseconds since 1970. */
  readonly createdAt: number
  /** Undefined for a token that never ends. */
  readonly expiresAt: number | undefined
}

/** What a scope of ours is called by Drift, as far as the endpoints here go. */
const DRIFT_SCOPES: Readonly<Partial<Record<Scope, readonly string[]>>> = {
  read: ['user_read', 'playbook_read'],
  'status:self': ['user_write'],
  'status:any': ['user_write'],
}

/** A token's facts as Drift's. */
export function tokenDocument(accessToken: string, facts: TokenFacts, orgId: number): DriftTokenAnswer {
  const { id, name, scopes, createdAt, expiresAt } = facts
  return {
    access_token: accessToken,
    authenticated_userid: `orgId:${orgId}`,
    credential_id: name,
    token_type: 'bearer',
    expires_in: expiresAt === undefined ? 0 : expiresAt - createdAt,
    created_at: createdAt,
    scope: [...new Set(scopes.flatMap((scope) => DRIFT_SCOPES[scope] ?? []))].join(' '),
    id,
  }
}
