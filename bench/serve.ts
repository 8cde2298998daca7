// The HTTP service against a bare node:http server that checks the same token and answers a
// prebuilt text of the same length, each in a process of its own, in turn, in one run.
// Run: node bench/run.mjs bench/serve.ts [seconds of a round] [rounds] [a part of a load's name]
import { type ChildProcess, spawn } from 'node:child_process'
import { createHash, timingSafeEqual } from 'node:crypto'
import { once } from 'node:events'
import { closeSync, fsyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { createServer, type ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import autocannon, { type Request } from 'autocannon'
import { processZoneData } from '../src/cli/start/process-zone-data.js'
import { useZoneData } from '../src/domain/time/zone-data.js'
import { prepareWorkspace } from '../src/service/embedded/first-start.js'
import { startServer } from '../src/service/http/server.js'
import { openSqliteStore } from '../src/service/store/sqlite/sqlite-store.js'
import { readSample } from './workspaces.js'

const CONNECTIONS = 20
const READ_AIM = 0.55
const TAIL_AIM = 10
/** A page of the database. */
const DISK_BLOCK = 4096
const DISK_MS = 1000

interface Load {
  readonly name: string
  readonly method: string
  /** `{workspace}` stands for the public id. */
  readonly path: string
  /** Ends of the path, in turn. */
  readonly queries?: readonly string[]
  readonly bodies?: readonly object[]
  /** Whether it is held against the bare server. */
  readonly isRead: boolean
  /** Whether it needs no token; the bare server then checks none either. */
  readonly isPublic?: boolean
}

/** Facts that differ from visitor to visitor; more than are kept, so that each is decided anew. */
const VISITORS = Array.from({ length: 5000 }, (_, index) => ({
  visitor: { url: '/pricing', attributes: { 'company.size': index, country: 'DE' } },
}))

const PUBLIC = { method: 'GET', path: '/v1/public/{workspace}/widget', isRead: true, isPublic: true }
/** More than are kept: none of these answers is there already. */
const PAGES = Array.from({ length: 8000 }, (_, index) => `?url=/pricing/${index}&visitor.company.size=${index}`)

const LOADS: readonly Load[] = [
  { name: 'public, one page', ...PUBLIC, queries: ['?url=https%3A%2F%2Facme.example%2Fpricing'] },
  { name: 'public, 8000 visitors', ...PUBLIC, queries: PAGES },
  { name: 'status', method: 'GET', path: '/v1/status', isRead: true },
  { name: 'one agent', method: 'GET', path: '/v1/agents/2', isRead: true },
  { name: 'simulate, no visitor', method: 'POST', path: '/v1/simulate', bodies: [{}], isRead: true },
  { name: 'simulate, 5000 visitors', method: 'POST', path: '/v1/simulate', bodies: VISITORS, isRead: true },
  {
    name: 'status flip',
    method: 'PUT',
    path: '/v1/agents/2/status',
    bodies: [{ status: 'away' }, { status: 'available' }],
    isRead: false,
  },
]

// The processor time of a server says what a request costs, whatever else the machine does.
process.on('message', () => process.send?.(process.cpuUsage()))

const [kind, argument = '', secret = ''] = process.argv.slice(2)
if (kind === 'service') await serveWorkspace(argument)
else if (kind === 'bare') serveBare(Number(argument), secret)
else await compare(Number(kind ?? 4), Number(argument || 3))

async function serveWorkspace(path: string): Promise<void> {
  useZoneData(processZoneData)
  const store = await openSqliteStore(path)
  const now = Date.now
  const { id, adminToken } = await prepareWorkspace(store, { now, name: path, start: async () => readSample() })
  const write = (text: string) => void process.stderr.write(text)
  const server = await startServer({
    store,
    now,
    version: '0',
    host: '127.0.0.1',
    port: 0,
    limits: { requestsPerMinute: 1_000_000_000 },
    log: { write, format: 'json' },
  })
  // Ends by itself, so that Node writes the profile that it was asked for.
  process.once('SIGTERM', () => void server.close().then(() => process.disconnect?.()))
  process.stdout.write(`${JSON.stringify({ url: server.url, secret: adminToken, id })}\n`)
}

/** What no service can do without: the hash of the token, a comparison, and an answer of this length. */
function serveBare(length: number, token: string): void {
  const known = createHash('sha256').update(token).digest()
  const answer = Buffer.from(JSON.stringify({ text: 'x'.repeat(length - '{"text":""}'.length) }))
  const server = createServer((request, response) => {
    if (token === '') return end(response, 200, answer)
    const sent = (request.headers.authorization ?? '').slice('Bearer '.length)
    const isKnown = timingSafeEqual(createHash('sha256').update(sent).digest(), known)
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      if (chunks.length > 0) JSON.parse(Buffer.concat(chunks).toString())
      end(response, isKnown ? 200 : 401, answer)
    })
  })
  server.listen(0, '127.0.0.1', () => {
    const { port } = server.address() as { port: number }
    process.stdout.write(`${JSON.stringify({ url: `http://127.0.0.1:${port}`, secret: token, id: '' })}\n`)
  })
}

function end(response: ServerResponse, status: number, answer: Buffer): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'content-length': answer.length })
  response.end(answer)
}

