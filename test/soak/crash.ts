// A writer is killed at a random moment, again and again. After each round the workspace opens,
// every acknowledged revision is there, none is missing before it, and the last one took effect.
// Run: node bench/run.mjs test/soak/crash.ts [rounds]
import { type Client, createClient } from '../../src/api/client.js'
import { isEqual, parsePath, valueAt } from '../../src/service/diff.js'
import { openLocalWorkspace } from '../../src/service/open-workspace.js'
import { check, runWorker, temporaryWorkspace } from './temporary-workspace.js'

const ROUNDS = 200
const LONGEST_ROUND_MS = 400
const PAGE = 1000

const [path, seed] = process.argv.slice(2)
if (path?.includes('/')) await work(path, Number(seed))
else await supervise(Number(path ?? ROUNDS))

async function supervise(rounds: number): Promise<void> {
  const file = await temporaryWorkspace()
  let [acknowledged, unacknowledged, last] = [0, 0, 1]
  for (let round = 0; round < rounds; round++) {
    const { stdout } = await runWorker([file, String(round)], 60 + Math.random() * LONGEST_ROUND_MS)
    // A line cut off by the kill was not acknowledged.
    const whole = stdout.slice(0, stdout.lastIndexOf('\n') + 1)
    const numbers = whole.split('\n').filter(Boolean).map(Number)
    const client = createClient(await openLocalWorkspace(file, { now: Date.now }))
    const stored = await revisionsSince(client, last)
    check(
      numbers.every((number) => stored.includes(number)),
      `round ${round}: every acknowledged revision is there`,
    )
    check(
      stored.every((number, index) => number === last + 1 + index),
      `round ${round}: no revision is missing`,
    )
    if (stored.length > 0) await checkEffect(client, stored.at(-1)!, round)
    await client.close()
    acknowledged += numbers.length
    unacknowledged += stored.length - numbers.length
    last = stored.at(-1) ?? last
  }
  process.stdout.write(
    `crash: ${rounds} rounds of SIGKILL, ${acknowledged} acknowledged writes all there, ${unacknowledged} written just before the kill, last revision ${last}\n`,
  )
}

/** The numbers after one, in order. */
async function revisionsSince(client: Client, since: number): Promise<number[]> {
  const numbers: number[] = []
  for (let before: number | undefined; ; ) {
    const page: Awaited<ReturnType<Client['listRevisions']>> = await client.listRevisions({ before, limit: PAGE })
    numbers.push(...page.revisions.map(({ number }) => number).filter((number) => number > since))
    if (page.next === null || page.next <= since) return numbers.reverse()
    before = page.next
  }
}

/** What the last revision says it wrote is what the workspace says. */
async function checkEffect(client: Client, number: number, round: number): Promise<void> {
  const { changes } = await client.getRevision({ number })
  const document = await client.getWorkspace({})
  for (const { path: changed, after } of changes) {
    check(
      isEqual(valueAt(document, parsePath(changed)), after),
      `round ${round}: ${changed} is as revision ${number} wrote it`,
    )
  }
}

async function work(file: string, round: number): Promise<void> {
  const client = createClient(await openLocalWorkspace(file, { now: Date.now }))
  for (let index = 0; ; index++) {
    const note = `${round}.${index}`
    const answer =
      index % 2 === 0
        ? await client.putStatus({ id: '4', status: index % 4 === 0 ? 'away' : 'available', note })
        : await client.putException({ date: `20${30 + (index % 60)}-12-24`, name: note, hours: 'closed' })
    process.stdout.write(`${answer.revision}\n`)
  }
}
