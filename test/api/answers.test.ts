import { readFile } from 'node:fs/promises'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isInQuery, toHttpRequest } from '../../src/api/contract/http.js'
import { type OperationId, operations, type RequestOf } from '../../src/api/contract/operations.js'
import { people } from '../domain/workspace-builder.js'
import { calendarAnswer, calendarOf, startFeedServer } from '../service/feed-server.js'
import { type LiveWorkspace, liveWorkspace } from '../service/live-workspace.js'
import { STORED_TOKEN } from '../service/stored-token.js'
import { checkAnswer } from './checked-transport.js'

const TARGET = { to: { 'round-robin': ['1', '2'] } }
const TEAMS = [{ id: 'sales', name: 'Sales', members: ['1', '2'] }]
const RULE = { id: 'big', when: { 'company.size': { gte: 500 }, country: { in: ['DE', 'AT'] } }, to: { team: 'sales' } }
const PLAYBOOK = {
  id: 'leadbot',
  type: 'bot' as const,
  enabled: true,
  target: { url: ['/pricing*'] },
  goal: { route: { to: 'rules' as const }, calendar: true },
}
const HOURS = {
  weekly: { mon: ['09:00-12:00', '13:00-17:00'], tue: '22:00-02:00', sat: 'closed' },
  exceptions: [{ from: '2026-12-25', to: '2026-12-26', name: 'Christmas', hours: 'closed' }],
}
const DOCUMENT = {
  version: 1,
  name: 'Acme',
  timeZone: 'America/New_York',
  hours: HOURS,
  agents: people('1', '2', '3 away avatar', '4 bot'),
  teams: TEAMS,
  chatLimit: 5,
  greeting: { offline: 'Back soon.' },
  playbooks: [PLAYBOOK],
  routing: { rules: [RULE], default: TARGET },
}
const FEED = await startFeedServer(calendarAnswer(calendarOf(['20261225', 'Christmas Day'])))
afterAll(() => FEED.close())
const HOLIDAYS = [{ id: 'feed', source: FEED.url, days: [] }]

const DUTY = {
  shifts: [{ id: 'front', name: 'Front desk', days: 'mon-fri', hours: '09:00-13:00', agents: ['1', '2'] }],
  covers: [],
}
const STORED_FEED = { ...STORED_TOKEN, id: 'feedfeed', agent: '1', scopes: [] }
const VISITOR = { url: '/pricing', attributes: { 'company.size': 800, country: 'DE', vip: true } }

/** One call of every operation, in an order in which each has something to answer. */
const CALLS: { readonly [Id in OperationId]: RequestOf<Id> } = {
  putWorkspace: { document: { ...DOCUMENT, holidays: HOLIDAYS } },
  planWorkspace: { document: { ...DOCUMENT, name: 'Planned', holidays: HOLIDAYS }, horizonDays: 14 },
  putHours: { hours: HOURS },
  putException: { date: '2026-12-24', name: 'Christmas Eve', hours: ['09:00-12:00'] },
  deleteException: { date: '2026-12-24' },
  putWidget: {
    display: 'online-only',
    override: { mode: 'offline', from: '2026-12-24T12:00:00Z', until: '2026-12-25T12:00:00Z' },
  },
  putAutoOffline: { enabled: true },
  putHolidays: { id: 'berlin', name: 'Berlin', days: [{ yearly: '10-03', name: 'Unity Day', hours: 'closed' }] },
  syncHolidays: { id: 'feed' },
  applyHolidays: { id: 'berlin', applies: false, team: 'sales' },
  getHolidays: {},
  deleteHolidays: { id: 'berlin' },
  addAgent: { agent: { id: 7, email: 'ana@acme.example', name: 'Ana', role: 'admin', chatLimit: 3 } },
  patchAgent: { id: '7', settings: { name: 'Ana Flores', chatLimit: null } },
  putStatus: { id: '7', status: 'away', from: '2026-12-24T12:00:00Z', until: '2026-12-25T12:00:00Z', note: 'leave' },
  deletePlanned: { id: '7', from: '2026-12-24T12:00:00Z' },
  deletePlannedMode: { from: '2026-12-24T12:00:00Z' },
  putDuty: { duty: DUTY },
  getDuty: {},
  listTurns: { from: '2026-11-23T00:00:00Z', to: '2026-12-01T00:00:00Z', limit: 3 },
  addCovers: {
    covers: [{ shift: 'front', from: '2026-12-01 09:00', to: '2026-12-01 13:00', agent: '7', instead: '1', note: 'x' }],
  },
  createDutyFeed: { agent: '1' },
  listDutyFeeds: {},
  deleteDutyFeed: { id: STORED_FEED.id },
  deleteAgent: { id: '4' },
  putTeams: { teams: TEAMS },
  putRouting: { routing: { rules: [RULE], default: TARGET } },
  putPlaybooks: { playbooks: [PLAYBOOK] },
  route: { visitor: VISITOR, route: 'team:sales' },
  listAssignments: { limit: 10 },
  endAssignment: { id: 1 },
  putCursor: { group: 'team:sales', agent: '2' },
  getCursors: {},
  getWorkspace: {},
  getSettings: {},
  patchSettings: { settings: { name: 'Acme', chatLimit: null } },
  getGreeting: {},
  putGreeting: { greeting: { online: 'Hi!' } },
  listExceptions: { at: '2026-12-24T12:00:00Z' },
  getStatus: {},
  lint: { at: '2027-03-01T12:00:00Z' },
  getWidget: {},
  getHours: {},
  getWeek: { at: '2026-12-25T12:00:00Z' },
  openTimeAfter: { at: '2026-12-24T12:00:00Z', minutes: 90 },
  openTimeBetween: { from: '2026-12-24T12:00:00Z', to: '2026-12-28T12:00:00Z' },
  nextHours: { at: '2026-12-24T12:00:00Z', count: 4 },
  listAgents: { status: 'away', after: '1', limit: 2 },
  getAgent: { id: '7' },
  getTeams: {},
  getRouting: {},
  getPlaybooks: {},
  listRevisions: { limit: 3, since: '2026-01-01T00:00:00Z' },
  getRevision: { number: 1 },
  revert: { number: 2, force: true },
  getReport: { from: '2026-11-23T00:00:00Z', to: '2026-11-30T00:00:00Z' },
  simulate: {
    at: '2026-11-24T15:00:00Z',
    assumptions: { agents: { '1': 'away' }, mode: 'online', autoOffline: false },
    visitor: { ...VISITOR, timeZone: 'Asia/Tokyo' },
    route: 'team:sales',
    strategy: 'random',
    after: '1',
    seed: 7,
    sequence: 3,
    next: 2,
  },
  reachable: { visitor: { url: '/pricing', attributes: { country: 'DE' } }, route: 'rules' },
  simulateTimeline: { from: '2026-11-23T00:00:00Z', to: '2026-12-01T00:00:00Z', visitor: VISITOR },
  check: {
    scenarios: [
      {
        name: 'it',
        from: '2026-11-23T00:00:00Z',
        to: '2026-12-01T00:00:00Z',
        during: { days: 'mon-fri', hours: '09:00-17:00' },
        visitor: VISITOR,
        assume: { agents: { '1': 'away' } },
        never: { widget: { mode: 'offline' }, routing: { candidates: { some: { agent: '1' } } } },
      },
    ],
  },
  getBasis: { from: '2026-11-23T00:00:00Z', to: '2026-12-01T00:00:00Z', assumptions: { agents: { '1': 'away' } } },
  coverage: { from: '2026-11-23T00:00:00Z', to: '2026-11-30T00:00:00Z', route: 'rules', visitor: VISITOR, min: 2 },
  checkCondition: { condition: 'staffed', at: '2026-11-24T15:00:00Z' },
  createToken: { name: 'ci', agent: '2', scopes: ['read', 'status:self'], expiresAt: '2027-11-24T15:00:00Z' },
  rotateToken: { id: STORED_TOKEN.id, overlapSeconds: 60 },
  revokeToken: { id: STORED_TOKEN.id },
  listTokens: {},
  getMe: {},
}

