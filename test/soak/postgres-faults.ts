import { connect, createServer, type Server, type Socket } from 'node:net'
import pg from 'pg'
import { POSTGRES_PASSWORD } from '../postgres/password.js'
import { freePort, startPostgres, whyNoPostgres } from '../postgres/postgres-server.js'
import { asking, type ServiceProcess, startService } from '../postgres/services.js'

/**
 * Two services on one PostgreSQL server, under load, while things go wrong: `postgres-faults.ts [KIND] [ROUNDS]`. What was
 * acknowledged must be in the log once; what a service answers after it must be it; the log must be one chain.
 */
const KINDS = ['kill-service', 'kill-database', 'cut-commit', 'conflict', 'pause-service'] as const
type Kind = (typeof KINDS)[number]

const WRITERS = 4
/** How long a service stands still. */
const PAUSE_MS = 10_000
const BETWEEN_MS = 150

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))
const either = <One>(items: readonly One[]): One => items[Math.floor(Math.random() * items.length)]!

/** A way to the database that can be cut while a commit is on it. */
class Wire {
  readonly #server: Server
  #cutNext: 'before' | 'after' | undefined
  cuts = 0

  constructor(port: number, target: number) {
    this.#server = createServer((client) => this.#join(client, connect(target, '127.0.0.1'))).listen(port, '127.0.0.1')
  }

  /** The next commit reaches the server, or does not; nobody is told. */
  cutAtCommit(when: 'before' | 'after'): void {
    this.#cutNext = when
  }

  #join(client: Socket, server: Socket): void {
    const end = () => {
      client.destroy()
      server.destroy()
    }
    client.on('data', (bytes) => {
      const when = bytes.includes('COMMIT') && bytes.includes('UPDATE drift_status.head') ? this.#cutNext : undefined
      if (when === undefined) return void server.write(bytes)
      this.#cutNext = undefined
      this.cuts++
      if (when === 'before') return end()
      server.removeAllListeners('data')
      server.write(bytes, () => setTimeout(end, 30))
    })
    server.on('data', (bytes) => void client.write(bytes))
    for (const socket of [client, server]) socket.on('error', end).on('close', end)
  }

  close(): void {
    this.#server.close()
  }
}

interface Tally {
  acknowledged: number
  retries: number
  reads: number
  wrong: number
}

