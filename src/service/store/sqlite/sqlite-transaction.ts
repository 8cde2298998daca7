import { DriftStatusError } from '../../../domain/errors.js'
import type { Identity, SectionName, Sections, Snapshot, StoredSection, WriteTransaction } from '../store.js'
import { SqliteAgents } from './sqlite-agents.js'
import { SqliteAssignments } from './sqlite-assignments.js'
import type { Database, Statement, Statements } from './sqlite-driver.js'
import { SqliteFeeds } from './sqlite-feeds.js'
import { SqliteRevisions } from './sqlite-revisions.js'
import { SqliteTokens } from './sqlite-tokens.js'

/** The tables of a workspace file, within one transaction at a time. */
export class SqliteTransaction implements WriteTransaction, Statements {
  readonly #database: Database
  readonly #statements = new Map<string, Statement>()
  /** As they were read last. */
  readonly #sections = new Map<SectionName, { readonly text: string; readonly value: Sections[SectionName] }>()
  readonly agents = new SqliteAgents(this)
  readonly revisions = new SqliteRevisions(this)
  readonly assignments = new SqliteAssignments(this)
  readonly tokens = new SqliteTokens(this)
  readonly feeds = new SqliteFeeds(this)
  snapshot: Snapshot | undefined

  constructor(database: Database) {
    this.#database = database
  }

  async identity(): Promise<Identity> {
    return this.read('SELECT id, number FROM identity').get() as Identity
  }

  async section<Name extends SectionName>(name: Name): Promise<StoredSection<Name>> {
    const row = this.read('SELECT value, revision FROM section WHERE name = ?').get(name) as
      | { value: string; revision: number }
      | undefined
    if (!row) {
      throw new DriftStatusError('not-found', 'the workspace is empty', { reason: 'workspace-empty' })
    }
    return { value: this.#parsed(name, row.value) as Sections[Name], revision: row.revision }
  }

  /** A section that is as it was is the same object: what was made of it may be kept under it. */
  #parsed(name: SectionName, text: string): Sections[SectionName] {
    const last = this.#sections.get(name)
    if (last?.text === text) return last.value
    const value = JSON.parse(text) as Sections[SectionName]
    this.#sections.set(name, { text, value })
    return value
  }

  async putSection<Name extends SectionName>(name: Name, value: Sections[Name], revision: number): Promise<void> {
    this.write('INSERT OR REPLACE INTO section VALUES (?, ?, ?)').run(name, JSON.stringify(value), revision)
  }

  async cursor(key: string): Promise<string | undefined> {
    const row = this.read('SELECT agent FROM cursor WHERE key = ?').get(key) as { agent: string } | undefined
    return row?.agent
  }

  async cursors(): Promise<ReadonlyMap<string, string>> {
    const rows = this.read('SELECT key, agent FROM cursor ORDER BY key').all() as { key: string; agent: string }[]
    return new Map(rows.map(({ key, agent }) => [key, agent]))
  }

  async putCursor(key: string, agent: string | undefined): Promise<void> {
    if (agent === undefined) this.write('DELETE FROM cursor WHERE key = ?').run(key)
    else this.write('INSERT OR REPLACE INTO cursor VALUES (?, ?)').run(key, agent)
  }

  read(sql: string): Statement {
    let statement = this.#statements.get(sql)
    if (!statement) {
      statement = this.#database.prepare(sql)
      this.#statements.set(sql, statement)
    }
    return statement
  }

  write(sql: string): Statement {
    this.snapshot = undefined
    return this.read(sql)
  }

  /**
   * Lets go of every statement: a file stays open until the last of them is gone. The driver for older
   * versions of Node has no way to end one; there a file is released when they are collected.
   */
  forget(): void {
    this.#statements.clear()
  }
}
