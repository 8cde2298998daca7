import { describe, expect, test } from 'vitest'
import type { Client } from '../../src/api/client.js'
import { questionsOf } from '../../src/api/workspace-questions.js'
import { OPEN, people } from '../domain/workspace-builder.js'
import { liveWorkspace } from './live-workspace.js'

const MINUTE = 60_000
const GROUP = { routing: { rules: [], default: { to: { 'round-robin': ['1', '2', '3'] } } } }
const FIVE = ['1', '2', '3', '4', '5']

/** Who gets the next chats, in a row. */
async function routeMany(client: Client, count: number): Promise<(string | null)[]> {
  const assignees: (string | null)[] = []
  for (let turn = 0; turn < count; turn++) assignees.push((await client.route({})).assignee)
  return assignees
}

describe('R18: one person', () => {
  test('is routed whatever the status and the load, without a cursor, and the calendar drops', async () => {
    const agents = [{ id: '1', status: 'away', chatLimit: 1, openChats: 7 }]
    const { owner } = await liveWorkspace({ agents, routing: { rules: [{ id: 'vip', to: { agent: '1' } }] } })
    expect(await owner.route({})).toMatchObject({
      assignee: '1',
      calendar: '1',
      assignment: 1,
      routing: { rule: 'vip' },
    })
    expect((await owner.getCursors({})).cursors).toEqual([])
    expect((await owner.getAgent({ id: '1' })).value.openChats).toBe(8)
  })
})

describe('R19: the account owner', () => {
  const agents = [...people(...FIVE, '6', '7', '8'), { id: '9', email: 'ina@acme.example', status: 'away' }]
  test.each([
    { owner: '9', assignee: '9', title: 'is routed whatever the status, also when no rule names them' },
    { owner: 'ina@acme.example', assignee: '9', title: 'is found by email' },
    { owner: 'nobody@acme.example', assignee: '1', title: 'who is no agent yields nobody: the waterfall goes on' },
    { owner: undefined, assignee: '1', title: 'is missing: the waterfall goes on' },
  ])('$title', async ({ owner: name, assignee }) => {
    const routing = { rules: [{ id: 'owned', to: 'account-owner' }], default: { to: { 'round-robin': ['1'] } } }
    const { owner } = await liveWorkspace({ agents, routing })
    const attributes = name === undefined ? {} : { 'account.owner': name }
    expect((await owner.route({ visitor: { attributes } })).assignee).toBe(assignee)
  })
})

describe('R20: a group', () => {
  test('of away members yields nobody: nothing is recorded and no cursor moves', async () => {
    const { owner } = await liveWorkspace({ agents: people('1 away', '2 away', '3 away'), ...GROUP })
    expect(await owner.route({})).toMatchObject({ assignee: null, calendar: null, assignment: null })
    expect(await owner.listAssignments({})).toEqual([])
    expect((await owner.getCursors({})).cursors).toEqual([])
  })

  test('passes a member at the chat limit, and a chat that ends makes room again', async () => {
    const { owner } = await liveWorkspace({ agents: people('1', '2', '3'), chatLimit: 2, ...GROUP })
    expect(await routeMany(owner, 7)).toEqual(['1', '2', '3', '1', '2', '3', null])
    const answer = await owner.route({})
    expect(answer.routing.candidates.map(({ outcome }) => outcome)).toEqual(['at-limit', 'at-limit', 'at-limit'])
    const [, second] = (await owner.listAssignments({})).toReversed()
    expect(await owner.endAssignment({ id: second!.id })).toMatchObject({ agent: '2', endedAt: expect.any(String) })
    expect(await routeMany(owner, 2)).toEqual(['2', null])
  })

  test('ending a chat twice frees one place', async () => {
    const { owner } = await liveWorkspace({
      agents: people('1'),
      chatLimit: 2,
      routing: { default: { to: { 'round-robin': ['1'] } } },
    })
    const { assignment } = await owner.route({})
    await owner.route({})
    await owner.endAssignment({ id: assignment! })
    await owner.endAssignment({ id: assignment! })
    expect(await routeMany(owner, 2)).toEqual(['1', null])
    await expect(owner.endAssignment({ id: 99 })).rejects.toMatchObject({ code: 'not-found' })
  })

  test('R15: takes a member whose timed status has ended', async () => {
    const until = new Date(OPEN + MINUTE).toISOString()
    const agents = [{ id: '1', status: 'away', until }, ...people('2 away', '3 away')]
    const { owner, clock } = await liveWorkspace({ agents, ...GROUP })
    expect((await owner.route({})).assignee).toBeNull()
    clock(OPEN + MINUTE)
    expect((await owner.route({})).assignee).toBe('1')
  })
})

