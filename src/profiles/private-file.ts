import { closeSync, fsyncSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import { DriftStatusError } from '../domain/errors.js'
import { replaceFile } from './replace-file.js'
import { HAS_MODES } from './trusted-file.js'

/** Replaces a file at once and for good: a crash leaves the old text or the new, readable by you alone. */
export function writePrivateFile(path: string, text: string): void {
  try {
    replaceFile(path, text)
  } catch (error) {
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
