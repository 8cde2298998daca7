import { closeSync, fsyncSync, mkdirSync, openSync, statSync } from 'node:fs'
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

/**
 * Makes a folder for you alone, and those above it, where there is none. Step by step: asked to make all of a path
 * at once, Node tries for ever where a system makes no folders (`/proc`).
 */
export function makePrivateFolder(folder: string): void {
  if (isFolder(folder)) return
  if (dirname(folder) !== folder) makePrivateFolder(dirname(folder))
  try {
    mkdirSync(folder, { mode: 0o700 })
  } catch (error) {
    // Another process may have made it meanwhile.
    if (!isFolder(folder)) throw error
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
}
