// A server is killed, or stopped, again and again while clients write through it, each write under a key of its own. It comes back,
// the clients try again, and every write must be there once: node bench/run.mjs test/soak/served-crash.ts [rounds]
import { setTimeout as sleep } from 'node:timers/promises'
import type { Client } from '../../src/api/client.js'
import { connectWorkspace } from '../../src/api/network/connect-workspace.js'
import { type Acknowledged, findLosses, reportViolations } from './acknowledged.js'
import { type Serving, serveUntilTold, startServing } from './serve-worker.js'
import { MEMBERS, makeWorkspace, openWorkspace, readLog, withFolder } from './stored-workspace.js'

const WRITERS = 6
/** One server in so many is stopped, and has to end what runs. */
const STOPPED_EVERY = 3
/** From the first write on that a server acknowledges. */
const MAX_LIFE_MS = 400
/** A write is tried for as long as the server takes to come back, on a busy machine. */
const PATIENT = { retry: { retries: 200, firstPauseMs: 20, maxPauseMs: 200 }, timeouts: { totalMs: 60_000 } }
/** Few dates, so that the hours stay as short as they began. */
const DATES = 28

const [kind, path = '', port = ''] = process.argv.slice(2)
if (kind === 'server') await serveUntilTold(path, Number(port))
else await withFolder((folder) => soak(folder, Number(kind ?? 30)))

interface Tally {
  readonly writes: Acknowledged[]
  readonly assignments: number[]
  readonly failures: string[]
}

async function soak(folder: string, rounds: number): Promise<void> {
  const file = await makeWorkspace(folder)
  const owner = await openWorkspace(file)
  const { secret, revision } = await owner.createToken({ role: 'admin', agent: MEMBERS[0]! })
  const tally: Tally = { writes: [], assignments: [], failures: [] }
  let serving = await startServing(file)
  const { url } = serving
  const retried = { count: 0 }
  const onAttempt = ({ failure }: { readonly failure: string | undefined }) => {
    if (failure !== undefined) retried.count++
  }
  const clients = Array.from({ length: WRITERS }, () =>
    connectWorkspace(url, { token: secret!, onAttempt, ...PATIENT }),
  )
  const isOver = { yet: false }
  const writing = clients.map((client, writer) => writeUntilOver(client, writer, isOver, tally))
  for (let round = 0; round < rounds; round++) {
    const before = tally.writes.length
    while (tally.writes.length === before) await sleep(5)
    await sleep(Math.random() * MAX_LIFE_MS)
    serving = await restart(serving, file, round % STOPPED_EVERY === 0)
  }
  isOver.yet = true
  await Promise.all(writing)
  await Promise.all(clients.map((client) => client.close()))
  serving.worker.tell('stop')
  const { code, errors } = await serving.worker.ended

  const log = await readLog(owner, revision)
  const assignments = await owner.listAssignments({ limit: 100_000 })
  await owner.close()
  const { writes, failures } = tally
  const changing = writes.filter(({ changed }) => changed).length
  process.stdout.write(
    `${rounds} servers killed or stopped under ${WRITERS} clients: ${writes.length} writes and ${tally.assignments.length} routes ` +
      `acknowledged, ${retried.count} tries without an answer, ${log.length} revisions\n`,
  )
  reportViolations([
    ...failures,
    ...findLosses(log, writes),
    ...(log.length === changing ? [] : [`${log.length} revisions, and ${changing} writes that made one`]),
    ...(new Set(tally.assignments).size === assignments.length && tally.assignments.length === assignments.length
      ? []
      : [`${tally.assignments.length} routes were answered, and ${assignments.length} are recorded`]),
    ...(code === 0 && errors === '' ? [] : [`the server ended with ${code}: ${errors}`]),
  ])
}

async function restart({ url, worker }: Serving, file: string, isStopped: boolean): Promise<Serving> {
  if (isStopped) worker.tell('stop')
  else worker.kill()
  const { code, errors } = await worker.ended
  if (errors !== '' || (isStopped && code !== 0)) throw new Error(`a server ended with ${code}: ${errors}`)
  return startServing(file, Number(new URL(url).port))
}

async function writeUntilOver(client: Client, writer: number, isOver: { readonly yet: boolean }, tally: Tally) {
  for (let index = 0; !isOver.yet; index++) {
    const note = `${writer}.${index}`
    try {
      if (index % 3 === 0) tally.assignments.push((await client.route({})).assignment!)
      else {
        const date = `2027-01-${String((index % DATES) + 1).padStart(2, '0')}`
        const { changed, revision, changes } = await (index % 3 === 1
          ? client.putStatus({ id: MEMBERS[writer % MEMBERS.length]!, status: 'available', note }, { note })
          : client.putException({ date, name: note, hours: 'closed' }, { note }))
        tally.writes.push({ note, changed, revision, changes })
      }
    } catch (error) {
      tally.failures.push(`"${note}": ${(error as Error).message}`)
    }
  }
}
