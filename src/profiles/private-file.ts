import { chmodSync, closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, statSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { DriftStatusError } from '../domain/errors.js'
import { checkTrustedFolder, HAS_MODES, isSudoer, WITHOUT_SUDO } from './trusted-file.js'

const OTHERS_ANYTHING = 0o077

/**
 * Makes a folder that you alone may enter. One that is there already is left to whoever made it,
 * unless it is the program's own.
 * @throws DriftStatusError (invalid-input) for one that others may write: what is in it may be theirs
 */
export function ensurePrivateFolder(folder: string, isOwn: boolean): void {
  if (!checkTrustedFolder(folder, 'not-writable')) {
    refuseHomeOfSudoer(folder)
    mkdirSync(folder, { recursive: true, mode: 0o700 })
  } else if (isOwn && HAS_MODES && (statSync(folder).mode & OTHERS_ANYTHING) !== 0) chmodSync(folder, 0o700)
}

/** What root makes in somebody's home, they can no longer use. */
function refuseHomeOfSudoer(folder: string): void {
  const stats = statSync(folder, { throwIfNoEntry: false })
  if (!stats && dirname(folder) !== folder) refuseHomeOfSudoer(dirname(folder))
  if (!stats || !isSudoer(stats.uid)) return
  throw new DriftStatusError('invalid-input', `sudo would make settings of root's in ${folder}, which is not root's`, {
    hint: WITHOUT_SUDO,
  })
}

/** Replaces a file at once and for good: a crash leaves the old text or the new, readable by you alone. */
export function writePrivateFile(path: string, text: string): void {
  const temporary = `${path}.${process.pid}.tmp`
  try {
    rmSync(temporary, { force: true })
    const file = openSync(temporary, 'wx', 0o600)
    try {
      writeSync(file, text)
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    renameSync(temporary, path)
  } catch (error) {
    rmSync(temporary, { force: true })
    throw unwritable(path, error)
  }
  syncFolder(dirname(path))
}

/** The rename itself must be on disk; not every system can say so. */
function syncFolder(folder: string): void {
  if (!HAS_MODES) return
  const file = openSync(folder, 'r')
  try {
    fsyncSync(file)
  } catch {
    // A folder that cannot be synced: the file is whole all the same.
  } finally {
    closeSync(file)
  }
}

/** An error of the file system, in the house's words. */
export function unwritable(path: string, error: unknown): unknown {
  if (error instanceof DriftStatusError) return error
  const { code, message } = error as NodeJS.ErrnoException
  return new DriftStatusError('failed', `${path} cannot be written (${code ?? message})`, {
    hint: 'make its folder writable by you, or set DRIFT_STATUS_CONFIG_DIR to another folder',
    cause: error,
  })
}