describe('R21: turns', () => {
  test('five members share many chats to within one', async () => {
    const routing = { rules: [], default: { to: { 'round-robin': FIVE } } }
    const { owner } = await liveWorkspace({ agents: people(...FIVE), routing })
    const assignees = await routeMany(owner, 103)
    const shares = FIVE.map((id) => assignees.filter((assignee) => assignee === id).length)
    expect(shares).toEqual([21, 21, 21, 20, 20])
    expect(assignees.slice(0, 6)).toEqual([...FIVE, '1'])
  })

  test('callers at once get different members: no turn is given twice', async () => {
    const routing = { rules: [], default: { to: { 'round-robin': FIVE } } }
    const { owner } = await liveWorkspace({ agents: people(...FIVE), routing })
    const answers = await Promise.all(Array.from({ length: 20 }, () => owner.route({})))
    const shares = FIVE.map((id) => answers.filter(({ assignee }) => assignee === id).length)
    expect(shares).toEqual([4, 4, 4, 4, 4])
    expect(new Set(answers.map(({ assignment }) => assignment)).size).toBe(20)
  })

  test('a member who was away takes the own place again: no turn is owed and none is lost', async () => {
    const { owner } = await liveWorkspace({ agents: people('1', '2 away', '3'), ...GROUP })
    expect(await routeMany(owner, 3)).toEqual(['1', '3', '1'])
    await owner.putStatus({ id: '2', status: 'available' })
    expect(await routeMany(owner, 4)).toEqual(['2', '3', '1', '2'])
  })

  test('the cursor survives the member it names, and one who comes takes the place of the id', async () => {
    const { owner } = await liveWorkspace({ agents: people('1', '2', '3', '10'), ...GROUP })
    expect(await routeMany(owner, 2)).toEqual(['1', '2'])
    const members = (...ids: string[]) => ({ routing: { rules: [], default: { to: { 'round-robin': ids } } } })
    await owner.putRouting(members('10', '1', '3'))
    await owner.deleteAgent({ id: '2' })
    expect((await owner.getCursors({})).cursors).toEqual([{ group: 'default', agent: '2' }])
    expect(await routeMany(owner, 3)).toEqual(['3', '10', '1'])
    await owner.addAgent({ agent: { id: '2', role: 'agent' } })
    await owner.putRouting(members('1', '2', '3', '10'))
    expect(await routeMany(owner, 4)).toEqual(['2', '3', '10', '1'])
  })

  test('two groups of the same members take turns each on its own', async () => {
    const teams = ['a', 'b'].map((id) => ({ id, members: ['1', '2'] }))
    const rules = [{ id: 'dach', when: { country: 'DE' }, to: { team: 'a' } }]
    const routing = { rules, default: { to: { team: 'b' } } }
    const { owner } = await liveWorkspace({ agents: people('1', '2'), teams, routing })
    const german = { visitor: { attributes: { country: 'DE' } } }
    const assignees = [
      await owner.route(german),
      await owner.route({}),
      await owner.route({}),
      await owner.route(german),
    ]
    expect(assignees.map(({ assignee }) => assignee)).toEqual(['1', '1', '2', '2'])
    expect((await owner.getCursors({})).cursors).toEqual([
      { group: 'team:a', agent: '2' },
      { group: 'team:b', agent: '2' },
    ])
  })

  test('a cursor that is set decides the next turn, and null starts over', async () => {
    const { owner } = await liveWorkspace({ agents: people('1', '2', '3'), ...GROUP })
    await owner.putCursor({ group: 'default', agent: '2' })
    expect(await routeMany(owner, 1)).toEqual(['3'])
    await owner.putCursor({ group: 'default', agent: null })
    expect(await routeMany(owner, 1)).toEqual(['1'])
    await expect(owner.putCursor({ group: 'team:x', agent: '1' })).rejects.toMatchObject({ code: 'not-found' })
    await expect(owner.putCursor({ group: 'default', agent: '9' })).rejects.toMatchObject({ code: 'not-found' })
  })

  test.each([
    { strategy: 'least-open', assignees: ['2', '2', '3', '1'], openChats: [2, 0, 1] },
    { strategy: 'least-recent', assignees: ['1', '2', '3', '1'], openChats: [0, 0, 0] },
  ])('$strategy goes by what was really routed', async ({ strategy, assignees, openChats }) => {
    const agents = people('1', '2', '3').map((agent, index) => ({ ...agent, openChats: openChats[index] }))
    const routing = { rules: [], default: { to: { 'round-robin': ['1', '2', '3'], strategy } } }
    const { owner, clock } = await liveWorkspace({ agents, routing })
    for (const [index, assignee] of assignees.entries()) {
      clock(OPEN + index * MINUTE)
      expect((await owner.route({})).assignee).toBe(assignee)
    }
  })
})