interface Server {
  readonly url: string
  /** Empty when none is checked. */
  readonly secret: string
  /** What public addresses call the workspace. */
  readonly id: string
  readonly child: ChildProcess
}

async function start(...args: readonly string[]): Promise<Server> {
  const child = spawn(process.execPath, [process.argv[1]!, ...args], { stdio: ['ignore', 'pipe', 'ignore', 'ipc'] })
  const [line] = (await once(child.stdout!, 'data')) as [Buffer]
  return { ...(JSON.parse(line.toString()) as Omit<Server, 'child'>), child }
}

async function compare(seconds: number, rounds: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'drift-status-bench-'))
  const service = await start('service', join(folder, 'workspace.db'))
  console.log(`${CONNECTIONS} connections, ${rounds} rounds of ${seconds} s each, in turn; medians of the rounds\n`)
  console.log(
    '                            service/s     bare/s    of bare        cpu   bare cpu    of bare     p50 ms    p99 ms   p99/p50',
  )
  try {
    for (const load of LOADS.filter(({ name }) => name.includes(secret))) {
      const path = load.path.replace('{workspace}', service.id)
      await compareLoad({ ...load, path }, service, { folder, seconds, rounds })
    }
  } finally {
    service.child.kill()
    await once(service.child, 'exit')
    rmSync(folder, { recursive: true })
  }
}

interface Run {
  readonly folder: string
  readonly seconds: number
  readonly rounds: number
}

async function compareLoad(load: Load, service: Server, { folder, seconds, rounds }: Run): Promise<void> {
  const bare = await start('bare', String(await lengthOf(load, service)), load.isPublic ? '' : service.secret)
  const results = { service: [] as Round[], bare: [] as Round[] }
  await fire(load, service, 1)
  await fire(load, bare, 1)
  for (let round = 0; round < rounds; round++) {
    results.service.push(await fire(load, service, seconds))
    results.bare.push(await fire(load, bare, seconds))
  }
  bare.child.kill()
  const [rate, bareRate] = [median(results.service, 'rate'), median(results.bare, 'rate')]
  const [p50, p99] = [median(results.service, 'p50'), median(results.service, 'p99')]
  const ratio = rate / bareRate
  const [cost, bareCost] = [median(results.service, 'cost'), median(results.bare, 'cost')]
  const figures = [
    rate.toFixed(0),
    bareRate.toFixed(0),
    ratio.toFixed(2),
    `${cost.toFixed(0)} µs`,
    `${bareCost.toFixed(0)} µs`,
    (bareCost / cost).toFixed(2),
    p50.toFixed(2),
    p99.toFixed(2),
    (p99 / p50).toFixed(1),
  ]
  console.log(load.name.padEnd(24), ...figures.map((figure) => figure.padStart(10)))
  const isMet = (figure: number) => (figure >= READ_AIM ? 'met' : 'NOT met')
  if (load.isRead)
    console.log(`  aim: at least ${READ_AIM} of bare: requests ${isMet(ratio)}, processor ${isMet(bareCost / cost)}`)
  else console.log(`  each answer is a revision on disk before it is sent; ${describeDisk(folder)}`)
  console.log(`  aim: p99 under ${TAIL_AIM} times its median: ${p99 < p50 * TAIL_AIM ? 'met' : 'NOT met'}`)
  const failures = [...results.service, ...results.bare].reduce((sum, round) => sum + round.failures, 0)
  if (failures > 0) console.log(`  ${failures} requests FAILED`)
}

