import type { Revision, RevisionFilter, RevisionPage, RevisionsTable, ToldRevision } from '../store.js'
import type { Sql, SqlValue } from './sql.js'

/** So few revisions are looked at one by one; more are read in the order of the answer until it is full. */
const FEW = 500
/** Of changes in a page: reading and telling them holds up everyone. */
const MAX_PAGE_BYTES = 1024 * 1024

interface Clause {
  readonly sql: string
  readonly values: readonly SqlValue[]
}

interface RevisionRow {
  readonly number: number
  readonly at: number
  readonly actor: string
  readonly note: string | null
  readonly changes: string
  readonly ended: string | null
  readonly applied: string | null
}

/** The log, and by path what changed it: each path around a changed one stands there too. */
export class RevisionRows implements RevisionsTable {
  readonly #sql: Sql

  constructor(sql: Sql) {
    this.#sql = sql
  }

  async last(): Promise<number> {
    const { snapshot } = this.#sql
    if (snapshot.lastRevision === undefined) {
      const row = await this.#sql.get('SELECT max(number) AS number FROM {revision} WHERE workspace = ?1')
      snapshot.lastRevision = (row as { number: number | null }).number ?? 0
    }
    return snapshot.lastRevision
  }

  async find(number: number): Promise<Revision | undefined> {
    const row = await this.#sql.get('SELECT * FROM {revision} WHERE workspace = ?1 AND number = ?', number)
    return row === undefined ? undefined : toRevision(row as RevisionRow)
  }

  /** Starts from whichever of the filters leaves least, so that no filter costs as much as the log is long. */
  async list(filter: RevisionFilter): Promise<RevisionPage> {
    const { actor, path, since, limit } = filter
    const conditions = ownConditions(filter)
    const inPath = path === undefined ? [] : [anyOf(branchesOf(path).map(existsIn))]
    if (since !== undefined && (await this.#isFew('at >= ?', since))) {
      return this.#page('revision_at', [...conditions, ...inPath], limit)
    }
    if (actor !== undefined && (path === undefined || (await this.#isFew('actor = ?', actor)))) {
      return this.#page('revision_actor', [...conditions, ...inPath], limit)
    }
    if (path === undefined) return this.#page(undefined, conditions, limit)
    const newest = branchesOf(path).map((branch) => this.#newestIn(branch, conditions, limit + 1))
    const number = joined(newest, ' UNION ')
    return this.#page(undefined, [{ sql: `number IN (${number.sql})`, values: number.values }], limit)
  }

  /** In the order they were made; longer changes are not even read. */
  async after(number: number, limit: number, maxChangesBytes: number): Promise<readonly ToldRevision[]> {
    const rows = await this.#sql.all(
      `SELECT number, at, actor, note, applied, CASE WHEN octet_length(changes) <= ? THEN changes END AS changes
       FROM {revision} WHERE workspace = ?1 AND number > ? ORDER BY number LIMIT ?`,
      maxChangesBytes,
      number,
      limit,
    )
    return rows.map((row) => {
      const { changes, ...told } = row as Omit<RevisionRow, 'changes'> & { readonly changes: string | null }
      return { ...toRevision({ ...told, changes: changes ?? '[]' }), ...(changes === null && { changes: undefined }) }
    })
  }

  async lastApplied(): Promise<Revision | undefined> {
    const row = await this.#sql.get(
      'SELECT * FROM {revision} WHERE workspace = ?1 AND applied IS NOT NULL ORDER BY number DESC LIMIT 1',
    )
    return row === undefined ? undefined : toRevision(row as RevisionRow)
  }

  async withPlan(plan: string): Promise<Revision | undefined> {
    const row = await this.#sql.get(
      "SELECT * FROM {revision} WHERE workspace = ?1 AND applied IS NOT NULL AND applied ->> 'plan' = ? LIMIT 1",
      plan,
    )
    return row === undefined ? undefined : toRevision(row as RevisionRow)
  }

  async add({ number, at, actor, note, changes, ended, applied }: Revision): Promise<void> {
    const [endedText, appliedText] = [ended, applied].map((value) => (value ? JSON.stringify(value) : null))
    await this.#sql.write(
      `INSERT INTO {revision} (workspace, number, at, actor, note, changes, ended, applied)
       VALUES (?1, ?, ?, ?, ?, ?, ?, ?)`,
      number,
      at,
      actor,
      note ?? null,
      JSON.stringify(changes),
      endedText!,
      appliedText!,
    )
    await this.#addPaths(changes, number)
    this.#sql.snapshot.lastRevision = Math.max(number, this.#sql.snapshot.lastRevision ?? number)
  }

