import { resolve } from 'node:path'
import { DriftStatusError } from '../../domain/errors.js'
import type { Instant } from '../../domain/schedule/zone.js'
import type { AgentDocument } from '../../domain/workspace/schema.js'
import { SqliteAgents } from './sqlite-agents.js'
import { type Database, loadDriver, type Statement } from './sqlite-driver.js'
import { storeError } from './sqlite-errors.js'
import { migrate } from './sqlite-migrations.js'
import { SqliteRevisions } from './sqlite-revisions.js'
import { SqliteTokens } from './sqlite-tokens.js'
import type {
  AgentFilter,
  Assignment,
  KeptAnswer,
  ReadTransaction,
  Revision,
  RevisionFilter,
  SectionName,
  Sections,
  Snapshot,
  Store,
  StoredSection,
  StoredToken,
  WriteTransaction,
} from './store.js'

/** How long a writer waits for the others. */
const BUSY_TIMEOUT_MS = 20_000

/**
 * Opens a workspace file, made if it is not there. WAL lets readers go on beside a writer;
 * `synchronous=FULL` puts every acknowledged write on disk.
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
    throw storeError(error, path)
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
      return this.#see()
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

class SqliteTransaction implements WriteTransaction {
  readonly #database: Database
  readonly #statements = new Map<string, Statement>()
  readonly #agents: SqliteAgents
  readonly #revisions: SqliteRevisions
  readonly #tokens: SqliteTokens
  snapshot: Snapshot | undefined

  constructor(database: Database) {
    this.#database = database
    const prepare = (sql: string) => this.#prepare(sql)
    this.#agents = new SqliteAgents(prepare)
    this.#revisions = new SqliteRevisions(prepare)
    this.#tokens = new SqliteTokens(prepare)
  }

  async lastRevision(): Promise<number> {
    return this.#revisions.last()
  }

  async section<Name extends SectionName>(name: Name): Promise<StoredSection<Name>> {
    const row = this.#prepare('SELECT value, revision FROM section WHERE name = ?').get(name) as
      | { value: string; revision: number }
      | undefined
    if (!row) {
      throw new DriftStatusError('not-found', 'the workspace is empty', { hint: 'run "drift-status init"' })
    }
    return { value: JSON.parse(row.value) as Sections[Name], revision: row.revision }
  }

  async agent(name: string) {
    return this.#agents.find(name)
  }

  async agents(filter: AgentFilter, at: Instant) {
    return this.#agents.list(filter, at)
  }

  async agentsNamed(name: string) {
    return this.#agents.named(name)
  }

  async countAgents(at: Instant) {
    return this.#agents.count(at)
  }

  async agentsForDeciding(members: readonly string[], at: Instant) {
    return this.#agents.forDeciding(members, at)
  }

  async cursor(key: string): Promise<string | undefined> {
    const row = this.#prepare('SELECT agent FROM cursor WHERE key = ?').get(key) as { agent: string } | undefined
    return row?.agent
  }

  async cursors(): Promise<ReadonlyMap<string, string>> {
    const rows = this.#prepare('SELECT key, agent FROM cursor ORDER BY key').all() as { key: string; agent: string }[]
    return new Map(rows.map(({ key, agent }) => [key, agent]))
  }

  async revision(number: number) {
    return this.#revisions.find(number)
  }

  async revisions(filter: RevisionFilter) {
    return this.#revisions.list(filter)
  }

  async assignment(id: number): Promise<Assignment | undefined> {
    const row = this.#prepare('SELECT * FROM assignment WHERE id = ?').get(id)
    return row === undefined ? undefined : toAssignment(row as AssignmentRow)
  }

  async openAssignments(limit: number): Promise<readonly Assignment[]> {
    const rows = this.#prepare('SELECT * FROM assignment WHERE ended_at IS NULL ORDER BY id DESC LIMIT ?').all(limit)
    return rows.map((row) => toAssignment(row as AssignmentRow))
  }

  async revisionsAfter(number: number, limit: number) {
    return this.#revisions.after(number, limit)
  }

  async token(id: string) {
    return this.#tokens.find(id)
  }

  async tokens() {
    return this.#tokens.list()
  }

  async keptAnswer(token: string, key: string) {
    return this.#tokens.keptAnswer(token, key)
  }

  async putToken(token: StoredToken): Promise<void> {
    this.snapshot = undefined
    this.#tokens.put(token)
  }

  async touchToken(id: string, at: Instant): Promise<void> {
    this.snapshot = undefined
    this.#tokens.touch(id, at)
  }

  async keepAnswer(answer: KeptAnswer): Promise<void> {
    this.snapshot = undefined
    this.#tokens.keepAnswer(answer)
  }

  async dropAnswers(before: Instant): Promise<void> {
    this.snapshot = undefined
    this.#tokens.dropAnswers(before)
  }

  async putSection<Name extends SectionName>(name: Name, value: Sections[Name], revision: number): Promise<void> {
    this.snapshot = undefined
    this.#prepare('INSERT OR REPLACE INTO section VALUES (?, ?, ?)').run(name, JSON.stringify(value), revision)
  }

  async putAgent(agent: AgentDocument, revision: number): Promise<void> {
    this.snapshot = undefined
    this.#agents.put(agent, revision)
  }

  async deleteAgent(id: string): Promise<void> {
    this.snapshot = undefined
    this.#agents.delete(id)
  }

  async putCursor(key: string, agent: string | undefined): Promise<void> {
    this.snapshot = undefined
    if (agent === undefined) this.#prepare('DELETE FROM cursor WHERE key = ?').run(key)
    else this.#prepare('INSERT OR REPLACE INTO cursor VALUES (?, ?)').run(key, agent)
  }

  async addRevision(revision: Revision): Promise<void> {
    this.snapshot = undefined
    this.#revisions.add(revision)
  }

  async addAssignment(agent: string, rule: string | undefined, at: Instant): Promise<Assignment> {
    this.snapshot = undefined
    const insert = this.#prepare('INSERT INTO assignment (at, agent, rule) VALUES (?, ?, ?)')
    const { lastInsertRowid } = insert.run(at, agent, rule ?? null)
    this.#agents.addChat(agent, at)
    return { id: Number(lastInsertRowid), at, agent, rule, endedAt: undefined }
  }

  async endAssignment(id: number, at: Instant): Promise<void> {
    this.snapshot = undefined
    const row = this.#prepare(
      'UPDATE assignment SET ended_at = ? WHERE id = ? AND ended_at IS NULL RETURNING agent',
    ).get(at, id)
    if (row) this.#agents.endChat((row as { agent: string }).agent)
  }

  #prepare(sql: string): Statement {
    let statement = this.#statements.get(sql)
    if (!statement) {
      statement = this.#database.prepare(sql)
      this.#statements.set(sql, statement)
    }
    return statement
  }
}

interface AssignmentRow {
  readonly id: number
  readonly at: number
  readonly agent: string
  readonly rule: string | null
  readonly ended_at: number | null
}

function toAssignment({ id, at, agent, rule, ended_at }: AssignmentRow): Assignment {
  return { id, at, agent, rule: rule ?? undefined, endedAt: ended_at ?? undefined }
}
