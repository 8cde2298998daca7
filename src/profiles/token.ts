import { DriftStatusError } from '../domain/errors.js'
import { isLikeToken, tokenOrigin } from './profile.js'
import type { Environment } from './profiles.js'
import type { ResolvedProfile, Source } from './resolve-profile.js'

export interface ResolvedToken {
  readonly token: string
  readonly source: Source
}

const TOKEN_VARIABLE = 'DRIFT_STATUS_TOKEN'

/** The token of the environment, if it has one. */
export function environmentToken(env: Environment): ResolvedToken | undefined {
  const text = env[TOKEN_VARIABLE]
  return text
    ? { token: parseToken(text, TOKEN_VARIABLE), source: { kind: 'environment', name: TOKEN_VARIABLE } }
    : undefined
}

/**
 * The token for a profile's service: the environment's, else the one kept for the profile, which goes
 * to no other origin than it was kept for.
 */
export async function resolveToken(
  { name, profile }: ResolvedProfile,
  env: Environment,
): Promise<ResolvedToken | undefined> {
  if (profile.service === 'local') return undefined
  const fromEnvironment = environmentToken(env)
  if (fromEnvironment || name === undefined) return fromEnvironment
  const { findCredential } = await import('./credentials/credentials.js')
  const kept = await findCredential(name, env)
  return kept?.origin === tokenOrigin(profile) ? kept : undefined
}

/** @throws DriftStatusError (not-logged-in) when there is no token */
export async function requireToken(resolved: ResolvedProfile, env: Environment): Promise<string> {
  const found = await resolveToken(resolved, env)
  if (found) return found.token
  throw noToken(resolved)
}

/** That there is no token for a profile's service; a login would be for the profile's own address. */
export function noToken({ name, profile, sources }: ResolvedProfile): DriftStatusError {
  if (name === undefined || sources.url?.kind === 'environment') {
    return new DriftStatusError('not-logged-in', 'DRIFT_STATUS_URL names a service, and there is no token for it', {
      hint: `set ${TOKEN_VARIABLE} as well`,
    })
  }
  const place = profile.service === 'local' ? '' : ` for ${tokenOrigin(profile)}`
  return new DriftStatusError('not-logged-in', `profile "${name}" has no token${place}`, {
    reason: 'no-token',
    subject: name,
  })
}

/**
 * Reads a token as a person pastes it.
 * @param from what it came from, for the error: the text itself is never repeated
 * @throws DriftStatusError (usage)
 */
export function parseToken(text: string, from: string): string {
  const token = text.trim()
  if (/^[\x21-\x7e]{8,4096}$/.test(token)) return token
  const problem = token === '' ? 'is empty' : 'is not a token: one word of 8 to 4096 plain characters'
  throw new DriftStatusError('usage', `${from} ${problem}`, {
    reason: 'not-a-token',
    hint: 'copy it whole',
  })
}

/** What may be shown of a token: the part that names it, never the part that opens anything. */
export function redactToken(token: string): string {
  const id = isLikeToken(token) ? token.split('_')[1] : undefined
  return id === undefined ? '(hidden)' : `dst_${id}…`
}