interface Described {
  readonly parameters?: readonly { readonly name?: string; readonly in?: string; readonly schema?: object }[]
  readonly requestBody?: { readonly content: { readonly 'application/json': { readonly schema: object } } }
  readonly responses: {
    readonly 200: { readonly content: { readonly 'application/json': { readonly schema: object } } }
  }
}

// Formats are left to the patterns: this validator alone knows none.
const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true })
let paths: Record<string, Record<string, Described>>
let live: LiveWorkspace

beforeAll(async () => {
  const document = JSON.parse(await readFile('docs/openapi.json', 'utf8'))
  paths = document.paths
  ajv.addSchema(document, 'api')
  live = await liveWorkspace(DOCUMENT)
  await live.store.write(async (transaction) => {
    await transaction.tokens.put(STORED_TOKEN)
    await transaction.tokens.put(STORED_FEED)
  })
})

/** What an independent validator says of a value, by a schema of docs/openapi.json. */
function errorsBy(schema: object, value: unknown): string {
  const absolute = JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"api#/'))
  return ajv.validate(absolute, value) ? '' : ajv.errorsText()
}

describe('one call of every operation', () => {
  test.each(Object.keys(CALLS) as OperationId[])(
    '%s: the request and the answer are what docs/openapi.json says',
    async (id) => {
      const { path, method } = operations[id]
      const { parameters = [], requestBody, responses } = paths[path]![method.toLowerCase()]!
      const sent = toHttpRequest(operations[id], CALLS[id])
      if (!isInQuery(method) && requestBody) {
        expect(errorsBy(requestBody.content['application/json'].schema, sent.body)).toBe('')
      }
      for (const { name, in: place, schema } of parameters) {
        const value = (CALLS[id] as Record<string, unknown>)[name ?? '']
        if (value !== undefined && (place === 'path' || place === 'query')) expect(errorsBy(schema!, value)).toBe('')
      }
      const call = live.owner[id] as (request: unknown) => Promise<unknown>
      const answer = await call(CALLS[id])
      const { schema } = responses[200].content['application/json']
      expect(errorsBy(schema, answer)).toBe('')
      if (!Array.isArray(answer)) {
        expect(errorsBy(schema, { ...(answer as object), undeclared: 1 })).toContain(
          'must NOT have additional properties',
        )
      }
    },
  )
})

describe('an answer that is not what the contract declares is found', () => {
  test.each<{ title: string; id: OperationId; answer: unknown }>([
    { title: 'an undeclared field', id: 'getCursors', answer: [{ group: 'default', agent: '1', since: 'today' }] },
    { title: 'a missing field', id: 'getCursors', answer: [{ group: 'default' }] },
    {
      title: 'a field that a default would fill in',
      id: 'getWidget',
      answer: { value: { mode: 'online' }, revision: 1 },
    },
    { title: 'a number for text', id: 'getCursors', answer: [{ group: 'default', agent: 1 }] },
    {
      title: 'an instant without an offset',
      id: 'checkCondition',
      answer: { at: '2026-11-24T15:00:00.000', timeZone: 'UTC', condition: 'open', holds: true },
    },
  ])('$title', ({ id, answer }) => {
    expect(() => checkAnswer(id, answer)).toThrow(`the answer of ${id}`)
  })
})
