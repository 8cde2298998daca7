import type { PoolClient } from 'pg'
import type { Dialect, Sql, SqlValue, StoredState } from '../tables/sql.js'
import { statementText } from '../tables/statement-text.js'

/** The schema of a database that its workspaces are in. */
export const SCHEMA = 'drift_status'

const POSTGRES: Dialect = {
  oneOf: (parameter) => `= ANY (CAST(${parameter} AS text[]))`,
  eachOf: (parameter) => `unnest(CAST(${parameter} AS text[])) AS each (value)`,
  key: (...columns) => ['workspace', ...columns].join(', '),
  indexedBy: () => '',
  joinInOrder: 'JOIN',
  isEmailTaken: (error) => {
    const { code, constraint } = error as { readonly code?: string; readonly constraint?: string }
    return code === '23505' && constraint === 'agent_email'
  },
}

/** By how the tables write them. */
const texts = new Map<string, string>()
const AS_POSTGRES = { table: (name: string) => `${SCHEMA}.${name}`, parameter: (number: number) => `$${number}` }

/** A statement of the tables as PostgreSQL understands it. */
export function postgresText(sql: string): string {
  let text = texts.get(sql)
  if (text === undefined) {
    text = statementText(sql, AS_POSTGRES)
    texts.set(sql, text)
  }
  return text
}

/** The statements of one workspace within the transaction of a connection; none is prepared under a name, for poolers. */
export class PostgresSql implements Sql {
  readonly #client: PoolClient
  readonly #workspace: string
  readonly dialect = POSTGRES
  snapshot: StoredState
  /** A connection is asked one thing at a time. */
  #last: Promise<unknown> = Promise.resolve()

  constructor(client: PoolClient, workspace: string, snapshot: StoredState) {
    this.#client = client
    this.#workspace = workspace
    this.snapshot = snapshot
  }

  async all(sql: string, ...values: readonly SqlValue[]): Promise<readonly unknown[]> {
    const ask = () => this.#client.query(postgresText(sql), [this.#workspace, ...values])
    const answer = this.#last.then(ask, ask)
    this.#last = answer
    return (await answer).rows
  }

  async get(sql: string, ...values: readonly SqlValue[]): Promise<unknown> {
    return (await this.all(sql, ...values))[0]
  }

  async touch(sql: string, ...values: readonly SqlValue[]): Promise<void> {
    await this.all(sql, ...values)
  }

  async write(sql: string, ...values: readonly SqlValue[]): Promise<void> {
    this.snapshot = this.snapshot.next()
    await this.all(sql, ...values)
  }
}
