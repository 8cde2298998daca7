// Many watchers of one served workspace while it is flipped, by the server and by another process on
// the same file: node bench/run.mjs test/soak/watchers.ts [watchers] [flips]
import { createClient } from '../../src/api/client.js'
import { actorOf } from '../../src/service/actor.js'
import { inProcessTransport } from '../../src/service/embedded/in-process-transport.js'
import { startServer } from '../../src/service/http/server.js'
import { createService } from '../../src/service/service.js'
import { openSqliteStore } from '../../src/service/store/sqlite/sqlite-store.js'
import { type EventReader, readEvents } from '../service/http/event-reader.js'
import { reportViolations } from './acknowledged.js'
import { MEMBERS, makeWorkspace, openWorkspace, withFolder } from './stored-workspace.js'
import { hearOnce, say, startWorker } from './worker.js'

/** Every so many watchers one goes away in the middle and comes back where it was. */
const LEAVES_EVERY = 10
/** And one reads nothing for a while. */
const SLEEPS_EVERY = 7
const SLEEP_MS = 3000
const WAIT_MS = 60_000

const [kind, argument = '', count = ''] = process.argv.slice(2)
if (kind === 'server') await serve(argument)
else if (kind === 'writer') await write(argument, Number(count))
else await withFolder((folder) => soak(folder, Number(kind ?? 200), Number(argument || 1000)))

/** The server, in a process of its own; says how much memory it takes when it is asked. */
async function serve(path: string): Promise<void> {
  const store = await openSqliteStore(path)
  const log = { write: () => {}, format: 'json' as const }
  const limits = { requestsPerMinute: 0, maxStreamsPerAddress: 10_000, maxStreamsPerToken: 10_000 }
  const server = await startServer({ store, now: Date.now, version: '0', host: '127.0.0.1', port: 0, log, limits })
  const owner = createClient(
    inProcessTransport(createService({ store, now: Date.now }), actorOf('owner', undefined, 'admin')),
  )
  const { secret } = await owner.createToken({ role: 'admin', agent: MEMBERS[0] })
  say({ url: server.url, secret })
  await hearOnce()
  say(process.memoryUsage().rss)
  await server.close()
}

/** Another process on the same file: the server is told of nothing. */
async function write(path: string, flips: number): Promise<void> {
  const client = await openWorkspace(path)
  say('ready')
  await hearOnce()
  for (let flip = 0; flip < flips; flip++) {
    await client.putStatus({ id: MEMBERS[1]!, status: flip % 2 === 0 ? 'away' : 'available' })
  }
  await client.close()
}

async function soak(folder: string, watcherCount: number, flips: number): Promise<void> {
  const path = await makeWorkspace(folder)
  const server = startWorker(['server', path])
  const { url, secret } = (await server.next()) as { url: string; secret: string }
  const byOthers = Math.floor(flips / 5)
  const writer = startWorker(['writer', path, String(byOthers)])
  await writer.next()
  const last = 2 + flips
  const watching = Promise.all(Array.from({ length: watcherCount }, (_, index) => watch(url, secret, index, last)))
  const start = performance.now()
  writer.tell('go')
  for (let flip = 0; flip < flips - byOthers; flip++)
    await putStatus(url, secret, flip % 2 === 0 ? 'away' : 'available')
  const flipped = (performance.now() - start) / 1000
  await writer.ended
  const seen = await watching
  const seconds = (performance.now() - start) / 1000
  server.tell('stop')
  const memory = (await server.next()) as number
  const { code, errors } = await server.ended
  const wrong = seen.filter(({ ids }) => !isComplete(ids, last))
  process.stdout.write(
    `${watcherCount} watchers, ${flips} flips (${byOthers} by another process): flipped in ${flipped.toFixed(1)} s, ` +
      `all told after ${seconds.toFixed(1)} s, ${seen.filter(({ isBack }) => isBack).length} came back in the middle, ` +
      `server ${Math.round(memory / 2 ** 20)} MB\n`,
  )
  reportViolations([
    ...wrong.map(({ index, ids }) => `watcher ${index} saw ${ids.length} revisions of ${last}, the last ${ids.at(-1)}`),
    ...(code === 0 && errors === '' ? [] : [`the server ended with ${code}: ${errors}`]),
  ])
}

interface Seen {
  readonly index: number
  readonly ids: readonly number[]
  readonly isBack: boolean
}

async function watch(url: string, secret: string, index: number, last: number): Promise<Seen> {
  const first = await readEvents(`${url}/v1/events?after=0`, secret)
  if (index % SLEEPS_EVERY === 1) sleep(first)
  if (index % LEAVES_EVERY !== 0) return { index, ids: await readTo(first, last), isBack: false }
  const before = await readTo(first, Math.floor(last / 2))
  const again = await readEvents(`${url}/v1/events`, secret, { 'last-event-id': String(before.at(-1)) })
  return { index, ids: [...before, ...(await readTo(again, last))], isBack: true }
}

function sleep(reader: EventReader): void {
  reader.pause()
  setTimeout(() => reader.resume(), SLEEP_MS)
}

/** The ids until one is reached; what came after it is left to the next connection. */
async function readTo(reader: EventReader, last: number): Promise<readonly number[]> {
  const timer = setTimeout(() => reader.close(), WAIT_MS)
  await reader.until(({ ids }) => (ids.at(-1) ?? 0) >= last)
  clearTimeout(timer)
  const ids = [...reader.ids]
  reader.close()
  return ids
}

async function putStatus(url: string, secret: string, status: string): Promise<void> {
  const response = await fetch(`${url}/v1/agents/${MEMBERS[0]}/status`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
    body: JSON.stringify({ status }),
  })
  if (!response.ok) throw new Error(await response.text())
}

function isComplete(ids: readonly number[], last: number): boolean {
  return ids.length === last && ids.every((id, index) => id === index + 1)
}
