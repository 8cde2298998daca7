import { DriftStatusError } from '../../domain/errors.js'
import { type Send, sendToDrift } from './drift-api.js'

/** What Drift tells of a token. */
export interface DriftTokenInfo {
  /** The organisation that the token belongs to. */
  readonly organisation: string | undefined
  /** The app that the token belongs to. */
  readonly app: string | undefined
  readonly scopes: readonly string[]
  /** Scopes that this program needs and the token lacks. */
  readonly missingScopes: readonly string[]
  /** Milliseconds since 1970; undefined when Drift does not say. */
  readonly createdAt: number | undefined
  readonly ageMs: number | undefined
  /** Milliseconds since 1970; undefined when it never ends, or Drift does not say. */
  readonly expiresAt: number | undefined
  /** Valid until someone revokes it: worth pointing out. */
  readonly neverExpires: boolean
}

/** What reading agents and setting their statuses takes. */
const NEEDED_SCOPES = ['user_read', 'user_write']

/**
 * Asks Drift what a token allows, and for how long.
 *
 * @throws DriftStatusError (not-logged-in, not-allowed) for a token that Drift does not know
 */
export async function driftTokenInfo(send: Send, token: string, now: number): Promise<DriftTokenInfo> {
  const answer = await askEither(send, token, now)
  const expiresIn = numberOf(answer.expires_in)
  const createdAt = numberOf(answer.created_at)
  const scopes =
    textOf(answer.scope)
      ?.split(/[\s,]+/)
      .filter((scope) => scope !== '') ?? []
  const neverExpires = expiresIn === 0
  return {
    organisation: textOf(answer.authenticated_userid)?.replace(/^orgId:/, ''),
    app: textOf(answer.credential_id),
    scopes,
    missingScopes: NEEDED_SCOPES.filter((scope) => !scopes.includes(scope)),
    createdAt,
    ageMs: createdAt === undefined ? undefined : Math.max(0, now - createdAt),
    expiresAt: neverExpires || createdAt === undefined || expiresIn === undefined ? undefined : createdAt + expiresIn,
    neverExpires,
  }
}

/** Drift documents `access_token`; what published clients have long sent is `accessToken`. */
async function askEither(send: Send, token: string, now: number): Promise<Readonly<Record<string, unknown>>> {
  const ask = (body: Readonly<Record<string, string>>) =>
    sendToDrift(
      send,
      { method: 'POST', path: '/app/token_info', headers: { authorization: `Bearer ${token}` }, body, isSafe: true },
      now,
    ) as Promise<Readonly<Record<string, unknown>>>
  try {
    return await ask({ access_token: token })
  } catch (error) {
    if (!(error instanceof DriftStatusError && error.code === 'invalid-input')) throw error
    return ask({ accessToken: token })
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined
}
