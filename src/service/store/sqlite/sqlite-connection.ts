import type { Snapshot } from '../store.js'
import { Turns } from '../turns.js'
import type { Database, Statement } from './sqlite-driver.js'
import { SqliteTransaction } from './sqlite-transaction.js'

/** One opened workspace file, which one transaction has at a time. */
export class SqliteConnection {
  readonly #database: Database
  readonly #turns = new Turns()
  readonly #dataVersion: Statement
  readonly transaction: SqliteTransaction

  constructor(database: Database) {
    this.#database = database
    this.#dataVersion = database.prepare('PRAGMA data_version')
    this.transaction = new SqliteTransaction(database)
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
    begin: () => Snapshot | Promise<Snapshot>,
    work: (transaction: SqliteTransaction) => Promise<Result>,
  ): Promise<Result> {
    return this.take(async () => {
      try {
        this.transaction.snapshot = await begin()
        const result = await work(this.transaction)
        this.#database.exec('COMMIT')
        return result
      } catch (error) {
        this.rollback()
        throw error
      }
    })
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
      this.transaction.forget()
      this.#database.close()
    })
  }
}
