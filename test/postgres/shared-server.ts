import { randomBytes } from 'node:crypto'
import { inject } from 'vitest'
import type { StorePlace } from '../../src/service/store/open-store.js'

/** Why there is no PostgreSQL to test with; undefined when there is. */
export function missingPostgres(): string | undefined {
  const postgres = inject('postgres')
  return 'missing' in postgres ? postgres.missing : undefined
}

/** A workspace of its own in the database that the tests share. */
export function newPlace(): Exclude<StorePlace, string> {
  const postgres = inject('postgres')
  if ('missing' in postgres) throw new Error(postgres.missing)
  return {
    host: '127.0.0.1',
    port: postgres.port,
    database: 'postgres',
    user: 'drift',
    sslMode: 'disable',
    workspace: `test-${randomBytes(6).toString('hex')}`,
    password: async () => 'a secret',
  }
}
