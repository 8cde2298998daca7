import { chmodSync, closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, statSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { DriftStatusError } from '../domain/errors.js'

/** Modes say nothing on Windows: who may read what is a matter of the folder's access list there. */
const HAS_MODES = process.platform !== 'win32'

const OTHERS_WRITE = 0o022
const OTHERS_ANYTHING = 0o077

/** What others must not be able to do with a file. */
export type Privacy = 'not-writable' | 'not-readable'

/**
 * Refuses a file or folder that others could have changed or read. It is left as it is.
 * @throws DriftStatusError (failed)
 */
export function checkPrivate(path: string, privacy: Privacy): void {
  if (!HAS_MODES) return
  const stats = statSync(path, { throwIfNoEntry: false })
  if (!stats) return
  const isOpen = (stats.mode & (privacy === 'not-writable' ? OTHERS_WRITE : OTHERS_ANYTHING)) !== 0
  // In a folder like /tmp nobody can replace another's file.
  const isSticky = stats.isDirectory() && (stats.mode & 0o1000) !== 0
  if (!isOpen || (isSticky && privacy === 'not-writable')) return
  const mode = stats.isDirectory() ? '700' : '600'
  throw new DriftStatusError(
    'failed',
    `${path} can be ${privacy === 'not-writable' ? 'changed' : 'read'} by others (mode ${modeText(stats.mode)})`,
    { hint: `run "chmod ${mode} ${path}"` },
  )
}

function modeText(mode: number): string {
  return (mode & 0o777).toString(8).padStart(4, '0')
}

/**
 * Makes a folder that you alone may enter. One that is there already is left to whoever made it,
 * unless it is the program's own.
 */
export function ensurePrivateFolder(folder: string, isOwn: boolean): void {
  const isNew = mkdirSync(folder, { recursive: true, mode: 0o700 }) !== undefined
  if (!isNew && isOwn && HAS_MODES && (statSync(folder).mode & OTHERS_ANYTHING) !== 0) chmodSync(folder, 0o700)
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

/** @throws DriftStatusError (failed), saying why and what to do */
export function unreadable(path: string, error: unknown): DriftStatusError {
  const { code, message } = error as NodeJS.ErrnoException
  return new DriftStatusError('failed', `${path} cannot be read (${code ?? message})`, {
    hint:
      code === 'EISDIR'
        ? 'move the folder away'
        : `run "chmod 600 ${path}", or set DRIFT_STATUS_CONFIG_DIR to another folder`,
    cause: error,
  })
}
