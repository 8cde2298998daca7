import { join, resolve } from 'node:path'
import { DriftStatusError } from '../domain/errors.js'
import { didYouMean } from '../domain/nearest.js'
import { baseFolder } from './base-folder.js'
import { type Profile, parseProfileName, profileProblem } from './profile.js'
import { readTrustedFile } from './trusted-file.js'

export interface Profiles {
  /** The profile in use. */
  readonly current?: string
  readonly profiles: Readonly<Record<string, Profile>>
}

export type Environment = Readonly<Record<string, string | undefined>>

/** Without the `.json` at its end. */
export const PROFILES_FILE = 'profiles'

/**
 * Where profiles are kept: `DRIFT_STATUS_CONFIG_DIR`, from the folder that you are in where it is
 * relative, else the folder the system has for settings.
 */
export function configFolder(env: Environment): string {
  if (env.DRIFT_STATUS_CONFIG_DIR) return resolve(env.DRIFT_STATUS_CONFIG_DIR)
  const windows = process.platform === 'win32' ? env.APPDATA : undefined
  return join(baseFolder(env, 'XDG_CONFIG_HOME', windows), 'drift-status')
}

/** The file a local workspace is kept in when none is named. */
export function defaultDatabase(env: Environment, profile: string): string {
  if (env.DRIFT_STATUS_CONFIG_DIR) return join(configFolder(env), `${profile}.db`)
  return join(baseFolder(env, 'XDG_DATA_HOME'), 'drift-status', `${profile}.db`)
}

export function profilesPath(env: Environment): string {
  return join(configFolder(env), `${PROFILES_FILE}.json`)
}

/**
 * Reads the profiles; none when there is no file yet. Read by hand, not through the package that
 * writes them: every command reads, few write.
 * @throws DriftStatusError (invalid-input) for a file that cannot be read, that others may change, or that
 * holds no profiles; it is never overwritten
 */
export function readProfiles(env: Environment): Profiles {
  const path = profilesPath(env)
  const text = readTrustedFile(path, 'not-writable')
  return text === undefined ? { profiles: {} } : parseProfiles(text, path)
}

function parseProfiles(text: string, path: string): Profiles {
  let value: { readonly current?: unknown; readonly profiles?: unknown }
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw corrupt(path, 'is not valid JSON', cause)
  }
  const { current, profiles = {} } = value ?? {}
  const isObject = (one: unknown): one is object => typeof one === 'object' && one !== null && !Array.isArray(one)
  if (!isObject(value) || !isObject(profiles)) throw corrupt(path, 'holds no profiles')
  if (current !== undefined && typeof current !== 'string')
    throw corrupt(path, 'has a current profile that is not a name')
  for (const [name, profile] of Object.entries(profiles)) {
    const problem = profileProblem(profile)
    if (problem) throw corrupt(path, `cannot be used: profile "${name}" ${problem}`)
  }
  // What a later version added stays: it is written back as it was.
  return { ...value, profiles: profiles as Profiles['profiles'] } as Profiles
}

function corrupt(path: string, problem: string, cause?: unknown): DriftStatusError {
  return new DriftStatusError('invalid-input', `${path} ${problem}`, {
    reason: 'profiles-unreadable',
    hint: 'correct the file, or move it away',
    cause,
  })
}

/** The profile of a name; a name that every object has (`constructor`) is not one. */
export function findProfile({ profiles }: Profiles, name: string): Profile | undefined {
  return Object.hasOwn(profiles, name) ? profiles[name] : undefined
}

/** @throws DriftStatusError (not-found), with the name that was meant */
export function getProfile(profiles: Profiles, name: string): Profile {
  const profile = findProfile(profiles, name)
  if (profile) return profile
  parseProfileName(name)
  const names = Object.keys(profiles.profiles)
  throw new DriftStatusError('not-found', `there is no profile "${name}"`, {
    reason: 'profile-not-found',
    hint: didYouMean(name, names) ?? (names.length > 0 ? `profiles: ${names.join(', ')}` : undefined),
  })
}
