import { describe, expect, test } from 'vitest'
import { exitCodeOf } from '../../src/cli/exit-codes.js'
import { hintOf } from '../../src/cli/next-steps.js'
import { DriftStatusError, type ErrorCode } from '../../src/domain/errors.js'
import { type DriftClientOptions, driftClient } from '../../src/drift/adapter/drift-client.js'
import { fixtureServer, type Replies, type Reply } from './fixture-server.js'
import { nodeSender } from './node-sender.js'

const TOKEN = '1234567890-1234-1234-123456'
const NOW = Date.parse('2026-11-23T17:00:00Z')
const DOCUMENTED: Replies = {
  'GET /users/list': { fixture: 'users-list' },
  'GET /users/228225': { fixture: 'user' },
  'GET /teams/org': { fixture: 'teams-org' },
}

async function account(replies: Replies = {}, options: Partial<DriftClientOptions> = {}, timeoutMs?: number) {
  const { base, seen } = await fixtureServer({ ...DOCUMENTED, ...replies })
  const send = nodeSender(base, timeoutMs)
  const client = driftClient({ send, token: TOKEN, now: () => NOW, ...options })
  return { client, seen, base }
}

/** Ana's document with an availability, as Drift answers an update. */
function ana(availability: string): Reply {
  return { status: 200, text: JSON.stringify({ data: { id: 228225, orgId: 123, name: 'Ana Lima', availability } }) }
}

async function errorOf(work: Promise<unknown>): Promise<DriftStatusError> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(DriftStatusError)
  return error as DriftStatusError
}

describe('agents', () => {
  test('R17: are read in the order of their ids, with the raw availability', async () => {
    const { client, seen } = await account()
    const { agents, available, away, next } = await client.listAgents({})
    expect(agents.map(({ id, status, availability }) => [id, status, availability])).toEqual([
      ['21965', 'available', 'ON_CALL'],
      ['228225', 'available', 'AVAILABLE'],
      ['243266', 'away', 'OFFLINE'],
      ['300001', 'away', undefined],
      ['2180056', 'available', 'AVAILABLE'],
    ])
    // R9: the bot is neither.
    expect({ available, away, next }).toEqual({ available: 2, away: 2, next: null })
    expect(seen).toEqual([{ method: 'GET', url: '/users/list', authorization: `Bearer ${TOKEN}`, body: '' }])
  })

  test('keep what a document has a place for', async () => {
    const { client } = await account()
    expect((await client.getAgent({ id: '228225' })).value).toEqual({
      id: '228225',
      email: 'ana@acme.example',
      name: 'Ana Lima',
      role: 'agent',
      avatar: 'https://acme.example/ana.png',
      timeZone: 'America/Sao_Paulo',
      status: 'available',
      availability: 'AVAILABLE',
    })
  })

  test('are filtered and paged as in any workspace', async () => {
    const { client } = await account()
    const first = await client.listAgents({ status: 'available', limit: 2 })
    expect([first.agents.map(({ id }) => id), first.next]).toEqual([['21965', '228225'], '228225'])
    const last = await client.listAgents({ status: 'available', limit: 2, after: '228225' })
    expect([last.agents.map(({ id }) => id), last.next]).toEqual([['2180056'], null])
  })

  test.each([
    ['by id', '228225', '228225'],
    ['by email, whatever its case', 'sam@ACME.example', '21965'],
    ['by name', 'ana berg', '243266'],
    ['by a first name that one has', 'sam', '21965'],
  ])('are found %s', async (_, name, id) => {
    const { client } = await account()
    expect((await client.getAgent({ id: name })).value.id).toBe(id)
  })

  test.each<[string, string, ErrorCode, RegExp]>([
    ['several have', 'ana', 'invalid-input', /\(id 228225\) and .* \(id 243266\)/],
    ['nobody has', 'sm', 'not-found', /"sm" is not a user/],
    ['nobody has as an id', '404', 'not-found', /"404" is not a user/],
  ])('a name that %s is an error', async (_, name, code, message) => {
    const { client } = await account()
    const error = await errorOf(client.getAgent({ id: name }))
    expect(error.code).toBe(code)
    expect(error.message).toMatch(message)
  })

  test.each([
    ['more: true and the next page', { more: true, next: '2' }],
    ['the next page as a number', { next: 2 }],
  ])('on several pages are all read: %s', async (_, pagination) => {
    const page = (id: number, more?: object) => ({ status: 200, text: JSON.stringify({ data: [{ id }], ...more }) })
    const { client, seen } = await account({
      'GET /users/list': page(1, { pagination }),
      'GET /users/list?next=2': page(2, { pagination: { more: false, next: '3' } }),
    })
    expect((await client.listAgents({})).agents.map(({ id }) => id)).toEqual(['1', '2'])
    expect(seen).toHaveLength(2)
  })

  test('a page that names itself as the next is read once more and no further', async () => {
    const page = { status: 200, text: '{"data":[{"id":1}],"pagination":{"next":"2"}}' }
    const { client, seen } = await account({ 'GET /users/list': page, 'GET /users/list?next=2': page })
    await client.listAgents({})
    expect(seen).toHaveLength(2)
  })
})

