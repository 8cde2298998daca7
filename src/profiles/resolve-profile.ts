import { DriftStatusError } from '../domain/errors.js'
import { type Profile, parseProfileUrl, settingNames } from './profile.js'
import { type Environment, getProfile, profilesPath, readProfiles } from './profiles.js'

/** Where a value came from. */
export type Source =
  | { readonly kind: 'flag'; readonly name: string }
  | { readonly kind: 'environment'; readonly name: string }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'keyring' }
  | { readonly kind: 'default' }

/** A profile with everything that is known of it, and where each came from. */
export interface ResolvedProfile {
  /** Undefined when the environment names a service and no profile. */
  readonly name: string | undefined
  readonly nameSource: Source
  readonly profile: Profile
  /** Where each of its settings came from. */
  readonly sources: Readonly<Record<string, Source>>
}

/** What was said on the command line: the flag, or an argument that stands for it. */
export interface ProfileFlag {
  readonly value: string | undefined
  /** Default `--profile`. */
  readonly name?: string
}

/**
 * The profile that the flag, the environment or the file names, in this order. A profile named by
 * flag means all of it; otherwise `DRIFT_STATUS_URL` says where the service is, with no profile at all
 * if need be.
 * @throws DriftStatusError (not-found) for an unknown name, (usage) when there is none at all
 */
export function resolveProfile(flag: ProfileFlag, env: Environment): ResolvedProfile {
  const url = env.DRIFT_STATUS_URL
  if (flag.value === undefined && url) return withUrl(url, env)
  const profiles = readProfiles(env)
  const path = profilesPath(env)
  const [name, nameSource] = chosenName(flag, env, profiles.current, path)
  const profile = getProfile(profiles, name)
  return { name, nameSource, profile, sources: sourcesOf(profile, { kind: 'file', path }) }
}

function chosenName(
  flag: ProfileFlag,
  env: Environment,
  current: string | undefined,
  path: string,
): readonly [string, Source] {
  if (flag.value !== undefined) return [flag.value, { kind: 'flag', name: flag.name ?? '--profile' }]
  if (env.DRIFT_STATUS_PROFILE) return [env.DRIFT_STATUS_PROFILE, { kind: 'environment', name: 'DRIFT_STATUS_PROFILE' }]
  if (current !== undefined) return [current, { kind: 'file', path }]
  throw new DriftStatusError('usage', 'there is no workspace yet', {
    reason: 'no-profile',
  })
}

/** The service of `DRIFT_STATUS_URL`; a profile that the environment names as well adds its protection. */
function withUrl(text: string, env: Environment): ResolvedProfile {
  const source: Source = { kind: 'environment', name: 'DRIFT_STATUS_URL' }
  const url = readUrl(text)
  const name = env.DRIFT_STATUS_PROFILE
  const isProtected = name ? (getProfile(readProfiles(env), name).protected ?? false) : false
  return {
    name: name || undefined,
    nameSource: name ? { kind: 'environment', name: 'DRIFT_STATUS_PROFILE' } : source,
    profile: { service: 'shared', url, ...(isProtected && { protected: true }) },
    sources: {
      service: source,
      url: source,
      protected: isProtected ? { kind: 'file', path: profilesPath(env) } : { kind: 'default' },
    },
  }
}

function readUrl(text: string): string {
  try {
    return parseProfileUrl(text)
  } catch (error) {
    if (!(error instanceof DriftStatusError)) throw error
    throw new DriftStatusError('usage', `DRIFT_STATUS_URL: ${error.message}`, { hint: error.hint, cause: error })
  }
}

function sourcesOf(profile: Profile, file: Source): Readonly<Record<string, Source>> {
  const settings = profile as unknown as Readonly<Record<string, unknown>>
  return Object.fromEntries(
    settingNames(profile.service)
      // Nobody writes it: it comes with the agent, or is not there.
      .filter((name) => name !== 'agentId' || settings.agentId !== undefined)
      .map((name) => [name, settings[name] === undefined ? { kind: 'default' } : file]),
  )
}
