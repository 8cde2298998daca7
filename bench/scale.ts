// A big workspace against a small one, in one run: 100,000 agents and 1,000,000 revisions against
// 100 and 1,000. What people do every minute must not grow with either. A third of the agents have a
// timed status that has ended, 50 have one that has not. Each workspace is asked in a process of its own.
// Run: node bench/run.mjs bench/scale.ts
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Client, createClient } from '../src/api/client.js'
import { openLocalWorkspace } from '../src/service/embedded/open-workspace.js'
import { makeBigWorkspace, type WorkspaceSize } from './big-workspace.js'

const ROUNDS = 60
const AIM = 2
const DAY = 86_400_000

const SIZES: readonly WorkspaceSize[] = [
  { agents: 100, revisions: 1_000 },
  { agents: 100_000, revisions: 1_000_000 },
]

const QUESTIONS: readonly {
  readonly name: string
  readonly ask: (client: Client, round: number) => Promise<unknown>
}[] = [
  {
    name: 'status flip',
    ask: (client, round) => client.putStatus({ id: '7', status: round % 2 === 0 ? 'away' : 'available' }),
  },
  {
    name: 'timed flip',
    ask: (client, round) => {
      const until = new Date(Date.now() + DAY + round * 1000).toISOString()
      return client.putStatus({ id: '8', status: round % 2 === 0 ? 'away' : 'available', until })
    },
  },
  { name: 'status', ask: (client) => client.getStatus({}) },
  { name: 'route', ask: (client) => client.route({}) },
  { name: 'agent list', ask: (client) => client.listAgents({ limit: 20 }) },
  { name: 'log', ask: (client) => client.listRevisions({ limit: 20 }) },
  { name: 'log --who', ask: (client) => client.listRevisions({ actor: '17', limit: 20 }) },
  { name: 'log --what one', ask: (client) => client.listRevisions({ path: 'agents[17].note', limit: 20 }) },
  { name: 'log --what agents', ask: (client) => client.listRevisions({ path: 'agents', limit: 20 }) },
  { name: 'log --what hours', ask: (client) => client.listRevisions({ path: 'hours.weekly', limit: 20 }) },
  { name: 'log --since now', ask: (client) => client.listRevisions({ since: ago(60_000), limit: 20 }) },
  { name: 'log --since ever', ask: (client) => client.listRevisions({ since: ago(9000 * DAY), limit: 20 }) },
]

const ago = (ms: number) => new Date(Date.now() - ms).toISOString()

const [kind, path = '', agents = '', revisions = ''] = process.argv.slice(2)
if (kind === 'make') await makeBigWorkspace(path, { agents: Number(agents), revisions: Number(revisions) })
else if (kind === 'ask') await answerQuestions(path)
else await compare()

interface Answer {
  readonly ms: number
  readonly memory: number
}

async function compare(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'drift-status-scale-'))
  try {
    const files = SIZES.map((_, index) => join(folder, `${index}.db`))
    for (const [index, file] of files.entries()) {
      const { agents, revisions } = SIZES[index]!
      await once(fork(process.argv[1]!, ['make', file, `${agents}`, `${revisions}`]), 'exit')
    }
    const workers = files.map((file) => fork(process.argv[1]!, ['ask', file]))
    const line = (cells: readonly string[]) =>
      `${cells[0]!.padEnd(18)}${cells
        .slice(1)
        .map((cell) => cell.padStart(9))
        .join('')}\n`
    process.stdout.write(line(['median ms', 'small', 'big', 'ratio', `<= ${AIM}`]))
    const memory: number[] = []
    for (const [question, { name }] of QUESTIONS.entries()) {
      const times: number[][] = workers.map(() => [])
      // The two in turn: a machine that slows down slows both.
      for (let round = 0; round < ROUNDS; round++) {
        for (const [index, worker] of workers.entries()) {
          const answer = await ask(worker, question, round)
          times[index]!.push(answer.ms)
          memory[index] = answer.memory
        }
      }
      const [small = 0, big = 0] = times.map((all) => all.toSorted((a, b) => a - b)[ROUNDS / 2]!)
      const ratio = big / small
      process.stdout.write(
        line([name, small.toFixed(2), big.toFixed(2), ratio.toFixed(2), ratio <= AIM ? 'yes' : 'NO']),
      )
    }
    for (const [index, { agents, revisions }] of SIZES.entries()) {
      workers[index]!.send('end')
      await once(workers[index]!, 'exit')
      const megabytes = (statSync(files[index]!).size / 2 ** 20).toFixed(1)
      process.stdout.write(
        `${agents} agents, ${revisions} revisions: file ${megabytes} MB, memory ${((memory[index] ?? 0) / 2 ** 20).toFixed(0)} MB\n`,
      )
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

async function ask(worker: ChildProcess, question: number, round: number): Promise<Answer> {
  worker.send([question, round])
  const [answer] = await once(worker, 'message')
  return answer as Answer
}

async function answerQuestions(file: string): Promise<void> {
  const client = createClient(await openLocalWorkspace(file, { now: Date.now }))
  for await (const [message] of messages()) {
    if (message === 'end') break
    const [question, round] = message as [number, number]
    const start = performance.now()
    await QUESTIONS[question]!.ask(client, round)
    process.send!({ ms: performance.now() - start, memory: process.memoryUsage.rss() } satisfies Answer)
  }
  await client.close()
  process.disconnect()
}

async function* messages(): AsyncIterable<readonly unknown[]> {
  while (true) yield await once(process, 'message')
}
