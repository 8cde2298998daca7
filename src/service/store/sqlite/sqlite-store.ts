import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { giveWay } from '../../../api/pause.js'
import type { ReadOptions, ReadTransaction, Snapshot, Store, WriteTransaction, WriteWait } from '../store.js'
import { StoredState } from '../tables/sql.js'
import type { ReadTexts } from '../tables/transaction.js'
import { Turns } from '../turns.js'
import { whileLocked } from '../while-locked.js'
import { type QueuedWrite, WriteQueue } from '../write-queue.js'
import { FilePlace } from './file-place.js'
import { makePrivate } from './private-database.js'
import { SqliteConnection } from './sqlite-connection.js'
import { type Database, type Driver, loadDriver } from './sqlite-driver.js'
import { isLocked, isUnwritable, storeError } from './sqlite-errors.js'
import { migrate } from './sqlite-migrations.js'

/** How long a write waits for other processes, unless the store's owner says otherwise. */
const DEFAULT_WAIT_MS = 20_000
/** Long reads of this process that wait at once. */
const MAX_WAITING_LONG_READS = 200

export interface SqliteStoreOptions {
  /** How long a write waits for other processes. */
  readonly waitMs?: number
  /** What errors call the file once it is open; default: its path, which is for nobody who asks over HTTP. */
  readonly name?: string
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
  { waitMs = DEFAULT_WAIT_MS, name }: SqliteStoreOptions = {},
): Promise<Store> {
  const Driver = await loadDriver()
  makePrivate(path)
  try {
    const database = await whileLocked(() => openDatabase(Driver, path), { limitMs: waitMs })
    return new SqliteStore(Driver, database, { path: resolve(path), name: name ?? resolve(path), waitMs })
  } catch (error) {
    if (!isUnwritable(error) || !statSync(path, { throwIfNoEntry: false })?.isFile()) throw storeError(error, path)
    const { openReadOnlyStore } = await import('./sqlite-read-only.js')
    return openReadOnlyStore(path, error, name)
  }
}

/** Every statement may meet the lock of another process, and each can be tried again from the start. */
function openDatabase(Driver: Driver, path: string): Database {
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
 * Two connections, each of which one transaction has at a time: one for long reads, which pause, and one
 * for everything else. Writes that find the file locked give their connection back while they wait, so
 * reads go on.
 */
class SqliteStore implements Store {
  readonly #main: SqliteConnection
  /** Opened by the first long read. */
  #aside: SqliteConnection | undefined
  readonly #openAside: () => SqliteConnection
  readonly #longReads = new Turns(MAX_WAITING_LONG_READS)
  readonly #writes = new WriteQueue({
    // Readers use the same connection.
    maxTogetherMs: 10,
    commit: (take) => this.#commit(take),
    isPassing: isLocked,
    isUnknown: () => false,
    inWords: (error) => storeError(error, this.#name),
  })
  readonly #texts: ReadTexts = new Map()
  readonly #name: string
  readonly #place: FilePlace
  readonly #waitMs: number
  #snapshot = new StoredState()
  #seenVersion: number | undefined

  constructor(
    Driver: Driver,
    database: Database,
    { path, name, waitMs }: Required<SqliteStoreOptions> & { readonly path: string },
  ) {
    this.#main = new SqliteConnection(database, this.#texts)
    this.#openAside = () => new SqliteConnection(new Driver(path, { readOnly: true }), this.#texts)
    this.#name = name
    this.#place = new FilePlace(path)
    this.#waitMs = waitMs
  }

  read<Result>(
    work: (transaction: ReadTransaction) => Promise<Result>,
    { isLong = false, signal }: ReadOptions = {},
  ): Promise<Result> {
    if (!isLong) return this.#patiently(() => this.#read(work))
    const limits = { limitMs: this.#waitMs, signal }
    return this.#longReads.take(() => this.#patiently(() => this.#readAside(work)), limits)
  }

  write<Result>(
    work: (transaction: WriteTransaction) => Promise<Result>,
    { waitMs = this.#waitMs, signal }: WriteWait = {},
  ): Promise<Result> {
    return this.#writes.write(work, { waitMs, signal })
  }

  snapshot(): Promise<Snapshot> {
    return this.#patiently(() => this.#main.take(() => this.#see()))
  }

  async check(): Promise<void> {
    this.#place.check()
  }

  async close(): Promise<void> {
    await this.#aside?.close()
    await this.#writes.idle()
    await this.#main.close()
  }

  #read<Result>(work: (transaction: ReadTransaction) => Promise<Result>): Promise<Result> {
    return this.#main.run(() => this.#see(this.#main.begin('DEFERRED')), work)
  }

  #readAside<Result>(work: (transaction: ReadTransaction) => Promise<Result>): Promise<Result> {
    // Opened later, another file at the same path would be told for this one.
    if (this.#place.isKept) this.#aside ??= this.#openAside()
    const aside = this.#aside
    if (!aside) return this.#read(work)
    return aside.run(async () => {
      // Asked by many at once, none of them holds up others for longer than one does.
      await giveWay()
      return this.#main.take(() => this.#beginAside(aside))
    }, work)
  }

  async #commit(take: () => QueuedWrite | undefined): Promise<void> {
    // SQLite numbers the commits of other connections only.
    this.#snapshot = await this.#main.run(
      () => {
        this.#place.check()
        return this.#see(this.#main.begin('IMMEDIATE'))
      },
      async (transaction) => {
        for (let write = take(); write; write = take()) await this.#main.runWithin(write)
        return transaction.snapshot
      },
    )
  }

  /** Begins a view between two looks at what is stored: when both see the same, so does the view. */
  #beginAside(aside: SqliteConnection): StoredState {
    while (true) {
      const snapshot = this.#see()
      aside.begin('DEFERRED')
      if (this.#see() === snapshot) return snapshot
      aside.rollback()
    }
  }

  #see(version = this.#main.dataVersion()): StoredState {
    if (version !== this.#seenVersion) this.#snapshot = new StoredState()
    this.#seenVersion = version
    return this.#snapshot
  }

  /** @throws DriftStatusError in the house's words, (busy) when another process has the file locked for too long */
  async #patiently<Result>(attempt: () => Promise<Result>): Promise<Result> {
    try {
      return await whileLocked(attempt, { limitMs: this.#waitMs })
    } catch (error) {
      throw storeError(error, this.#name)
    }
  }
}
