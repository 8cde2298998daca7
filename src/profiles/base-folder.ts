import { homedir } from 'node:os'
import { isAbsolute, join } from 'node:path'
import { DriftStatusError } from '../domain/errors.js'

/** The variables of the XDG Base Directory Specification that are read here, and what each stands for. */
const DEFAULTS = {
  XDG_CACHE_HOME: ['.cache'],
  XDG_CONFIG_HOME: ['.config'],
  XDG_DATA_HOME: ['.local', 'share'],
} as const

/**
 * Where files of a kind are kept: what the variable says; a relative path is ignored, as the specification asks.
 *
 * @param otherwise the system's own folder for it
 * @throws DriftStatusError (invalid-input) for a user without a home
 */
export function baseFolder(
  env: Readonly<Record<string, string | undefined>>,
  variable: keyof typeof DEFAULTS,
  otherwise: string | undefined = undefined,
): string {
  const named = [env[variable], otherwise].find((path) => path !== undefined && isAbsolute(path))
  return named ?? join(homeFolder(), ...DEFAULTS[variable])
}

/** A user of a container may be a number that the system knows nothing of. */
function homeFolder(): string {
  let home = ''
  try {
    home = homedir()
  } catch {
    // Said below.
  }
  if (isAbsolute(home)) return home
  throw new DriftStatusError('invalid-input', 'this user has no home folder, so there is no place for settings', {
    hint: 'set HOME, or DRIFT_STATUS_CONFIG_DIR to a folder of yours',
  })
}

/** Those that are set, and ignored. */
export function ignoredVariables(env: Readonly<Record<string, string | undefined>>): readonly string[] {
  return Object.keys(DEFAULTS).filter((name) => env[name] && !isAbsolute(env[name]))
}
