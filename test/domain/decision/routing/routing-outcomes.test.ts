import { describe, expect, test } from 'vitest'
import { type SimulateRequest, simulate } from '../../../../src/domain/questions/simulate.js'
import { documentOf, OPEN, people } from '../../workspace-builder.js'
import { type Routing, routingOf } from './routing-of.js'

const outcomes: readonly {
  title: string
  parts: object
  request: Partial<SimulateRequest>
  expected: Partial<Routing>
}[] = [
  {
    title: 'R24: every candidate appears with its outcome, in the order of ids',
    parts: {
      agents: [...people('1', '2 away', '4 disabled', '5 bot', '10'), { id: '3', openChats: 4, chatLimit: 4 }],
    },
    request: { route: 'round-robin:10,5,4,3,2,1' },
    expected: {
      assignee: '1',
      candidates: ['1 routed', '2 away', '3 at-limit', '4 disabled', '5 not-a-member', '10 next'],
    },
  },
  {
    title: 'R24: a disabled agent is disabled rather than away, a bot no member rather than at the limit',
    parts: { agents: [...people('1 disabled away'), { id: '2', bot: true, openChats: 1, chatLimit: 1 }] },
    request: { route: 'round-robin:1,2' },
    expected: { assignee: null, candidates: ['1 disabled', '2 not-a-member'] },
  },
  {
    title: 'R24: those who are no candidates do not appear',
    parts: { agents: people('1', '2', '3'), teams: [{ id: 'sales', members: ['2'] }] },
    request: { route: 'team:sales' },
    expected: { candidates: ['2 routed'] },
  },
]

for (const { title, parts, request, expected } of outcomes) {
  test(title, () => {
    expect(routingOf(parts, request)).toMatchObject(expected)
  })
}

describe('R24: reasons', () => {
  const reasons: readonly { agent: object; reason: string }[] = [
    { agent: { status: 'available' }, reason: 'available, not their turn' },
    { agent: { status: 'away' }, reason: 'away' },
    { agent: { openChats: 5, chatLimit: 4 }, reason: '5 open chats, limit 4' },
    { agent: { disabled: true }, reason: 'disabled' },
    { agent: { bot: true }, reason: 'a bot' },
  ]

  for (const { agent, reason } of reasons) {
    test(`R24: the reason of ${JSON.stringify(agent)} is "${reason}"`, () => {
      const document = documentOf({ agents: [...people('1'), { id: '2', ...agent }] })
      const { candidates } = simulate(document, { at: OPEN, route: 'round-robin:1,2' }).routing
      expect(candidates.map((candidate) => candidate.reason)).toEqual(['available', reason])
    })
  }

  test('R24: the reason of an owner who is no agent says so', () => {
    const { candidates } = simulate(documentOf(), {
      at: OPEN,
      route: 'account-owner',
      visitor: { attributes: { 'account.owner': '7' } },
    }).routing
    expect(candidates).toEqual([{ agent: '7', outcome: 'not-a-member', reason: 'not an agent of this workspace' }])
  })
})
