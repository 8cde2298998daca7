import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { makePrivate } from './private-database.js'
import { type Database, loadDriver, type Statement } from './sqlite-driver.js'
import { isUnwritable, storeError } from './sqlite-errors.js'
import { migrate } from './sqlite-migrations.js'
import { SqliteTransaction } from './sqlite-transaction.js'
import type { ReadTransaction, Snapshot, Store, WriteTransaction, WriteWait } from './store.js'
import { type TurnLimits, Turns } from './turns.js'
import { whileLocked } from './while-locked.js'

/** How long a write waits for other processes, unless the store's owner says otherwise. */
const DEFAULT_WAIT_MS = 20_000
/** Writes of this process that wait at once. */
const MAX_WAITING_WRITES = 1000

export interface SqliteStoreOptions {
  /** How long a write waits for other processes. */
  readonly waitMs?: number
}

/**
 * Opens a workspace file, made if it is not there. WAL lets readers go on beside a writer;
 * `synchronous=FULL` puts every acknowledged write on disk. The file is for its owner alone. One that
 * may not be written can be read all the same.
 *
 * @throws DriftStatusError (failed) when the file cannot be opened or is no workspace
 */
export async function openSqliteStore(
  path: string,
  { waitMs = DEFAULT_WAIT_MS }: SqliteStoreOptions = {},
): Promise<Store> {
  const Driver = await loadDriver()
  makePrivate(path)
  try {
    const database = await whileLocked(() => openDatabase(Driver, path), { limitMs: waitMs })
    return new SqliteStore(database, resolve(path), waitMs)
  } catch (error) {
    if (!isUnwritable(error) || !statSync(path, { throwIfNoEntry: false })?.isFile()) throw storeError(error, path)
    const { openReadOnlyStore } = await import('./sqlite-read-only.js')
    return openReadOnlyStore(path, error)
  }
}

/** Every statement may meet the lock of another process, and each can be tried again from the start. */
function openDatabase(Driver: Awaited<ReturnType<typeof loadDriver>>, path: string): Database {
  const database = new Driver(path)
  try {
    // The driver would wait without giving way to anyone: `whileLocked` waits instead.
    database.exec('PRAGMA busy_timeout = 0')
    database.exec('PRAGMA journal_mode = WAL')
    database.exec('PRAGMA synchronous = FULL')
    migrate(database, path)
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

/**
 * One connection, which one transaction has at a time. A write that finds the file locked gives the
 * connection back while it waits, so reads go on; the writes behind it wait for it in order.
 */
class SqliteStore implements Store {
  readonly #database: Database
  readonly #path: string
  readonly #waitMs: number
  readonly #connection = new Turns()
  readonly #writes = new Turns(MAX_WAITING_WRITES)
  readonly #transaction: SqliteTransaction
  readonly #dataVersion: Statement
  #snapshot: Snapshot = {}
  #seenVersion: number | undefined

  constructor(database: Database, path: string, waitMs: number) {
    this.#database = database
    this.#path = path
    this.#waitMs = waitMs
    this.#transaction = new SqliteTransaction(database)
    this.#dataVersion = database.prepare('PRAGMA data_version')
  }

  read<Result>(work: (transaction: ReadTransaction) => Promise<Result>): Promise<Result> {
    return this.#whenFree(() => this.#run('BEGIN', work))
  }

  write<Result>(
    work: (transaction: WriteTransaction) => Promise<Result>,
    { waitMs = this.#waitMs, signal }: WriteWait = {},
  ): Promise<Result> {
    const start = performance.now()
    const task = () => {
      const limits = { limitMs: waitMs - (performance.now() - start), signal }
      return this.#whenFree(async () => {
        const result = await this.#run('BEGIN IMMEDIATE', work)
        this.#snapshot = {}
        return result
      }, limits)
    }
    return this.#writes.take(task, { limitMs: waitMs, signal })
  }

  snapshot(): Promise<Snapshot> {
    return this.#whenFree(() => this.#see())
  }

  async close(): Promise<void> {
    await this.#writes.take(() =>
      this.#connection.take(() => {
        this.#transaction.forget()
        this.#database.close()
      }),
    )
  }

  /** Runs a task that has the connection for itself, as soon as no other process has the file locked. */
  async #whenFree<Result>(
    task: () => Result | Promise<Result>,
    limits: TurnLimits = { limitMs: this.#waitMs },
  ): Promise<Result> {
    try {
      return await whileLocked(() => this.#connection.take(task), limits)
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
      throw error
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
