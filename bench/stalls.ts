// How long one question stops everything else: a served workspace of 100,000 agents is asked each
// question twice, just after a write (cold) and again (warm), and the longest gap between two turns
// of the server's event loop is told. None may be over 200 ms. On a busy machine, the time that the processor
// worked meanwhile says more.
// Run: node bench/run.mjs bench/stalls.ts
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { actorOf } from '../src/service/actor.js'
import { startServer } from '../src/service/http/server.js'
import { createService } from '../src/service/service.js'
import { openSqliteStore } from '../src/service/store/sqlite/sqlite-store.js'
import { makeBigWorkspace } from './big-workspace.js'

const AGENTS = 100_000
const AIM_MS = 200
const TICK_MS = 5

/** Its body is an object, or what a GET of the same path answers. */
type Question = readonly [name: string, method: string, path: string, body?: object | 'GET']

interface Stall {
  readonly ms: number
  /** Of all threads of the process, those that collect garbage included. */
  readonly cpuMs: number
}

const now = Date.now()
const stretch = (days: number) => ({
  from: new Date(now).toISOString(),
  to: new Date(now + days * 86_400_000).toISOString(),
})

const questions = (id: string): readonly Question[] => [
  ['healthz', 'GET', '/healthz'],
  ['public widget', 'GET', `/v1/public/${id}/widget`],
  ['status', 'GET', '/v1/status'],
  ['is', 'GET', '/v1/is/staffed'],
  ['agents list', 'GET', '/v1/agents?limit=1000'],
  ['away agents', 'GET', '/v1/agents?limit=1000&status=away'],
  ['lint', 'GET', '/v1/lint'],
  ['simulate', 'POST', '/v1/simulate', {}],
  ['simulate, assumed', 'POST', '/v1/simulate', { assumptions: { agents: { 7: 'away' } } }],
  ['timeline, a day', 'POST', '/v1/simulate/timeline', stretch(1)],
  ['timeline, a week', 'POST', '/v1/simulate/timeline', stretch(7)],
  ['timeline, a year', 'POST', '/v1/simulate/timeline', stretch(365)],
  ['timeline, 5 years', 'POST', '/v1/simulate/timeline', stretch(5 * 365)],
  ['workspace', 'GET', '/v1/workspace'],
  ['users list', 'GET', '/users/list'],
  ['workspace, put back', 'PUT', '/v1/workspace', 'GET'],
  ['status flip', 'PUT', '/v1/agents/9/status', { status: 'away' }],
]

const [kind, path = ''] = process.argv.slice(2)
if (kind === 'make') await makeBigWorkspace(path, { agents: AGENTS, revisions: 100 })
else if (kind === 'serve') await serve(path)
else await measure()

async function measure(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'drift-status-stalls-'))
  try {
    const file = join(folder, 'workspace.db')
    await once(fork(process.argv[1]!, ['make', file]), 'exit')
    const server = fork(process.argv[1]!, ['serve', file])
    const [{ url, id, token }] = (await once(server, 'message')) as [{ url: string; id: string; token: string }]
    process.stdout.write(`${line('longest stall, ms', ['cold', 'its CPU', 'warm', 'its CPU', 'took'])}\n`)
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    for (const [name, method, target, body] of questions(id)) {
      const sent = body === 'GET' ? await (await fetch(`${url}${target}`, { headers })).text() : JSON.stringify(body)
      const request = { method, headers, ...(body && { body: sent }) }
      // Another snapshot: nothing that was made of the last one serves.
      await fetch(`${url}/v1/cursors/default`, { method: 'PUT', headers, body: JSON.stringify({ agent: '2' }) })
      const start = performance.now()
      const cold = await stallOf(server, `${url}${target}`, request)
      const took = performance.now() - start
      const warm = await stallOf(server, `${url}${target}`, request)
      const cells = [cold.stall.ms, cold.stall.cpuMs, warm.stall.ms, warm.stall.cpuMs, took]
      const isLong = [cold, warm].some(({ stall }) => Math.min(stall.ms, stall.cpuMs) > AIM_MS)
      process.stdout.write(`${line(name, cells)}  ${cold.status}, ${cold.bytes} bytes${isLong ? '  TOO LONG' : ''}\n`)
    }
    server.send('end')
    await once(server, 'exit')
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function line(name: string, cells: readonly (string | number)[]): string {
  const words = cells.map((cell) => (typeof cell === 'number' ? cell.toFixed(0) : cell).padStart(8))
  return `${name.padEnd(22)}${words.join('')}`
}

async function stallOf(server: ChildProcess, url: string, request: object) {
  server.send('start')
  await once(server, 'message')
  const response = await fetch(url, request)
  const bytes = (await response.arrayBuffer()).byteLength
  server.send('stop')
  const [stall] = (await once(server, 'message')) as [Stall]
  return { stall, status: response.status, bytes }
}

async function serve(file: string): Promise<void> {
  // Whoever asks may have failed.
  process.on('disconnect', () => process.exit())
  const store = await openSqliteStore(file)
  const log = { write: () => {}, format: 'json' as const }
  const server = await startServer({ store, now: Date.now, version: '0.0.0', host: '127.0.0.1', port: 0, log })
  const owner = actorOf('owner', undefined, 'admin')
  const made = await createService({ store, now: Date.now }).call(
    'createToken',
    { name: 'bench', role: 'admin' },
    owner,
  )
  const { id } = await store.read((transaction) => transaction.identity())
  process.send!({ url: server.url, id, token: (made as { secret: string }).secret })
  let last = performance.now()
  let lastCpu = process.cpuUsage()
  let longest: Stall = { ms: 0, cpuMs: 0 }
  const timer = setInterval(() => {
    const ms = performance.now() - last - TICK_MS
    const { user, system } = process.cpuUsage(lastCpu)
    if (ms > longest.ms) longest = { ms, cpuMs: (user + system) / 1000 }
    last = performance.now()
    lastCpu = process.cpuUsage()
  }, TICK_MS)
  process.on('message', async (word) => {
    if (word === 'end') {
      clearInterval(timer)
      await server.close()
      process.disconnect()
      return
    }
    // The turn that a stall ended in has been counted.
    await new Promise((resolve) => setTimeout(resolve, 3 * TICK_MS))
    process.send!(longest)
    longest = { ms: 0, cpuMs: 0 }
  })
}
