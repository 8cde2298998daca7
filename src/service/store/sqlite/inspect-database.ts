import { existsSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Instant } from '../../../domain/time/zone.js'
import { namedId, namedZones } from '../inspected-rows.js'
import type { StoreInspection } from '../store-inspection.js'
import { type Database, driverName, loadDriver } from './sqlite-driver.js'
import { storeError } from './sqlite-errors.js'
import { isOlder, SCHEMA_VERSION } from './sqlite-migrations.js'

/** A workspace file looked at without writing a byte. */
export interface DatabaseInspection extends StoreInspection {
  readonly bytes: number
  /** What SQLite finds wrong, at most a few lines; nothing when all is well. */
  damage(): readonly string[]
}

/**
 * Opens a workspace file for looking at.
 * @throws DriftStatusError (failed) when it cannot be read, is no workspace, or is of a later version
 */
export async function inspectDatabase(path: string): Promise<DatabaseInspection> {
  const Driver = await loadDriver()
  let database: Database | undefined
  try {
    // Without a log beside it the file is the whole truth, and reading it needs no file beside it either.
    const way = existsSync(`${path}-wal`) ? path : `${pathToFileURL(resolve(path)).href}?immutable=1`
    database = new Driver(way, { readOnly: true })
    isOlder(database, path)
    return inspection(database, path)
  } catch (error) {
    database?.close()
    throw storeError(error, path)
  }
}

const MAX_DAMAGE = 3

function inspection(database: Database, path: string): DatabaseInspection {
  const one = (sql: string, ...values: readonly string[]) =>
    database.prepare(sql).get(...values) as Readonly<Record<string, unknown>> | undefined
  const [{ version: sqliteVersion }, { user_version: version }] = [
    one('SELECT sqlite_version() AS version') as { version: string },
    one('PRAGMA user_version') as { user_version: number },
  ]
  return {
    engine: `SQLite ${sqliteVersion}, ${driverName()}`,
    schema: { version, current: SCHEMA_VERSION },
    bytes: statSync(path).size,
    damage() {
      const rows = database.prepare(`PRAGMA quick_check(${MAX_DAMAGE})`).all() as { quick_check: string }[]
      return rows.map(({ quick_check: line }) => line).filter((line) => line !== 'ok')
    },
    lastRevision: async () =>
      one('SELECT number, at FROM revision ORDER BY number DESC LIMIT 1') as
        | { number: number; at: Instant }
        | undefined,
    async zones() {
      const rows = database.prepare("SELECT value FROM section WHERE name IN ('general', 'hours')").all()
      return namedZones(rows as { value: string }[])
    },
    async agentId(name) {
      const rows = database.prepare("SELECT id, email, json_extract(settings, '$.name') AS name FROM agent").all() as {
        id: string
        email: string | null
        name: string | null
      }[]
      return namedId(rows, name)
    },
    close: async () => database.close(),
  }
}
