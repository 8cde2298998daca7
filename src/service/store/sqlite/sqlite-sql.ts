import { type Dialect, type Sql, type SqlValue, StoredState } from '../tables/sql.js'
import { statementText } from '../tables/statement-text.js'
import type { Database, Statement } from './sqlite-driver.js'

/** What the rows of a file are kept under: a file holds one workspace. */
const WORKSPACE = 'main'

const SQLITE: Dialect = {
  oneOf: (parameter) => `IN (SELECT value FROM json_each(${parameter}))`,
  eachOf: (parameter) => `json_each(${parameter})`,
  key: (...columns) => columns.join(', '),
  indexedBy: (index) => `INDEXED BY ${index}`,
  joinInOrder: 'CROSS JOIN',
  isEmailTaken: (error) => error instanceof Error && error.message.includes('UNIQUE constraint failed: agent.email'),
}

const AS_WRITTEN = { table: (name: string) => name, parameter: (number: number) => `?${number}` }

function bound(value: SqlValue): string | number | null {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : value
}

/** The statements of one opened file, each prepared once. */
export class SqliteSql implements Sql {
  readonly #database: Database
  readonly #statements = new Map<string, Statement>()
  readonly dialect = SQLITE
  snapshot = new StoredState()

  constructor(database: Database) {
    this.#database = database
  }

  async all(sql: string, ...values: readonly SqlValue[]): Promise<readonly unknown[]> {
    return this.#prepared(sql).all(WORKSPACE, ...values.map(bound))
  }

  async get(sql: string, ...values: readonly SqlValue[]): Promise<unknown> {
    return this.#prepared(sql).get(WORKSPACE, ...values.map(bound))
  }

  async touch(sql: string, ...values: readonly SqlValue[]): Promise<void> {
    this.#prepared(sql).run(WORKSPACE, ...values.map(bound))
  }

  async write(sql: string, ...values: readonly SqlValue[]): Promise<void> {
    this.snapshot = this.snapshot.next()
    this.#prepared(sql).run(WORKSPACE, ...values.map(bound))
  }

  /**
   * Lets go of every statement: a file stays open until the last of them is gone. The driver for older
   * versions of Node has no way to end one; there a file is released when they are collected.
   */
  forget(): void {
    this.#statements.clear()
  }

  #prepared(sql: string): Statement {
    let statement = this.#statements.get(sql)
    if (!statement) {
      statement = this.#database.prepare(statementText(sql, AS_WRITTEN))
      this.#statements.set(sql, statement)
    }
    return statement
  }
}
