import { DriftStatusError } from '../domain/errors.js'
import { ensureConfigFolder } from './config-folder.js'
import { withFileLock } from './file-lock.js'
import { unwritable } from './private-file.js'
import { type Profile, parseProfileName, placeOf } from './profile.js'
import { type Environment, findProfile, PROFILES_FILE, type Profiles, profilesPath, readProfiles } from './profiles.js'

/** Changes the profiles as they are at that moment: what another process writes meanwhile is not lost. */
export async function updateProfiles(env: Environment, change: (profiles: Profiles) => Profiles): Promise<void> {
  const { default: Conf } = await import('conf')
  const folder = ensureConfigFolder(env)
  await withFileLock(profilesPath(env), () => {
    const before = readProfiles(env)
    const after = change(before)
    if (after === before) return
    // Its own default lets everyone read.
    const options = { cwd: folder, configName: PROFILES_FILE, projectName: 'drift-status', configFileMode: 0o600 }
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
  return new DriftStatusError('conflict', `profile "${name}" already names another workspace: ${placeOf(existing)}`, {
    reason: 'profile-exists',
    subject: name,
    hint: 'choose another name',
  })
}

function sameSettings(one: Profile, other: Profile): boolean {
  const sorted = (profile: Profile) => JSON.stringify(Object.entries(profile).sort())
  return sorted(one) === sorted(other)
}
