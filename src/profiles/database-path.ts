import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { DriftStatusError } from '../domain/errors.js'

/** A scheme of more than one letter: `C:` is a drive. */
const URL_START = /^([a-z][a-z0-9+.-]+):/i

/**
 * The file that a person names for a workspace, as an absolute path. It need not be there yet.
 * @throws DriftStatusError (usage) for what is no path of a file: a URL, a folder, nothing
 */
export function parseDatabasePath(text: string): string {
  const [, scheme] = URL_START.exec(text) ?? []
  if (scheme !== undefined) {
    throw new DriftStatusError('usage', `a workspace is kept in an SQLite file, and "${scheme}:" is a URL`, {
      hint: `name a path, e.g. acme.db; for a file of such a name, write ./ before it`,
    })
  }
  if (text.trim() === '' || text.includes('\0')) {
    throw new DriftStatusError('usage', 'this is not the path of a file', { hint: 'name one, e.g. acme.db' })
  }
  const path = resolve(text)
  if (/[/\\]$/.test(text) || isFolder(path)) {
    throw new DriftStatusError('usage', `${path} is a folder`, { hint: 'name a file in it, e.g. acme.db' })
  }
  return path
}

function isFolder(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
  } catch {
    // What cannot be looked at is told of when it is opened.
    return false
  }
}
