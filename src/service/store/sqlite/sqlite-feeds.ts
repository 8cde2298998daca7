import type { FeedState, FeedsTable } from '../store.js'
import type { Statements } from './sqlite-driver.js'

interface FeedRow {
  readonly calendar: string
  readonly source: string
  readonly read_at: number | null
  readonly etag: string | null
  readonly tried_at: number
  readonly failure: string | null
}

/** When the feeds of holiday calendars were read. */
export class SqliteFeeds implements FeedsTable {
  readonly #statements: Statements

  constructor(statements: Statements) {
    this.#statements = statements
  }

  async list(): Promise<readonly FeedState[]> {
    const rows = this.#statements.read('SELECT * FROM feed ORDER BY calendar').all() as FeedRow[]
    return rows.map(({ calendar, source, read_at, etag, tried_at, failure }) => ({
      calendar,
      source,
      readAt: read_at ?? undefined,
      etag: etag ?? undefined,
      triedAt: tried_at,
      failure: failure ?? undefined,
    }))
  }

  async put({ calendar, source, readAt, etag, triedAt, failure }: FeedState): Promise<void> {
    this.#statements
      .write(
        'INSERT OR REPLACE INTO feed (calendar, source, read_at, etag, tried_at, failure) VALUES (?, ?, ?, ?, ?, ?)',
      )
      .run(calendar, source, readAt ?? null, etag ?? null, triedAt, failure ?? null)
  }

  async delete(calendar: string): Promise<void> {
    this.#statements.write('DELETE FROM feed WHERE calendar = ?').run(calendar)
  }
}
