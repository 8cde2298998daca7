import type { AgentStatus, StatusPolicy } from '../domain/words.js'

/**
 * The documents of Drift's public API, as its documentation describes them. An attribute without a
 * value is absent. Ids are integers; times are milliseconds since 1970.
 */

/** An agent: what Drift calls a user (https://devdocs.drift.com/docs/user-model). */
export interface DriftUser {
  readonly id: number
  readonly orgId?: number
  readonly name?: string
  readonly alias?: string
  readonly email?: string
  readonly phone?: string
  readonly locale?: string
  /** `AVAILABLE`, `OFFLINE` or `ON_CALL`; only the first two can be written (R17). */
  readonly availability?: string
  /** `member`, `admin` or `agent`. */
  readonly role?: string
  readonly timeZone?: string
  readonly avatarUrl?: string
  readonly verified?: boolean
  readonly bot?: boolean
  readonly createdAt?: number
  readonly updatedAt?: number
}

export type DriftTeamMode = 'ALWAYS_ONLINE' | 'ALWAYS_OFFLINE' | 'CUSTOM_HOURS'

/** https://devdocs.drift.com/docs/team-model */
export interface DriftTeam {
  readonly id: number
  readonly orgId?: number
  /** A UUID. */
  readonly workspaceId?: string
  readonly name?: string
  readonly updatedAt?: number
  readonly members?: readonly number[]
  readonly owner?: number
  /** `ENABLED` or `ARCHIVED`. */
  readonly status?: string
  readonly main?: boolean
  readonly autoOffline?: boolean
  readonly teamAvailabilityMode?: DriftTeamMode
  readonly responseTimerEnabled?: boolean
}

/** https://devdocs.drift.com/docs/playbook-model-1 */
export interface DriftPlaybook {
  readonly id: number
  readonly name: string
  readonly orgId: number
  readonly meta: Readonly<Record<string, unknown>>
  readonly goals: readonly { readonly id: string; readonly message?: string }[]
}

/** https://devdocs.drift.com/docs/get-token-information: the one answer with snake-case names and no envelope. */
export interface DriftTokenAnswer {
  readonly access_token: string
  /** `orgId:123`. */
  readonly authenticated_userid: string
  /** The app that the token belongs to. */
  readonly credential_id: string
  readonly token_type: 'bearer'
  /** Milliseconds from `created_at` on; 0 until revoked. */
  readonly expires_in: number
  readonly created_at: number
  /** Separated by spaces. */
  readonly scope: string
  readonly id: string
}

/** https://devdocs.drift.com/docs/data-and-errors */
export interface DriftErrorAnswer {
  readonly error: { readonly type: DriftErrorType; readonly message: string }
}

export type DriftErrorType = 'validation_error' | 'authentication_error' | 'not_found' | 'rate_limit' | 'internal_error'

/** The availabilities that Drift lets a client write. */
export const WRITABLE_AVAILABILITIES = ['AVAILABLE', 'OFFLINE'] as const
export type WritableAvailability = (typeof WRITABLE_AVAILABILITIES)[number]

/**
 * R17: `OFFLINE` is away; `AVAILABLE` and `ON_CALL` are available. A word that Drift does not
 * document, or none, is away: nobody is promised whom nobody vouches for.
 */
export function statusOf(availability: string | undefined): AgentStatus {
  return availability === 'AVAILABLE' || availability === 'ON_CALL' ? 'available' : 'away'
}

export function availabilityOf(status: StatusPolicy): WritableAvailability {
  return status === 'available' ? 'AVAILABLE' : 'OFFLINE'
}
