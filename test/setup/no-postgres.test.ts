import { test } from 'vitest'
import { whyNoPgbouncer } from '../postgres/pgbouncer.js'

test.skip(`not run on PostgreSQL: ${whyNoPgbouncer()}`, () => {})
