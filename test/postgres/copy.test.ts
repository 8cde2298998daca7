import { statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { copyWorkspace } from '../../src/service/embedded/copy-workspace.js'
import { openStore, type StorePlace } from '../../src/service/store/open-store.js'
import type { TableRow } from '../../src/service/store/tables/table-rows.js'
import { newFolder } from '../cli/fake-context.js'
import { fillStore } from '../service/store/fill-store.js'
import { STORED_TOKEN } from '../service/stored-token.js'
import { newPlace } from './shared-server.js'

const NOW = Date.parse('2026-11-23T17:00:00Z')

/** A workspace with something in every table, of more rows than one statement puts. */
async function fill(place: StorePlace): Promise<void> {
  const store = await openStore(place)
  const agents = Array.from({ length: 450 }, (_, index) => ({
    id: `${index}`,
    email: `a${index}@acme.example`,
    name: `Ana 国 ${index}`,
  }))
  await fillStore(store, { agents })
  await store.write(async (transaction) => {
    await transaction.assignments.add('2', 'dach', NOW)
    await transaction.putCursor('team:sales', '2')
    await transaction.tokens.put(STORED_TOKEN)
    await transaction.tokens.touch(STORED_TOKEN.id, NOW)
    await transaction.tokens.keepAnswer({ token: STORED_TOKEN.id, key: 'k', fingerprint: 'f', answer: 'a', at: NOW })
    await transaction.feeds.put({
      calendar: 'de',
      source: 'https://x',
      readAt: NOW,
      etag: '"e"',
      triedAt: NOW,
      failure: undefined,
    })
    for (let number = 2; number <= 500; number++) {
      const changes = [{ path: `agents[${number % 7}].note`, after: `é "${number}"` }]
      const applied = number === 400 ? { plan: 'p', source: 'commit' } : undefined
      await transaction.revisions.add({
        number,
        at: NOW + number,
        actor: 'ana',
        note: undefined,
        changes,
        ended: [],
        applied,
      })
    }
  })
  await store.close()
}

async function everything(place: StorePlace): Promise<Record<string, TableRow[]>> {
  const store = await openStore(place)
  const tables: Record<string, TableRow[]> = {}
  await store.read(async (transaction) => {
    for await (const { table, rows } of transaction.everything()) {
      tables[table] ??= []
      tables[table].push(...rows)
    }
  })
  await store.close()
  return tables
}

describe('a copy of a workspace', () => {
  const newFile = () => join(newFolder(), 'workspace.db')

  test('from a file to a database and back has every row of every table', async () => {
    const [file, database, back] = [newFile(), newPlace(), newFile()]
    await fill(file)
    const there = await copyWorkspace({ from: file, to: database, replaces: false })
    expect(there).toMatchObject({
      revision: 500,
      rows: { agent: 450, revision: 500, token: 1, assignment: 1, feed: 1 },
    })
    expect(await copyWorkspace({ from: database, to: back, replaces: false })).toEqual(there)
    const original = await everything(file)
    expect(Object.keys(original)).toHaveLength(11)
    expect(await everything(database)).toEqual(original)
    expect(await everything(back)).toEqual(original)
    expect(statSync(back).mode & 0o777).toBe(0o600)
  })

  test('goes on where the original was: the next write, chat and turn', async () => {
    const [file, database] = [newFile(), newPlace()]
    await fill(file)
    await copyWorkspace({ from: file, to: database, replaces: false })
    const store = await openStore(database)
    const chat = await store.write((transaction) => transaction.assignments.add('2', undefined, NOW))
    expect(chat.id).toBe(2)
    expect(await store.read((transaction) => transaction.agents.count(NOW))).toEqual({
      available: 450,
      away: 0,
      total: 450,
    })
    await store.close()
  })

  test('is refused where a workspace is, which stays as it is; --replace puts it in its place at once', async () => {
    const [file, database] = [newFile(), newPlace()]
    await fill(file)
    const store = await openStore(database)
    await fillStore(store, { name: 'Other' })
    const before = await store.snapshot()
    await expect(copyWorkspace({ from: file, to: database, replaces: false })).rejects.toMatchObject({
      code: 'conflict',
    })
    expect((await store.read((transaction) => transaction.section('general'))).value.name).toBe('Other')
    await copyWorkspace({ from: file, to: database, replaces: true })
    // Whoever has it open sees what was put there.
    expect(await store.snapshot()).not.toBe(before)
    expect(await store.read((transaction) => transaction.revisions.last())).toBe(500)
    await store.close()
    expect(await everything(database)).toEqual(await everything(file))
  })

  test('of nothing makes nothing', async () => {
    const [missing, target] = [newFile(), newFile()]
    await expect(copyWorkspace({ from: missing, to: target, replaces: false })).rejects.toMatchObject({
      code: 'not-found',
    })
    await expect(copyWorkspace({ from: newPlace(), to: target, replaces: false })).rejects.toMatchObject({
      code: 'not-found',
    })
    expect(statSync(target, { throwIfNoEntry: false })).toBeUndefined()
  })

  test('beside writes is of one moment', async () => {
    const [database, file] = [newPlace(), newFile()]
    await fill(database)
    const store = await openStore(database)
    let isOver = false
    const writing = (async () => {
      for (let number = 501; !isOver; number++) {
        await store.write((transaction) =>
          transaction.revisions.add({
            number,
            at: NOW,
            actor: 'sam',
            note: undefined,
            changes: [{ path: 'hours', after: number }],
          }),
        )
      }
    })()
    const { revision, rows } = await copyWorkspace({ from: database, to: file, replaces: false })
    isOver = true
    await writing
    expect(rows.revision).toBe(revision)
    await store.close()
  })
})
