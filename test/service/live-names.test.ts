import { expect, test } from 'vitest'
import { type Client, createClient } from '../../src/api/client.js'
import type { Scope } from '../../src/api/contract/operation.js'
import { inProcessTransport } from '../../src/service/embedded/in-process-transport.js'
import { createService } from '../../src/service/service.js'
import { checkedTransport } from '../api/checked-transport.js'
import { OPEN } from '../domain/workspace-builder.js'
import { liveWorkspace } from './live-workspace.js'

const ANA = { id: '1', name: 'Ana', email: 'ana@a.example', role: 'admin' }
const BEN = { id: '2', name: 'Ben', email: 'ben@a.example' }
const TEAM = { id: 'sales', members: ['2'] }

async function workspace(agents: readonly object[] = [ANA, BEN], teams: readonly object[] = [TEAM]) {
  const { owner, store } = await liveWorkspace({ agents, teams })
  const service = createService({ store, now: () => OPEN })
  const withScopes = (...scopes: Scope[]) =>
    createClient(
      checkedTransport(inProcessTransport(service, { name: 'robot', agent: undefined, scopes: new Set(scopes) })),
    )
  return { owner, withScopes }
}

const PLAYBOOK = { id: 'p', type: 'welcome', when: 'online', enabled: false } as const
const DRY = { dryRun: true }

test.each<{ title: string; scope: Scope; ask: (client: Client) => Promise<object> }>([
  {
    title: 'a message of a playbook',
    scope: 'routing',
    ask: (client) => client.putPlaybooks({ playbooks: [{ ...PLAYBOOK, message: 'ben@a.example' }] }, DRY),
  },
  {
    title: 'a target',
    scope: 'routing',
    ask: (client) => client.putRouting({ routing: { rules: [{ id: 'r', to: { agent: '2' } }] } }, DRY),
  },
  { title: 'a member', scope: 'routing', ask: (client) => client.putCursor({ group: 'team:sales', agent: '2' }, DRY) },
  { title: 'a chat', scope: 'routing', ask: (client) => client.route({ route: 'agent:ben@a.example' }, DRY) },
  { title: 'a status', scope: 'status:any', ask: (client) => client.putStatus({ id: '2', status: 'away' }, DRY) },
])('nobody who may not read learns a name by writing $title', async ({ scope, ask }) => {
  const { withScopes } = await workspace()
  expect(await ask(withScopes(scope))).not.toHaveProperty('names')
  expect(await ask(withScopes(scope, 'read'))).toHaveProperty('names')
})

test('nobody who may not read learns from a preview who chats, or whom rules are for', async () => {
  const { owner, withScopes } = await workspace()
  const to = { 'round-robin': ['1', '2'] }
  await owner.putRouting({ routing: { rules: [{ id: 'r', when: { plan: 'gold' }, to }], default: { to } } })
  const [write, sign] = [{ id: '2', status: 'away' } as const, { mode: 'offline' } as const]
  expect((await withScopes('status:any').putStatus(write, DRY)).preview).toEqual([])
  expect(JSON.stringify((await withScopes('status:any', 'read').putStatus(write, DRY)).preview)).toContain('Ben')
  const [entry] = (await withScopes('widget').putWidget(sign, DRY)).preview!
  expect(entry).toMatchObject({ differences: [{ what: 'mode', before: 'online', after: 'offline' }] })
})

test('only what names an agent is looked up: a message or a condition that reads as an id is none of it', async () => {
  const { owner } = await workspace()
  const { names } = await owner.putPlaybooks({ playbooks: [{ ...PLAYBOOK, message: '2' }] }, DRY)
  expect(names).toEqual({})
  const rule = { id: 'r', when: { country: { in: ['1'] } }, to: { 'round-robin': ['2'] } }
  const written = await owner.putRouting({ routing: { rules: [rule] } }, DRY)
  expect(written.names).toEqual({ 2: 'Ben' })
})

test('agents are named by their ids even where an object has such a property', async () => {
  const odd = ['__proto__', 'constructor'].map((id) => ({ id, name: `Ms ${id}` }))
  const { owner } = await workspace([ANA, ...odd, { id: 'toString' }], [])
  for (const id of ['__proto__', 'constructor', 'toString']) await owner.route({ route: `agent:${id}` })
  const chats = await owner.listAssignments({})
  expect(chats.map(({ name }) => name)).toEqual([null, 'Ms constructor', null])
})

test('as many members are named as a long list of teams has', async () => {
  const agents = Array.from({ length: 400 }, (_, index) => ({ id: `m${index}`, name: `M ${index}` }))
  const teams = Array.from({ length: 200 }, (_, index) => ({
    id: `t${index}`,
    name: `Team ${index}`,
    members: [`m${index}`, `m${index + 200}`],
  }))
  const { owner } = await workspace([ANA, ...agents], teams)
  expect(Object.keys((await owner.getTeams({})).names ?? {})).toHaveLength(400)
})
