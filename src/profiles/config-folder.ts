import { chmodSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { DriftStatusError } from '../domain/errors.js'
import { makePrivateFolder, unwritable } from './private-file.js'
import { configFolder, type Environment } from './profiles.js'
import { checkTrustedFolder, HAS_MODES, isSudoer, WITHOUT_SUDO } from './trusted-file.js'

const OTHERS_ANYTHING = 0o077

/**
 * Makes the folder that profiles and credentials are kept in, for you alone. One that is there already
 * is left to whoever made it, unless it is the program's own.
 * @throws DriftStatusError (invalid-input) for one that others may write: what is in it may be theirs
 */
export function ensureConfigFolder(env: Environment): string {
  const folder = configFolder(env)
  const isOwn = !env.DRIFT_STATUS_CONFIG_DIR
  try {
    if (!checkTrustedFolder(folder, 'not-writable')) {
      refuseHomeOfSudoer(folder)
      makePrivateFolder(folder)
    } else if (isOwn && HAS_MODES && (statSync(folder).mode & OTHERS_ANYTHING) !== 0) chmodSync(folder, 0o700)
  } catch (error) {
    throw unwritable(folder, error)
  }
  return folder
}

/** What root makes in somebody's home, they can no longer use. */
function refuseHomeOfSudoer(folder: string): void {
  const stats = statSync(folder, { throwIfNoEntry: false })
  if (!stats && dirname(folder) !== folder) refuseHomeOfSudoer(dirname(folder))
  if (!stats || !isSudoer(stats.uid)) return
  throw new DriftStatusError(
    'invalid-input',
    `with sudo, the settings in ${folder} would belong to root, and the folder does not`,
    {
      hint: WITHOUT_SUDO,
    },
  )
}