async function main(kind: Kind, rounds: number): Promise<boolean> {
  const missing = whyNoPostgres()
  if (missing !== undefined) throw new Error(missing)
  const [port, wirePort] = [await freePort(), await freePort()]
  const database = await startPostgres({ port, password: POSTGRES_PASSWORD })
  const wire = new Wire(wirePort, port)
  const place = { ...database.place, port: wirePort }
  const services: ServiceProcess[] = []
  services.push(await startService(place, ['--quiet']))
  const token = services[0]!.adminToken!
  services.push(await startService(place, ['--quiet']))
  const admin = new pg.Pool({ ...database.place, password: POSTGRES_PASSWORD, max: 2 })
  admin.on('error', () => {})
  if (kind === 'conflict') await injectConflicts(admin)

  const tally: Tally = { acknowledged: 0, retries: 0, reads: 0, wrong: 0 }
  const acknowledged: string[] = []
  let isOver = false
  const request = async (
    send: (service: ServiceProcess) => Promise<{ status: number; body: unknown }>,
    first?: ServiceProcess,
  ) => {
    for (let service = first ?? either(services); ; service = either(services)) {
      const answer = await send(service).catch(() => undefined)
      if (answer && answer.status < 500) return answer
      tally.retries++
      await pause(40)
    }
  }
  const agents = await request((service) => asking(service, token)('GET', '/v1/agents?limit=10'))
  const ids = (agents.body as { agents: { id: string }[] }).agents.map(({ id }) => id).slice(0, WRITERS)
  const write = async (agent: string, writer: number): Promise<void> => {
    for (let count = 0; !isOver; count++) {
      const note = `${writer}-${count}`
      const body = { status: count % 2 ? 'available' : 'away', note }
      const { status } = await request((service) =>
        asking(service, token)('PUT', `/v1/agents/${agent}/status`, body, { 'idempotency-key': `w-${note}` }),
      )
      if (status !== 200) throw new Error(`a write was answered with ${status}`)
      acknowledged.push(note)
      tally.acknowledged++
      const read = await request((service) => asking(service, token)('GET', `/v1/agents/${agent}`))
      tally.reads++
      if ((read.body as { value: { note?: string } }).value.note !== note) tally.wrong++
    }
  }
  const writing = Promise.all(ids.map(write))
  for (let round = 0; round < rounds; round++) {
    await pause(BETWEEN_MS)
    if (kind === 'kill-service') {
      const index = Math.floor(Math.random() * 2)
      await services[index]!.kill('SIGKILL')
      services[index] = await startService(place, ['--quiet'])
    } else if (kind === 'kill-database') {
      await database.kill('SIGKILL')
      await database.start()
      const before = tally.acknowledged
      while (tally.acknowledged < before + WRITERS) await pause(20)
    } else if (kind === 'cut-commit') {
      const before = wire.cuts
      wire.cutAtCommit(round % 2 ? 'before' : 'after')
      while (wire.cuts === before) await pause(5)
    } else if (kind === 'conflict') {
      await pause(100)
    } else {
      const { pid } = either(services)
      process.kill(pid, 'SIGSTOP')
      await pause(PAUSE_MS)
      process.kill(pid, 'SIGCONT')
    }
  }
  isOver = true
  await writing
  const log = await admin.query('SELECT number, changes FROM drift_status.revision ORDER BY number')
  const verdict = judge(log.rows, acknowledged)
  console.log(JSON.stringify({ kind, rounds, ...tally, cuts: wire.cuts, ...verdict }))
  for (const service of services) await service.kill('SIGTERM')
  await admin.end()
  wire.close()
  await database.close()
  return tally.wrong + verdict.lost + verdict.doubled + verdict.broken === 0
}

/** Every table refuses now and then, and so does the commit: as if others had been in the way. */
async function injectConflicts(admin: pg.Pool): Promise<void> {
  await admin.query(`CREATE FUNCTION drift_status.conflict() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN IF random() < 0.02 THEN RAISE EXCEPTION 'injected' USING ERRCODE = '40001'; END IF; RETURN NEW; END $$`)
  for (const table of ['agent', 'revision', 'revision_path', 'kept_answer', 'head', 'agent_count']) {
    await admin.query(`CREATE TRIGGER conflict BEFORE INSERT OR UPDATE ON drift_status.${table}
      FOR EACH ROW EXECUTE FUNCTION drift_status.conflict()`)
  }
  await admin.query(`CREATE CONSTRAINT TRIGGER late AFTER INSERT ON drift_status.revision DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION drift_status.conflict()`)
}

function judge(rows: readonly { number: string; changes: string }[], acknowledged: readonly string[]) {
  const times = new Map<string, number>()
  const last = new Map<string, unknown>()
  let broken = 0
  for (const [index, { number, changes }] of rows.entries()) {
    if (Number(number) !== index + 1) broken++
    for (const { path, before, after } of JSON.parse(changes) as {
      path: string
      before?: unknown
      after?: unknown
    }[]) {
      if (last.has(path) && JSON.stringify(last.get(path)) !== JSON.stringify(before)) broken++
      last.set(path, after)
      if (path.endsWith('.note') && typeof after === 'string') times.set(after, (times.get(after) ?? 0) + 1)
    }
  }
  return {
    revisions: rows.length,
    lost: acknowledged.filter((note) => !times.has(note)).length,
    doubled: [...times.values()].filter((count) => count > 1).length,
    broken,
  }
}

const [kind, rounds = '100'] = process.argv.slice(2)
let isGood = true
for (const one of KINDS) {
  if (kind === undefined || kind === one) isGood = (await main(one, Number(rounds))) && isGood
}
process.exitCode = isGood ? 0 : 1
