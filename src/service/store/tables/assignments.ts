import type { Instant } from '../../../domain/time/zone.js'
import type { Assignment, AssignmentsTable } from '../store.js'
import type { Sql } from './sql.js'

interface AssignmentRow {
  readonly id: number
  readonly at: number
  readonly agent: string
  readonly rule: string | null
  readonly ended_at: number | null
}

/** The chats that were given to agents. */
export class AssignmentRows implements AssignmentsTable {
  readonly #sql: Sql

  constructor(sql: Sql) {
    this.#sql = sql
  }

  async find(id: number): Promise<Assignment | undefined> {
    const row = await this.#sql.get('SELECT * FROM {assignment} WHERE workspace = ?1 AND id = ?', id)
    return row === undefined ? undefined : toAssignment(row as AssignmentRow)
  }

  async open(limit: number): Promise<readonly Assignment[]> {
    const rows = await this.#sql.all(
      'SELECT * FROM {assignment} WHERE workspace = ?1 AND ended_at IS NULL ORDER BY id DESC LIMIT ?',
      limit,
    )
    return rows.map((row) => toAssignment(row as AssignmentRow))
  }

  async add(agent: string, rule: string | undefined, at: Instant): Promise<Assignment> {
    const last = await this.#sql.get('SELECT max(id) AS id FROM {assignment} WHERE workspace = ?1')
    const id = ((last as { id: number | null }).id ?? 0) + 1
    await this.#sql.write(
      'INSERT INTO {assignment} (workspace, id, at, agent, rule) VALUES (?1, ?, ?, ?, ?)',
      id,
      at,
      agent,
      rule ?? null,
    )
    await this.#sql.write('UPDATE {agent} SET last_routed_at = ? WHERE workspace = ?1 AND id = ?', at, agent)
    return { id, at, agent, rule, endedAt: undefined }
  }

  async end(id: number, at: Instant): Promise<void> {
    await this.#sql.write(
      'UPDATE {assignment} SET ended_at = ? WHERE workspace = ?1 AND id = ? AND ended_at IS NULL',
      at,
      id,
    )
  }

  async endOf(agent: string, at: Instant): Promise<void> {
    await this.#sql.write(
      'UPDATE {assignment} SET ended_at = ? WHERE workspace = ?1 AND agent = ? AND ended_at IS NULL',
      at,
      agent,
    )
  }
}

function toAssignment({ id, at, agent, rule, ended_at }: AssignmentRow): Assignment {
  return { id, at, agent, rule: rule ?? undefined, endedAt: ended_at ?? undefined }
}
