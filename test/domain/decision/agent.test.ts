import { describe, expect, test } from 'vitest'
import { compareIds, statusAt } from '../../../src/domain/decision/agent.js'
import { DocumentError } from '../../../src/domain/document/problem.js'
import { simulate } from '../../../src/domain/questions/simulate.js'
import { nextTransition } from '../../../src/domain/questions/timeline.js'
import { documentOf, idsOf, OPEN, people, workspaceOf } from '../workspace-builder.js'

const ONE = Date.parse('2026-11-23T13:00-05:00')
const UNTIL_ONE = '2026-11-23T13:00:00-05:00'

const statuses: readonly { title: string; agent: object; at?: number; status: string }[] = [
  { title: 'available', agent: { status: 'available' }, status: 'available' },
  { title: 'away', agent: { status: 'away' }, status: 'away' },
  { title: 'available without a status', agent: {}, status: 'available' },
  { title: 'away before its end', agent: { status: 'away', until: UNTIL_ONE }, at: ONE - 1, status: 'away' },
  { title: 'available at the end of away', agent: { status: 'away', until: UNTIL_ONE }, at: ONE, status: 'available' },
  {
    title: 'available long after away ended',
    agent: { status: 'away', until: '2020-01-01T00:00Z' },
    status: 'available',
  },
  {
    title: 'available before its end',
    agent: { status: 'available', until: UNTIL_ONE },
    at: ONE - 1,
    status: 'available',
  },
  { title: 'away at the end of available', agent: { status: 'available', until: UNTIL_ONE }, at: ONE, status: 'away' },
]

describe('R15: statuses end by themselves', () => {
  for (const { title, agent, at = OPEN, status } of statuses) {
    test(`R15: an agent is ${title}`, () => {
      const [only] = workspaceOf({ agents: [{ id: '1', ...agent }] }).roster.agents
      expect(statusAt(only!, at)).toBe(status)
      const answer = simulate(documentOf({ agents: [{ id: '1', ...agent }] }), { at })
      expect(answer.agents).toEqual([{ id: '1', name: '1', status }])
    })
  }

  const sentences: readonly { title: string; agent: object; at?: number; reason: string }[] = [
    { title: 'a note', agent: { status: 'away', note: 'lunch' }, reason: 'away (lunch)' },
    { title: 'an end', agent: { status: 'away', until: UNTIL_ONE }, reason: 'away until Mon 13:00' },
    {
      title: 'an end and a note',
      agent: { status: 'away', until: UNTIL_ONE, note: 'lunch' },
      reason: 'away until Mon 13:00 (lunch)',
    },
    {
      title: 'neither of a status that has ended',
      agent: { status: 'available', until: UNTIL_ONE, note: 'covering' },
      at: ONE,
      reason: 'away',
    },
  ]

  for (const { title, agent, at = OPEN, reason } of sentences) {
    test(`R15: the reason tells ${title}`, () => {
      const document = documentOf({ agents: [{ id: '1', ...agent }] })
      const { candidates } = simulate(document, { at, route: 'round-robin:1' }).routing
      expect(candidates).toEqual([{ agent: '1', outcome: 'away', reason }])
    })
  }

  test('R15: an end is the next transition, once, for those who have one', () => {
    const agents = [{ id: '1', status: 'away', until: UNTIL_ONE }, ...people('2', '3 away')]
    const workspace = workspaceOf({ agents, widget: { mode: 'offline' } })
    expect([nextTransition(workspace, OPEN), nextTransition(workspace, ONE)]).toEqual([ONE, Infinity])
  })

  test('R15: an answer says which statuses the document does not state', () => {
    const reasons = (agents: object[]) =>
      simulate(documentOf({ agents }), { at: OPEN }).reasons.filter(({ rule }) => rule === 'R15')
    const text = (who: string) => [
      { rule: 'R15', code: 'status.assumed', text: `${who} assumed available: the document has no status.` },
    ]
    expect(reasons([{ id: '1' }, { id: '2' }])).toEqual(text('Agents are'))
    expect(reasons([{ id: '1' }, ...people('2')])).toEqual(text('1 is'))
    expect(reasons([{ id: '1' }, { id: '2' }, ...people('3')])).toEqual(text('1, 2 are'))
    expect(reasons(people('1', '2 away'))).toEqual([])
  })
})

