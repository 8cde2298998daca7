import { test } from 'vitest'
import { whyNoPostgres } from '../postgres/postgres-server.js'

test.skip(`not run on PostgreSQL: ${whyNoPostgres()}`, () => {})
