import type { Instant } from '../../../domain/time/zone.js'
import type { Assignment, AssignmentsTable } from '../store.js'
import type { Statements } from './sqlite-driver.js'

interface AssignmentRow {
  readonly id: number
  readonly at: number
  readonly agent: string
  readonly rule: string | null
  readonly ended_at: number | null
}

/** The chats that were given to agents. */
export class SqliteAssignments implements AssignmentsTable {
  readonly #statements: Statements

  constructor(statements: Statements) {
    this.#statements = statements
  }

  async find(id: number): Promise<Assignment | undefined> {
    const row = this.#statements.read('SELECT * FROM assignment WHERE id = ?').get(id)
    return row === undefined ? undefined : toAssignment(row as AssignmentRow)
  }

  async open(limit: number): Promise<readonly Assignment[]> {
    const select = this.#statements.read('SELECT * FROM assignment WHERE ended_at IS NULL ORDER BY id DESC LIMIT ?')
    return select.all(limit).map((row) => toAssignment(row as AssignmentRow))
  }

  async add(agent: string, rule: string | undefined, at: Instant): Promise<Assignment> {
    const insert = this.#statements.write('INSERT INTO assignment (at, agent, rule) VALUES (?, ?, ?)')
    const { lastInsertRowid } = insert.run(at, agent, rule ?? null)
    this.#statements.write('UPDATE agent SET last_routed_at = ? WHERE id = ?').run(at, agent)
    return { id: Number(lastInsertRowid), at, agent, rule, endedAt: undefined }
  }

  async end(id: number, at: Instant): Promise<void> {
    this.#statements.write('UPDATE assignment SET ended_at = ? WHERE id = ? AND ended_at IS NULL').run(at, id)
  }

  async endOf(agent: string, at: Instant): Promise<void> {
    this.#statements.write('UPDATE assignment SET ended_at = ? WHERE agent = ? AND ended_at IS NULL').run(at, agent)
  }
}

function toAssignment({ id, at, agent, rule, ended_at }: AssignmentRow): Assignment {
  return { id, at, agent, rule: rule ?? undefined, endedAt: ended_at ?? undefined }
}
