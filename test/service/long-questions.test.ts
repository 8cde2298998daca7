import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { createClient } from '../../src/api/client.js'
import type { OperationId } from '../../src/api/contract/operations.js'
import { eachAgent } from '../../src/drift/compat/find-agents.js'
import { actorOf } from '../../src/service/actor.js'
import { inProcessTransport } from '../../src/service/embedded/in-process-transport.js'
import { createLocalWorkspace } from '../../src/service/embedded/open-workspace.js'
import { createService } from '../../src/service/service.js'
import { openSqliteStore } from '../../src/service/store/sqlite/sqlite-store.js'
import { newFolder } from '../cli/fake-context.js'
import { documentOf, OPEN } from '../domain/workspace-builder.js'

const AGENTS = 5000
/** A question that never paused would leave one at most to others. */
const FEWEST_TURNS = 4

const agents = Array.from({ length: AGENTS }, (_, index) => ({
  id: String(index + 1),
  email: `${index + 1}@acme.example`,
  role: index === 0 ? 'admin' : 'agent',
  status: index % 2 === 0 ? 'available' : 'away',
}))

/** How many turns of the event loop others had while work ran. */
async function turnsDuring(work: () => Promise<unknown>): Promise<number> {
  let turns = 0
  let isOver = false
  const count = () => {
    turns++
    if (!isOver) setImmediate(count)
  }
  setImmediate(count)
  await work()
  isOver = true
  return turns
}

describe(`a question about ${AGENTS} agents lets others have their turn`, async () => {
  const path = join(newFolder(), 'workspace.db')
  await createLocalWorkspace(path, documentOf({ agents }), OPEN)
  const service = createService({ store: await openSqliteStore(path), now: () => OPEN, keepsAnswers: true })
  const owner = actorOf('owner', undefined, 'admin')
  const client = createClient(inProcessTransport(service, owner))
  afterAll(() => client.close())
  const write = (note: string) => client.putStatus({ id: '2', status: 'away', note })

  test.each<{ readonly id: OperationId; readonly request?: object }>([
    { id: 'getWorkspace' },
    { id: 'simulate' },
    { id: 'simulate', request: { assumptions: { agents: { 7: 'away' } } } },
    { id: 'getReport' },
    { id: 'coverage', request: { from: '2026-11-23T00:00:00Z', to: '2026-11-30T00:00:00Z', route: 'rules' } },
    { id: 'simulateTimeline', request: { from: '2026-11-23T00:00:00Z', to: '2026-11-30T00:00:00Z', route: 'rules' } },
  ])('$id', async ({ id, request = {} }) => {
    // Written since: nothing that was kept answers.
    await write(JSON.stringify([id, request]))
    expect(await turnsDuring(() => service.read(id, request, owner))).toBeGreaterThanOrEqual(FEWEST_TURNS)
  })

  test('lint below premium, where it looks at the chat limit of each agent', async () => {
    await client.patchSettings({ settings: { plan: 'free' } })
    expect(await turnsDuring(() => service.read('lint', {}, owner))).toBeGreaterThanOrEqual(FEWEST_TURNS)
    await client.patchSettings({ settings: { plan: 'premium' } })
  })

  test.each<{ readonly id: OperationId; readonly request: object }>([
    { id: 'listRevisions', request: { limit: 100 } },
    { id: 'getRevision', request: { number: 1 } },
    { id: 'getWorkspace', request: {} },
  ])('$id, asked by many at once', async ({ id, request }) => {
    const many = 20
    const askAll = () => Promise.all(Array.from({ length: many }, () => service.read(id, request, owner)))
    expect(await turnsDuring(askAll)).toBeGreaterThanOrEqual(many)
  })

  test('a long sequence of visitors', async () => {
    const route = `round-robin:${agents.slice(0, 300).map(({ id }) => id)}`
    await service.read('simulate', { route }, owner)
    const askSequence = () => service.read('simulate', { route, sequence: 10_000 }, owner)
    expect(await turnsDuring(askSequence)).toBeGreaterThanOrEqual(FEWEST_TURNS)
  })

  test('the list of users', async () => {
    await write('users')
    const listUsers = async () => {
      for await (const _ of eachAgent(client));
    }
    expect(await turnsDuring(listUsers)).toBeGreaterThanOrEqual(FEWEST_TURNS)
  })
})
