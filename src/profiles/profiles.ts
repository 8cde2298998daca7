import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { DriftStatusError } from '../domain/errors.js'
import { didYouMean } from '../domain/nearest.js'

/** Where a profile's workspace is, and who you are there. */
export interface Profile {
  readonly service: 'local'
  /** The workspace file. */
  readonly database: string
  /** The agent that "me" is, by id or email; without one you act as the owner of the file. */
  readonly agent?: string
}

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

/** The file a local workspace is kept in when none is named. */
export function defaultDatabase(env: Environment, profile: string): string {
  if (env.DRIFT_STATUS_CONFIG_DIR) return join(env.DRIFT_STATUS_CONFIG_DIR, `${profile}.db`)
  return join(env.XDG_DATA_HOME || join(homedir(), '.local', 'share'), 'drift-status', `${profile}.db`)
}

/**
 * Reads the profiles; none when there is no file yet. Read by hand, not through the package that
 * writes them: every command reads, few write.
 * @throws DriftStatusError (failed) for a file that is none; it is never overwritten
 */
export function readProfiles(folder: string): Profiles {
  const path = join(folder, `${FILE_NAME}.json`)
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return { profiles: {} }
    throw new DriftStatusError('failed', `${path} cannot be read (${(cause as NodeJS.ErrnoException).code})`, {
      hint: 'make the file readable by you, or set DRIFT_STATUS_CONFIG_DIR to another folder',
      cause,
    })
  }
  try {
    const value = JSON.parse(text) as Partial<Profiles>
    return { ...(value.current !== undefined && { current: value.current }), profiles: value.profiles ?? {} }
  } catch (cause) {
    throw new DriftStatusError('failed', `${path} is not valid JSON`, {
      hint: 'mend the file, or move it away and run "drift-status init"',
      cause,
    })
  }
}

/** Adds or replaces a profile and makes it the one in use. */
export async function saveProfile(folder: string, name: string, profile: Profile): Promise<void> {
  const { profiles } = readProfiles(folder)
  const { default: Conf } = await import('conf')
  const conf = new Conf<Record<string, unknown>>({ cwd: folder, configName: FILE_NAME, projectName: 'drift-status' })
  conf.store = { current: name, profiles: { ...profiles, [name]: profile } }
}

/** A profile with its name. */
export interface NamedProfile extends Profile {
  readonly name: string
}

/**
 * The profile that the flag, the environment or the file names, in this order.
 * @throws DriftStatusError (not-found) for an unknown name, (usage) when there is none at all
 */
export function resolveProfile(flag: string | undefined, env: Environment): NamedProfile {
  const { current, profiles } = readProfiles(configFolder(env))
  const name = flag ?? env.DRIFT_STATUS_PROFILE ?? current
  if (name === undefined) {
    throw new DriftStatusError('usage', 'there is no workspace yet', {
      hint: 'run "drift-status init --sample" to try one, or ask a document with --file',
    })
  }
  const profile = Object.hasOwn(profiles, name) ? profiles[name] : undefined
  if (profile) return { ...profile, name }
  const names = Object.keys(profiles)
  throw new DriftStatusError('not-found', `there is no profile "${name}"`, {
    hint: didYouMean(name, names) ?? (names.length > 0 ? `profiles: ${names.join(', ')}` : 'run "drift-status init"'),
  })
}
