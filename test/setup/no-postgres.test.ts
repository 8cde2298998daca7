import { test } from 'vitest'
import { whyNoPgbouncer } from '../postgres/pgbouncer.js'
import { whyNoPostgres } from '../postgres/postgres-server.js'

const reason = `not run on PostgreSQL: ${whyNoPostgres() ?? whyNoPgbouncer()}`

// The summary counts what was skipped, and does not say why.
console.warn(reason)
test.skip(reason, () => {})