describe('R22: the waterfall', () => {
  test('the first rule that matches and yields someone wins; one without members stops it', async () => {
    const rules = [
      { id: 'away', to: { 'round-robin': ['2'] } },
      { id: 'big', when: { size: { gte: 500 } }, to: { 'round-robin': [] } },
    ]
    const routing = { rules, default: { to: { 'round-robin': ['1'] } } }
    const { owner } = await liveWorkspace({ agents: people('1', '2 away'), routing })
    expect(await owner.route({})).toMatchObject({ assignee: '1', routing: { rule: 'default' } })
    const big = await owner.route({ visitor: { attributes: { size: 600 } } })
    expect(big).toMatchObject({ assignee: null, assignment: null, routing: { assignee: null } })
  })

  test('R11: routing runs while the widget is offline', async () => {
    const { owner } = await liveWorkspace({ agents: people('1', '2', '3'), ...GROUP, widget: { mode: 'offline' } })
    expect((await owner.route({})).assignee).toBe('1')
  })
})

describe('R23: what is simulated and what is decided', () => {
  test('agree on the assignee at every turn, and only the decision moves the cursor', async () => {
    const routing = { rules: [], default: { to: { 'round-robin': FIVE } } }
    const agents = people('1', '2 away', '3', '4', '5')
    const { owner } = await liveWorkspace({ agents, chatLimit: 3, routing })
    let after: string | undefined
    for (let turn = 0; turn < 14; turn++) {
      const questions = questionsOf(await owner.getWorkspace({}))
      const simulated = questions.simulate({ at: OPEN, ...(after !== undefined && { after }) })
      expect((await owner.getCursors({})).cursors).toEqual(
        after === undefined ? [] : [{ group: 'default', agent: after }],
      )
      const { assignee, calendar, routing: decided } = await owner.route({})
      expect([assignee, calendar]).toEqual([simulated.routing.assignee, simulated.routing.calendar])
      expect(decided.candidates).toEqual(simulated.routing.candidates)
      expect(decided.cursor).toBe(simulated.routing.cursor)
      after = assignee ?? after
    }
  })

  test('a dry run decides and records nothing', async () => {
    const { owner } = await liveWorkspace({ agents: people('1', '2', '3'), ...GROUP })
    for (let turn = 0; turn < 2; turn++) expect((await owner.route({}, { dryRun: true })).assignee).toBe('1')
    expect(await owner.listAssignments({})).toEqual([])
    expect((await owner.getCursors({})).cursors).toEqual([])
    expect((await owner.getAgent({ id: '1' })).value.openChats).toBeUndefined()
  })

  test.each(['rules', 'team:all'])(
    'the answer tells the cursor it assumed when nobody is routed too: %s',
    async (route) => {
      const teams = [{ id: 'all', members: ['1', '2'] }]
      const routing = { rules: [{ id: 'first', to: { 'round-robin': ['1'] } }], default: { to: { team: 'all' } } }
      const { owner } = await liveWorkspace({ agents: people('1 away', '2 away'), teams, routing })
      await owner.putCursor({ group: 'team:all', agent: '1' })
      expect(await owner.route({ route })).toMatchObject({ assignee: null, routing: { cursor: '1' } })
    },
  )

  test('cursors and the end of a chat say in which workspace', async () => {
    const { owner } = await liveWorkspace({ name: 'Acme', agents: people('1', '2', '3'), ...GROUP })
    const { assignment } = await owner.route({})
    expect(await owner.getCursors({})).toMatchObject({ workspace: 'Acme', cursors: [{ group: 'default', agent: '1' }] })
    expect(await owner.endAssignment({ id: assignment! })).toMatchObject({
      workspace: 'Acme',
      id: assignment,
      agent: '1',
    })
    expect(await owner.putCursor({ group: 'default', agent: null })).toMatchObject({ workspace: 'Acme', cursors: [] })
  })

  test('chats are no settings: routing makes no revision', async () => {
    const { owner } = await liveWorkspace({ agents: people('1', '2', '3'), ...GROUP })
    const { assignment } = await owner.route({})
    await owner.endAssignment({ id: assignment! })
    await owner.putCursor({ group: 'default', agent: '3' })
    expect((await owner.getStatus({})).revision).toBe(1)
  })
})

describe('R24: candidates', () => {
  test('each appears with its outcome', async () => {
    const agents = [...people('1', '2 away', '3 disabled', '4'), { id: '5', chatLimit: 1, openChats: 1 }]
    const routing = { rules: [], default: { to: { 'round-robin': FIVE } } }
    const { owner } = await liveWorkspace({ agents, routing })
    const { candidates } = (await owner.route({})).routing
    expect(candidates.map(({ agent, outcome }) => `${agent} ${outcome}`)).toEqual([
      '1 routed',
      '2 away',
      '3 disabled',
      '4 next',
      '5 at-limit',
    ])
  })

  test.each([
    { route: 'team:sales', assignee: '3' },
    { route: 'agent:2', assignee: '2' },
    { route: 'round-robin:3,1', assignee: '1' },
    { route: 'rules', assignee: '1' },
  ])('a route may be named: $route gives $assignee', async ({ route, assignee }) => {
    const teams = [{ id: 'sales', members: ['3'] }]
    const { owner } = await liveWorkspace({ agents: people('1', '2 away', '3'), teams, ...GROUP })
    expect((await owner.route({ route })).assignee).toBe(assignee)
  })
})
