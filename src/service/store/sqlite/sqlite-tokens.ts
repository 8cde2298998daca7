import type { Scope } from '../../../api/contract/operation.js'
import type { Instant } from '../../../domain/time/zone.js'
import type { KeptAnswer, StoredToken, TokensTable } from '../store.js'
import type { Statements } from './sqlite-driver.js'

interface TokenRow {
  readonly id: string
  readonly name: string
  readonly agent: string | null
  readonly scopes: string
  readonly beyond: string | null
  readonly hash: string
  readonly previous_hash: string | null
  readonly previous_until: number | null
  readonly created_at: number
  readonly expires_at: number | null
  readonly rotated_at: number | null
  readonly revoked_at: number | null
  readonly revoked_because: string | null
  readonly last_used_at: number | null
}

/** The tokens of a workspace, and what their writes under an idempotency key answered. */
export class SqliteTokens implements TokensTable {
  readonly #statements: Statements

  constructor(statements: Statements) {
    this.#statements = statements
  }

  async find(id: string): Promise<StoredToken | undefined> {
    const row = this.#statements.read('SELECT * FROM token WHERE id = ?').get(id)
    return row === undefined ? undefined : toToken(row as TokenRow)
  }

  async list(): Promise<readonly StoredToken[]> {
    const rows = this.#statements.read('SELECT * FROM token ORDER BY created_at, id').all()
    return rows.map((row) => toToken(row as TokenRow))
  }

  async ofAgent(agent: string): Promise<readonly StoredToken[]> {
    const rows = this.#statements.read('SELECT * FROM token WHERE agent = ? ORDER BY created_at, id').all(agent)
    return rows.map((row) => toToken(row as TokenRow))
  }

  async put({ id, name, agent, scopes, beyond = [], hash, previous, ...times }: StoredToken): Promise<void> {
    this.#statements
      .write(
        `INSERT INTO token (id, name, agent, scopes, beyond, hash, previous_hash, previous_until, created_at, expires_at,
         rotated_at, revoked_at, revoked_because)
       VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)
       ON CONFLICT (id) DO UPDATE SET name = excluded.name, agent = excluded.agent, scopes = excluded.scopes, beyond = excluded.beyond,
         hash = excluded.hash, previous_hash = excluded.previous_hash, previous_until = excluded.previous_until,
         created_at = excluded.created_at, expires_at = excluded.expires_at, rotated_at = excluded.rotated_at,
         revoked_at = excluded.revoked_at, revoked_because = excluded.revoked_because`,
      )
      .run(
        id,
        name,
        agent ?? null,
        JSON.stringify(scopes ?? null),
        beyond.length === 0 ? null : JSON.stringify(beyond),
        hash,
        previous?.hash ?? null,
        previous?.until ?? null,
        times.createdAt,
        times.expiresAt ?? null,
        times.rotatedAt ?? null,
        times.revokedAt ?? null,
        times.revokedBecause ?? null,
      )
  }

  /** Not a write that anyone shows: what is stored stays as it was seen. */
  async touch(id: string, at: Instant): Promise<void> {
    this.#statements.read('UPDATE token SET last_used_at = ? WHERE id = ?').run(at, id)
  }

  async keptAnswer(token: string, key: string): Promise<KeptAnswer | undefined> {
    const row = this.#statements.read('SELECT * FROM kept_answer WHERE token = ? AND key = ?').get(token, key)
    return row === undefined ? undefined : (row as KeptAnswer)
  }

  async keepAnswer({ token, key, fingerprint, answer, at }: KeptAnswer): Promise<void> {
    this.#statements
      .write('INSERT OR REPLACE INTO kept_answer VALUES (?,?,?,?,?)')
      .run(token, key, fingerprint, answer, at)
  }

  async dropAnswers(before: Instant): Promise<void> {
    this.#statements.write('DELETE FROM kept_answer WHERE at < ?').run(before)
  }
}

function toToken(row: TokenRow): StoredToken {
  const { id, name, hash, previous_hash, previous_until } = row
  return {
    id,
    name,
    agent: row.agent ?? undefined,
    scopes: (JSON.parse(row.scopes) as Scope[] | null) ?? undefined,
    ...(row.beyond !== null && { beyond: JSON.parse(row.beyond) as Scope[] }),
    hash,
    previous:
      previous_hash === null || previous_until === null ? undefined : { hash: previous_hash, until: previous_until },
    createdAt: row.created_at,
    expiresAt: row.expires_at ?? undefined,
    rotatedAt: row.rotated_at ?? undefined,
    revokedAt: row.revoked_at ?? undefined,
    revokedBecause: row.revoked_because ?? undefined,
    lastUsedAt: row.last_used_at ?? undefined,
  }
}
