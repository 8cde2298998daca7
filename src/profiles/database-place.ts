import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { DriftStatusError } from '../domain/errors.js'
import { isPostgresAddress, parsePostgresAddress } from './postgres-address.js'

/** A scheme of more than one letter: `C:` is a drive. */
const URL_START = /^([a-z][a-z0-9+.-]+):/i

/**
 * Where a person says a workspace is kept: a file, as an absolute path, or a PostgreSQL database, as its address. It need not
 * be there yet.
 * @throws DriftStatusError (usage) for what is neither: another URL, a folder, a device, nothing, or out of reach
 */
export function parseDatabase(text: string): string {
  const [, scheme] = URL_START.exec(text) ?? []
  if (isPostgresAddress(text)) {
    parsePostgresAddress(text, {})
    return text
  }
  if (scheme !== undefined) {
    throw new DriftStatusError(
      'usage',
      `a workspace is kept in an SQLite file or in PostgreSQL, and "${scheme}:" is neither`,
      {
        hint: `name a path, e.g. acme.db, or postgres://USER@HOST/DATABASE; for a file of such a name, write ./ before it`,
      },
    )
  }
  if (text.trim() === '' || text.includes('\0')) {
    throw new DriftStatusError('usage', 'this is not the path of a file', { hint: 'name one, e.g. acme.db' })
  }
  const path = resolve(text)
  const problem = /[/\\]$/.test(text) ? 'is a folder' : problemOf(path)
  if (problem !== undefined) {
    throw new DriftStatusError('usage', `${path} ${problem}`, { hint: 'name a file of yours, e.g. acme.db' })
  }
  return path
}

/** Why a path cannot be a workspace file; undefined where there is a file, or nothing yet. */
function problemOf(path: string): string | undefined {
  try {
    const stats = statSync(path, { throwIfNoEntry: false })
    if (!stats || stats.isFile()) return undefined
    return stats.isDirectory() ? 'is a folder' : 'is a pipe or a device'
  } catch (error) {
    return `cannot be reached (${(error as NodeJS.ErrnoException).code})`
  }
}
