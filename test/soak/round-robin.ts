// 8 processes route at once over 5 members who are always available: 1,600 chats each.
// Run: node bench/run.mjs test/soak/round-robin.ts
import { createClient } from '../../src/api/client.js'
import { openLocalWorkspace } from '../../src/service/open-workspace.js'
import { check, runWorker, temporaryWorkspace } from './temporary-workspace.js'

const PROCESSES = 8
const CHATS = 1000
const MEMBERS = ['1', '2', '3', '4', '5']

const [path] = process.argv.slice(2)
if (path !== undefined) await work(path)
else await supervise()

async function supervise(): Promise<void> {
  const agents = MEMBERS.map((id) => ({ id, status: 'available' }))
  const routing = { default: { to: { 'round-robin': MEMBERS } } }
  const file = await temporaryWorkspace(JSON.stringify({ version: 1, timeZone: 'UTC', agents, routing }))
  const start = performance.now()
  const ended = await Promise.all(Array.from({ length: PROCESSES }, () => runWorker([file])))
  const seconds = (performance.now() - start) / 1000
  check(
    ended.every(({ code }) => code === 0),
    'every worker ends well',
  )
  const turns = new Map<string, number>()
  for (const id of ended.flatMap(({ stdout }) => stdout.trim().split('\n'))) turns.set(id, (turns.get(id) ?? 0) + 1)
  const fair = (PROCESSES * CHATS) / MEMBERS.length
  check(
    MEMBERS.every((id) => turns.get(id) === fair),
    `each member gets ${fair}`,
  )
  const shares = MEMBERS.map((id) => `${id}: ${turns.get(id)}`).join(', ')
  process.stdout.write(`round robin: ${PROCESSES} processes × ${CHATS} chats in ${seconds.toFixed(1)} s; ${shares}\n`)
}

async function work(file: string): Promise<void> {
  const client = createClient(await openLocalWorkspace(file, { now: Date.now }))
  for (let index = 0; index < CHATS; index++) {
    const { assignee } = await client.route({})
    process.stdout.write(`${assignee}\n`)
  }
  await client.close()
}
