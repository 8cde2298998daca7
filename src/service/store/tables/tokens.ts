import type { Scope } from '../../../api/contract/operation.js'
import type { Instant } from '../../../domain/time/zone.js'
import type { KeptAnswer, StoredToken, TokensTable } from '../store.js'
import type { Sql } from './sql.js'

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
export class TokenRows implements TokensTable {
  readonly #sql: Sql

  constructor(sql: Sql) {
    this.#sql = sql
  }

  async find(id: string): Promise<StoredToken | undefined> {
    const row = await this.#sql.get('SELECT * FROM {token} WHERE workspace = ?1 AND id = ?', id)
    return row === undefined ? undefined : toToken(row as TokenRow)
  }

  async list(): Promise<readonly StoredToken[]> {
    const rows = await this.#sql.all('SELECT * FROM {token} WHERE workspace = ?1 ORDER BY created_at, id')
    return rows.map((row) => toToken(row as TokenRow))
  }

  async ofAgent(agent: string): Promise<readonly StoredToken[]> {
    const rows = await this.#sql.all(
      'SELECT * FROM {token} WHERE workspace = ?1 AND agent = ? ORDER BY created_at, id',
      agent,
    )
    return rows.map((row) => toToken(row as TokenRow))
  }

  async put({ id, name, agent, scopes, beyond = [], hash, previous, ...times }: StoredToken): Promise<void> {
    await this.#sql.write(
      `INSERT INTO {token} (workspace, id, name, agent, scopes, beyond, hash, previous_hash, previous_until, created_at, expires_at,
         rotated_at, revoked_at, revoked_because)
       VALUES (?1,?,?,?,?,?,?,?,?,?,?,?,?,?)
       ON CONFLICT (${this.#sql.dialect.key('id')}) DO UPDATE SET name = excluded.name, agent = excluded.agent, scopes = excluded.scopes, beyond = excluded.beyond,
         hash = excluded.hash, previous_hash = excluded.previous_hash, previous_until = excluded.previous_until,
         created_at = excluded.created_at, expires_at = excluded.expires_at, rotated_at = excluded.rotated_at,
         revoked_at = excluded.revoked_at, revoked_because = excluded.revoked_because`,
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
    await this.#sql.touch('UPDATE {token} SET last_used_at = ? WHERE workspace = ?1 AND id = ?', at, id)
  }

  async keptAnswer(token: string, key: string): Promise<KeptAnswer | undefined> {
    const row = await this.#sql.get(
      'SELECT token, key, fingerprint, answer, at FROM {kept_answer} WHERE workspace = ?1 AND token = ? AND key = ?',
      token,
      key,
    )
    return row === undefined ? undefined : (row as KeptAnswer)
  }

  async keepAnswer({ token, key, fingerprint, answer, at }: KeptAnswer): Promise<void> {
    await this.#sql.write(
      `INSERT INTO {kept_answer} (workspace, token, key, fingerprint, answer, at) VALUES (?1, ?, ?, ?, ?, ?)
       ON CONFLICT (${this.#sql.dialect.key('token', 'key')}) DO UPDATE SET fingerprint = excluded.fingerprint,
         answer = excluded.answer, at = excluded.at`,
      token,
      key,
      fingerprint,
      answer,
      at,
    )
  }

  async dropAnswers(before: Instant): Promise<void> {
    await this.#sql.write('DELETE FROM {kept_answer} WHERE workspace = ?1 AND at < ?', before)
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
