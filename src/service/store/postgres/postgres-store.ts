import { randomBytes, randomInt } from 'node:crypto'
import type { PoolClient } from 'pg'
import { pause } from '../../../api/pause.js'
import { monotonicMs } from '../monotonic-clock.js'
import type { ReadOptions, ReadTransaction, Snapshot, Store, WriteTransaction, WriteWait } from '../store.js'
import { StoredState } from '../tables/sql.js'
import { type ReadTexts, StoredTransaction } from '../tables/transaction.js'
import { Turns } from '../turns.js'
import { type QueuedWrite, WriteQueue } from '../write-queue.js'
import type { PostgresDatabase } from './postgres-database.js'
import { isInTheWay, isLost, postgresError, UncertainCommit } from './postgres-errors.js'
import { PostgresSql, SCHEMA } from './postgres-sql.js'

/** How long a write waits for other processes, unless the store's owner says otherwise. */
const DEFAULT_WAIT_MS = 20_000
/** How long a read is tried again while the database cannot be reached. */
const READ_WAIT_MS = 5_000
/** Long reads of this process that wait at once. */
const MAX_WAITING_LONG_READS = 200
/** How long a writer may do nothing, so that one that was stopped does not keep others from writing. */
const IDLE_WRITER_MS = 15_000
const MAX_RETRY_MS = 100

export interface PostgresStoreOptions {
  readonly workspace: string
  readonly waitMs?: number
  /** Whether the database ends with this store. */
  readonly ownsDatabase?: boolean
  /** Whether a workspace that is not there is made. */
  readonly creates?: boolean
}

/** A workspace of a database; undefined for one that is not there and is not to be made. */
export async function openPostgresStore(
  database: PostgresDatabase,
  { workspace, waitMs = DEFAULT_WAIT_MS, ownsDatabase = true, creates = true }: PostgresStoreOptions,
): Promise<Store | undefined> {
  const store = new PostgresStore(database, { workspace, waitMs, ownsDatabase })
  return (await store.isThere(creates)) ? store : undefined
}

/**
 * A write takes the row of its workspace in `head`: whoever else writes waits for it, in every process. A read is one
 * view (REPEATABLE READ), which begins with the same row: its number says whether something was written.
 */
