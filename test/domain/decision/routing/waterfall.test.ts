import { describe, expect, test } from 'vitest'
import { type SimulateRequest, simulate } from '../../../../src/domain/questions/simulate.js'
import { documentOf, OPEN, people } from '../../workspace-builder.js'
import { type Routing, routingOf } from './routing-of.js'

const AGENTS = people('1', '2 away', '3')
const GERMAN = { visitor: { attributes: { country: 'DE' } } }
const german = { country: 'DE' }

interface Case {
  readonly title: string
  readonly rules?: readonly object[]
  readonly fallback?: unknown
  readonly agents?: readonly object[]
  readonly teams?: readonly object[]
  readonly request?: Partial<SimulateRequest>
  readonly expected: Partial<Routing>
  /** What became of each rule. */
  readonly trace: readonly string[]
}

const cases: readonly Case[] = [
  {
    title: 'the first matching rule wins, in priority order',
    rules: [
      { id: 'a', when: german, to: { agent: '3' } },
      { id: 'b', when: german, to: { agent: '1' } },
    ],
    request: GERMAN,
    expected: { rule: 'a', assignee: '3', calendar: '3' },
    trace: ['a routed', 'b not-reached'],
  },
  {
    title: 'a rule whose conditions do not match is passed over',
    rules: [
      { id: 'a', when: { country: 'FR' }, to: { agent: '3' } },
      { id: 'b', when: german, to: { agent: '1' } },
    ],
    request: GERMAN,
    expected: { rule: 'b', assignee: '1' },
    trace: ['a no-match', 'b routed'],
  },
  {
    title: 'a rule without conditions matches everyone',
    rules: [{ id: 'a', to: { agent: '3' } }],
    fallback: { agent: '1' },
    expected: { rule: 'a', assignee: '3' },
    trace: ['a routed', 'default not-reached'],
  },
  {
    title: 'a matching rule whose members are all away passes on',
    rules: [{ id: 'a', to: { 'round-robin': ['2'] } }],
    fallback: { 'round-robin': ['1', '3'] },
    expected: { rule: 'default', assignee: '1', candidates: ['2 away', '1 routed', '3 next'] },
    trace: ['a nobody', 'default routed'],
  },
  {
    title: 'a matching rule whose members are all at the limit passes on',
    agents: [{ id: '1', openChats: 2, chatLimit: 2 }, ...people('3')],
    rules: [{ id: 'a', to: { 'round-robin': ['1'] } }],
    fallback: { agent: '3' },
    expected: { rule: 'default', assignee: '3' },
    trace: ['a nobody', 'default routed'],
  },
  {
    title: 'an agent tried by several rules appears once, with the last outcome',
    rules: [{ id: 'a', to: { 'round-robin': ['2'] } }],
    fallback: { agent: '2' },
    expected: { rule: 'default', assignee: '2', candidates: ['2 routed'] },
    trace: ['a nobody', 'default routed'],
  },
  {
    title: 'account-owner without an owner passes on',
    rules: [{ id: 'owned', to: 'account-owner' }],
    fallback: { agent: '1' },
    expected: { rule: 'default', assignee: '1' },
    trace: ['owned nobody', 'default routed'],
  },
  {
    title: 'account-owner with an owner who is away wins',
    rules: [{ id: 'owned', to: 'account-owner' }],
    fallback: { agent: '1' },
    request: { visitor: { attributes: { 'account.owner': '2' } } },
    expected: { rule: 'owned', assignee: '2', calendar: '2' },
    trace: ['owned routed', 'default not-reached'],
  },
  {
    title: 'a disabled agent passes on',
    agents: people('1', '2 disabled'),
    rules: [{ id: 'a', to: { agent: '2' } }],
    fallback: { agent: '1' },
    expected: { rule: 'default', assignee: '1', candidates: ['2 disabled', '1 routed'] },
    trace: ['a nobody', 'default routed'],
  },
  {
    title: 'a matching rule of an empty team stops',
    teams: [{ id: 'sales', members: [] }],
    rules: [{ id: 'a', to: { team: 'sales' } }],
    fallback: { agent: '1' },
    expected: { rule: 'a', assignee: null, calendar: null, candidates: [] },
    trace: ['a empty', 'default not-reached'],
  },
  {
    title: 'a matching empty round robin stops',
    rules: [{ id: 'a', to: { 'round-robin': [] } }],
    fallback: { agent: '1' },
    expected: { rule: 'a', assignee: null, calendar: null },
    trace: ['a empty', 'default not-reached'],
  },
  {
    title: 'an empty rule stops after another yielded nobody, whose candidates stay',
    rules: [
      { id: 'a', to: { 'round-robin': ['2'] } },
      { id: 'b', to: { 'round-robin': [] } },
    ],
    fallback: { agent: '1' },
    expected: { rule: 'b', assignee: null, candidates: ['2 away'] },
    trace: ['a nobody', 'b empty', 'default not-reached'],
  },
  {
    title: 'an empty rule that does not match stops nothing',
    rules: [{ id: 'a', when: { country: 'FR' }, to: { 'round-robin': [] } }],
    fallback: { agent: '1' },
    request: GERMAN,
    expected: { rule: 'default', assignee: '1' },
    trace: ['a no-match', 'default routed'],
  },
  {
    title: 'an empty default rule ends with nobody',
    fallback: { 'round-robin': [] },
    expected: { rule: 'default', assignee: null },
    trace: ['default empty'],
  },
  {
    title: 'without a default rule the waterfall can end with nobody',
    rules: [{ id: 'a', when: { country: 'FR' }, to: { agent: '1' } }],
    request: GERMAN,
    expected: { rule: null, assignee: null, calendar: null, candidates: [] },
    trace: ['a no-match'],
  },
  {
    title: 'a default rule whose members are all away ends with nobody',
    rules: [],
    fallback: { 'round-robin': ['2'] },
    expected: { rule: null, assignee: null, calendar: null, candidates: ['2 away'] },
    trace: ['default nobody'],
  },
  {
    title: 'no rules at all route nobody',
    expected: { rule: null, assignee: null, candidates: [] },
    trace: [],
  },
]

