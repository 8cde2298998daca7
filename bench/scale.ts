// A big workspace against a small one, in one run: 100,000 agents and 1,000,000 revisions against
// 100 and 1,000. What people do every minute must not grow with either.
// Run: node bench/run.mjs bench/scale.ts
import { mkdtempSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Client, createClient } from '../src/api/client.js'
import { parseWorkspace } from '../src/domain/workspace/parse.js'
import { createLocalWorkspace, openLocalWorkspace } from '../src/service/open-workspace.js'
import { openSqliteStore } from '../src/service/store/sqlite-store.js'

const ROUNDS = 60
const BATCH = 20_000

interface Size {
  readonly agents: number
  readonly revisions: number
}

const sizes: readonly Size[] = [
  { agents: 100, revisions: 1_000 },
  { agents: 100_000, revisions: 1_000_000 },
]

const questions: readonly {
  readonly name: string
  readonly ask: (client: Client, round: number) => Promise<unknown>
}[] = [
  {
    name: 'status flip',
    ask: (client, round) => client.putStatus({ id: '7', status: round % 2 === 0 ? 'away' : 'available' }),
  },
  { name: 'status', ask: (client) => client.getStatus({}) },
  { name: 'route', ask: (client) => client.route({}) },
  { name: 'log', ask: (client) => client.listRevisions({ limit: 20 }) },
  { name: 'log --who', ask: (client) => client.listRevisions({ actor: '17', limit: 20 }) },
  { name: 'log --what', ask: (client) => client.listRevisions({ path: 'agents[17].note', limit: 20 }) },
  {
    name: 'log --since',
    ask: (client) => client.listRevisions({ since: new Date(Date.now() - 60_000).toISOString(), limit: 20 }),
  },
]

const workspaces = []
for (const size of sizes) workspaces.push(await makeWorkspace(size))
const medians = workspaces.map(() => new Map<string, number>())
for (const { name, ask } of questions) {
  const times: number[][] = workspaces.map(() => [])
  // The two in turn: a machine that slows down slows both.
  for (let round = 0; round < ROUNDS; round++) {
    for (const [index, { client }] of workspaces.entries()) {
      const start = performance.now()
      await ask(client, round)
      times[index]!.push(performance.now() - start)
    }
  }
  times.forEach((all, index) => {
    medians[index]!.set(name, all.toSorted((a, b) => a - b)[ROUNDS / 2]!)
  })
}
process.stdout.write(
  `${'median ms'.padEnd(14)}${'small'.padStart(9)}${'big'.padStart(9)}${'ratio'.padStart(9)}   aim <= 2\n`,
)
for (const { name } of questions) {
  const [small = 0, big = 0] = medians.map((all) => all.get(name)!)
  process.stdout.write(
    `${name.padEnd(14)}${small.toFixed(2).padStart(9)}${big.toFixed(2).padStart(9)}${(big / small).toFixed(2).padStart(9)}   ${big / small <= 2 ? 'yes' : 'NO'}\n`,
  )
}
for (const { path, size } of workspaces) {
  process.stdout.write(
    `${size.agents} agents, ${size.revisions} revisions: ${(statSync(path).size / 2 ** 20).toFixed(1)} MB\n`,
  )
}
process.stdout.write(`memory ${(process.memoryUsage().rss / 2 ** 20).toFixed(0)} MB\n`)
for (const { client } of workspaces) await client.close()

async function makeWorkspace(size: Size): Promise<{ client: Client; path: string; size: Size }> {
  const path = join(mkdtempSync(join(tmpdir(), 'drift-status-scale-')), 'workspace.db')
  const agents = [1, 2, 3, 4, 5].map((id) => ({ id, role: 'admin', status: 'available' }))
  const hours = { weekly: Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, '09:00-17:00'])) }
  const routing = { default: { to: { 'round-robin': [1, 2, 3, 4, 5] } } }
  const document = { version: 1, timeZone: 'Europe/Berlin', hours, agents, routing }
  await createLocalWorkspace(path, parseWorkspace(JSON.stringify(document), 'document'), Date.now())
  const store = await openSqliteStore(path)
  for (let first = 6; first <= size.agents; first += BATCH) {
    await store.write(async (transaction) => {
      for (let id = first; id < Math.min(first + BATCH, size.agents + 1); id++) {
        const status = id % 3 === 0 ? 'away' : 'available'
        await transaction.putAgent(
          { id: String(id), email: `${id}@acme.example`, name: `Agent ${id}`, role: 'agent', status },
          1,
        )
      }
    })
  }
  for (let first = 2; first <= size.revisions; first += BATCH) {
    await store.write(async (transaction) => {
      for (let number = first; number < Math.min(first + BATCH, size.revisions + 1); number++) {
        const agent = String(1 + (number % size.agents))
        const changes = [{ path: `agents[${agent}].note`, before: 'a', after: 'b' }]
        await transaction.addRevision({
          number,
          at: 1_700_000_000_000 + number * 1000,
          actor: agent,
          note: undefined,
          changes,
        })
      }
    })
  }
  await store.close()
  return { client: createClient(await openLocalWorkspace(path, { now: Date.now })), path, size }
}
