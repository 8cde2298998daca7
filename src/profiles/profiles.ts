import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { DriftStatusError } from '../domain/errors.js'
import { didYouMean } from '../domain/nearest.js'
import { withFileLock } from './file-lock.js'
import { checkPrivate, ensurePrivateFolder, unreadable, unwritable } from './private-file.js'
import { type Profile, parseProfileName, placeOf, profileProblem } from './profile.js'

export interface Profiles {
  /** The profile in use. */
  readonly current?: string
  readonly profiles: Readonly<Record<string, Profile>>
}

export type Environment = Readonly<Record<string, string | undefined>>

const FILE_NAME = 'profiles'

/** Where profiles are kept: `DRIFT_STATUS_CONFIG_DIR`, else the folder the system has for settings. */
export function configFolder(env: Environment): string {
  if (env.DRIFT_STATUS_CONFIG_DIR) return env.DRIFT_STATUS_CONFIG_DIR
  const base = env.XDG_CONFIG_HOME ?? (process.platform === 'win32' && env.APPDATA) ?? ''
  return join(base || join(homedir(), '.config'), 'drift-status')
}

/** Makes the folder that profiles and credentials are kept in. */
export function ensureConfigFolder(env: Environment): string {
  const folder = configFolder(env)
  try {
    ensurePrivateFolder(folder, !env.DRIFT_STATUS_CONFIG_DIR)
  } catch (error) {
    throw unwritable(folder, error)
  }
  return folder
}

/** The file a local workspace is kept in when none is named. */
export function defaultDatabase(env: Environment, profile: string): string {
  if (env.DRIFT_STATUS_CONFIG_DIR) return join(env.DRIFT_STATUS_CONFIG_DIR, `${profile}.db`)
  return join(env.XDG_DATA_HOME || join(homedir(), '.local', 'share'), 'drift-status', `${profile}.db`)
}

export function profilesPath(env: Environment): string {
  return join(configFolder(env), `${FILE_NAME}.json`)
}

/**
 * Reads the profiles; none when there is no file yet. Read by hand, not through the package that
 * writes them: every command reads, few write.
 * @throws DriftStatusError (failed) for a file that cannot be read, that others may change, or that
 * holds no profiles; it is never overwritten
 */
export function readProfiles(env: Environment): Profiles {
  const path = profilesPath(env)
  let text: string
  try {
    checkPrivate(path, 'not-writable')
    text = readFileSync(path, 'utf8')
  } catch (cause) {
    if (cause instanceof DriftStatusError) throw cause
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return { profiles: {} }
    throw unreadable(path, cause)
  }
  return parseProfiles(text, path)
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
  if (current !== undefined && typeof current !== 'string') throw corrupt(path, 'has a current profile that is no name')
  for (const [name, profile] of Object.entries(profiles)) {
    const problem = profileProblem(profile)
    if (problem) throw corrupt(path, `cannot be used: profile "${name}" ${problem}`)
  }
  // What a later version added stays: it is written back as it was.
  return { ...value, profiles: profiles as Profiles['profiles'] } as Profiles
}

function corrupt(path: string, problem: string, cause?: unknown): DriftStatusError {
  return new DriftStatusError('failed', `${path} ${problem}`, {
    hint: 'mend the file, or move it away and make the profiles again with "drift-status profile add"',
    cause,
  })
}

/** Changes the profiles as they are at that moment: what another process writes meanwhile is not lost. */
export async function updateProfiles(env: Environment, change: (profiles: Profiles) => Profiles): Promise<void> {
  const { default: Conf } = await import('conf')
  const folder = ensureConfigFolder(env)
  await withFileLock(profilesPath(env), () => {
    const before = readProfiles(env)
    const after = change(before)
    if (after === before) return
    // Its own default lets everyone read.
    const options = { cwd: folder, configName: FILE_NAME, projectName: 'drift-status', configFileMode: 0o600 }
    try {
      const conf = new Conf<Record<string, unknown>>(options)
      conf.store = { ...after }
    } catch (error) {
      throw unwritable(profilesPath(env), error)
    }
  })
}

export interface NewProfile {
  /** Whether it becomes the one in use; the first always does. */
  readonly isUsed: boolean
  /** Whether it may take the place of another. */
  readonly replaces: boolean
}

/**
 * Adds a profile.
 * @returns false when it was there already, just so
 * @throws DriftStatusError (conflict) when the name means something else already
 */
export async function addProfile(
  env: Environment,
  name: string,
  profile: Profile,
  { isUsed, replaces }: NewProfile,
): Promise<boolean> {
  parseProfileName(name)
  let isChanged = true
  await updateProfiles(env, (before) => {
    const existing = findProfile(before, name)
    const isSame = existing !== undefined && sameSettings(existing, profile)
    if (existing && !isSame && !replaces) throw taken(name, existing)
    const current = isUsed ? name : (before.current ?? name)
    isChanged = !isSame || current !== before.current
    return isChanged ? { ...before, current, profiles: { ...before.profiles, [name]: profile } } : before
  })
  return isChanged
}

/** @throws DriftStatusError (conflict) when a name means another workspace than this file */
export function checkDatabaseName(env: Environment, name: string, database: string): void {
  const existing = findProfile(readProfiles(env), name)
  if (existing && !(existing.service === 'local' && existing.database === database)) throw taken(name, existing)
}

function taken(name: string, existing: Profile): DriftStatusError {
  return new DriftStatusError('conflict', `profile "${name}" is another one already: ${placeOf(existing)}`, {
    hint: `choose another name, or run "drift-status profile remove ${name}" first`,
  })
}

function sameSettings(one: Profile, other: Profile): boolean {
  const sorted = (profile: Profile) => JSON.stringify(Object.entries(profile).sort())
  return sorted(one) === sorted(other)
}

/** The profile of a name; a name that every object has is none. */
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
    hint:
      didYouMean(name, names) ??
      (names.length > 0 ? `profiles: ${names.join(', ')}` : 'run "drift-status init" or "drift-status profile add"'),
  })
}