test('teams are read without the archived ones', async () => {
  const { client } = await account()
  expect((await client.getTeams({})).value).toEqual([
    {
      id: '5521',
      name: 'Sales',
      members: ['228225', '243266'],
      availability: 'custom-hours',
      autoOffline: true,
    },
    { id: '5523', name: 'Empty', members: [], availability: 'always-online' },
  ])
})

test('a glance tells agents and nothing that Drift does not tell', async () => {
  const { client } = await account({}, { timeZone: 'Europe/Berlin', workspace: 'Drift (acme)' })
  const { agents, ...rest } = await client.getStatus({})
  expect(rest).toEqual({
    workspace: 'Drift (acme)',
    revision: 0,
    at: '2026-11-23T18:00:00.000+01:00',
    timeZone: 'Europe/Berlin',
  })
  expect([agents.available, agents.away, agents.listed.length]).toEqual([2, 2, 5])
})

test('times without a zone are in the zone that is handed in, else UTC', async () => {
  const { client } = await account({}, { timeZone: 'Europe/Berlin' })
  expect((await client.getSettings({})).value.timeZone).toBe('Europe/Berlin')
  expect((await (await account()).client.getSettings({})).value.timeZone).toBe('UTC')
})

describe('a status', () => {
  test('of your own is set for the user that the profile says you are', async () => {
    const { client, seen } = await account(
      { 'PATCH /users/update?userId=228225': ana('OFFLINE') },
      { me: 'ana@acme.example' },
    )
    expect(await client.putStatus({ id: 'me', status: 'away' })).toEqual({
      workspace: 'Drift',
      timeZone: 'UTC',
      changed: true,
      revision: 0,
      dryRun: false,
      changes: [{ path: 'agents[228225].status', before: 'available', after: 'away' }],
      names: { 228225: 'Ana Lima' },
      agent: expect.objectContaining({ id: '228225', name: 'Ana Lima', status: 'away', availability: 'OFFLINE' }),
    })
    expect(seen.at(-1)).toEqual({
      method: 'PATCH',
      url: '/users/update?userId=228225',
      authorization: `Bearer ${TOKEN}`,
      body: '{"availability":"OFFLINE"}',
    })
  })

  test.each([
    ['available, who is available', '228225', 'available'],
    ['R17: available, who is on a call', 'sam', 'available'],
    ['away, who is away', 'berg@acme.example', 'away'],
  ] as const)('%s: nothing is sent and nothing changed', async (_, id, status) => {
    const { client, seen } = await account()
    expect(await client.putStatus({ id, status })).toMatchObject({ changed: false, changes: [] })
    expect(seen.map(({ method }) => method)).not.toContain('PATCH')
  })

  test('of someone who has none in Drift is sent, also when it reads the same', async () => {
    const { client, seen } = await account({
      'GET /users/300001': { status: 200, text: '{"data":{"id":300001}}' },
      'PATCH /users/update?userId=300001': ana('OFFLINE'),
    })
    expect(await client.putStatus({ id: '300001', status: 'away' })).toMatchObject({ changed: true })
    expect(seen.at(-1)?.body).toBe('{"availability":"OFFLINE"}')
  })

  test('in a dry run is told and not sent', async () => {
    const { client, seen } = await account()
    const answer = await client.putStatus({ id: '228225', status: 'away' }, { dryRun: true })
    expect(answer).toMatchObject({ changed: true, dryRun: true })
    expect(seen.map(({ method }) => method)).toEqual(['GET'])
  })

  test('that Drift does not keep is an error', async () => {
    const { client } = await account({ 'PATCH /users/update?userId=228225': ana('AVAILABLE') })
    expect((await errorOf(client.putStatus({ id: '228225', status: 'away' }))).code).toBe('failed')
  })

  test.each([
    ['an end', { until: '2026-11-24T09:00:00Z' }, {}, /no end/],
    ['a note', { note: 'lunch' }, {}, /no note/],
    ['a message', {}, { note: 'why' }, /no log/],
    ['a revision', {}, { ifMatch: 3 }, /no revisions/],
  ])('with %s is refused before anything is sent', async (_, part, options, message) => {
    const { client, seen } = await account()
    const error = await errorOf(client.putStatus({ id: '228225', status: 'away', ...part }, options))
    expect([exitCodeOf(error), seen.length]).toEqual([2, 0])
    expect(error.message).toMatch(message)
    expect(error.hint).toMatch(/leave/)
  })

  test.each<[string, string | undefined, ErrorCode, RegExp]>([
    ['a profile that names nobody', undefined, 'invalid-input', /names no Drift user/],
    ['a profile that names nobody of the account', 'kim@acme.example', 'not-found', /you are "kim@acme.example"/],
    ['a profile with an id of nobody', '404', 'not-found', /you are "404"/],
  ])('of your own with %s is an error', async (_, me, code, message) => {
    const { client } = await account({}, { me })
    const error = await errorOf(client.putStatus({ id: 'me', status: 'away' }))
    expect(error.code).toBe(code)
    expect(error.message).toMatch(message)
    expect(hintOf(error)).toMatch(/--agent/)
  })
})

