// What a status flip costs beside a bare loop of durable commits of the same rows, alone and from 20 callers at once, on SQLite
// and on PostgreSQL (a server of its own, where there is one): node bench/run.mjs bench/writes.ts [flips]
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { actorOf } from '../src/service/actor.js'
import { createService } from '../src/service/service.js'
import { openStore, type StorePlace } from '../src/service/store/open-store.js'
import { loadDriver } from '../src/service/store/sqlite/sqlite-driver.js'
import { POSTGRES_PASSWORD } from '../test/postgres/password.js'
import { freePort, startPostgres, whyNoPostgres } from '../test/postgres/postgres-server.js'
import { fillStore } from '../test/service/store/fill-store.js'

const FLIPS = Number(process.argv[2] ?? 400)
const CALLERS = 20
const AGENTS = 50
const ROUNDS = 3
const parts = {
  agents: Array.from({ length: AGENTS }, (_, index) => ({ id: `${index + 1}`, name: `Agent ${index + 1}` })),
  routing: { rules: [], default: { to: { agent: '1' } } },
}
const CHANGES = JSON.stringify([{ path: 'agents[1].status', before: 'available', after: 'away' }])
const PATHS = ['0agents[1].status', '1agents[1]', '1agents']

/** Milliseconds for each of many, one after another. */
async function each(count: number, work: (index: number) => unknown): Promise<number> {
  const start = performance.now()
  for (let index = 0; index < count; index++) await work(index)
  return (performance.now() - start) / count
}

async function flipping(
  place: StorePlace,
): Promise<{ alone: () => Promise<number>; together: () => Promise<number>; close: () => Promise<void> }> {
  const store = await openStore(place)
  await fillStore(store, parts)
  const service = createService({ store, now: Date.now, keepsAnswers: true })
  const actor = actorOf('owner', undefined, 'admin')
  let count = 0
  const flip = () => {
    count++
    const status = Math.floor(count / AGENTS) % 2 ? 'available' : 'away'
    return service.call('putStatus', { id: `${(count % AGENTS) + 1}`, status }, actor)
  }
  await each(2 * AGENTS, flip)
  return {
    alone: () => each(FLIPS, flip),
    async together() {
      const start = performance.now()
      await Promise.all(Array.from({ length: CALLERS }, () => each(FLIPS / CALLERS, flip)))
      return (performance.now() - start) / FLIPS
    },
    close: () => service.close(),
  }
}

async function bareSqlite(path: string): Promise<() => Promise<number>> {
  const store = await openStore(path)
  await fillStore(store, parts)
  await store.close()
  const database = new (await loadDriver())(path)
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL')
  const agent = database.prepare('UPDATE agent SET status = ?, lasting = ?, revision = ? WHERE id = ?')
  const revision = database.prepare('INSERT INTO revision (number, at, actor, changes) VALUES (?, ?, ?, ?)')
  const paths = database.prepare(
    'INSERT INTO revision_path (path, is_around, revision) SELECT substr(value, 2), substr(value, 1, 1), ? FROM json_each(?)',
  )
  const count = database.prepare('UPDATE agent_count SET amount = amount WHERE counted = 1')
  let number = 1
  return () =>
    each(FLIPS, () => {
      number++
      database.exec('BEGIN IMMEDIATE')
      agent.run('away', 'away', number, `${(number % AGENTS) + 1}`)
      count.run()
      revision.run(number, Date.now(), 'owner', CHANGES)
      paths.run(number, JSON.stringify(PATHS))
      database.exec('COMMIT')
    })
}

async function barePostgres(
  place: Exclude<StorePlace, string>,
): Promise<{ run: () => Promise<number>; close: () => Promise<void> }> {
  const store = await openStore(place)
  await fillStore(store, parts)
  await store.close()
  const { password, ...server } = place
  const client = new pg.Client({ ...server, password: await password!() })
  await client.connect()
  const { workspace } = place
  let number = 1
  const run = () =>
    each(FLIPS, async () => {
      number++
      await client.query(`BEGIN; SELECT version FROM drift_status.head WHERE workspace = '${workspace}' FOR UPDATE`)
      await client.query(
        'UPDATE drift_status.agent SET status = $2, lasting = $2, revision = $3 WHERE workspace = $1 AND id = $4',
        [workspace, 'away', number, `${(number % AGENTS) + 1}`],
      )
      await client.query('UPDATE drift_status.agent_count SET amount = amount WHERE workspace = $1 AND counted = 1', [
        workspace,
      ])
      await client.query(
        'INSERT INTO drift_status.revision (workspace, number, at, actor, changes) VALUES ($1, $2, $3, $4, $5)',
        [workspace, number, Date.now(), 'owner', CHANGES],
      )
      await client.query(
        'INSERT INTO drift_status.revision_path (workspace, path, is_around, revision) SELECT $1, substr(value, 2), CAST(substr(value, 1, 1) AS INTEGER), $2 FROM unnest(CAST($3 AS text[])) AS each (value)',
        [workspace, number, PATHS],
      )
      await client.query(`UPDATE drift_status.head SET version = version + 1 WHERE workspace = '${workspace}'; COMMIT`)
    })
  return { run, close: () => client.end() }
}

const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!

async function compare(
  name: string,
  bare: () => Promise<number>,
  flips: Awaited<ReturnType<typeof flipping>>,
): Promise<void> {
  const times: Record<'bare' | 'alone' | 'together', number[]> = { bare: [], alone: [], together: [] }
  for (let round = 0; round < ROUNDS; round++) {
    times.bare.push(await bare())
    times.alone.push(await flips.alone())
    times.together.push(await flips.together())
  }
  const [loop, alone, together] = [times.bare, times.alone, times.together].map(median) as [number, number, number]
  console.log(
    `${name.padEnd(11)} bare loop ${loop.toFixed(2)} ms a commit; flips alone ${alone.toFixed(2)} ms (${(loop / alone).toFixed(2)}x of it), by ${CALLERS} at once ${together.toFixed(2)} ms each (${(loop / together).toFixed(2)}x)`,
  )
}

const folder = mkdtempSync(join(tmpdir(), 'drift-status-writes-'))
const flips = await flipping(join(folder, 'flips.db'))
await compare('SQLite', await bareSqlite(join(folder, 'bare.db')), flips)
await flips.close()

const missing = whyNoPostgres()
if (missing !== undefined) console.log(`PostgreSQL  not measured: ${missing}`)
else {
  const port = await freePort()
  const server = await startPostgres({ port, password: POSTGRES_PASSWORD })
  const place = (workspace: string) => ({ ...server.place, workspace, password: async () => POSTGRES_PASSWORD })
  const own = await flipping(place('flips'))
  const bare = await barePostgres(place('bare'))
  await compare('PostgreSQL', bare.run, own)
  await own.close()
  await bare.close()
  await server.close()
}
