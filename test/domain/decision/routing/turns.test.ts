import { describe, expect, test } from 'vitest'
import { ANYONE } from '../../../../src/domain/decision/conditions/facts.js'
import { decide } from '../../../../src/domain/decision/decide.js'
import type { Group } from '../../../../src/domain/decision/routing/routing.js'
import { MemoryRoutingState } from '../../../../src/domain/decision/routing/routing-state.js'
import type { SimulateRequest } from '../../../../src/domain/questions/simulate.js'
import { simulate } from '../../../../src/domain/questions/simulate.js'
import { documentOf, OPEN, people, workspaceOf } from '../../workspace-builder.js'
import { routingOf, turnsOf } from './routing-of.js'

const THREE = people('1', '2', '3')

const cursors: readonly {
  title: string
  agents: object[]
  members: string
  after?: string
  assignee: string | null
}[] = [
  { title: 'after nobody the first has the turn', agents: THREE, members: '1,2,3', assignee: '1' },
  { title: 'the next has the turn', agents: THREE, members: '1,2,3', after: '1', assignee: '2' },
  { title: 'after the last it wraps', agents: THREE, members: '1,2,3', after: '3', assignee: '1' },
  { title: 'the order of the list does not matter', agents: THREE, members: '3,1,2', after: '1', assignee: '2' },
  {
    title: 'numeric ids go as numbers',
    agents: people('9', '10', '11'),
    members: '9,10,11',
    after: '9',
    assignee: '10',
  },
  {
    title: 'an away member is passed over',
    agents: people('1', '2 away', '3'),
    members: '1,2,3',
    after: '1',
    assignee: '3',
  },
  {
    title: 'the cursor stands on a member who is away now',
    agents: people('1', '2 away', '3'),
    members: '1,2,3',
    after: '2',
    assignee: '3',
  },
  {
    title: 'the cursor outlives an agent who left',
    agents: people('1', '3'),
    members: '1,3',
    after: '2',
    assignee: '3',
  },
  { title: 'a last one who left wraps', agents: people('1', '2'), members: '1,2', after: '9', assignee: '1' },
  { title: 'a first one who left goes on', agents: people('2', '3'), members: '2,3', after: '1', assignee: '2' },
  { title: 'an agent who is no member keeps the place', agents: THREE, members: '1,3', after: '2', assignee: '3' },
  {
    title: 'the only one available has every turn',
    agents: people('1 away', '2', '3 away'),
    members: '1,2,3',
    after: '2',
    assignee: '2',
  },
  {
    title: 'with everyone away nobody has',
    agents: people('1 away', '2 away'),
    members: '1,2',
    after: '1',
    assignee: null,
  },
]

for (const { title, agents, members, after, assignee } of cursors) {
  test(`R21: ${title}`, () => {
    expect(routingOf({ agents }, { route: `round-robin:${members}`, after }).assignee).toBe(assignee)
  })
}

const LOADED = [
  { id: '1', openChats: 3, lastRoutedAt: '2026-11-23T10:00:00Z' },
  { id: '2', openChats: 1, lastRoutedAt: '2026-11-23T11:00:00Z' },
  { id: '3', openChats: 1, lastRoutedAt: '2026-11-23T09:00:00Z' },
  { id: '4', openChats: 0, status: 'away' },
]