class PostgresStore implements Store {
  readonly #database: PostgresDatabase
  readonly #workspace: string
  readonly #waitMs: number
  readonly #ownsDatabase: boolean
  readonly #texts: ReadTexts = new Map()
  readonly #longReads = new Turns(MAX_WAITING_LONG_READS)
  readonly #writes = new WriteQueue({
    // Readers have connections of their own; writers of other processes wait.
    maxTogetherMs: 100,
    commit: (take) => this.#commit(take),
    isPassing: (error) => isInTheWay(error) || isLost(error),
    isUnknown: (error) => error instanceof UncertainCommit,
    inWords: (error) => this.#inWords(error),
  })
  /** The newest that was seen. */
  #seen = { version: -1, state: new StoredState() }
  /** A look at the number that has not begun yet: those who ask meanwhile share it. */
  #nextLook: Promise<number> | undefined
  #look: Promise<unknown> = Promise.resolve()

  constructor(
    database: PostgresDatabase,
    { workspace, waitMs, ownsDatabase }: Required<Omit<PostgresStoreOptions, 'creates'>>,
  ) {
    this.#database = database
    this.#workspace = workspace
    this.#waitMs = waitMs
    this.#ownsDatabase = ownsDatabase
  }

  /** @param creates makes the rows that every workspace has, where there are none */
  async isThere(creates: boolean): Promise<boolean> {
    return this.#patiently(() =>
      this.#database.connected(async (client) => {
        const known = await client.query(`SELECT 1 FROM ${SCHEMA}.head WHERE workspace = $1`, [this.#workspace])
        if (known.rows.length > 0 || !creates) return known.rows.length > 0
        await client.query(`INSERT INTO ${SCHEMA}.identity VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`, [
          this.#workspace,
          randomBytes(6).toString('hex'),
          randomInt(1, 2 ** 31),
        ])
        await client.query(`INSERT INTO ${SCHEMA}.head VALUES ($1, 0) ON CONFLICT DO NOTHING`, [this.#workspace])
        return true
      }),
    )
  }

  read<Result>(
    work: (transaction: ReadTransaction) => Promise<Result>,
    { isLong = false, signal }: ReadOptions = {},
  ): Promise<Result> {
    const read = () => this.#patiently(() => this.#read(work))
    return isLong ? this.#longReads.take(read, { limitMs: this.#waitMs, signal }) : read()
  }

  write<Result>(
    work: (transaction: WriteTransaction) => Promise<Result>,
    { waitMs = this.#waitMs, signal }: WriteWait = {},
  ): Promise<Result> {
    return this.#writes.write(work, { waitMs, signal })
  }

  /** One look serves all who asked before it began. */
  async snapshot(): Promise<Snapshot> {
    this.#nextLook ??= this.#lookNext()
    return this.#stateOf(await this.#nextLook)
  }

  async #lookNext(): Promise<number> {
    await this.#look.catch(() => {})
    this.#nextLook = undefined
    const look = this.#patiently(() => this.#database.connected((client) => this.#versionFrom(client)))
    this.#look = look
    return look
  }

  async check(): Promise<void> {
    await this.#patiently(() => this.#database.connected((client) => this.#versionFrom(client)), 0)
  }

  async close(): Promise<void> {
    await this.#writes.idle()
    if (this.#ownsDatabase) await this.#database.close()
  }

  #read<Result>(work: (transaction: ReadTransaction) => Promise<Result>): Promise<Result> {
    return this.#database.connected(async (client) => {
      await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY')
      const state = this.#stateOf(await this.#versionFrom(client))
      const result = await work(this.#transaction(client, state).transaction)
      await client.query('COMMIT')
      return result
    })
  }

  async #commit(take: () => QueuedWrite | undefined): Promise<void> {
    await this.#database.connected(async (client) => {
      const version = await this.#beginWrite(client)
      const { sql, transaction } = this.#transaction(client, this.#stateOf(version))
      const before = sql.snapshot
      for (let write = take(); write; write = take()) await this.#runWithin(write, { client, sql, transaction })
      if (sql.snapshot === before) {
        await client.query('COMMIT')
        return
      }
      const next = versionAfter(version)
      const workspace = client.escapeLiteral(this.#workspace)
      await commit(client, `UPDATE ${SCHEMA}.head SET version = ${next} WHERE workspace = ${workspace}; COMMIT`)
      this.#seen = { version: next, state: sql.snapshot }
    })
  }

  /** Takes the workspace's row; the limits are the transaction's own, which poolers keep apart. */
  async #beginWrite(client: PoolClient): Promise<number> {
    const results = (await client.query(
      `BEGIN; SET LOCAL lock_timeout = ${this.#waitMs}; SET LOCAL idle_in_transaction_session_timeout = ${IDLE_WRITER_MS};
       SELECT version FROM ${SCHEMA}.head WHERE workspace = ${client.escapeLiteral(this.#workspace)} FOR UPDATE`,
    )) as unknown as readonly { readonly rows: readonly { readonly version: number }[] }[]
    return results.at(-1)!.rows[0]!.version
  }

  /** @throws what makes the whole transaction useless; what only the write did wrong is undone */
  async #runWithin(
    write: QueuedWrite,
    { client, sql, transaction }: { client: PoolClient; sql: PostgresSql; transaction: StoredTransaction },
  ): Promise<void> {
    const { snapshot } = sql
    await client.query('SAVEPOINT one')
    const failure = await write.run(transaction)
    if (!failure) return
    if (isLost(failure.error) || isInTheWay(failure.error)) throw failure.error
    sql.snapshot = snapshot
    await client.query('ROLLBACK TO SAVEPOINT one')
  }

  async #versionFrom(client: PoolClient): Promise<number> {
    const { rows } = await client.query(`SELECT version FROM ${SCHEMA}.head WHERE workspace = $1`, [this.#workspace])
    return (rows[0] as { version: number }).version
  }

  #transaction(client: PoolClient, state: StoredState): { sql: PostgresSql; transaction: StoredTransaction } {
    const sql = new PostgresSql(client, this.#workspace, state)
    return { sql, transaction: new StoredTransaction(sql, this.#texts) }
  }

  /** What is known of a version; of one that another has overtaken, nothing is kept. */
  #stateOf(version: number): StoredState {
    if (version === this.#seen.version) return this.#seen.state
    const state = new StoredState()
    if (version > this.#seen.version) this.#seen = { version, state }
    return state
  }

  /** Does a read again while the database cannot be reached, for a while: nothing is lost by it. */
  async #patiently<Result>(attempt: () => Promise<Result>, limitMs = READ_WAIT_MS): Promise<Result> {
    const end = monotonicMs() + limitMs
    for (let tries = 0; ; tries++) {
      try {
        return await attempt()
      } catch (error) {
        if (!(isLost(error) || isInTheWay(error)) || monotonicMs() >= end) throw this.#inWords(error)
      }
      await pause(Math.random() * Math.min(MAX_RETRY_MS, 2 ** tries))
    }
  }

  #inWords(error: unknown): unknown {
    return postgresError(error, this.#database.name)
  }
}

/**
 * The number after a version: by the clock in microseconds where that is ahead, so that a copy which was restored and
 * then written to never comes to a number that was seen before.
 */
function versionAfter(version: number): number {
  return Math.max(version + 1, Date.now() * 1000)
}

/** @throws UncertainCommit when the connection was lost before the server's answer came */
async function commit(client: PoolClient, statement: string): Promise<void> {
  try {
    await client.query(statement)
  } catch (error) {
    throw isLost(error) ? new UncertainCommit(error) : error
  }
}
