import { existsSync, readFileSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { DriftStatusError } from '../../domain/errors.js'

/**
 * Puts a text into a file: whole, or not at all. What a link names is written, and a file that is there keeps its mode.
 *
 * @param expected what the file was read as: where it holds something else by now, nothing is written
 * @throws DriftStatusError (invalid-input) for a place where no file can be written; (conflict) for a file that was changed
 */
export async function writeOutput(path: string, text: string, expected?: string): Promise<void> {
  if (expected === undefined) return write(path, text)
  if (existsSync(path) && !statSync(path).isFile()) {
    throw new DriftStatusError('invalid-input', `${path} is a pipe or a device, which cannot be edited`, {
      hint: 'name a file',
    })
  }
  const { withFileLock } = await import('../../profiles/file-lock.js')
  await withFileLock(existingPath(path), () => {
    if (currentText(path) !== expected) {
      throw new DriftStatusError('conflict', `${path} was changed since it was read`, {
        hint: 'try again; nothing was written',
      })
    }
    write(path, text)
  })
}

/** A file that two links name is one file. */
function existingPath(path: string): string {
  return existsSync(path) ? realpathSync(path) : path
}

function currentText(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined
}

function write(path: string, text: string): void {
  try {
    const stats = statSync(path, { throwIfNoEntry: false })
    // A pipe or a device is written to, not replaced.
    if (stats && !stats.isFile()) writeFileSync(path, text)
    else replaceText(stats ? realpathSync(path) : path, text, stats?.mode)
  } catch (error) {
    throw unwritable(path, error as NodeJS.ErrnoException)
  }
}

function replaceText(path: string, text: string, mode: number | undefined): void {
  const draft = `${path}.${process.pid}.tmp`
  try {
    rmSync(draft, { force: true })
    writeFileSync(draft, text, { flag: 'wx', flush: true, ...(mode !== undefined && { mode: mode & 0o777 }) })
    renameSync(draft, path)
  } catch (error) {
    rmSync(draft, { force: true })
    throw error
  }
}

const WRITE_FAILURES: Readonly<Record<string, string>> = {
  ENOENT: 'is in a folder that does not exist',
  ENOTDIR: 'is in a folder that does not exist',
  EISDIR: 'is a directory',
  EACCES: 'may not be written by you',
  EPERM: 'may not be written by you',
  EROFS: 'is on a disk that is read-only',
  ENOSPC: 'cannot be written: no space is left there',
  ENAMETOOLONG: 'has too long a name',
}

function unwritable(path: string, cause: NodeJS.ErrnoException): DriftStatusError {
  const reason = WRITE_FAILURES[cause.code ?? ''] ?? `cannot be written (${cause.code ?? cause.message})`
  return new DriftStatusError('invalid-input', `${path} ${reason}`, {
    hint: 'name a file in a folder that you may write to',
    cause,
  })
}
