import type { Revision, RevisionFilter, RevisionPage, RevisionsTable, ToldRevision } from '../store.js'
import type { SqlValue, Statements } from './sqlite-driver.js'

/** So few revisions are looked at one by one; more are read in the order of the answer until it is full. */
const FEW = 500
/** Characters of changes in a page: reading and telling them holds up everyone. */
const MAX_PAGE_LENGTH = 1024 * 1024

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
export class SqliteRevisions implements RevisionsTable {
  readonly #statements: Statements

  constructor(statements: Statements) {
    this.#statements = statements
  }

  async last(): Promise<number> {
    const row = this.#statements.read('SELECT max(number) AS number FROM revision').get() as { number: number | null }
    return row.number ?? 0
  }

  async find(number: number): Promise<Revision | undefined> {
    const row = this.#statements.read('SELECT * FROM revision WHERE number = ?').get(number)
    return row === undefined ? undefined : toRevision(row as RevisionRow)
  }

  /** Starts from whichever of the filters leaves least, so that no filter costs as much as the log is long. */
  async list(filter: RevisionFilter): Promise<RevisionPage> {
    const { actor, path, since, limit } = filter
    const conditions = ownConditions(filter)
    const inPath = path === undefined ? [] : [anyOf(branchesOf(path).map(existsIn))]
    if (since !== undefined && this.#isFew('at >= ?', since)) {
      return this.#select('INDEXED BY revision_at', [...conditions, ...inPath], limit)
    }
    if (actor !== undefined && (path === undefined || this.#isFew('actor = ?', actor))) {
      return this.#select('INDEXED BY revision_actor', [...conditions, ...inPath], limit)
    }
    if (path === undefined) return this.#select('NOT INDEXED', conditions, limit)
    const newest = branchesOf(path).map((branch) => newestIn(branch, conditions, limit + 1))
    const number = joined(newest, ' UNION ')
    return this.#select('', [{ sql: `number IN (${number.sql})`, values: number.values }], limit)
  }

  /** In the order they were made; longer changes are not even read. */
  async after(number: number, limit: number, maxChangesBytes: number): Promise<readonly ToldRevision[]> {
    const rows = this.#statements.read(`SELECT number, at, actor, note, applied,
      CASE WHEN octet_length(changes) <= ? THEN changes END AS changes
      FROM revision WHERE number > ? ORDER BY number LIMIT ?`)
    return rows.all(maxChangesBytes, number, limit).map((row) => {
      const { changes, ...told } = row as Omit<RevisionRow, 'changes'> & { readonly changes: string | null }
      return { ...toRevision({ ...told, changes: changes ?? '[]' }), ...(changes === null && { changes: undefined }) }
    })
  }

  async lastApplied(): Promise<Revision | undefined> {
    const row = this.#statements
      .read('SELECT * FROM revision WHERE applied IS NOT NULL ORDER BY number DESC LIMIT 1')
      .get()
    return row === undefined ? undefined : toRevision(row as RevisionRow)
  }

  async withPlan(plan: string): Promise<Revision | undefined> {
    const row = this.#statements
      .read("SELECT * FROM revision WHERE applied IS NOT NULL AND applied ->> 'plan' = ? LIMIT 1")
      .get(plan)
    return row === undefined ? undefined : toRevision(row as RevisionRow)
  }

  async add({ number, at, actor, note, changes, ended, applied }: Revision): Promise<void> {
    const insert = this.#statements.write('INSERT INTO revision VALUES (?, ?, ?, ?, ?, ?, ?)')
    const [endedText, appliedText] = [ended, applied].map((value) => (value ? JSON.stringify(value) : null))
    insert.run(number, at, actor, note ?? null, JSON.stringify(changes), endedText!, appliedText!)
    const addPath = this.#statements.write('INSERT OR IGNORE INTO revision_path VALUES (?, ?, ?)')
    for (const { path } of changes) addPath.run(path, 0, number)
    for (const path of new Set(changes.flatMap((change) => pathsAround(change.path)))) addPath.run(path, 1, number)
  }

  #select(source: string, conditions: readonly Clause[], limit: number): RevisionPage {
    const { sql, values } = joined(conditions, ' AND ')
    const where = sql === '' ? '' : `WHERE ${sql}`
    const rows = this.#statements.read(`SELECT * FROM revision ${source} ${where} ORDER BY number DESC LIMIT ?`)
    const revisions: Revision[] = []
    let length = 0
    for (const row of rows.iterate(...values, limit + 1) as Iterable<RevisionRow>) {
      length += row.changes.length
      const isFull = revisions.length === limit || (length > MAX_PAGE_LENGTH && revisions.length > 0)
      if (isFull) return { revisions, hasMore: true }
      revisions.push(toRevision(row))
    }
    return { revisions, hasMore: false }
  }

  #isFew(condition: string, value: SqlValue): boolean {
    const counted = this.#statements
      .read(`SELECT count(*) AS count FROM (SELECT 1 FROM revision WHERE ${condition} LIMIT ${FEW})`)
      .get(value) as { count: number }
    return counted.count < FEW
  }
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
  const sql =
    'EXISTS (SELECT 1 FROM revision_path WHERE path = ? AND is_around = ? AND revision_path.revision = number)'
  return { sql, values: [path, isAround] }
}

function newestIn({ path, isAround }: Branch, conditions: readonly Clause[], limit: number): Clause {
  const { sql, values } = joined(
    [{ sql: 'path = ? AND is_around = ?', values: [path, isAround] }, ...conditions],
    ' AND ',
  )
  return {
    sql: `SELECT * FROM (SELECT revision_path.revision FROM revision_path CROSS JOIN revision ON number = revision_path.revision
      WHERE ${sql} ORDER BY revision_path.revision DESC LIMIT ?)`,
    values: [...values, limit],
  }
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