  async #addPaths(changes: Revision['changes'], number: number): Promise<void> {
    if (changes.length === 0) return
    const changed = changes.map(({ path }) => `0${path}`)
    const around = changes.flatMap(({ path }) => pathsAround(path)).map((path) => `1${path}`)
    await this.#sql.write(
      `INSERT INTO {revision_path} (workspace, path, is_around, revision)
       SELECT ?1, substr(value, 2), CAST(substr(value, 1, 1) AS INTEGER), ? FROM ${this.#sql.dialect.eachOf('?')}`,
      number,
      [...new Set([...changed, ...around])],
    )
  }

  /** How long the changes are is asked first: those of a page that would be too long are not read. */
  async #page(index: string | undefined, conditions: readonly Clause[], limit: number): Promise<RevisionPage> {
    const { sql, values } = joined([{ sql: 'workspace = ?1', values: [] }, ...conditions], ' AND ')
    const table = index === undefined ? '{revision}' : `{revision} ${this.#sql.dialect.indexedBy(index)}`
    const found = (await this.#sql.all(
      `SELECT number, octet_length(changes) AS bytes FROM ${table} WHERE ${sql} ORDER BY number DESC LIMIT ?`,
      ...values,
      limit + 1,
    )) as { readonly number: number; readonly bytes: number }[]
    const numbers = upToBytes(found.slice(0, limit)).map(({ number }) => number)
    const rows = await this.#sql.all(
      `SELECT * FROM {revision} WHERE workspace = ?1 AND number IN (SELECT CAST(value AS INTEGER) FROM ${this.#sql.dialect.eachOf('?')})
       ORDER BY number DESC`,
      numbers.map(String),
    )
    return { revisions: rows.map((row) => toRevision(row as RevisionRow)), hasMore: numbers.length < found.length }
  }

  async #isFew(condition: string, value: SqlValue): Promise<boolean> {
    const counted = await this.#sql.get(
      `SELECT count(*) AS count FROM (SELECT 1 FROM {revision} WHERE workspace = ?1 AND ${condition} LIMIT ${FEW}) AS few`,
      value,
    )
    return (counted as { count: number }).count < FEW
  }

  #newestIn({ path, isAround }: Branch, conditions: readonly Clause[], limit: number): Clause {
    const own = { sql: 'revision_path.workspace = ?1 AND path = ? AND is_around = ?', values: [path, isAround] }
    const { sql, values } = joined([own, ...conditions], ' AND ')
    return {
      sql: `SELECT * FROM (SELECT revision_path.revision FROM {revision_path} ${this.#sql.dialect.joinInOrder} {revision}
        ON revision.workspace = ?1 AND number = revision_path.revision
        WHERE ${sql} ORDER BY revision_path.revision DESC LIMIT ?) AS newest`,
      values: [...values, limit],
    }
  }
}

/** The first of some revisions, at least one, whose changes are not too long together. */
function upToBytes<Row extends { readonly bytes: number }>(rows: readonly Row[]): readonly Row[] {
  let bytes = 0
  const end = rows.findIndex((row, index) => {
    bytes += row.bytes
    return bytes > MAX_PAGE_BYTES && index > 0
  })
  return end === -1 ? rows : rows.slice(0, end)
}

function ownConditions({ actor, since, before }: RevisionFilter): readonly Clause[] {
  return [
    ...(before === undefined ? [] : [{ sql: 'number < ?', values: [before] }]),
    ...(actor === undefined ? [] : [{ sql: 'actor = ?', values: [actor] }]),
    ...(since === undefined ? [] : [{ sql: 'at >= ?', values: [since] }]),
  ]
}

interface Branch {
  readonly path: string
  readonly isAround: 0 | 1
}

/** Where a path is found: it changed, something in it did, or something that it lies in. */
function branchesOf(path: string): readonly Branch[] {
  return [{ path, isAround: 1 }, ...[path, ...pathsAround(path)].map((each) => ({ path: each, isAround: 0 as const }))]
}

function existsIn({ path, isAround }: Branch): Clause {
  const sql = `EXISTS (SELECT 1 FROM {revision_path} WHERE revision_path.workspace = ?1 AND path = ? AND is_around = ?
    AND revision_path.revision = number)`
  return { sql, values: [path, isAround] }
}

function anyOf(clauses: readonly Clause[]): Clause {
  const { sql, values } = joined(clauses, ' OR ')
  return { sql: `(${sql})`, values }
}

function joined(clauses: readonly Clause[], word: string): Clause {
  return { sql: clauses.map(({ sql }) => sql).join(word), values: clauses.flatMap(({ values }) => values) }
}

/** Everything that a path lies in: `hours.weekly.mon` lies in `hours.weekly` and `hours`. */
function pathsAround(path: string): string[] {
  const paths = []
  for (let index = path.length - 1; index > 0; index--) {
    if (path[index] === '.' || path[index] === '[') paths.push(path.slice(0, index))
  }
  return paths
}

function toRevision({ number, at, actor, note, changes, ended, applied }: RevisionRow): Revision {
  return {
    number,
    at,
    actor,
    note: note ?? undefined,
    changes: JSON.parse(changes),
    ...(ended && { ended: JSON.parse(ended) }),
    ...(applied && { applied: JSON.parse(applied) }),
  }
}
