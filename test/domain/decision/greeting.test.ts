import { describe, expect, test } from 'vitest'
import { decide } from '../../../src/domain/decision/decide.js'
import { simulate } from '../../../src/domain/questions/simulate.js'
import { CLOSED, documentOf, idsOf, OPEN, people, workspaceOf } from '../workspace-builder.js'

const DEFAULTS = { online: 'Hi! How can we help?', offline: 'We are away. Leave us a message.' }

const greetings: readonly { title: string; parts?: object; at?: number; expected: object }[] = [
  { title: 'always there, without any text of its own', expected: { variant: 'online', message: DEFAULTS.online } },
  {
    title: 'by mode, without any text of its own',
    at: CLOSED,
    expected: { variant: 'offline', message: DEFAULTS.offline },
  },
  {
    title: "with the document's words while online",
    parts: { greeting: { online: 'Hello', offline: 'Bye' } },
    expected: { variant: 'online', message: 'Hello' },
  },
  {
    title: "with the document's words while offline",
    parts: { greeting: { online: 'Hello', offline: 'Bye' } },
    at: CLOSED,
    expected: { variant: 'offline', message: 'Bye' },
  },
  {
    title: 'with the default where a document gives one text only',
    parts: { greeting: { online: 'Hello' } },
    at: CLOSED,
    expected: { variant: 'offline', message: DEFAULTS.offline },
  },
  {
    title: 'offline while auto-offline closes the widget',
    parts: { widget: { autoOffline: true }, agents: people('1 away') },
    expected: { variant: 'offline', message: DEFAULTS.offline },
  },
  {
    title: 'beside a playbook that fires',
    parts: { playbooks: [{ id: 'a', enabled: true, message: 'Talk to sales?' }] },
    expected: { variant: 'online', message: DEFAULTS.online },
  },
  {
    title: 'also for a link that opens a hidden widget',
    parts: { widget: { display: 'hidden' } },
    expected: { variant: 'online', message: DEFAULTS.online },
  },
]

for (const { title, parts, at = OPEN, expected } of greetings) {
  test(`R27: the default greeting is ${title}`, () => {
    expect(simulate(documentOf(parts), { at }).visitor.greeting).toMatchObject(expected)
  })
}

test('R27: a document cannot switch the default greeting off', () => {
  expect(() => documentOf({ greeting: { enabled: false } })).toThrow('greeting.enabled: unknown key "enabled"')
})

const EVERYONE = people('1', '2 away', '3 avatar', '4 away avatar', '5', '6', '7')
const GERMAN = { attributes: { country: 'DE' } }

const faces: readonly {
  title: string
  agents: object[]
  routing?: object
  visitor?: typeof GERMAN
  faces: string[]
}[] = [
  {
    title: 'tier 1: available members of the top matching rule',
    agents: EVERYONE,
    routing: { rules: [{ id: 'a', to: { 'round-robin': ['2', '5', '6'] } }], default: { to: { agent: '1' } } },
    faces: ['5', '6'],
  },
  {
    title: 'tier 1: the one person of the top matching rule',
    agents: EVERYONE,
    routing: { rules: [{ id: 'a', to: { agent: '7' } }] },
    faces: ['7'],
  },
  {
    title: 'tier 1: the account owner of the top matching rule',
    agents: EVERYONE,
    routing: { rules: [{ id: 'a', to: 'account-owner' }] },
    visitor: { attributes: { country: 'DE', 'account.owner': '6' } } as typeof GERMAN,
    faces: ['6'],
  },
  {
    title: 'tier 1: rules that do not match are passed over',
    agents: EVERYONE,
    routing: {
      rules: [
        { id: 'a', when: { country: 'FR' }, to: { agent: '5' } },
        { id: 'b', when: { country: 'DE' }, to: { agent: '6' } },
        { id: 'c', to: { agent: '7' } },
      ],
    },
    visitor: GERMAN,
    faces: ['6'],
  },
  {
    title: 'tier 2: available members of the default rule, when the top rule has none',
    agents: EVERYONE,
    routing: {
      rules: [
        { id: 'a', to: { 'round-robin': ['2', '4'] } },
        { id: 'b', to: { agent: '7' } },
      ],
      default: { to: { 'round-robin': ['1', '2', '5'] } },
    },
    faces: ['1', '5'],
  },
  {
    title: 'tier 2: available members of the default rule, when no rule matches',
    agents: EVERYONE,
    routing: { rules: [{ id: 'a', when: { country: 'FR' }, to: { agent: '7' } }], default: { to: { agent: '5' } } },
    visitor: GERMAN,
    faces: ['5'],
  },
  {
    title: 'tier 3: available with an avatar',
    agents: EVERYONE,
    routing: { default: { to: { 'round-robin': ['2', '4'] } } },
    faces: ['3'],
  },
  { title: 'tier 4: available', agents: people('1 away avatar', '2', '3 away', '4'), faces: ['2', '4'] },
  { title: 'tier 5: away with an avatar', agents: people('1 away', '2 away avatar', '3 away'), faces: ['2'] },
  { title: 'tier 6: away', agents: people('1 away', '2 away'), faces: ['1', '2'] },
  { title: 'nobody without agents', agents: [], faces: [] },
  { title: 'three at most, in the order of ids', agents: people('10', '9', '8', '7'), faces: ['7', '8', '9'] },
  {
    title: "three at most of a rule's members",
    agents: people('1', '2', '3', '4', '5'),
    routing: { default: { to: { 'round-robin': ['5', '4', '3', '2'] } } },
    faces: ['2', '3', '4'],
  },
  {
    title: 'no bots and no disabled agents',
    agents: people('1 bot avatar', '2 disabled avatar', '3 away'),
    faces: ['3'],
  },
  {
    title: "no bots and no disabled agents among a rule's members",
    agents: people('1 bot', '2 disabled', '3', '4'),
    routing: { default: { to: { 'round-robin': ['1', '2', '4'] } } },
    faces: ['4'],
  },
]

describe('R29: faces', () => {
  for (const { title, agents, routing, visitor, faces: expected } of faces) {
    test(`R29: ${title}`, () => {
      const workspace = workspaceOf({ agents, ...(routing && { routing }) })
      expect(idsOf(decide(workspace, OPEN, visitor).faces)).toEqual(expected)
    })
  }

  test('R29: a timed status is read at the instant', () => {
    const agents = [{ id: '1', status: 'away', until: '2026-11-23T13:00:00-05:00' }, ...people('2 away avatar')]
    const workspace = workspaceOf({ agents })
    const shown = [OPEN, Date.parse('2026-11-23T13:00-05:00')].map((at) => idsOf(decide(workspace, at).faces))
    expect(shown).toEqual([['2'], ['1']])
  })
})