interface Round {
  readonly rate: number
  /** Microseconds of processor time a request. */
  readonly cost: number
  readonly p50: number
  readonly p99: number
  readonly failures: number
}

async function fire(load: Load, server: Server, duration: number): Promise<Round> {
  const { path, queries, bodies } = load
  const requests: readonly Request[] = queries
    ? queries.map((query) => ({ path: `${path}${query}` }))
    : (bodies ?? []).map((body) => ({ body: JSON.stringify(body) }))
  const times: number[] = []
  let connection = 0
  const before = await processorTime(server)
  const result = await autocannon({
    url: `${server.url}${path}`,
    connections: CONNECTIONS,
    duration,
    method: load.method,
    headers: headersOf(load, server),
    ...(requests.length > 0 && { requests }),
    setupClient(client) {
      // Each connection begins elsewhere: together they would ask for the same at the same time.
      const start = Math.floor((requests.length * connection++) / CONNECTIONS)
      if (requests.length > 1) client.setRequests([...requests.slice(start), ...requests.slice(0, start)])
      client.on('response', (_, __, milliseconds) => times.push(milliseconds))
    },
  })
  const cost = ((await processorTime(server)) - before) / result.requests.total
  const sorted = Float64Array.from(times).sort()
  const at = (share: number) => sorted[Math.floor((sorted.length - 1) * share)]!
  const failures = result.non2xx + result.errors
  return { rate: result.requests.average, cost, p50: at(0.5), p99: at(0.99), failures }
}

async function processorTime({ child }: Server): Promise<number> {
  child.send('processor time')
  const [{ user, system }] = (await once(child, 'message')) as [NodeJS.CpuUsage]
  return user + system
}

function headersOf({ bodies, isPublic }: Load, { secret }: Server): Record<string, string> {
  return {
    ...(!isPublic && { authorization: `Bearer ${secret}` }),
    ...(bodies && { 'content-type': 'application/json' }),
  }
}

async function lengthOf(load: Load, server: Server): Promise<number> {
  const { method, path, queries = [''], bodies } = load
  const response = await fetch(`${server.url}${path}${queries[0]}`, {
    method,
    headers: headersOf(load, server),
    ...(bodies && { body: JSON.stringify(bodies[0]) }),
  })
  if (!response.ok) throw new Error(`${method} ${path}: ${await response.text()}`)
  return (await response.text()).length
}

/** How often this disk, at this moment, can put anything at all where a power cut leaves it. */
function describeDisk(folder: string): string {
  const file = openSync(join(folder, 'probe'), 'w')
  const block = Buffer.alloc(DISK_BLOCK)
  const start = performance.now()
  let count = 0
  for (; performance.now() - start < DISK_MS; count++) {
    writeSync(file, block)
    fsyncSync(file)
  }
  closeSync(file)
  const perSecond = (count * 1000) / (performance.now() - start)
  return `this disk takes ${perSecond.toFixed(0)} writes of ${DISK_BLOCK} bytes with fsync a second, one after the other`
}

function median(rounds: readonly Round[], figure: keyof Round): number {
  const sorted = rounds.map((round) => round[figure]).sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)]!
}