const DOCUMENTED_ERROR = (type: string, message: string) => JSON.stringify({ error: { type, message } })
const PAGE = '<!doctype html><html><title>Bad Gateway</title></html>'

interface ErrorCase {
  readonly title: string
  readonly reply: Reply
  readonly code: ErrorCode
  readonly exit: number
  readonly message: RegExp
  readonly hint: RegExp
}

const ERRORS: readonly ErrorCase[] = [
  {
    title: '400 as documented',
    reply: { status: 400, text: DOCUMENTED_ERROR('validation_error', 'One or more fields are invalid') },
    code: 'invalid-input',
    exit: 2,
    message: /refused GET \/users\/list \(400\): One or more fields are invalid$/,
    hint: /doctor/,
  },
  {
    title: '401 with nothing in it',
    reply: { status: 401, text: '' },
    code: 'not-logged-in',
    exit: 4,
    message: /^Drift does not accept the token$/,
    hint: /profile login/,
  },
  {
    title: '401 with a plain message',
    reply: { status: 401, text: '{"message":"Unauthorized"}' },
    code: 'not-logged-in',
    exit: 4,
    message: /token: Unauthorized$/,
    hint: /profile login/,
  },
  {
    title: '403 as documented',
    reply: { status: 403, text: DOCUMENTED_ERROR('authentication_error', 'Missing proper authorization') },
    code: 'not-allowed',
    exit: 4,
    message: /read this .*: Missing proper authorization$/,
    hint: /user_read/,
  },
  {
    title: '404 of the address itself',
    reply: { status: 404, text: PAGE },
    code: 'not-found',
    exit: 5,
    message: /nothing at GET \/users\/list$/,
    hint: /address/,
  },
  {
    title: '429 that says in how many seconds',
    reply: { status: 429, text: DOCUMENTED_ERROR('rate_limit', 'Too many'), headers: { 'retry-after': '30' } },
    code: 'busy',
    exit: 7,
    message: /no more requests of this token for now: Too many$/,
    hint: /^try again in 30 seconds$/,
  },
  {
    title: '429 that says when',
    reply: { status: 429, text: '', headers: { 'retry-after': 'Mon, 23 Nov 2026 17:00:01 GMT' } },
    code: 'busy',
    exit: 7,
    message: /no more requests/,
    hint: /^try again in 1 second$/,
  },
  {
    title: '429 that does not say when',
    reply: { status: 429, text: 'slow down' },
    code: 'busy',
    exit: 7,
    message: /for now$/,
    hint: /in a minute/,
  },
  {
    title: '500 with an error that is a text',
    reply: { status: 500, text: '{"error":"boom"}' },
    code: 'failed',
    exit: 1,
    message: /failed to answer GET \/users\/list \(500\): boom$/,
    hint: /later/,
  },
  {
    title: '500 with nothing in it',
    reply: { status: 500, text: '' },
    code: 'failed',
    exit: 1,
    message: /\(500\)$/,
    hint: /later/,
  },
  {
    title: '502 with a page of a gateway, which is not repeated',
    reply: { status: 502, text: PAGE },
    code: 'failed',
    exit: 1,
    message: /\(502\)$/,
    hint: /later/,
  },
  {
    title: '503',
    reply: { status: 503, text: PAGE, headers: { 'retry-after': '120' } },
    code: 'busy',
    exit: 7,
    message: /maintained$/,
    hint: /120 seconds/,
  },
  {
    title: 'a redirect, which no token follows',
    reply: { status: 302, text: '', headers: { location: 'http://127.0.0.1:1/elsewhere' } },
    code: 'failed',
    exit: 1,
    message: /not followed/,
    hint: /proxy/,
  },
  {
    title: 'an error that repeats the token, which is not repeated',
    reply: { status: 403, text: DOCUMENTED_ERROR('authentication_error', `bad token ${TOKEN}`) },
    code: 'not-allowed',
    exit: 4,
    message: /bad token …$/,
    hint: /scope/,
  },
  {
    title: 'an error that would move the cursor of a terminal',
    reply: { status: 400, text: DOCUMENTED_ERROR('validation_error', 'one\n\u001b[2Jtwo') },
    code: 'invalid-input',
    exit: 2,
    message: /: one \[2Jtwo$/,
    hint: /doctor/,
  },
  ...[
    ['JSON that is cut', '{"data":[{"id":1}'],
    ['nothing', ''],
    ['a page', PAGE],
    ['null', 'null'],
    ['a list', '[]'],
    ['data that is not a list', '{"data":{"id":1}}'],
    ['a user without an id', '{"data":[{"name":"Ana"}]}'],
    ['a user that is null', '{"data":[null]}'],
    ['an id that is a text', '{"data":[{"id":"1"}]}'],
  ].map(
    ([title, text]): ErrorCase => ({
      title: `200 with ${title}`,
      reply: { status: 200, text: text! },
      code: 'failed',
      exit: 1,
      message: /^the answer to GET \/users\/list is not an answer of Drift$/,
      hint: /proxy/,
    }),
  ),
  {
    title: 'an answer that breaks off',
    reply: { cut: '{"data":[{"id":1},' },
    code: 'unreachable',
    exit: 8,
    message: /broke off|cannot be reached/,
    hint: /^$/,
  },
  {
    title: 'a connection that is dropped',
    reply: { drop: true },
    code: 'unreachable',
    exit: 8,
    message: /cannot be reached/,
    hint: /^$/,
  },
]

describe('errors', () => {
  test.each(ERRORS)('$title: exit code $exit', async ({ reply, code, exit, message, hint }) => {
    const { client } = await account({ 'GET /users/list': reply })
    const error = await errorOf(client.listAgents({}))
    expect([error.code, exitCodeOf(error)]).toEqual([code, exit])
    expect(error.message).toMatch(message)
    expect(hintOf(error) ?? '').toMatch(hint)
    expect(`${error.message} ${error.hint}`).not.toContain(TOKEN)
  })

  test('no answer in time: try again later', async () => {
    const { client } = await account({ 'GET /users/list': { silent: true } }, {}, 100)
    expect((await errorOf(client.listAgents({}))).code).toBe('busy')
  })

  test('nothing listens there: unreachable', async () => {
    const client = driftClient({ send: nodeSender('http://127.0.0.1:9'), token: TOKEN, now: () => NOW })
    expect((await errorOf(client.listAgents({}))).code).toBe('unreachable')
  })

  test('a token that may read and not write says which scope it lacks', async () => {
    const { client } = await account({
      'PATCH /users/update?userId=228225': { status: 403, text: DOCUMENTED_ERROR('authentication_error', 'no scope') },
    })
    const error = await errorOf(client.putStatus({ id: '228225', status: 'away' }))
    expect([error.code, error.hint]).toEqual(['not-allowed', expect.stringContaining('user_write')])
  })

  test('an answer to an update that is not Drift’s says so', async () => {
    const { client } = await account({ 'PATCH /users/update?userId=228225': { status: 200, text: '{"ok":true}' } })
    expect((await errorOf(client.putStatus({ id: '228225', status: 'away' }))).code).toBe('failed')
  })
})

test('closing ends what the sender keeps open', async () => {
  let closed = 0
  const { client } = await account(
    {},
    {
      close: async () => {
        closed++
      },
    },
  )
  await client.close()
  expect(closed).toBe(1)
})