for (const { title, rules = [], fallback, agents = AGENTS, teams = [], request, expected, trace } of cases) {
  test(`R22: ${title}`, () => {
    const parts = { agents, teams, routing: { rules, ...(fallback !== undefined && { default: { to: fallback } }) } }
    expect(routingOf(parts, request)).toMatchObject(expected)
    const { routing } = simulate(documentOf(parts), { at: OPEN, ...request })
    expect(routing.rules?.map(({ rule, result }) => `${rule} ${result}`)).toEqual(trace)
  })
}

describe('R22: reasons', () => {
  const reasons: readonly { routing: object; code: string; rule: string; text: string }[] = [
    {
      routing: { rules: [{ id: 'a', to: { 'round-robin': [] } }] },
      code: 'routing.empty',
      rule: 'R22',
      text: 'Nobody is routed: rule "a" matches, has no members, and stops the waterfall.',
    },
    {
      routing: { default: { to: { 'round-robin': [] } } },
      code: 'routing.empty',
      rule: 'R22',
      text: 'Nobody is routed: the default rule matches, has no members, and stops the waterfall.',
    },
    {
      routing: { default: { to: { 'round-robin': ['2'] } } },
      code: 'routing.nobody',
      rule: 'R22',
      text: 'Nobody is routed: no rule matches and has someone to route to.',
    },
    {
      routing: { rules: [{ id: 'a', to: { agent: '2' } }] },
      code: 'routing.agent',
      rule: 'R18',
      text: 'Rule "a" routes to 2 whatever the status.',
    },
    {
      routing: { default: { to: { 'round-robin': ['1', '2'] } } },
      code: 'routing.turn',
      rule: 'R21',
      text: 'The default rule routes to 1 (in-order).',
    },
  ]

  for (const { routing, ...reason } of reasons) {
    test(`R22: the reason is "${reason.text}"`, () => {
      expect(simulate(documentOf({ agents: AGENTS, routing }), { at: OPEN }).reasons).toContainEqual(reason)
    })
  }
})
