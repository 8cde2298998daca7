import { describe, expect, test } from 'vitest'
import { simulate } from '../../../../src/domain/questions/simulate.js'
import { documentOf, OPEN, people } from '../../workspace-builder.js'
import { turnsOf } from './routing-of.js'

const PARTS = {
  agents: [{ id: '1', name: 'Sam Reed', email: 'sam@acme.example', openChats: 2 }, ...people('2', '3')],
  teams: [{ id: 'sales', members: ['2', '3'] }],
  playbooks: [
    { id: 'leadbot', type: 'bot', goal: { route: { to: { team: 'sales' } }, calendar: true } },
    { id: 'news', type: 'bot' },
  ],
  routing: { default: { to: { agent: '1' } } },
}

const routes: readonly { route: string; expected: object }[] = [
  { route: 'rules', expected: { via: 'rules', rule: 'default', target: 'agent', assignee: '1', calendar: '1' } },
  { route: 'agent:2', expected: { via: 'agent:2', rule: null, target: 'agent', assignee: '2', calendar: '2' } },
  { route: 'agent:sam@acme.example', expected: { target: 'agent', assignee: '1' } },
  { route: 'agent:Sam Reed', expected: { target: 'agent', assignee: '1' } },
  {
    route: 'team:sales',
    expected: { via: 'team:sales', target: 'team', assignee: '2', calendar: '2', strategy: 'in-order' },
  },
  { route: 'round-robin:3,1', expected: { target: 'round-robin', assignee: '1', strategy: 'in-order' } },
  { route: 'round-robin: sam , 3 ', expected: { target: 'round-robin', assignee: '1' } },
  { route: 'account-owner', expected: { target: 'account-owner', assignee: null, calendar: null, strategy: null } },
  { route: 'playbook:leadbot', expected: { via: 'playbook:leadbot', target: 'team', assignee: '2', calendar: '2' } },
]

const KINDS_HINT = 'write rules, agent:ID, team:ID, round-robin:ID,ID, account-owner or playbook:ID'

const refused: readonly { route: string; message: string; hint: string }[] = [
  { route: 'rulez', message: '"rulez" is not a route', hint: `did you mean "rules"? ${KINDS_HINT}` },
  { route: 'nonsense', message: '"nonsense" is not a route', hint: KINDS_HINT },
  { route: '', message: '"" is not a route', hint: KINDS_HINT },
  { route: 'agent', message: '"agent" names nobody', hint: KINDS_HINT },
  { route: 'team:', message: '"team:" names nobody', hint: KINDS_HINT },
  { route: 'round-robin:', message: '"round-robin:" names nobody', hint: KINDS_HINT },
  { route: 'rules:1', message: '"rules" takes no name', hint: KINDS_HINT },
  { route: 'account-owner:1', message: '"account-owner" takes no name', hint: KINDS_HINT },
  { route: 'agent:sma', message: '"sma" is not an agent of this workspace', hint: 'did you mean "sam"?' },
  { route: 'round-robin:1,9', message: '"9" is not an agent of this workspace', hint: 'agents: Sam Reed, 2, 3' },
  { route: 'team:sale', message: '"sale" is not a team of this workspace', hint: 'did you mean "sales"?' },
  { route: 'team:engineering', message: '"engineering" is not a team of this workspace', hint: 'teams: sales' },
  {
    route: 'playbook:ledbot',
    message: '"ledbot" is not a playbook of this workspace',
    hint: 'did you mean "leadbot"?',
  },
  {
    route: 'playbook:engineering',
    message: '"engineering" is not a playbook of this workspace',
    hint: 'playbooks: leadbot, news',
  },
  {
    route: 'playbook:news',
    message: 'playbook "news" has no goal that routes',
    hint: 'give it one: goal: { route: { to: rules } }',
  },
]

describe('a route', () => {
  for (const { route, expected } of routes) {
    test(`"${route}" is simulated`, () => {
      expect(simulate(documentOf(PARTS), { at: OPEN, route }).routing).toMatchObject(expected)
    })
  }

  for (const { route, message, hint } of refused) {
    test(`"${route}" is refused: ${message}`, () => {
      const error = expect.objectContaining({ code: 'invalid-input', message, hint })
      expect(() => simulate(documentOf(PARTS), { at: OPEN, route })).toThrow(error)
    })
  }

  test('a playbook that is not enabled may be simulated', () => {
    expect(simulate(documentOf(PARTS), { at: OPEN, route: 'playbook:leadbot' }).visitor.proactive).toBe(null)
  })

  test('the answer tells the rules when routing went by them, and only then', () => {
    const traces = ['rules', 'agent:1'].map((route) => simulate(documentOf(PARTS), { at: OPEN, route }).routing.rules)
    expect(traces).toEqual([[{ rule: 'default', result: 'routed' }], undefined])
  })
})

describe('R21: an assumed strategy', () => {
  const agents = [{ id: '1', openChats: 2 }, { id: '2', openChats: 1 }, { id: '3' }]
  const group = { 'round-robin': ['1', '2', '3'] }
  const places: readonly { title: string; parts: object; route?: string }[] = [
    { title: 'a route', parts: {}, route: 'round-robin:1,2,3' },
    { title: 'a rule', parts: { routing: { rules: [{ id: 'a', to: group }] } } },
    { title: 'the default rule', parts: { routing: { default: { to: group } } } },
    { title: 'a written strategy', parts: { routing: { default: { to: { ...group, strategy: 'least-recent' } } } } },
    { title: "a playbook's goal", parts: { playbooks: [{ id: 'p', enabled: true, goal: { route: { to: group } } }] } },
  ]

  for (const { title, parts, route } of places) {
    test(`R21: replaces that of ${title}`, () => {
      expect(turnsOf({ agents, ...parts }, 3, { route, strategy: 'least-open' })).toEqual(['3', '2', '3'])
    })
  }

  test('R21: a written strategy holds without one', () => {
    const parts = { agents, routing: { default: { to: { ...group, strategy: 'least-open' } } } }
    expect(turnsOf(parts, 3)).toEqual(['3', '2', '3'])
  })
})
