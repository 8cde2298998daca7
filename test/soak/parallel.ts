// 16 processes write at once: agents' statuses and exceptions of different dates. Every
// acknowledged write must be in the log exactly once, and no date may be lost.
// Run: node bench/run.mjs test/soak/parallel.ts
import { createClient } from '../../src/api/client.js'
import { formatDate } from '../../src/domain/schedule/calendar-date.js'
import { openLocalWorkspace } from '../../src/service/open-workspace.js'
import { check, runWorker, temporaryWorkspace } from './temporary-workspace.js'

const PROCESSES = 16
const WRITES = 25
const FIRST_DATE = 20_820

const [path, number] = process.argv.slice(2)
if (path !== undefined) await work(path, Number(number))
else await supervise()

async function supervise(): Promise<void> {
  const file = await temporaryWorkspace()
  const start = performance.now()
  const workers = Array.from({ length: PROCESSES }, (_, index) => runWorker([file, String(index)]))
  const ended = await Promise.all(workers)
  const seconds = (performance.now() - start) / 1000
  check(
    ended.every(({ code }) => code === 0),
    'every worker ends well',
  )

  const acknowledged = ended.flatMap(({ stdout }) => stdout.trim().split('\n').map(Number))
  const client = createClient(await openLocalWorkspace(file, { now: Date.now }))
  const { revisions } = await client.listRevisions({ limit: 1000 })
  const logged = revisions.map(({ number: revision }) => revision).filter((revision) => revision > 1)
  check(new Set(acknowledged).size === acknowledged.length, 'no number is acknowledged twice')
  check(acknowledged.length === PROCESSES * WRITES, `${PROCESSES * WRITES} writes are acknowledged`)
  check(logged.length === acknowledged.length, 'every acknowledged write is in the log once')
  check(
    acknowledged.every((revision) => logged.includes(revision)),
    'the log holds what was acknowledged',
  )
  const { value } = await client.getHours({})
  const dates = new Set(value.exceptions.map(({ date }) => date))
  const closed = Array.from({ length: PROCESSES * WRITES }, (_, index) => index).filter((index) => index % 2 === 1)
  check(
    closed.every((index) => dates.has(formatDate(FIRST_DATE + index))),
    'no closed date is lost',
  )
  await client.close()
  process.stdout.write(
    `parallel: ${PROCESSES} processes × ${WRITES} writes in ${seconds.toFixed(1)} s, ${acknowledged.length} acknowledged, ${logged.length} logged, ${closed.length} dates closed\n`,
  )
}

async function work(file: string, worker: number): Promise<void> {
  const client = createClient(await openLocalWorkspace(file, { now: Date.now }))
  for (let index = 0; index < WRITES; index++) {
    const date = formatDate(FIRST_DATE + worker * WRITES + index)
    const status = index % 4 === 0 ? 'away' : 'available'
    const isClosing = (worker * WRITES + index) % 2 === 1
    // A note of its own makes every flip a change, whatever the status was.
    const answer = isClosing
      ? await client.putException({ date, hours: 'closed' })
      : await client.putStatus({ id: '4', status, note: `${worker}.${index}` })
    process.stdout.write(`${answer.revision}\n`)
  }
  await client.close()
}
