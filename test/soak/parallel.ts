// Many processes write to one workspace at once: node bench/run.mjs test/soak/parallel.ts [processes] [writes]
import type { WriteAnswer } from '../../src/api/contract/operation.js'
import { DriftStatusError } from '../../src/domain/errors.js'
import { type Acknowledged, countBackwards, findLosses, reportViolations } from './acknowledged.js'
import { MEMBERS, makeWorkspace, openWorkspace, readLog, withFolder } from './stored-workspace.js'
import { hear, hearOnce, say, startWorker, type Worker } from './worker.js'

const RACES = 50
const DAY = 86_400_000

const [kind, path = '', ...rest] = process.argv.slice(2)
if (kind === 'writer') await write(path, Number(rest[0]), Number(rest[1]))
else if (kind === 'racer') await race(path, rest[0]!)
else await withFolder((folder) => soak(folder, Number(kind ?? 16), Number(path || 25)))

/** Flips of agents that all share, in turn with closed dates that are this writer's own. */
async function write(file: string, writer: number, writes: number): Promise<void> {
  const client = await openWorkspace(file)
  say('ready')
  await hearOnce()
  for (let index = 0; index < writes; index++) {
    const note = `writer ${writer}, write ${index}`
    const flip = {
      id: MEMBERS[index % MEMBERS.length]!,
      status: (writer + index) % 4 < 2 ? 'away' : 'available',
    } as const
    const start = performance.now()
    const answer = await (index % 2 === 0
      ? client.putStatus(flip, { note })
      : client.putException({ date: ownDate(writer, index), hours: 'closed' }, { note }))
    acknowledge(note, answer, performance.now() - start)
  }
  await client.close()
}

/** A write that was acknowledged, and how long it took, waiting for the others included. */
interface Timed extends Acknowledged {
  readonly ms: number
}

function acknowledge(note: string, { changed, revision, changes }: WriteAnswer, ms: number): void {
  say({ note, changed, revision, changes, ms } satisfies Timed)
}

function ownDate(writer: number, index: number): string {
  return new Date(Date.UTC(2027 + writer) + index * DAY).toISOString().slice(0, 10)
}

/** Reads the hours at one word, and writes them back with hours of its own at the next. */
async function race(file: string, racer: string): Promise<void> {
  const client = await openWorkspace(file)
  say('ready')
  let base: Awaited<ReturnType<typeof client.getHours>> | undefined
  let round = 0
  for await (const _ of hear()) {
    if (!base) {
      base = await client.getHours({})
      say('read')
      continue
    }
    const range = `0${racer}:${String(round++).padStart(2, '0')}-20:00`
    const hours = { ...base.value, weekly: { ...base.value.weekly, mon: range } }
    try {
      await client.putHours({ hours }, { ifMatch: base.revision })
      say({ range })
    } catch (error) {
      say({ range, failure: error instanceof DriftStatusError ? error.code : String(error) })
    }
    base = undefined
  }
  await client.close()
}

async function soak(folder: string, processes: number, writes: number): Promise<void> {
  const file = await makeWorkspace(folder)
  const workers = Array.from({ length: processes }, (_, index) =>
    startWorker(['writer', file, `${index}`, `${writes}`]),
  )
  await takeStep(workers)
  const start = performance.now()
  for (const worker of workers) worker.tell('go')
  const ends = await Promise.all(workers.map(({ ended }) => ended))
  const seconds = (performance.now() - start) / 1000
  const acknowledged = workers.flatMap(({ said }) => said.slice(1) as Timed[])

  const client = await openWorkspace(file)
  const log = await readLog(client)
  const { exceptions } = (await client.getHours({})).value
  const dates = new Set(exceptions.map(({ date }) => date))
  const closed = acknowledged.flatMap(({ changes }) =>
    changes.flatMap(({ after }) => (after as { date?: string }).date ?? []),
  )
  const unknown = log.length - 1 - acknowledged.filter(({ changed }) => changed).length
  const races = await runRaces(file)
  await client.close()
  const backwards = countBackwards(log)
  const waits = acknowledged.map(({ ms }) => ms).sort((a, b) => a - b)
  process.stdout.write(
    `${processes} processes, ${writes} writes each: ${acknowledged.length} acknowledged, ${log.length - 1} revisions, ` +
      `${closed.length} dates, ${seconds.toFixed(1)} s (${Math.round(acknowledged.length / seconds)} writes/s)\n` +
      `a write took ${Math.round(waits[waits.length >> 1] ?? 0)} ms in the median and ${Math.round(waits.at(-1) ?? 0)} ms at worst\n` +
      `${RACES} races of two writers from one base: ${races.conflicts} conflicts\n`,
  )
  reportViolations([
    ...ends.flatMap(({ code, errors }) =>
      code === 0 && errors === '' ? [] : [`a writer ended with ${code}: ${errors}`],
    ),
    ...findLosses(log, acknowledged),
    ...(acknowledged.length === processes * writes ? [] : ['not every write was acknowledged']),
    ...(unknown === 0 ? [] : [`${unknown} revisions were acknowledged to nobody`]),
    ...closed.flatMap((date) => (dates.has(date) ? [] : [`${date} is lost`])),
    ...(backwards === 0 ? [] : [`${backwards} revisions are older than the revision before them`]),
    ...races.violations,
  ])
}

/** Two clients read, then both write the same day: one wins, the other is told. */
async function runRaces(file: string): Promise<{ conflicts: number; violations: readonly string[] }> {
  const racers = [startWorker(['racer', file, '1']), startWorker(['racer', file, '2'])]
  const client = await openWorkspace(file)
  const violations: string[] = []
  let conflicts = 0
  await takeStep(racers)
  for (let round = 0; round < RACES; round++) {
    for (const racer of racers) racer.tell('read')
    await takeStep(racers)
    for (const racer of racers) racer.tell('write')
    const ends = (await takeStep(racers)) as { range: string; failure?: string }[]
    const winners = ends.filter(({ failure }) => failure === undefined)
    const { mon } = (await client.getHours({})).value.weekly
    conflicts += ends.filter(({ failure }) => failure === 'conflict').length
    if (winners.length !== 1 || conflicts !== round + 1 || mon !== winners[0]!.range) {
      violations.push(`race ${round}: ${JSON.stringify({ ends, mon })}`)
    }
  }
  await client.close()
  for (const racer of racers) racer.hangUp()
  await Promise.all(racers.map(({ ended }) => ended))
  return { conflicts, violations }
}

function takeStep(workers: readonly Worker[]): Promise<unknown[]> {
  return Promise.all(workers.map((worker) => worker.next()))
}
