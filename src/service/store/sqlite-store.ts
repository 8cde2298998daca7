import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { type Database, loadDriver, type Statement } from './sqlite-driver.js'
import { isUnwritable, storeError } from './sqlite-errors.js'
import { migrate } from './sqlite-migrations.js'
import { SqliteTransaction } from './sqlite-transaction.js'
import type { ReadTransaction, Snapshot, Store, WriteTransaction } from './store.js'

/** How long a writer waits for the others. */
const BUSY_TIMEOUT_MS = 20_000

/**
 * Opens a workspace file, made if it is not there. WAL lets readers go on beside a writer;
 * `synchronous=FULL` puts every acknowledged write on disk. A file that may not be written can be
 * read all the same.
 *
 * @throws DriftStatusError (failed) when the file cannot be opened or is no workspace
 */
export async function openSqliteStore(path: string): Promise<Store> {
  const Driver = await loadDriver()
  let database: Database | undefined
  try {
    database = new Driver(path)
    // First of all: every statement after it waits for other processes instead of failing.
    database.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`)
    database.exec('PRAGMA journal_mode = WAL')
    database.exec('PRAGMA synchronous = FULL')
    migrate(database, path)
    return new SqliteStore(database, resolve(path))
  } catch (error) {
    database?.close()
    if (!isUnwritable(error) || !statSync(path, { throwIfNoEntry: false })?.isFile()) throw storeError(error, path)
    const { openReadOnlyStore } = await import('./sqlite-read-only.js')
    return openReadOnlyStore(path, error)
  }
}

/**
 * The last task of each file. The driver waits for a lock without giving way to anyone: a
 * transaction that waits for another of the same process would wait for ever.
 */
const queues = new Map<string, Promise<unknown>>()

class SqliteStore implements Store {
  readonly #database: Database
  readonly #path: string
  readonly #transaction: SqliteTransaction
  readonly #dataVersion: Statement
  #snapshot: Snapshot = {}
  #seenVersion: number | undefined
  /** Whether others were asked for in this turn of the event loop. */
  #isFresh = false

  constructor(database: Database, path: string) {
    this.#database = database
    this.#path = path
    this.#transaction = new SqliteTransaction(database)
    this.#dataVersion = database.prepare('PRAGMA data_version')
  }

  read<Result>(work: (transaction: ReadTransaction) => Promise<Result>): Promise<Result> {
    return this.#inTurn(() => this.#run('BEGIN', work))
  }

  write<Result>(work: (transaction: WriteTransaction) => Promise<Result>): Promise<Result> {
    return this.#inTurn(async () => {
      const result = await this.#run('BEGIN IMMEDIATE', work)
      this.#snapshot = {}
      return result
    })
  }

  async snapshot(): Promise<Snapshot> {
    try {
      if (this.#isFresh) return this.#snapshot
      const snapshot = this.#see()
      this.#isFresh = true
      // Ends when every promise of this turn has run: what a turn does, it does at one moment. A tick
      // asked for by a promise comes after them all; one asked for by a callback comes before.
      queueMicrotask(() =>
        process.nextTick(() => {
          this.#isFresh = false
        }),
      )
      return snapshot
    } catch (error) {
      throw storeError(error, this.#path)
    }
  }

  /** SQLite numbers the commits of other connections; each of this one has its own snapshot anyway. */
  #see(): Snapshot {
    const { data_version: version } = this.#dataVersion.get() as { data_version: number }
    if (version !== this.#seenVersion) this.#snapshot = {}
    this.#seenVersion = version
    return this.#snapshot
  }

  async close(): Promise<void> {
    await queues.get(this.#path)
    this.#transaction.forget()
    this.#database.close()
  }

  #inTurn<Result>(task: () => Promise<Result>): Promise<Result> {
    const result = (queues.get(this.#path) ?? Promise.resolve()).then(task)
    queues.set(
      this.#path,
      result.catch(() => {}),
    )
    return result
  }

  async #run<Result>(begin: string, work: (transaction: SqliteTransaction) => Promise<Result>): Promise<Result> {
    let isOpen = false
    try {
      this.#database.exec(begin)
      isOpen = true
      this.#transaction.snapshot = this.#see()
      const result = await work(this.#transaction)
      this.#database.exec('COMMIT')
      return result
    } catch (error) {
      if (isOpen) this.#rollback()
      throw storeError(error, this.#path)
    }
  }

  /** A full disk may have ended the transaction already. */
  #rollback(): void {
    try {
      this.#database.exec('ROLLBACK')
    } catch {
      // Nothing is open: nothing of it was kept.
    }
  }
}
