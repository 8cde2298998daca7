import { test } from 'vitest'
import { openStore } from '../../src/service/store/open-store.js'
import { describeStore } from '../service/store/store-contract.js'
import { missingPostgres, newPlace } from './shared-server.js'

const missing = missingPostgres()

if (missing !== undefined) test.skip(`PostgreSQL: ${missing}`, () => {})
else describeStore('PostgreSQL', () => openStore(newPlace()))


