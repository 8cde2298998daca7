import type { AgentDocument } from '../../../domain/document/schema.js'
import { DriftStatusError } from '../../../domain/errors.js'
import type { Instant } from '../../../domain/time/zone.js'
import type {
  AgentFilter,
  Assignment,
  Identity,
  KeptAnswer,
  Revision,
  RevisionFilter,
  SectionName,
  Sections,
  Snapshot,
  StoredSection,
  StoredToken,
  WriteTransaction,
} from '../store.js'
import { SqliteAgents } from './sqlite-agents.js'
import type { Database, Statement } from './sqlite-driver.js'
import { SqliteRevisions } from './sqlite-revisions.js'
import { SqliteTokens } from './sqlite-tokens.js'

/** The tables of a workspace file, within one transaction at a time. */
export class SqliteTransaction implements WriteTransaction {
  readonly #database: Database
  readonly #statements = new Map<string, Statement>()
  /** As they were read last. */
  readonly #sections = new Map<SectionName, { readonly text: string; readonly value: Sections[SectionName] }>()
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

  async identity(): Promise<Identity> {
    return this.#prepare('SELECT id, number FROM identity').get() as Identity
  }

  async section<Name extends SectionName>(name: Name): Promise<StoredSection<Name>> {
    const row = this.#prepare('SELECT value, revision FROM section WHERE name = ?').get(name) as
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

  async agent(id: string) {
    return this.#agents.find(id)
  }

  async member(name: string) {
    return this.#agents.member(name)
  }

  async agents(filter: AgentFilter, at: Instant) {
    return this.#agents.list(filter, at)
  }

  async agentsNamed(name: string) {
    return this.#agents.named(name)
  }

  async firstAdmin() {
    return this.#agents.firstAdmin()
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

  async revisionsAfter(number: number, limit: number, maxChangesBytes: number) {
    return this.#revisions.after(number, limit, maxChangesBytes)
  }

  async token(id: string) {
    return this.#tokens.find(id)
  }

  async tokens() {
    return this.#tokens.list()
  }

  async tokensOf(agent: string) {
    return this.#tokens.ofAgent(agent)
  }

  async keptAnswer(token: string, key: string) {
    return this.#tokens.keptAnswer(token, key)
  }

  async putToken(token: StoredToken): Promise<void> {
    this.snapshot = undefined
    this.#tokens.put(token)
  }

  async touchToken(id: string, at: Instant): Promise<void> {
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
    this.#agents.giveTurn(agent, at)
    return { id: Number(lastInsertRowid), at, agent, rule, endedAt: undefined }
  }

  async endAssignment(id: number, at: Instant): Promise<void> {
    this.snapshot = undefined
    this.#prepare('UPDATE assignment SET ended_at = ? WHERE id = ? AND ended_at IS NULL').run(at, id)
  }

  async endAssignmentsOf(agent: string, at: Instant): Promise<void> {
    this.snapshot = undefined
    this.#prepare('UPDATE assignment SET ended_at = ? WHERE agent = ? AND ended_at IS NULL').run(at, agent)
  }

  /**
   * Lets go of every statement: a file stays open until the last of them is gone. The driver for older
   * versions of Node has no way to end one; there a file is released when they are collected.
   */
  forget(): void {
    this.#statements.clear()
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
