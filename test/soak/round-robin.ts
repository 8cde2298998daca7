// Many processes route at once, and nobody loses a turn: node bench/run.mjs test/soak/round-robin.ts [processes] [calls]
import { reportViolations } from './acknowledged.js'
import { MEMBERS, makeWorkspace, openWorkspace, withFolder } from './stored-workspace.js'
import { hearOnce, say, startWorker } from './worker.js'

const [kind, path = '', calls = ''] = process.argv.slice(2)
if (kind === 'router') await route(path, Number(calls))
else await withFolder((folder) => soak(folder, Number(kind ?? 8), Number(path || 1000)))

async function route(file: string, times: number): Promise<void> {
  const client = await openWorkspace(file)
  say('ready')
  await hearOnce()
  for (let index = 0; index < times; index++) say((await client.route({})).assignment)
  await client.close()
}

async function soak(folder: string, processes: number, times: number): Promise<void> {
  const file = await makeWorkspace(folder)
  const routers = Array.from({ length: processes }, () => startWorker(['router', file, `${times}`]))
  await Promise.all(routers.map((router) => router.next()))
  const start = performance.now()
  for (const router of routers) router.tell('go')
  const ends = await Promise.all(routers.map(({ ended }) => ended))
  const seconds = (performance.now() - start) / 1000

  const client = await openWorkspace(file)
  const total = processes * times
  const assignments = [...(await client.listAssignments({ limit: total + 1 }))].sort((a, b) => a.id - b.id)
  const { agents } = await client.listAgents({})
  await client.close()
  const turns = MEMBERS.map((id) => assignments.filter(({ agent }) => agent === id).length)
  const answered = new Set(routers.flatMap(({ said }) => said.slice(1)))
  const backwards = assignments.filter(({ at }, index) => index > 0 && at < assignments[index - 1]!.at).length
  process.stdout.write(
    `${processes} processes, ${times} routes each over ${MEMBERS.length} members: ${turns.join(', ')} ` +
      `in ${seconds.toFixed(1)} s (${Math.round(total / seconds)} routes/s)\n`,
  )
  reportViolations([
    ...ends.flatMap(({ code, errors }) =>
      code === 0 && errors === '' ? [] : [`a router ended with ${code}: ${errors}`],
    ),
    ...turns.flatMap((count, index) =>
      count === total / MEMBERS.length ? [] : [`R21: member ${MEMBERS[index]} had ${count} turns`],
    ),
    ...assignments.flatMap(({ agent, id }, index) =>
      agent === MEMBERS[index % MEMBERS.length] ? [] : [`R21: assignment ${id} went to ${agent} out of turn`],
    ),
    ...agents.flatMap(({ id, openChats }) =>
      openChats === total / MEMBERS.length ? [] : [`member ${id} has ${openChats} open chats`],
    ),
    ...(answered.size === total && assignments.every(({ id }) => answered.has(id))
      ? []
      : [`${answered.size} assignments were answered, ${assignments.length} recorded`]),
    ...(backwards === 0 ? [] : [`${backwards} assignments are older than the assignment before them`]),
  ])
}
