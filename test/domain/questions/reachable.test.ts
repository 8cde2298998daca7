import { describe, expect, test } from 'vitest'
import { reachable } from '../../../src/domain/questions/reachable.js'
import { CLOSED, documentOf, OPEN, people } from '../workspace-builder.js'

const at = (time: string) => `2026-11-23T${time}:00.000-05:00`
const BACK_AT_TWO = { id: '2', name: 'Ana', status: 'away', until: at('14:00') }
const TO_ALL = { default: { to: { 'round-robin': ['1', '2'] } } }
const MORNINGS = { shifts: [{ id: 'front', days: 'mon-fri', hours: '09:00-13:00', agents: ['2'] }] }

interface Case {
  readonly title: string
  readonly parts: object
  readonly when?: number
  readonly route?: string
  readonly attributes?: Readonly<Record<string, string>>
  readonly says: object
}

const CASES: readonly Case[] = [
  {
    title: 'R20: one who is available takes it',
    parts: { agents: people('1', '2'), routing: TO_ALL },
    says: { available: true, assignee: '1', expectedAt: null, lookedUntil: null },
  },
  {
    title: 'R15: nobody now, and the first who is back',
    parts: { agents: [...people('1 away'), BACK_AT_TWO], routing: TO_ALL },
    says: { available: false, assignee: null, expectedAt: at('14:00'), expected: '2', expectedName: 'Ana' },
  },
  {
    title: 'R35: nobody now, and the next shift of one who follows the duty',
    parts: { agents: [...people('1 away'), { id: '2', status: 'automatic' }], routing: TO_ALL, duty: MORNINGS },
    when: CLOSED,
    says: {
      available: false,
      expectedAt: '2026-11-24T09:00:00.000-05:00',
      expected: '2',
      basis: { onDuty: 1, assumed: 1 },
    },
  },
  {
    title: 'R34: a planned absence delays who is expected',
    parts: {
      agents: [
        ...people('1 away'),
        {
          id: '2',
          status: 'automatic',
          planned: [{ status: 'away', from: at('23:00'), until: '2026-11-25T00:00:00-05:00' }],
        },
      ],
      routing: TO_ALL,
      duty: MORNINGS,
    },
    when: CLOSED,
    says: { available: false, expectedAt: '2026-11-25T09:00:00.000-05:00', expected: '2' },
  },
  {
    title: 'R35: everyone is assumed to stay away: nobody is expected, and it says until when it looked',
    parts: { agents: people('1 away', '2 away'), routing: TO_ALL },
    says: { available: false, expectedAt: null, expected: null, lookedUntil: '2027-02-15T12:00:00.000-05:00' },
  },
  {
    title: 'R18: the one it goes to is away, and expected back',
    parts: { agents: [...people('1'), BACK_AT_TWO] },
    route: 'agent:2',
    says: { available: false, assignee: '2', expectedAt: at('14:00'), expected: '2' },
  },
  {
    title: 'R19: the owner of the account',
    parts: { agents: [...people('1'), BACK_AT_TWO] },
    route: 'account-owner',
    attributes: { 'account.owner': '2' },
    says: { available: false, assignee: '2', expectedAt: at('14:00') },
  },
  {
    title: 'R22: the rules go on to one who can',
    parts: {
      agents: [...people('1'), BACK_AT_TWO],
      routing: {
        rules: [{ id: 'gold', when: { plan: 'gold' }, to: { 'round-robin': ['2'] } }],
        default: { to: { 'round-robin': ['1'] } },
      },
    },
    attributes: { plan: 'gold' },
    says: { available: true, assignee: '1', rule: 'default' },
  },
  {
    title: 'R20: at the limit now, and time ends no chat',
    parts: { agents: [{ id: '1', status: 'available', chatLimit: 1, openChats: 1 }, BACK_AT_TWO], routing: TO_ALL },
    says: { available: false, expectedAt: at('14:00'), expected: '2' },
  },
  {
    title: 'R11: whatever the mode',
    parts: { agents: people('1', '2'), routing: TO_ALL },
    when: CLOSED,
    says: { available: true, assignee: '1', mode: 'offline' },
  },
  {
    title: 'R26: to the goal of the playbook that fires, when the hours open it',
    parts: {
      agents: people('1', '2 away'),
      playbooks: [
        {
          id: 'hi',
          type: 'bot',
          when: 'online',
          enabled: true,
          goal: { route: { to: { agent: '1' } } },
          message: 'Hi',
        },
      ],
      routing: { default: { to: { 'round-robin': ['2'] } } },
    },
    when: CLOSED,
    says: { available: false, expectedAt: '2026-11-24T09:00:00.000-05:00', expected: '1' },
  },
]

describe('who can take a chat, else when', () => {
  test.each(CASES)('$title', ({ parts, when = OPEN, route, attributes, says }) => {
    expect(reachable(documentOf(parts), { at: when, route, visitor: { attributes } })).toMatchObject(says)
  })

  test('says of every candidate why not', () => {
    const { candidates } = reachable(documentOf({ agents: [...people('1 away'), BACK_AT_TWO], routing: TO_ALL }), {
      at: OPEN,
    })
    expect(candidates).toMatchObject([
      { agent: '1', outcome: 'away' },
      { agent: '2', name: 'Ana', outcome: 'away', reason: expect.stringContaining('14:00') },
    ])
  })

  test('refuses a route to nobody', () => {
    expect(() => reachable(documentOf(), { at: OPEN, route: 'agent:9' })).toThrow(/"9" is not an agent/)
  })

  test('10,000 agents and 500 shifts that nobody of the route is in: it gives up, and says where', () => {
    const agents = Array.from({ length: 10_000 }, (_, index) => ({
      id: `${index}`,
      status: index < 5_000 ? 'away' : 'automatic',
    }))
    const shifts = Array.from({ length: 500 }, (_, index) => {
      const [hour, minute] = [String(index % 23).padStart(2, '0'), String(index % 60).padStart(2, '0')]
      return { id: `s${index}`, days: 'mon-sun', hours: `${hour}:${minute}-23:59`, agents: [`${5_000 + index}`] }
    })
    const routing = { default: { to: { 'round-robin': agents.slice(0, 100).map(({ id }) => id) } } }
    const document = documentOf({ plan: 'enterprise', agents, duty: { shifts }, routing })
    const answer = reachable(document, { at: OPEN })
    expect(answer).toMatchObject({ available: false, expectedAt: null })
    expect(Date.parse(answer.lookedUntil!)).toBeGreaterThan(OPEN)
  }, 120_000)
})
