import { describe, expect, test } from 'vitest'
import { type SimulateRequest, simulate } from '../../../src/domain/questions/simulate.js'
import { CLOSED, documentOf, OPEN, people } from '../workspace-builder.js'

const playbook = (id: string, parts: object = {}) => ({ id, enabled: true, message: `${id} says hello`, ...parts })
const WELCOME = ['online', 'offline'].map((when) => playbook(when, { type: 'welcome', when }))

interface Case {
  readonly title: string
  readonly playbooks: readonly object[]
  readonly parts?: object
  readonly request?: Partial<SimulateRequest>
  /** The playbook that fires. */
  readonly fires: string | null
}

const cases: readonly Case[] = [
  { title: 'the first enabled one fires', playbooks: [playbook('a'), playbook('b')], fires: 'a' },
  { title: 'a disabled one does not fire', playbooks: [playbook('a', { enabled: false }), playbook('b')], fires: 'b' },
  { title: 'a playbook is off until enabled', playbooks: [{ id: 'a' }], fires: null },
  {
    title: 'welcome playbooks are off until enabled',
    playbooks: [{ id: 'a', type: 'welcome', when: 'online' }],
    fires: null,
  },
  { title: 'without playbooks none fires', playbooks: [], fires: null },
  { title: 'the online version fires while online', playbooks: WELCOME, fires: 'online' },
  { title: 'the offline version fires while offline', playbooks: WELCOME, request: { at: CLOSED }, fires: 'offline' },
  {
    title: 'the offline version fires while auto-offline closes the widget',
    playbooks: WELCOME,
    parts: { widget: { autoOffline: true }, agents: people('1 away') },
    fires: 'offline',
  },
  { title: 'when: always fires while online', playbooks: [playbook('a', { when: 'always' })], fires: 'a' },
  {
    title: 'when: always fires while offline',
    playbooks: [playbook('a', { when: 'always' })],
    request: { at: CLOSED },
    fires: 'a',
  },
  { title: 'one without "when" always fires', playbooks: [playbook('a')], request: { at: CLOSED }, fires: 'a' },
  {
    title: 'priority outranks type: a bot before the welcome fires',
    playbooks: [playbook('bot', { type: 'bot' }), ...WELCOME],
    fires: 'bot',
  },
  {
    title: 'priority outranks type: a welcome before the bot fires',
    playbooks: [...WELCOME, playbook('bot', { type: 'bot' })],
    fires: 'online',
  },
  {
    title: 'a page outside the targeting passes on',
    playbooks: [playbook('a', { target: { url: ['/pricing*'] } }), playbook('b')],
    request: { visitor: { url: 'https://acme.example/about' } },
    fires: 'b',
  },
  {
    title: 'a page inside the targeting fires',
    playbooks: [playbook('a', { target: { url: ['/pricing*'] } }), playbook('b')],
    request: { visitor: { url: 'https://acme.example/pricing?plan=pro' } },
    fires: 'a',
  },
  {
    title: 'an unknown page is outside any page targeting',
    playbooks: [playbook('a', { target: { url: ['/*'] } })],
    fires: null,
  },
  {
    title: 'visitor attributes outside the targeting pass on',
    playbooks: [playbook('a', { target: { visitor: { 'company.size': { gte: 50 } } } }), playbook('b')],
    request: { visitor: { attributes: { 'company.size': 49 } } },
    fires: 'b',
  },
  {
    title: 'visitor attributes inside the targeting fire',
    playbooks: [playbook('a', { target: { visitor: { 'company.size': { gte: 50 } } } }), playbook('b')],
    request: { visitor: { attributes: { 'company.size': '50' } } },
    fires: 'a',
  },
  {
    title: 'page, attributes and mode must all match',
    playbooks: [playbook('a', { when: 'offline', target: { url: ['/x'], visitor: { vip: true } } }), playbook('b')],
    request: { visitor: { url: '/x', attributes: { vip: true } } },
    fires: 'b',
  },
  {
    title: 'nothing fires on a hidden widget',
    playbooks: [playbook('a')],
    parts: { widget: { display: 'hidden' } },
    fires: null,
  },
  {
    title: 'nothing fires on a widget hidden by mode',
    playbooks: [playbook('a')],
    parts: { widget: { display: 'online-only' } },
    request: { at: CLOSED },
    fires: null,
  },
]

for (const { title, playbooks, parts, request, fires } of cases) {
  test(`R26: ${title}`, () => {
    const { visitor } = simulate(documentOf({ ...parts, playbooks }), { at: OPEN, ...request })
    expect(visitor.proactive).toEqual(fires === null ? null : { playbook: fires, message: `${fires} says hello` })
  })
}

test('R26: a playbook without a message fires without one', () => {
  const { visitor } = simulate(documentOf({ playbooks: [{ id: 'a', enabled: true }] }), { at: OPEN })
  expect(visitor.proactive).toEqual({ playbook: 'a', message: null })
})

describe('R26: the reason', () => {
  const reasons: readonly { playbooks: readonly object[]; display?: string; expected: readonly string[] }[] = [
    { playbooks: [playbook('a')], expected: ['R26 Playbook "a" is the first enabled one whose targeting matches.'] },
    {
      playbooks: [],
      expected: ['R27 No playbook matches; the default greeting shows when the visitor opens the chat.'],
    },
    { playbooks: [playbook('a')], display: 'hidden', expected: [] },
  ]

  for (const { playbooks, display = 'always', expected } of reasons) {
    test(`R26: is ${JSON.stringify(expected)}`, () => {
      const { reasons } = simulate(documentOf({ playbooks, widget: { display } }), { at: OPEN })
      const said = reasons.filter(({ rule }) => rule === 'R26' || rule === 'R27')
      expect(said.map(({ rule, text }) => `${rule} ${text}`)).toEqual(expected)
    })
  }
})

const goals: readonly { title: string; goal?: object; request?: object; routing: object }[] = [
  {
    title: 'the goal of the playbook that fires routes, with the calendar',
    goal: { route: { to: { agent: '2' } }, calendar: true },
    routing: { via: 'playbook:a', rule: null, target: 'agent', assignee: '2', calendar: '2' },
  },
  {
    title: 'a goal without a calendar routes and drops none',
    goal: { route: { to: { agent: '2' } } },
    routing: { via: 'playbook:a', assignee: '2', calendar: null },
  },
  {
    title: 'a goal may run the rules',
    goal: { route: { to: 'rules' }, calendar: true },
    routing: { via: 'playbook:a', rule: 'default', assignee: '1', calendar: '1' },
  },
  {
    title: 'a goal that yields nobody does not fall to the rules',
    goal: { route: { to: 'account-owner' }, calendar: true },
    routing: { via: 'playbook:a', rule: null, assignee: null, calendar: null },
  },
  { title: 'without a goal the rules route', routing: { via: 'rules', rule: 'default', assignee: '1', calendar: '1' } },
  {
    title: 'a route that is asked for outranks the goal',
    goal: { route: { to: { agent: '2' } } },
    request: { route: 'rules' },
    routing: { via: 'rules', assignee: '1', calendar: '1' },
  },
]

for (const { title, goal, request, routing } of goals) {
  test(`R26: ${title}`, () => {
    const parts = {
      agents: people('1', '2 away'),
      playbooks: [
        playbook('off', { enabled: false, goal: { route: { to: { agent: '2' } } } }),
        playbook('a', { goal }),
      ],
      routing: { default: { to: { agent: '1' } } },
    }
    expect(simulate(documentOf(parts), { at: OPEN, ...request }).routing).toMatchObject(routing)
  })
}
