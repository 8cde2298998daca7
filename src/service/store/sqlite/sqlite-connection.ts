import type { StoredState } from '../tables/sql.js'
import { type ReadTexts, StoredTransaction } from '../tables/transaction.js'
import { Turns } from '../turns.js'
import type { QueuedWrite } from '../write-queue.js'
import type { Database, Statement } from './sqlite-driver.js'
import { SqliteSql } from './sqlite-sql.js'

/** One opened workspace file, which one transaction has at a time. */
export class SqliteConnection {
  readonly #database: Database
  readonly #turns = new Turns()
  readonly #dataVersion: Statement
  readonly #sql: SqliteSql
  readonly #transaction: StoredTransaction

  constructor(database: Database, texts: ReadTexts) {
    this.#database = database
    this.#dataVersion = database.prepare('PRAGMA data_version')
    this.#sql = new SqliteSql(database)
    this.#transaction = new StoredTransaction(this.#sql, texts)
  }

  /** Runs a task once nothing else uses the connection. */
  take<Result>(task: () => Result | Promise<Result>): Promise<Result> {
    return this.#turns.take(task)
  }

  /**
   * Runs work in a transaction, in a turn of its own: keeps all it wrote, or nothing when it throws.
   * @param begin begins the transaction, and says what it sees
   */
  run<Result>(
    begin: () => StoredState | Promise<StoredState>,
    work: (transaction: StoredTransaction) => Promise<Result>,
  ): Promise<Result> {
    return this.take(async () => {
      try {
        this.#sql.snapshot = await begin()
        const result = await work(this.#transaction)
        this.#database.exec('COMMIT')
        return result
      } catch (error) {
        this.rollback()
        throw error
      }
    })
  }

  /** Does a write within the transaction that runs; one that fails leaves nothing there. */
  async runWithin(write: QueuedWrite): Promise<void> {
    const { snapshot } = this.#sql
    this.#database.exec('SAVEPOINT one')
    const failure = await write.run(this.#transaction)
    if (failure) {
      this.#sql.snapshot = snapshot
      try {
        this.#database.exec('ROLLBACK TO one')
      } catch {
        // A full disk has ended the whole transaction.
        throw failure.error
      }
    }
    this.#database.exec('RELEASE one')
  }

  /** SQLite takes the view of a transaction with its first statement, not when it begins: this is one. */
  begin(mode: 'DEFERRED' | 'IMMEDIATE'): number {
    this.#database.exec(`BEGIN ${mode}`)
    return this.dataVersion()
  }

  rollback(): void {
    try {
      this.#database.exec('ROLLBACK')
    } catch {
      // It had not begun, or a full disk has ended it: nothing of it was kept.
    }
  }

  /** Another number after every commit of another connection. */
  dataVersion(): number {
    return (this.#dataVersion.get() as { data_version: number }).data_version
  }

  close(): Promise<void> {
    return this.take(() => {
      this.#sql.forget()
      this.#database.close()
    })
  }
}