const strategies: readonly { title: string; agents: object[]; request: Partial<SimulateRequest>; turns: string[] }[] = [
  {
    title: 'least-open: fewest first, ties by id',
    agents: LOADED,
    request: { strategy: 'least-open' },
    turns: ['2', '3', '2', '3', '1'],
  },
  {
    title: 'least-recent: longest since first',
    agents: LOADED,
    request: { strategy: 'least-recent' },
    turns: ['3', '1', '2', '3'],
  },
  {
    title: 'least-recent: never routed comes first, ties by id',
    agents: [...people('10', '9', '8 away'), { id: '1', lastRoutedAt: '2020-01-01T00:00:00Z' }],
    request: { strategy: 'least-recent' },
    turns: ['9', '10', '1', '9'],
  },
  { title: 'in-order ignores load', agents: LOADED, request: { strategy: 'in-order' }, turns: ['1', '2', '3', '1'] },
  {
    title: 'least-open ignores the cursor',
    agents: LOADED,
    request: { strategy: 'least-open', after: '2' },
    turns: ['2', '3'],
  },
  {
    title: 'the chats of a sequence count towards the limit',
    agents: [
      { id: '1', chatLimit: 2, openChats: 1 },
      { id: '2', chatLimit: 2 },
    ],
    request: {},
    turns: ['1', '2', '2'],
  },
]

for (const { title, agents, request, turns } of strategies) {
  test(`R21: ${title}`, () => {
    const route = `round-robin:${agents.map((agent) => (agent as { id: string }).id).join(',')}`
    expect(turnsOf({ agents }, turns.length, { route, ...request })).toEqual(turns)
  })
}

test('R21: a sequence ends with nobody when every member reached the limit', () => {
  expect(turnsOf({ agents: people('1', '2'), chatLimit: 1 }, 4, { route: 'round-robin:1,2' })).toEqual([
    '1',
    '2',
    null,
    null,
  ])
})

describe('R21: random', () => {
  const random = { route: 'round-robin:1,2,3', strategy: 'random' } as const
  const parts = { agents: people('1', '2 away', '3') }

  test('R21: the same seed gives the same turns, another seed others', () => {
    const [first, again, other] = [7, 7, 8].map((seed) => turnsOf(parts, 40, { ...random, seed }).join(''))
    expect(again).toBe(first)
    expect(other).not.toBe(first)
  })

  test('R21: every available member and nobody else has turns', () => {
    expect(new Set(turnsOf(parts, 100, { ...random, seed: 1 }))).toEqual(new Set(['1', '3']))
  })

  test.each([0, 7, 4_294_967_295])('R21: the answer prints seed %i', (seed) => {
    expect(simulate(documentOf(parts), { at: OPEN, ...random, seed }).routing.seed).toBe(seed)
  })

  test('R21: a seed that nobody gave is printed, and gives the same turns', () => {
    const { seed } = simulate(documentOf(parts), { at: OPEN, ...random }).routing
    expect(seed).toBeTypeOf('number')
    expect(turnsOf(parts, 40, { ...random, seed })).toEqual(turnsOf(parts, 40, random))
  })

  test('R21: other strategies print no seed', () => {
    expect(simulate(documentOf(parts), { at: OPEN, route: 'round-robin:1', seed: 7 }).routing).not.toHaveProperty(
      'seed',
    )
  })
})

describe('R21: cursors', () => {
  const agents = people('1', '2')
  const sharing = (to: object) => ({
    agents,
    teams: [{ id: 'sales', members: ['1', '2'] }],
    routing: { rules: [{ id: 'de', when: { country: 'DE' }, to }], default: { to } },
  })

  const shares: readonly { title: string; to: object; turns: string[] }[] = [
    { title: 'a team has one cursor wherever it is named', to: { team: 'sales' }, turns: ['1', '2', '1', '2'] },
    { title: 'each written round robin has its own', to: { 'round-robin': ['1', '2'] }, turns: ['1', '1', '2', '2'] },
  ]

  for (const { title, to, turns } of shares) {
    test(`R21: ${title}`, () => {
      const workspace = workspaceOf(sharing(to))
      const state = new MemoryRoutingState(workspace.roster)
      const visitors = [{ attributes: { country: 'DE' } }, ANYONE, { attributes: { country: 'DE' } }, ANYONE]
      const routed = visitors.map((visitor) => {
        const { assignee, target } = decide(workspace, OPEN, visitor, { state }).routing
        state.record(assignee!, target as Group, OPEN)
        return assignee!.id
      })
      expect(routed).toEqual(turns)
    })
  }
})
