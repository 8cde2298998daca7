import { describe, expect, test } from 'vitest'
import { openStore, type StorePlace } from '../../src/service/store/open-store.js'
import { fillStore } from '../service/store/fill-store.js'
import { query } from './postgres-server.js'
import { newPlace } from './shared-server.js'

/** A database of its own in the server that the tests share. */
async function newDatabase(): Promise<{
  place: Exclude<StorePlace, string>
  query: (sql: string) => Promise<unknown[]>
}> {
  const shared = newPlace()
  const name = shared.workspace.replace('-', '_')
  await query(shared, `CREATE DATABASE ${name}`)
  const place = { ...shared, database: name, workspace: 'main' }
  return { place, query: (sql) => query(place, sql) }
}

describe('the schema of a database', () => {
  test('is made once, by however many services start at once', async () => {
    const { place, query } = await newDatabase()
    const places = Array.from({ length: 8 }, (_, index) => ({ ...place, workspace: `w${index % 3}` }))
    const stores = await Promise.all(places.map((one) => openStore(one)))
    expect(await query('SELECT version FROM drift_status.schema_version')).toEqual([{ version: '1' }])
    expect(await query('SELECT workspace FROM drift_status.head ORDER BY workspace')).toEqual(
      ['w0', 'w1', 'w2'].map((workspace) => ({ workspace })),
    )
    await Promise.all(stores.map((store) => store.close()))
  })

  test('of a later version is refused in one sentence, and left as it is', async () => {
    const { place, query } = await newDatabase()
    await (await openStore(place)).close()
    await query('UPDATE drift_status.schema_version SET version = 99')
    await expect(openStore(place)).rejects.toMatchObject({
      code: 'failed',
      message: expect.stringMatching(
        /^the database ".*" at 127.0.0.1:\d+ was written by a later version of drift-status$/,
      ),
    })
    expect(await query('SELECT version FROM drift_status.schema_version')).toEqual([{ version: '99' }])
  })

  test('serves one who may not make anything, once it is there', async () => {
    const { place, query } = await newDatabase()
    const user = `reader_${place.database}`
    await query(`CREATE ROLE ${user} LOGIN PASSWORD 'a secret'`)
    await expect(openStore({ ...place, user })).rejects.toMatchObject({
      message: expect.stringContaining('does not let this user do that'),
    })
    const store = await openStore(place)
    await fillStore(store, {})
    await store.close()
    await query(`GRANT USAGE ON SCHEMA drift_status TO ${user}`)
    await query(`GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA drift_status TO ${user}`)
    const theirs = await openStore({ ...place, user })
    await theirs.write((transaction) => transaction.putCursor('default', '1'))
    await theirs.close()
  })
})

describe('workspaces of one database', () => {
  test('know nothing of each other', async () => {
    const [one, other] = [newPlace(), newPlace()]
    const [first, second] = [await openStore(one), await openStore(other)]
    await fillStore(first, { name: 'First', agents: [{ id: '1', email: 'a@acme.example' }] })
    await fillStore(second, { name: 'Second', agents: [{ id: '1', email: 'a@acme.example', status: 'away' }] })
    const before = await second.snapshot()
    await first.write(async (transaction) => {
      await transaction.agents.put({ id: '1', role: 'agent', status: 'away' }, 2)
      await transaction.putCursor('default', '1')
      await transaction.clear()
    })
    expect(await second.snapshot()).toBe(before)
    await second.read(async (transaction) => {
      expect((await transaction.section('general')).value.name).toBe('Second')
      expect(await transaction.agents.count(0)).toEqual({ available: 0, away: 1, total: 1 })
      expect(await transaction.agents.list({ limit: 10 }, 0)).toHaveLength(1)
    })
    await first.close()
    await second.close()
  })
})

describe('a database that cannot be used', () => {
  test.each([
    { title: 'the password is wrong', change: { password: async () => 'guess' }, says: 'does not accept the password' },
    { title: 'it is not there', change: { database: 'nowhere' }, says: 'is not there' },
    { title: 'nobody listens', change: { port: 1 }, says: 'cannot be reached (ECONNREFUSED)' },
    {
      title: 'TLS is required and it has none',
      change: { sslMode: 'require' as const },
      says: 'cannot be reached securely',
    },
    {
      title: 'a certificate is not there',
      change: { sslMode: 'verify-full' as const, sslRootCert: '/none.pem' },
      says: 'the certificate /none.pem cannot be read',
    },
  ])('says why in one sentence, and no secret: $title', async ({ change, says }) => {
    const opening = openStore({ ...newPlace(), ...change }, { openMs: 0 })
    const error = await opening.then(
      () => undefined,
      (thrown: Error) => thrown,
    )
    expect(error?.message).toContain(says)
    expect(`${error?.message} ${error?.stack}`).not.toMatch(/a secret|guess/)
  })
})
