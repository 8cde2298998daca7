import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { configFolder, defaultDatabase } from '../../src/profiles/profiles.js'

const HOME = homedir()
const CONFIG = join(HOME, '.config', 'drift-status')
const DATA = join(HOME, '.local', 'share', 'drift-status', 'local.db')

describe('where settings and workspaces are kept', () => {
  test.each([
    { env: {}, config: CONFIG, database: DATA },
    { env: { XDG_CONFIG_HOME: '/c' }, config: '/c/drift-status', database: DATA },
    { env: { XDG_DATA_HOME: '/d' }, config: CONFIG, database: '/d/drift-status/local.db' },
    // "All paths set in these environment variables must be absolute. If an implementation encounters a relative path
    // in any of these variables it should consider the path invalid and ignore it."
    { env: { XDG_CONFIG_HOME: 'c', XDG_DATA_HOME: './d' }, config: CONFIG, database: DATA },
    { env: { XDG_CONFIG_HOME: '../c', XDG_DATA_HOME: '~/d' }, config: CONFIG, database: DATA },
    { env: { XDG_CONFIG_HOME: '', XDG_DATA_HOME: '' }, config: CONFIG, database: DATA },
    // A variable of our own means what whoever sets it sees.
    { env: { DRIFT_STATUS_CONFIG_DIR: 'here' }, config: resolve('here'), database: resolve('here/local.db') },
    { env: { DRIFT_STATUS_CONFIG_DIR: '', XDG_CONFIG_HOME: '/c' }, config: '/c/drift-status', database: DATA },
  ])('with $env', ({ env, config, database }) => {
    expect([configFolder(env), defaultDatabase(env, 'local')]).toEqual([config, database])
  })
})
