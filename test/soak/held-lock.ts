// Another process holds the write lock of a served file, again and again, while many clients write: each write is answered
// by its limit, reads and health are answered at once, and nothing acknowledged is lost:
// node bench/run.mjs test/soak/held-lock.ts [clients] [seconds held] [rounds]
import { setTimeout as sleep } from 'node:timers/promises'
import { loadDriver } from '../../src/service/store/sqlite/sqlite-driver.js'
import { type Acknowledged, findLosses, reportViolations } from './acknowledged.js'
import { serveUntilTold, startServing } from './serve-worker.js'
import { MEMBERS, makeWorkspace, openWorkspace, readLog, withFolder } from './stored-workspace.js'
import { hearOnce, say, startWorker } from './worker.js'

/** A served write waits 20 s here; beyond it, a busy machine. */
const MAX_WRITE_MS = 25_000
const MAX_READ_MS = 100
const ASK_EVERY_MS = 20
const FREE_MS = 2000

const [kind, path = '', ...rest] = process.argv.slice(2)
if (kind === 'server') await serveUntilTold(path, Number(rest[0]))
else if (kind === 'holder') await hold(path)
else await withFolder((folder) => soak(folder, Number(kind ?? 900), Number(path || 30), Number(rest[0] ?? 1)))

async function hold(file: string): Promise<void> {
  const Driver = await loadDriver()
  const database = new Driver(file)
  database.exec('PRAGMA busy_timeout = 30000')
  database.exec('BEGIN IMMEDIATE')
  say('held')
  await hearOnce()
  database.exec('ROLLBACK')
  database.close()
}

/** What the clients were told. */
interface Tally {
  readonly acknowledged: Acknowledged[]
  readonly statuses: Map<number, number>
  readonly violations: string[]
  longestWriteMs: number
}

async function soak(folder: string, clients: number, seconds: number, rounds: number): Promise<void> {
  const file = await makeWorkspace(folder)
  const owner = await openWorkspace(file)
  const { secret, revision } = await owner.createToken({ role: 'admin', agent: MEMBERS[0]! })
  const { url, worker } = await startServing(file)
  const tally: Tally = { acknowledged: [], statuses: new Map(), violations: [], longestWriteMs: 0 }
  const isOver = { yet: false }
  const headers = { authorization: `Bearer ${secret}` }
  const reading = askUntilOver([`${url}/healthz`, `${url}/readyz`, `${url}/v1/status`], headers, isOver)
  const writing = Array.from({ length: clients }, (_, client) => writeUntilOver(client, url, headers, isOver, tally))
  for (let round = 0; round < rounds; round++) {
    const holder = startWorker(['holder', file])
    await holder.next()
    await sleep(seconds * 1000)
    holder.tell('go')
    await holder.ended
    await sleep(FREE_MS)
  }
  isOver.yet = true
  await Promise.all(writing)
  const reads = (await reading).sort((a, b) => a - b)
  worker.tell('stop')
  await worker.ended
  const log = await readLog(owner, revision)
  await owner.close()
  const told = [...tally.statuses].map(([status, count]) => `${count} x ${status}`).join(', ')
  const [p99, worst] = [reads[Math.floor(reads.length * 0.99)]!, reads.at(-1)!]
  process.stdout.write(
    `${clients} clients, the lock held ${rounds} x ${seconds} s: ${told}; the longest write ${Math.round(tally.longestWriteMs)} ms\n` +
      `${reads.length} reads: p99 ${p99.toFixed(0)} ms, the longest ${worst.toFixed(0)} ms; ${log.length} revisions\n`,
  )
  reportViolations([
    ...tally.violations,
    ...findLosses(log, tally.acknowledged),
    ...(p99 <= MAX_READ_MS ? [] : [`a read took ${p99.toFixed(0)} ms`]),
    ...(tally.longestWriteMs <= MAX_WRITE_MS ? [] : [`a write took ${tally.longestWriteMs.toFixed(0)} ms`]),
  ])
}

async function writeUntilOver(
  client: number,
  url: string,
  headers: Readonly<Record<string, string>>,
  isOver: { readonly yet: boolean },
  tally: Tally,
): Promise<void> {
  for (let index = 0; !isOver.yet; index++) {
    const note = `client ${client}, write ${index}`
    const start = performance.now()
    const response = await fetch(`${url}/v1/agents/${MEMBERS[client % MEMBERS.length]}/status`, {
      method: 'PUT',
      headers: { ...headers, 'content-type': 'application/json', 'drift-status-note': encodeURIComponent(note) },
      body: JSON.stringify({ status: (client + index) % 2 === 0 ? 'away' : 'available' }),
    })
    const answer = (await response.json()) as object
    tally.longestWriteMs = Math.max(tally.longestWriteMs, performance.now() - start)
    tally.statuses.set(response.status, (tally.statuses.get(response.status) ?? 0) + 1)
    if (response.status === 200) tally.acknowledged.push({ note, ...(answer as Omit<Acknowledged, 'note'>) })
    else if (response.status !== 503 || !response.headers.get('retry-after')) {
      tally.violations.push(`a write was told ${response.status} ${JSON.stringify(answer)}`)
    } else await sleep(1000 * Number(response.headers.get('retry-after')))
  }
}

/** How long each read took, in milliseconds. */
async function askUntilOver(
  urls: readonly string[],
  headers: Readonly<Record<string, string>>,
  isOver: { readonly yet: boolean },
): Promise<number[]> {
  const times: number[] = []
  for (let index = 0; !isOver.yet; index++) {
    const start = performance.now()
    const response = await fetch(urls[index % urls.length]!, { headers })
    await response.arrayBuffer()
    times.push(performance.now() - start)
    if (!response.ok) throw new Error(`a read was told ${response.status}`)
    await sleep(ASK_EVERY_MS)
  }
  return times
}