describe('R9: staffing', () => {
  const END = [UNTIL_ONE, '2026-11-23T14:00:00-05:00']
  const [FIRST, SECOND] = END.map(Date.parse) as [number, number]
  const rosters: readonly { title: string; agents: object[]; staffed: boolean[]; changes: number[] }[] = [
    {
      title: 'two who go one after the other leave nobody after the second',
      agents: END.map((until, index) => ({ id: `${index}`, status: 'available', until })),
      staffed: [true, true, false],
      changes: [SECOND, SECOND, Infinity],
    },
    {
      title: 'two who come one after the other are somebody from the first',
      agents: END.map((until, index) => ({ id: `${index}`, status: 'away', until })),
      staffed: [false, true, true],
      changes: [FIRST, Infinity, Infinity],
    },
    {
      title: 'one who goes as another comes leaves no gap',
      agents: [
        { id: '1', status: 'available', until: UNTIL_ONE },
        { id: '2', status: 'away', until: UNTIL_ONE },
      ],
      staffed: [true, true, true],
      changes: [Infinity, Infinity, Infinity],
    },
    {
      title: 'a bot and a disabled agent who come are nobody',
      agents: [
        { id: '1', status: 'away', until: UNTIL_ONE, bot: true },
        { id: '2', status: 'away', until: UNTIL_ONE, disabled: true },
      ],
      staffed: [false, false, false],
      changes: [Infinity, Infinity, Infinity],
    },
  ]

  for (const { title, agents, staffed, changes } of rosters) {
    test(`R9: ${title}`, () => {
      const { roster } = workspaceOf({ agents })
      expect([OPEN, FIRST, SECOND].map((at) => roster.isStaffed(at))).toEqual(staffed)
      expect([OPEN, FIRST, SECOND].map((at) => roster.nextStaffingChange(at))).toEqual(changes)
    })
  }
})

const orders: readonly { title: string; ids: string[]; sorted: string[] }[] = [
  { title: 'numeric ids as numbers', ids: ['10', '9', '100', '1'], sorted: ['1', '9', '10', '100'] },
  {
    title: 'numeric ids beyond the integers of a double',
    ids: ['9007199254740993', '9007199254740992', '90071992547409910'],
    sorted: ['9007199254740992', '9007199254740993', '90071992547409910'],
  },
  { title: 'numbers before names', ids: ['ana', '2', 'a', '10'], sorted: ['2', '10', 'a', 'ana'] },
  { title: 'names by code unit', ids: ['b', 'a10', 'B', 'a2'], sorted: ['B', 'a10', 'a2', 'b'] },
  { title: 'equal numbers by their text', ids: ['7', '007', '07'], sorted: ['007', '07', '7'] },
]

for (const { title, ids, sorted } of orders) {
  test(`R21: ids are in the order of ${title}`, () => {
    expect([...ids].sort(compareIds)).toEqual(sorted)
    expect([...ids].reverse().sort(compareIds)).toEqual(sorted)
    expect(idsOf(workspaceOf({ agents: ids.map((id) => ({ id })) }).roster.agents)).toEqual(sorted)
  })
}

test('R21: an id is found before an equal email', () => {
  const { roster } = workspaceOf({
    agents: [{ id: '1', email: '2' }, { id: '2' }, { id: '3', email: 'kofi@acme.example' }],
  })
  expect([roster.find('2')?.id, roster.find('kofi@acme.example')?.id, roster.find('4')]).toEqual(['2', '3', undefined])
})

test('R16: a document says who is admin; everybody else is an agent', () => {
  const { agents } = documentOf({ agents: [{ id: '1', role: 'admin' }, { id: '2', role: 'agent' }, { id: '3' }] })
  expect(agents.map(({ role }) => role)).toEqual(['admin', 'agent', 'agent'])
})

test('R16: there is no third role', () => {
  expect(() => documentOf({ agents: [{ id: '1', role: 'owner' }] })).toThrow('"owner" is not one of admin, agent')
})

test.each(['AVAILABLE', 'OFFLINE', 'ON_CALL', 'offline'])(
  "R17: %s is a word of Drift's API, not of a document",
  (status) => {
    expect(() => documentOf({ agents: [{ id: '1', status }] })).toThrow(DocumentError)
  },
)
