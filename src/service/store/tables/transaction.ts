import { DriftStatusError } from '../../../domain/errors.js'
import type { Instant } from '../../../domain/time/zone.js'
import type { Identity, SectionName, Sections, StoredSection, WriteTransaction } from '../store.js'
import { AgentRows } from './agents.js'
import { AssignmentRows } from './assignments.js'
import { FeedRows } from './feeds.js'
import { RevisionRows } from './revisions.js'
import { type KnownSections, type Sql, StoredState } from './sql.js'
import type { TableRows } from './table-rows.js'
import { TokenRows } from './tokens.js'
import { clearTables, putRows, readTables } from './whole-tables.js'

/** The texts of sections as they were read last, for every transaction of a store. */
export type ReadTexts = Map<SectionName, { readonly text: string; readonly value: Sections[SectionName] }>

/** The tables of a workspace, within one transaction at a time. */
export class StoredTransaction implements WriteTransaction {
  readonly #sql: Sql
  readonly #texts: ReadTexts
  readonly agents: AgentRows
  readonly revisions: RevisionRows
  readonly assignments: AssignmentRows
  readonly tokens: TokenRows
  readonly feeds: FeedRows

  constructor(sql: Sql, texts: ReadTexts) {
    this.#sql = sql
    this.#texts = texts
    this.agents = new AgentRows(sql)
    this.revisions = new RevisionRows(sql)
    this.assignments = new AssignmentRows(sql)
    this.tokens = new TokenRows(sql)
    this.feeds = new FeedRows(sql)
  }

  get snapshot(): StoredState {
    return this.#sql.snapshot
  }

  async identity(): Promise<Identity> {
    return (await this.#sql.get('SELECT id, number FROM {identity} WHERE workspace = ?1')) as Identity
  }

  async section<Name extends SectionName>(name: Name): Promise<StoredSection<Name>> {
    const { snapshot } = this.#sql
    if (snapshot.sections.size === 0) snapshot.sections = await this.#readSections()
    const section = snapshot.sections.get(name)
    if (!section) {
      throw new DriftStatusError('not-found', 'the workspace is empty', { reason: 'workspace-empty' })
    }
    return section as StoredSection<Name>
  }

  async #readSections(): Promise<KnownSections> {
    const rows = await this.#sql.all('SELECT name, value, revision FROM {section} WHERE workspace = ?1')
    return new Map(
      (rows as { name: SectionName; value: string; revision: number }[]).map(({ name, value, revision }) => [
        name,
        { value: this.#parsed(name, value), revision },
      ]),
    )
  }

  /** A section that is as it was is the same object: what was made of it may be kept under it. */
  #parsed(name: SectionName, text: string): Sections[SectionName] {
    const last = this.#texts.get(name)
    if (last?.text === text) return last.value
    const value = JSON.parse(text) as Sections[SectionName]
    this.#texts.set(name, { text, value })
    return value
  }

  async putSection<Name extends SectionName>(name: Name, value: Sections[Name], revision: number): Promise<void> {
    const text = JSON.stringify(value)
    await this.#sql.write(
      `INSERT INTO {section} (workspace, name, value, revision) VALUES (?1, ?, ?, ?)
       ON CONFLICT (${this.#sql.dialect.key('name')}) DO UPDATE SET value = excluded.value, revision = excluded.revision`,
      name,
      text,
      revision,
    )
    const { snapshot } = this.#sql
    if (snapshot.sections.size === 0) return
    snapshot.sections = new Map([...snapshot.sections, [name, { value: this.#parsed(name, text), revision }]])
  }

  async cursor(key: string): Promise<string | undefined> {
    const row = await this.#sql.get('SELECT agent FROM {cursor} WHERE workspace = ?1 AND key = ?', key)
    return (row as { agent: string } | undefined)?.agent
  }

  async cursors(): Promise<ReadonlyMap<string, string>> {
    const rows = await this.#sql.all('SELECT key, agent FROM {cursor} WHERE workspace = ?1 ORDER BY key')
    return new Map((rows as { key: string; agent: string }[]).map(({ key, agent }) => [key, agent]))
  }

  async putCursor(key: string, agent: string | undefined): Promise<void> {
    if (agent === undefined) {
      await this.#sql.write('DELETE FROM {cursor} WHERE workspace = ?1 AND key = ?', key)
      return
    }
    await this.#sql.write(
      `INSERT INTO {cursor} (workspace, key, agent) VALUES (?1, ?, ?)
       ON CONFLICT (${this.#sql.dialect.key('key')}) DO UPDATE SET agent = excluded.agent`,
      key,
      agent,
    )
  }

  async takeLease(name: string, now: Instant, until: Instant): Promise<boolean> {
    const held = await this.#sql.get(
      'SELECT until FROM {lease} WHERE workspace = ?1 AND name = ? AND until > ?',
      name,
      now,
    )
    if (held) return false
    await this.#sql.touch(
      `INSERT INTO {lease} (workspace, name, until) VALUES (?1, ?, ?)
       ON CONFLICT (${this.#sql.dialect.key('name')}) DO UPDATE SET until = excluded.until`,
      name,
      until,
    )
    return true
  }

  everything(): AsyncIterable<TableRows> {
    return readTables(this.#sql)
  }

  async clear(): Promise<void> {
    await clearTables(this.#sql)
    this.#sql.snapshot = new StoredState()
  }

  async putRows(rows: TableRows): Promise<void> {
    await putRows(this.#sql, rows)
    this.#sql.snapshot = new StoredState()
  }
}
