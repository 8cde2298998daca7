// Writers are killed at random moments, again and again, and nothing that was acknowledged may be lost or half there:
// node bench/run.mjs test/soak/crash.ts [rounds]
import { setTimeout as sleep } from 'node:timers/promises'
import type { Client } from '../../src/api/client.js'
import { parsePath } from '../../src/api/contract/change-path.js'
import type { WorkspaceDocument } from '../../src/domain/document/schema.js'
import { diff, patch } from '../../src/service/revisions/diff.js'
import { loadDriver } from '../../src/service/store/sqlite/sqlite-driver.js'
import { type Acknowledged, findLosses, reportViolations } from './acknowledged.js'
import { MEMBERS, makeWorkspace, openWorkspace, readLog, withFolder } from './stored-workspace.js'
import { say, startWorker } from './worker.js'

const WRITERS = 2
/** From a writer's first acknowledged write on. */
const MAX_LIFE_MS = 120
/** One round in so many is killed from its start on instead, while it opens the workspace. */
const EARLY_EVERY = 8
const MAX_START_MS = 400
/** Few dates, so that the hours stay as short as they began. */
const DATES = 28

const [kind, path = '', name = ''] = process.argv.slice(2)
if (kind === 'writer') await writeUntilKilled(path, name)
else await withFolder((folder) => soak(folder, Number(kind ?? 200)))

async function writeUntilKilled(file: string, writer: string): Promise<never> {
  const client = await openWorkspace(file)
  for (let index = 0; ; index++) {
    const note = `${writer}.${index}`
    const id = MEMBERS[index % MEMBERS.length]!
    const date = `2027-01-${String((index % DATES) + 1).padStart(2, '0')}`
    if (index % 4 === 0) say({ assignment: (await client.route({})).assignment })
    else {
      const { changed, revision, changes } = await (index % 4 === 1
        ? client.putException({ date, name: note, hours: 'closed' }, { note })
        : client.putStatus({ id, status: index % 4 === 2 ? 'away' : 'available', note }, { note }))
      say({ note, changed, revision, changes } satisfies Acknowledged)
    }
  }
}

async function soak(folder: string, rounds: number): Promise<void> {
  const file = await makeWorkspace(folder)
  const violations: string[] = []
  const tally = { acknowledged: 0, routed: 0, unheard: 0, cutShort: 0 }
  const etags = new Map<string, number>()
  let replayed = await readDocument(file)
  const assigned = new Set<number>()
  let last = 1
  for (let round = 0; round < rounds; round++) {
    const said = (await Promise.all(Array.from({ length: WRITERS }, (_, index) => killOne(file, round, index)))).flat()
    const writes = said.filter((value): value is Acknowledged => 'note' in value)
    const routes = said.flatMap((value) => ('assignment' in value ? [value.assignment] : []))
    const client = await openWorkspace(file)
    const log = await readLog(client, last)
    for (const { number, changes } of log) {
      for (const { path: changed, after } of changes) {
        const steps = parsePath(changed)
        replayed = patch(replayed, steps, after)
        etags.set(steps[0]!.name === 'agents' ? steps[1]!.name : steps[0]!.name, number)
      }
    }
    for (const assignment of routes) assigned.add(assignment)
    const wrong = [
      ...findLosses(log, writes),
      ...(log.length === 0 || log[0]!.number === last + 1 ? [] : [`revision ${last + 1} is missing`]),
      ...diff('', replayed, await readDocument(file)).map((half) => `${half.path} is not as the log left it`),
      ...(await findStaleEtags(client, etags)),
      ...(await findLostRoutes(client, assigned)),
      ...(await findDamage(file)),
    ]
    await client.close()
    violations.push(...wrong.map((text) => `round ${round}: ${text}`))
    const changing = writes.filter(({ changed }) => changed).length
    tally.acknowledged += changing
    tally.routed += routes.length
    tally.unheard += log.length - changing
    if (said.length === 0) tally.cutShort++
    last += log.length
  }
  process.stdout.write(
    `${rounds} rounds, ${rounds * WRITERS} writers killed: ${tally.acknowledged} acknowledged revisions and ` +
      `${tally.routed} routes, ${tally.unheard} revisions kept that were killed before they said so, ` +
      `${tally.cutShort} rounds killed before the first write; last revision ${last}\n`,
  )
  reportViolations(violations)
}

type Said = Acknowledged | { readonly assignment: number }

/** What a writer acknowledged until it was killed. */
async function killOne(file: string, round: number, writer: number): Promise<readonly Said[]> {
  const worker = startWorker(['writer', file, `${round}.${writer}`])
  if (round % EARLY_EVERY === 0) await sleep(Math.random() * MAX_START_MS)
  else {
    await worker.next()
    await sleep(Math.random() * MAX_LIFE_MS)
  }
  worker.kill()
  const { errors } = await worker.ended
  if (errors !== '') throw new Error(`writer ${writer} of round ${round}: ${errors}`)
  return worker.said as Said[]
}

/** The workspace without what routes write, which are no revisions. */
async function readDocument(file: string): Promise<unknown> {
  const client = await openWorkspace(file)
  const document: WorkspaceDocument = await client.getWorkspace({})
  await client.close()
  return { ...document, agents: document.agents.map(({ openChats, lastRoutedAt, ...agent }) => agent) }
}

async function findStaleEtags(client: Client, etags: ReadonlyMap<string, number>): Promise<readonly string[]> {
  const wrong: string[] = []
  for (const [owner, number] of etags) {
    const { revision } = owner === 'hours' ? await client.getHours({}) : await client.getAgent({ id: owner })
    if (revision !== number) wrong.push(`${owner} says revision ${revision}, the log ${number}`)
  }
  return wrong
}

/** R23: a turn and the assignment that took it are both there, or neither is. */
async function findLostRoutes(client: Client, assigned: ReadonlySet<number>): Promise<readonly string[]> {
  const assignments = await client.listAssignments({ limit: 100_000 })
  const ids = new Set(assignments.map(({ id }) => id))
  const { agents } = await client.listAgents({})
  const cursor = (await client.getCursors({})).cursors.find(({ group }) => group === 'default')
  return [
    ...[...assigned].flatMap((id) => (ids.has(id) ? [] : [`assignment ${id} is lost`])),
    ...(cursor?.agent === assignments[0]?.agent ? [] : ['R23: the cursor is not at the last assignment']),
    ...agents.flatMap(({ id, openChats = 0 }) =>
      openChats === assignments.filter(({ agent }) => agent === id).length
        ? []
        : [`agent ${id} has ${openChats} chats`],
    ),
  ]
}

async function findDamage(file: string): Promise<readonly string[]> {
  const Driver = await loadDriver()
  const database = new Driver(file)
  const found = database.prepare('PRAGMA integrity_check').all() as { integrity_check: string }[]
  database.close()
  return found.map(({ integrity_check }) => integrity_check).filter((text) => text !== 'ok')
}
