import { statSync } from 'node:fs'
import { chmod, copyFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { DriftStatusError } from '../../../domain/errors.js'
import type { ReadTransaction, Snapshot, Store } from '../store.js'
import { StoredState } from '../tables/sql.js'
import { StoredTransaction } from '../tables/transaction.js'
import { type Database, loadDriver } from './sqlite-driver.js'
import { storeError, writeError } from './sqlite-errors.js'
import { isOlder, migrate } from './sqlite-migrations.js'
import { SqliteSql } from './sqlite-sql.js'

/**
 * Opens a file that could not be opened for writing.
 *
 * @param reason what was thrown then
 * @param name what errors call the file once it is open
 * @throws DriftStatusError (failed) when it cannot be read either, is no workspace, or of a later version
 */
export async function openReadOnlyStore(path: string, reason: unknown, name = path): Promise<Store> {
  const store = new ReadOnlyStore(path, name, reason)
  try {
    await store.read(async () => {})
  } catch (error) {
    throw error instanceof DriftStatusError ? error : storeError(reason, path)
  }
  return store
}

/**
 * A workspace file that may be read and not written, nor anything beside it. It is opened for each
 * read: what someone else writes to it meanwhile is seen by the next one.
 */
class ReadOnlyStore implements Store {
  readonly #path: string
  readonly #name: string
  readonly #reason: unknown

  constructor(path: string, name: string, reason: unknown) {
    this.#path = resolve(path)
    this.#name = name
    this.#reason = reason
  }

  async read<Result>(work: (transaction: ReadTransaction) => Promise<Result>): Promise<Result> {
    const { database, release } = await openForReading(this.#path)
    try {
      database.exec('BEGIN')
      return await work(new StoredTransaction(new SqliteSql(database), new Map()))
    } catch (error) {
      throw storeError(error, this.#name)
    } finally {
      database.close()
      await release()
    }
  }

  /** Nobody says when someone else writes: each look is a new one. */
  async snapshot(): Promise<Snapshot> {
    return new StoredState()
  }

  async write(): Promise<never> {
    throw writeError(this.#reason, this.#name)
  }

  /** Each read opens what is there. */
  async check(): Promise<void> {}

  async close(): Promise<void> {}
}

interface Opened {
  readonly database: Database
  readonly release: () => Promise<unknown>
}

/**
 * SQLite reads a file in WAL mode by files beside it. Where these are missing and cannot be made,
 * and nothing waits in the log, the file alone is the whole truth; where something does, or the file
 * has an older schema, a copy is read.
 */
async function openForReading(path: string): Promise<Opened> {
  const ways = [path, ...(hasLog(path) ? [] : [`${pathToFileURL(path).href}?immutable=1`])]
  for (const way of ways) {
    const database = await tryToOpen(way, path)
    if (database) return { database, release: async () => {} }
  }
  return openCopy(path)
}

/** @throws DriftStatusError (failed) for a file that is no workspace, or of a later version */
async function tryToOpen(way: string, path: string): Promise<Database | undefined> {
  const Driver = await loadDriver()
  let database: Database | undefined
  try {
    database = new Driver(way, { readOnly: true })
    if (!isOlder(database, path)) return database
  } catch (error) {
    if (error instanceof DriftStatusError) {
      database?.close()
      throw error
    }
  }
  database?.close()
  return undefined
}

async function openCopy(path: string): Promise<Opened> {
  const folder = await mkdtemp(join(tmpdir(), 'drift-status-read-'))
  const release = () => rm(folder, { recursive: true, force: true })
  try {
    const copy = join(folder, 'workspace.db')
    for (const end of hasLog(path) ? ['', '-wal'] : ['']) {
      await copyFile(`${path}${end}`, `${copy}${end}`)
      // A copy of a file that may not be written may not be written either.
      await chmod(`${copy}${end}`, 0o600)
    }
    const Driver = await loadDriver()
    const database = new Driver(copy)
    migrate(database, path)
    return { database, release }
  } catch (error) {
    await release()
    throw storeError(error, path)
  }
}

function hasLog(path: string): boolean {
  return (statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0
}
