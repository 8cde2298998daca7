import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { inject } from 'vitest'
import { copyWorkspace } from '../../src/service/embedded/copy-workspace.js'
import { placeName, type StorePlace } from '../../src/service/store/open-store.js'
import { POSTGRES_PASSWORD } from './password.js'

/** A workspace of its own in the database that the tests share. */
export function newPlace(): Exclude<StorePlace, string> {
  const postgres = inject('postgres')
  return {
    host: '127.0.0.1',
    port: postgres.port,
    database: 'postgres',
    user: postgres.user,
    sslMode: 'disable',
    workspace: `test-${randomBytes(6).toString('hex')}`,
    password: async () => POSTGRES_PASSWORD,
  }
}

/** Copies the workspace file of a profile into a workspace of its own in the database, and has the profile use that. */
export async function moveProfile(folder: string, name: string): Promise<void> {
  const path = join(folder, 'profiles.json')
  const profiles = JSON.parse(readFileSync(path, 'utf8'))
  const to = newPlace()
  await copyWorkspace({ from: profiles.profiles[name].database, to, replaces: false })
  profiles.profiles[name].database = placeName(to)
  writeFileSync(path, JSON.stringify(profiles))
}
