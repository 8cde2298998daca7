import type { Sql } from './sql.js'
import type { TableRow, TableRows } from './table-rows.js'

/** Everything that is kept of a workspace: each table, what tells its rows apart, and the rest of its columns. */
export const TABLES: readonly {
  readonly name: string
  readonly key: readonly string[]
  readonly rest: readonly string[]
}[] = [
  { name: 'identity', key: ['id'], rest: ['number'] },
  { name: 'section', key: ['name'], rest: ['value', 'revision'] },
  {
    name: 'agent',
    key: ['id'],
    rest: [
      'id_order',
      'email',
      'mailbox',
      'name',
      'first_name',
      'counted',
      'has_avatar',
      'status',
      'until',
      'note',
      'afterwards',
      'planned',
      'lasting',
      'last_end',
      'chats_elsewhere',
      'last_routed_at',
      'settings',
      'revision',
    ],
  },
  { name: 'agent_count', key: ['counted', 'lasting'], rest: ['amount'] },
  { name: 'revision', key: ['number'], rest: ['at', 'actor', 'note', 'changes', 'ended', 'applied'] },
  { name: 'revision_path', key: ['path', 'is_around', 'revision'], rest: [] },
  { name: 'cursor', key: ['key'], rest: ['agent'] },
  { name: 'assignment', key: ['id'], rest: ['at', 'agent', 'rule', 'ended_at'] },
  {
    name: 'token',
    key: ['id'],
    rest: [
      'name',
      'agent',
      'scopes',
      'beyond',
      'hash',
      'previous_hash',
      'previous_until',
      'created_at',
      'expires_at',
      'rotated_at',
      'revoked_at',
      'revoked_because',
      'last_used_at',
    ],
  },
  { name: 'kept_answer', key: ['token', 'key'], rest: ['fingerprint', 'answer', 'at'] },
  { name: 'feed', key: ['calendar'], rest: ['source', 'read_at', 'etag', 'tried_at', 'failure'] },
]

/** Read and put at once: few enough for the parameters that a statement may have. */
const PAGE = 200

function tableOf(name: string): (typeof TABLES)[number] {
  return TABLES.find((table) => table.name === name)!
}

/** Every row of a workspace, in the order of tables and keys. */
export async function* readTables(sql: Sql): AsyncIterable<TableRows> {
  for (const { name: table, key, rest } of TABLES) {
    const columns = [...key, ...rest]
    const select = `SELECT ${columns.join(', ')} FROM {${table}} WHERE workspace = ?1`
    const order = `ORDER BY ${key.join(', ')} LIMIT ${PAGE}`
    const after = `AND (${key.join(', ')}) > (${key.map(() => '?').join(', ')})`
    let last: TableRow | undefined
    while (true) {
      const page = (await (last
        ? sql.all(`${select} ${after} ${order}`, ...last.slice(0, key.length))
        : sql.all(`${select} ${order}`))) as Readonly<Record<string, TableRow[number]>>[]
      const rows = page.map((row) => columns.map((column) => row[column]!))
      if (rows.length > 0) yield { table, rows }
      if (rows.length < PAGE) break
      last = rows.at(-1)
    }
  }
}

/** Puts rows that are not there yet. */
export async function putRows(sql: Sql, { table, rows }: TableRows): Promise<void> {
  const { key, rest } = tableOf(table)
  const columns = [...key, ...rest]
  const values = `(?1, ${columns.map(() => '?').join(', ')})`
  await sql.write(
    `INSERT INTO {${table}} (workspace, ${columns.join(', ')}) VALUES ${rows.map(() => values).join(', ')}`,
    ...rows.flat(),
  )
}

/** Takes everything of a workspace away. */
export async function clearTables(sql: Sql): Promise<void> {
  for (const { name } of TABLES) await sql.write(`DELETE FROM {${name}} WHERE workspace = ?1`)
}
