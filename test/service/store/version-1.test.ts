import { copyFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'
import { execa } from 'execa'
import { beforeEach, describe, expect, test } from 'vitest'
import { type Client, createClient } from '../../../src/api/client.js'
import { openLocalWorkspace } from '../../../src/service/embedded/open-workspace.js'
import { loadDriver } from '../../../src/service/store/sqlite/sqlite-driver.js'
import { SCHEMA_VERSION } from '../../../src/service/store/sqlite/sqlite-migrations.js'
import { openSqliteStore } from '../../../src/service/store/sqlite/sqlite-store.js'
import { newFolder } from '../../cli/fake-context.js'

// version-1.db was made by the last code whose schema was version 1 (commit b9d3169), through the client on an
// embedded workspace whose clock stood at START and went on by a second before each write:
//   1  the document: agents 1 (Sam, admin, avatar), 2 (Ana, away), 3 (Kofi), 4 (a bot), z (disabled); team sales;
//      a rule "de" to that team, a default round robin of 1 and 3
//   2  by Sam, "ends by itself": 1 away for an hour, note lunch      3  2 available for an hour
//   4  3 away for ten hours, note dentist                            5  "Christmas": the exception 2026-12-24
//   6  hours of Monday and Tuesday, another name for the exception   7  the widget offline for two hours
//   8  a rule "at" in front of "de"
// then three chats: to 1 by name, to 2 by the team (its cursor), to 3 by name, which was ended.
const START = Date.parse('2026-11-23T12:00:00Z')
const HOUR = 3_600_000

let path: string
beforeEach(() => {
  path = join(newFolder(), 'workspace.db')
  copyFileSync('test/service/store/version-1.db', path)
})

async function withClient<Result>(now: number, use: (client: Client) => Promise<Result>): Promise<Result> {
  const client = createClient(await openLocalWorkspace(path, { now: () => now }))
  try {
    return await use(client)
  } finally {
    await client.close()
  }
}

async function rowsOf(sql: string): Promise<unknown[]> {
  const Driver = await loadDriver()
  const database = new Driver(path)
  try {
    return database.prepare(sql).all()
  } finally {
    database.close()
  }
}

describe('a workspace file of version 1', () => {
  test('keeps every revision as it was', async () => {
    const before = await rowsOf('SELECT number, at, actor, note, changes FROM revision ORDER BY number')
    expect(before).toHaveLength(8)
    await withClient(START, (client) => client.getStatus({}))
    expect(await rowsOf('SELECT number, at, actor, note, changes FROM revision ORDER BY number')).toEqual(before)
    expect(await rowsOf('PRAGMA user_version')).toEqual([{ user_version: SCHEMA_VERSION }])
    expect(await rowsOf('PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }])
  })

  test.each([
    { hours: 0.5, statuses: ['away', 'available', 'away'], available: 1, mode: 'offline' },
    { hours: 1, statuses: ['available', 'away', 'away'], available: 1, mode: 'offline' },
    { hours: 3, statuses: ['available', 'away', 'away'], available: 1, mode: 'online' },
    { hours: 11, statuses: ['available', 'away', 'available'], available: 2, mode: 'offline' },
  ])('R15: after $hours hours says $statuses', async ({ hours, statuses, available, mode }) => {
    await withClient(START + hours * HOUR, async (client) => {
      const list = await client.listAgents({})
      expect(list.agents.map(({ status }) => status)).toEqual([...statuses, 'available', 'available'])
      expect([list.available, list.away]).toEqual([available, 3 - available])
      const found = await client.listAgents({ status: 'available' })
      const ids = list.agents.filter(({ status }) => status === 'available').map(({ id }) => id)
      expect(found.agents.map(({ id }) => id)).toEqual(ids)
      expect((await client.getStatus({})).widget.mode).toBe(mode)
    })
  })

  test.each([
    { what: 'agents', numbers: [4, 3, 2] },
    { what: 'agents[1]', numbers: [2] },
    { what: 'agents[1].until', numbers: [2] },
    { what: 'hours', numbers: [6, 5] },
    { what: 'hours.weekly', numbers: [6] },
    { what: 'hours.exceptions[2026-12-24]', numbers: [6, 5] },
    { what: 'hours.exceptions[2026-12-24].name', numbers: [6, 5] },
    { what: 'hours.exceptions[2026-12-24].hours', numbers: [5] },
    { what: 'routing', numbers: [8] },
    { what: 'routing.rules', numbers: [8] },
    { what: 'routing.rules[at].to', numbers: [8] },
    { what: 'widget', numbers: [7] },
    { what: 'name', numbers: [1] },
    { what: 'teams', numbers: [] },
  ])('finds what changed $what', async ({ what, numbers }) => {
    await withClient(START + HOUR, async (client) => {
      const { revisions } = await client.listRevisions({ path: what })
      expect(revisions.map(({ number }) => number)).toEqual(numbers)
    })
  })

  test('reverts what was written then, also across the end of a status', async () => {
    await withClient(START + 2 * HOUR, async (client) => {
      expect(await client.revert({ number: 2 })).toMatchObject({ changed: false })
      expect(await client.revert({ number: 4 })).toMatchObject({ changed: true, revision: 9 })
      expect((await client.getAgent({ id: '3' })).value).toMatchObject({ status: 'available', chatLimit: 3 })
      await expect(client.revert({ number: 5 })).rejects.toMatchObject({ code: 'conflict' })
      await client.revert({ number: 6 })
      expect((await client.getHours({})).value).toEqual({
        weekly: { mon: '09:00-17:00' },
        exceptions: [{ date: '2026-12-24', name: 'Eve', hours: '09:00-12:00' }],
      })
      await client.revert({ number: 8 })
      expect((await client.getRouting({})).value.rules.map(({ id }) => id)).toEqual(['de'])
    })
  })

  test('keeps chats, turns and open chats, and goes on counting them', async () => {
    await withClient(START + 11 * HOUR, async (client) => {
      expect((await client.listAssignments({})).map(({ id, agent }) => [id, agent])).toEqual([
        [2, '2'],
        [1, '1'],
      ])
      const routed = await client.route({ visitor: { attributes: { country: 'DE' } } })
      expect([routed.assignment, routed.assignee]).toEqual([4, '3'])
      const { agents } = await client.listAgents({})
      expect(agents.map(({ openChats = 0 }) => openChats)).toEqual([1, 1, 1, 0, 0])
    })
  })

  test('is brought to this version once when two processes open it at once', async () => {
    // Within the project, so that the driver's package is found.
    const outfile = join('node_modules', '.cache', `version-1-writer-${process.pid}.mjs`)
    const entryPoints = ['test/service/store/writer.ts']
    await build({ entryPoints, outfile, bundle: true, platform: 'node', format: 'esm', packages: 'external' })
    await Promise.all(Array.from({ length: 4 }, () => execa('node', [outfile, path, '5'])))
    rmSync(outfile)
    const store = await openSqliteStore(path)
    expect(await store.read((transaction) => transaction.cursor('count'))).toBe('20')
    expect(await store.read((transaction) => transaction.revisions.last())).toBe(8)
    await store.close()
  })
})
