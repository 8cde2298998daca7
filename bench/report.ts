// What it costs to look back: 50 people write 10,000 revisions in a year, most of them a status with an end, one in a hundred
// the hours. Reports of it are compared with reading the same log page by page, in one run; then 100 revisions with 10,000.
// Run: node bench/run.mjs bench/report.ts
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Client, createClient } from '../src/api/client.js'
import { parseWorkspace } from '../src/domain/document/parse-workspace.js'
import type { WorkspaceDocument } from '../src/domain/document/schema.js'
import { actorOf } from '../src/service/actor.js'
import { inProcessTransport } from '../src/service/embedded/in-process-transport.js'
import { createLocalWorkspace } from '../src/service/embedded/open-workspace.js'
import { createService } from '../src/service/service.js'
import { openSqliteStore } from '../src/service/store/sqlite/sqlite-store.js'
import type { Store } from '../src/service/store/store.js'
import { generateWorkspace, withDuty } from './workspaces.js'

const REVISIONS = 10_000
const PEOPLE = 50
const ROUNDS = 9
const HOUR = 3_600_000
const YEAR = 365 * 24 * HOUR
const START = Date.parse('2026-01-01T00:00:00Z')
const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri']
const iso = (at: number) => new Date(at).toISOString()

const folder = mkdtempSync(join(tmpdir(), 'drift-status-report-'))
try {
  await compare()
} finally {
  rmSync(folder, { recursive: true })
}

interface Opened {
  readonly client: Client
  readonly store: Store
  clock(at: number): void
}

async function open(name: string, document: WorkspaceDocument): Promise<Opened> {
  let now = START
  const clock = (at: number) => {
    now = at
  }
  const path = join(folder, `${name}.db`)
  await createLocalWorkspace(path, document, now)
  const store = await openSqliteStore(path)
  const service = createService({ store, now: () => now })
  const client = createClient(inProcessTransport(service, actorOf('owner', undefined, 'admin')))
  return { client, store, clock }
}

/** A year in which so many revisions are written, evenly. */
async function live({ client, clock }: Opened, revisions: number): Promise<void> {
  for (let number = 1; number <= revisions; number++) {
    const at = START + Math.floor((number * YEAR) / (revisions + 1))
    clock(at)
    const id = String(1 + ((number * 7) % PEOPLE))
    if (number % 100 === 0) {
      const { value } = await client.getHours({})
      const opens = `${String(7 + ((number / 100) % 4)).padStart(2, '0')}:00-17:00`
      await client.putHours({ hours: { ...value, weekly: { ...value.weekly, mon: opens } } })
    } else if (number % 4 === 0) await client.putStatus({ id, status: number % 8 === 0 ? 'away' : 'available' })
    else
      await client.putStatus({
        id,
        status: 'away',
        until: iso(at + (1 + (number % 5)) * HOUR),
        note: `round ${number}`,
      })
  }
  clock(START + YEAR)
}

async function readLog(client: Client): Promise<number> {
  let read = 0
  for (let before: number | undefined; ; ) {
    const { revisions, next } = await client.listRevisions({ limit: 200, before })
    read += revisions.length
    if (next === null) return read
    before = next
  }
}

/** The median of the rounds, in milliseconds of the processor. */
async function timesOf(questions: readonly (() => Promise<unknown>)[]): Promise<readonly number[]> {
  const samples: number[][] = questions.map(() => [])
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [index, ask] of questions.entries()) {
      const start = process.cpuUsage()
      await ask()
      const { user, system } = process.cpuUsage(start)
      // The first round compiles the code.
      if (round > 0) samples[index]!.push((user + system) / 1000)
    }
  }
  return samples.map((times) => times.sort((a, b) => a - b)[ROUNDS >> 1]!)
}

async function compare(): Promise<void> {
  const hours = { weekly: Object.fromEntries(WEEKDAYS.map((day) => [day, '09:00-17:00'])) }
  const agents = Array.from({ length: PEOPLE }, (_, index) => ({ id: `${index + 1}`, name: `Agent ${index + 1}` }))
  const text = JSON.stringify({ version: 1, timeZone: 'Europe/Berlin', hours, agents, widget: { autoOffline: true } })
  const document = parseWorkspace(text, 'document')
  const [big, small] = [await open('big', document), await open('small', document)]
  await live(big, REVISIONS)
  await live(small, REVISIONS / 100)
  const year = { from: iso(START), to: iso(START + YEAR) }
  const week = { from: iso(START + YEAR - 168 * HOUR), to: year.to }
  const before = process.memoryUsage().rss
  const [log, all, last, few] = await timesOf([
    () => readLog(big.client),
    () => big.client.getReport(year),
    () => big.client.getReport(week),
    () => small.client.getReport(year),
  ])
  const grown = (process.memoryUsage().rss - before) / 1e6
  const ratio = (ms: number) => `${(ms / log!).toFixed(2)}x`
  process.stdout.write(`${REVISIONS} revisions of ${PEOPLE} people in a year, CPU time\n`)
  process.stdout.write(`  reading the log        ${log!.toFixed(1)} ms   1x\n`)
  process.stdout.write(`  report of the year     ${all!.toFixed(1)} ms   ${ratio(all!)}\n`)
  process.stdout.write(`  report of a week       ${last!.toFixed(1)} ms   ${ratio(last!)}\n`)
  process.stdout.write(`  100 revisions, a year  ${few!.toFixed(1)} ms   ${ratio(few!)}\n`)
  process.stdout.write(`  memory grew by ${grown.toFixed(0)} MB in ${4 * (ROUNDS + 1)} questions\n`)
  for (const { store } of [big, small]) await store.close()
  await largeRota()
}

/** Nobody wrote anything: what time does by itself to a large rota. */
async function largeRota(): Promise<void> {
  const rota = await open(
    'rota',
    withDuty(generateWorkspace({ agents: 10_000, rules: 1, isAway: () => false }), 500, 1_000),
  )
  rota.clock(START + YEAR)
  const week = { from: iso(START + YEAR - 168 * HOUR), to: iso(START + YEAR) }
  const year = { from: iso(START), to: iso(START + YEAR) }
  const [aWeek, aYear] = await timesOf([() => rota.client.getReport(week), () => rota.client.getReport(year)])
  process.stdout.write('10,000 agents on a rota of 500 shifts with 1,000 covers, CPU time\n')
  process.stdout.write(`  report of a week       ${aWeek!.toFixed(0)} ms\n`)
  process.stdout.write(`  report of a year       ${aYear!.toFixed(0)} ms\n`)
  await rota.store.close()
}
