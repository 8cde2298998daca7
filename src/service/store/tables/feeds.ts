import type { FeedState, FeedsTable } from '../store.js'
import type { Sql } from './sql.js'

interface FeedRow {
  readonly calendar: string
  readonly source: string
  readonly read_at: number | null
  readonly etag: string | null
  readonly tried_at: number
  readonly failure: string | null
}

/** When the feeds of holiday calendars were read. */
export class FeedRows implements FeedsTable {
  readonly #sql: Sql

  constructor(sql: Sql) {
    this.#sql = sql
  }

  async list(): Promise<readonly FeedState[]> {
    const rows = await this.#sql.all('SELECT * FROM {feed} WHERE workspace = ?1 ORDER BY calendar')
    return (rows as FeedRow[]).map(({ calendar, source, read_at, etag, tried_at, failure }) => ({
      calendar,
      source,
      readAt: read_at ?? undefined,
      etag: etag ?? undefined,
      triedAt: tried_at,
      failure: failure ?? undefined,
    }))
  }

  async put({ calendar, source, readAt, etag, triedAt, failure }: FeedState): Promise<void> {
    await this.#sql.write(
      `INSERT INTO {feed} (workspace, calendar, source, read_at, etag, tried_at, failure) VALUES (?1, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (${this.#sql.dialect.key('calendar')}) DO UPDATE SET source = excluded.source,
         read_at = excluded.read_at, etag = excluded.etag, tried_at = excluded.tried_at, failure = excluded.failure`,
      calendar,
      source,
      readAt ?? null,
      etag ?? null,
      triedAt,
      failure ?? null,
    )
  }

  async delete(calendar: string): Promise<void> {
    await this.#sql.write('DELETE FROM {feed} WHERE workspace = ?1 AND calendar = ?', calendar)
  }
}
