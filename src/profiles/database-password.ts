import { readFile } from 'node:fs/promises'
import { DriftStatusError } from '../domain/errors.js'
import type { Environment } from './profiles.js'

/**
 * The password of a database: that of DRIFT_STATUS_DATABASE_PASSWORD, or what the file of DRIFT_STATUS_DATABASE_PASSWORD_FILE
 * holds whenever a connection is opened. Without either, the driver finds PGPASSWORD or ~/.pgpass, as psql does.
 */
export function databasePassword(env: Environment): (() => Promise<string>) | undefined {
  const { DRIFT_STATUS_DATABASE_PASSWORD: password, DRIFT_STATUS_DATABASE_PASSWORD_FILE: path } = env
  if (password) return async () => password
  if (!path) return undefined
  return async () => {
    try {
      return (await readFile(path, 'utf8')).replace(/\r?\n$/, '')
    } catch (cause) {
      const { code } = cause as NodeJS.ErrnoException
      throw new DriftStatusError('usage', `DRIFT_STATUS_DATABASE_PASSWORD_FILE: ${path} cannot be read (${code})`, {
        hint: 'name a file that you may read, which holds the password of the database',
        cause,
      })
    }
  }
}
