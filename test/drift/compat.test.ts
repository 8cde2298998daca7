import { describe, expect, test } from 'vitest'
import type { Client } from '../../src/api/client.js'
import { DriftStatusError, type ErrorCode } from '../../src/domain/errors.js'
import { type CompatOptions, replyTo } from '../../src/drift/compat/endpoints.js'
import { errorReply } from '../../src/drift/compat/error-reply.js'
import { FIRST_HASHED_ID, integerIdOf } from '../../src/drift/compat/integer-id.js'
import type { TokenFacts } from '../../src/drift/compat/token-document.js'
import type { DriftTeam, DriftUser } from '../../src/drift/documents.js'
import { OPEN, people } from '../domain/workspace-builder.js'
import { liveWorkspace } from '../service/live-workspace.js'
import { compatServer, ORG, WORKSPACE } from './compat-server.js'

const PARTS = {
  name: 'Acme',
  widget: { mode: 'automatic', autoOffline: true },
  agents: [
    { id: '1', email: 'sam@acme.example', name: 'Sam', role: 'admin', status: 'available', timeZone: 'Europe/Berlin' },
    { id: '2', email: 'ana@acme.example', name: 'Ana', status: 'away', avatar: 'https://acme.example/ana.png' },
    { id: '7', name: '4711', status: 'available' },
    { id: '8', bot: true, status: 'available' },
    { id: '9', disabled: true, status: 'available' },
    { id: '007', status: 'away' },
    { id: 'kofi', email: 'kofi@acme.example', status: 'available' },
  ],
  teams: [
    { id: '31', name: 'Sales', members: ['1', 'ana@acme.example', '2', 'kofi'] },
    { id: 'support', members: ['7'] },
  ],
  playbooks: [
    { id: 'hello', type: 'welcome', when: 'online', enabled: true, message: 'Hello' },
    { id: '12', name: 'Talk', type: 'bot', enabled: true, goal: { route: { to: 'rules' } } },
    { id: 'off', type: 'bot', enabled: false },
  ],
}
const KOFI = integerIdOf('kofi')

async function serve(options: Partial<CompatOptions> = {}) {
  const live = await liveWorkspace(PARTS)
  const base = await compatServer({ owner: live.owner, sam: await live.as('1'), ana: await live.as('2') }, options)
  const call = async (path: string, { token = 'owner', ...init }: RequestInit & { token?: string } = {}) => {
    const response = await fetch(base + path, { ...init, headers: { authorization: `Bearer ${token}` } })
    return { status: response.status, body: (await response.json()) as Body }
  }
  const patch = (path: string, body: unknown, token = 'owner') =>
    call(path, { method: 'PATCH', body: JSON.stringify(body), token })
  return { ...live, call, patch }
}

interface Body {
  readonly data?: unknown
  readonly error?: { readonly type: string; readonly message: string }
}

describe('users', () => {
  test('are all listed in one answer, with fields that have no value absent', async () => {
    const { call } = await serve()
    const { status, body } = await call('/users/list')
    expect(status).toBe(200)
    expect(body.data).toEqual([
      {
        id: 1,
        orgId: ORG,
        name: 'Sam',
        email: 'sam@acme.example',
        availability: 'AVAILABLE',
        role: 'admin',
        timeZone: 'Europe/Berlin',
        bot: false,
      },
      {
        id: 2,
        orgId: ORG,
        name: 'Ana',
        email: 'ana@acme.example',
        availability: 'OFFLINE',
        role: 'agent',
        avatarUrl: 'https://acme.example/ana.png',
        bot: false,
      },
      expect.objectContaining({ id: integerIdOf('007'), availability: 'OFFLINE' }),
      { id: 7, orgId: ORG, name: '4711', availability: 'AVAILABLE', role: 'agent', bot: false },
      { id: 8, orgId: ORG, availability: 'AVAILABLE', role: 'agent', bot: true },
      { id: 9, orgId: ORG, availability: 'OFFLINE', role: 'agent', bot: false },
      { id: KOFI, orgId: ORG, email: 'kofi@acme.example', availability: 'AVAILABLE', role: 'agent', bot: false },
    ])
  })

  test('are read past the first page of the service', async () => {
    const ids = Array.from({ length: 2500 }, (_, index) => String(index + 1))
    const { owner } = await liveWorkspace({ agents: people(...ids) })
    const base = await compatServer({ owner })
    const response = await fetch(`${base}/users/list`, { headers: { authorization: 'Bearer owner' } })
    const { data } = (await response.json()) as { data: DriftUser[] }
    expect(data.map(({ id }) => id)).toEqual(ids.map(Number))
  })

  test.each([
    ['a numeric id', '/users/2', 'Ana'],
    ['a trailing slash', '/users/2/', 'Ana'],
  ])('one is read by %s', async (_, path, name) => {
    const { call } = await serve()
    expect(await call(path)).toMatchObject({ status: 200, body: { data: { name } } })
  })

  test('one whose id is no number is read by the integer the list gave', async () => {
    const { call } = await serve()
    expect(await call(`/users/${KOFI}`)).toMatchObject({ status: 200, body: { data: { email: 'kofi@acme.example' } } })
  })

  test('several are a map by id, without those that nobody has', async () => {
    const { call } = await serve()
    const { body } = await call(`/users?userId=2&userId=${KOFI}&userId=404&userId=2`)
    expect(Object.keys(body.data as object).sort()).toEqual(['2', String(KOFI)])
  })

  test('R15: a timed status that has ended is not told any more', async () => {
    const { call, owner, clock } = await serve()
    await owner.putStatus({ id: '1', status: 'away', until: new Date(OPEN + 60_000).toISOString() })
    expect((await call('/users/1')).body).toMatchObject({ data: { availability: 'OFFLINE' } })
    clock(OPEN + 60_000)
    expect((await call('/users/1')).body).toMatchObject({ data: { availability: 'AVAILABLE' } })
  })

  test.each([
    ['nobody', '/users/404', 404, 'not_found'],
    ['a number that is only a name', '/users/4711', 404, 'not_found'],
    ['nobody, by a hash', `/users/${integerIdOf('nobody')}`, 404, 'not_found'],
    ['a word', '/users/ana', 404, 'not_found'],
    ['"me"', '/users/me', 404, 'not_found'],
    ['a number that is not exact', '/users/9007199254740993', 404, 'not_found'],
    ['no ids', '/users', 400, 'validation_error'],
    ['a word as an id', '/users?userId=ana', 400, 'validation_error'],
    ['21 ids', `/users?${Array.from({ length: 21 }, (_, id) => `userId=${id}`).join('&')}`, 400, 'validation_error'],
    ['a path of nothing', '/conversations/list', 404, 'not_found'],
  ])('%s is an error of Drift’s', async (_, path, status, type) => {
    const { call } = await serve()
    const answer = await call(path)
    expect(answer).toEqual({ status, body: { error: { type, message: expect.stringMatching(/\w/) } } })
  })

  test.each(['/users/list', '/users/1', '/users?userId=1', '/teams/org', '/teams/users/1', '/playbooks/list'])(
    '%s needs a token',
    async (path) => {
      const { call } = await serve()
      expect(await call(path, { token: 'wrong' })).toMatchObject({
        status: 403,
        body: { error: { type: 'authentication_error' } },
      })
    },
  )
})

test('a number that is the name of two is nobody’s id', async () => {
  const { owner } = await liveWorkspace({ agents: ['1', '2'].map((id) => ({ id, name: '77', status: 'away' })) })
  const base = await compatServer({ owner })
  const headers = { authorization: 'Bearer owner' }
  expect((await fetch(`${base}/users/77`, { headers })).status).toBe(404)
})

describe('availability', () => {
  test('R17: OFFLINE is away, AVAILABLE is available, and the answer is the user as it is now', async () => {
    const { patch, owner } = await serve()
    expect(await patch('/users/update?userId=1', { availability: 'OFFLINE' })).toMatchObject({
      status: 200,
      body: { data: { id: 1, name: 'Sam', availability: 'OFFLINE' } },
    })
    expect((await owner.getAgent({ id: '1' })).value.status).toBe('away')
    await patch(`/users/update?userId=${KOFI}`, { availability: 'OFFLINE' })
    expect((await owner.getAgent({ id: 'kofi' })).value.status).toBe('away')
    await patch('/users/update?userId=1', { availability: 'AVAILABLE' })
    expect((await owner.getAgent({ id: '1' })).value.status).toBe('available')
  })

  test('R16: your own is yours, another’s needs an admin', async () => {
    const { patch, owner } = await serve()
    expect((await patch('/users/update?userId=2', { availability: 'AVAILABLE' }, 'ana')).status).toBe(200)
    expect((await patch('/users/update?userId=7', { availability: 'OFFLINE' }, 'sam')).status).toBe(200)
    expect(await patch('/users/update?userId=1', { availability: 'OFFLINE' }, 'ana')).toMatchObject({
      status: 403,
      body: { error: { type: 'authentication_error' } },
    })
    expect((await owner.getAgent({ id: '1' })).value.status).toBe('available')
  })

  test('is in the log like any write, by who wrote it', async () => {
    const { patch, owner } = await serve()
    await patch('/users/update?userId=2', { availability: 'AVAILABLE' }, 'ana')
    const { revisions } = await owner.listRevisions({ limit: 1 })
    expect(revisions[0]).toMatchObject({
      actor: '2',
      changes: [{ path: 'agents[2].status', before: 'away', after: 'available' }],
    })
  })

  test.each([
    ['ON_CALL, which is read only', '?userId=1', { availability: 'ON_CALL' }, 400],
    ['a word of its own', '?userId=1', { availability: 'away' }, 400],
    ['a small letter', '?userId=1', { availability: 'offline' }, 400],
    ['no word', '?userId=1', {}, 400],
    ['another field', '?userId=1', { availability: 'OFFLINE', name: 'Samuel' }, 400],
    ['a list', '?userId=1', [], 400],
    ['no user', '', { availability: 'OFFLINE' }, 400],
    ['two users', '?userId=1&userId=2', { availability: 'OFFLINE' }, 400],
    ['nobody', '?userId=404', { availability: 'OFFLINE' }, 404],
  ])('%s changes nothing', async (_, query, body, status) => {
    const { patch, owner } = await serve()
    expect((await patch(`/users/update${query}`, body)).status).toBe(status)
    expect((await owner.getStatus({})).revision).toBe(1)
  })
})

describe('teams', () => {
  const SALES = {
    id: 31,
    orgId: ORG,
    workspaceId: WORKSPACE,
    name: 'Sales',
    members: [1, 2, KOFI],
    status: 'ENABLED',
    autoOffline: true,
    teamAvailabilityMode: 'CUSTOM_HOURS',
  }

  test('name their members by integers, each once, also those named by email', async () => {
    const { call } = await serve()
    expect(await call('/teams/org')).toEqual({
      status: 200,
      body: { data: [SALES, { ...SALES, id: integerIdOf('support'), name: 'support', members: [7] }] },
    })
  })

  test.each([
    ['a member', '/teams/users/2', [31]],
    ['a member with a hashed id', `/teams/users/${KOFI}`, [31]],
    ['a member of none', '/teams/users/9', []],
  ])('of %s', async (_, path, ids) => {
    const { call } = await serve()
    const { body } = await call(path)
    expect((body.data as DriftTeam[]).map(({ id }) => id)).toEqual(ids)
  })

  test('of nobody are not found', async () => {
    const { call } = await serve()
    expect((await call('/teams/users/404')).status).toBe(404)
  })

  test.each([
    ['online', 'ALWAYS_ONLINE'],
    ['offline', 'ALWAYS_OFFLINE'],
    ['automatic', 'CUSTOM_HOURS'],
  ] as const)('under the policy %s are %s', async (mode, teamAvailabilityMode) => {
    const { call, owner } = await serve()
    await owner.putWidget({ mode })
    expect((await call('/teams/org')).body.data).toMatchObject([{ teamAvailabilityMode }, { teamAvailabilityMode }])
  })
})

test.each([
  [{ availability: 'always-online' }, 'ALWAYS_ONLINE', false],
  [{ availability: 'always-offline' }, 'ALWAYS_OFFLINE', false],
  [{ availability: 'custom-hours', autoOffline: true }, 'CUSTOM_HOURS', true],
  [{ autoOffline: false }, 'CUSTOM_HOURS', false],
] as const)('R37: a team of %j has its own mode and auto-offline', async (own, teamAvailabilityMode, autoOffline) => {
  const { call, owner } = await serve()
  const { value: teams } = await owner.getTeams({})
  await owner.putTeams({ teams: teams.map((team) => (team.id === '31' ? { ...team, ...own } : team)) })
  expect((await call('/teams/org')).body.data).toMatchObject([
    { teamAvailabilityMode, autoOffline },
    { teamAvailabilityMode: 'CUSTOM_HOURS', autoOffline: true },
  ])
})

test('R8: teams follow an override while it lasts', async () => {
  const { call, owner, clock } = await serve()
  await owner.putWidget({ override: { mode: 'offline', until: new Date(OPEN + 60_000).toISOString() } })
  const modes = async () =>
    ((await call('/teams/org')).body.data as DriftTeam[]).map((team) => team.teamAvailabilityMode)
  expect(await modes()).toEqual(['ALWAYS_OFFLINE', 'ALWAYS_OFFLINE'])
  clock(OPEN + 60_000)
  expect(await modes()).toEqual(['CUSTOM_HOURS', 'CUSTOM_HOURS'])
})

test('playbooks are a bare list of the enabled ones', async () => {
  const { call } = await serve()
  expect(await call('/playbooks/list')).toEqual({
    status: 200,
    body: [
      { id: integerIdOf('hello'), name: 'hello', orgId: ORG, meta: {}, goals: [] },
      { id: 12, name: 'Talk', orgId: ORG, meta: {}, goals: [{ id: '12:goal' }] },
    ],
  })
})

describe('token info', () => {
  const FACTS: TokenFacts = {
    id: 'abc',
    name: 'ci',
    scopes: ['read', 'status:self', 'status:any'],
    createdAt: OPEN,
    expiresAt: OPEN + 7_200_000,
  }
  const KNOWN = {
    tokenFacts: async (token: string) => {
      if (token === 'known') return FACTS
      return token === 'endless' ? { ...FACTS, expiresAt: undefined } : undefined
    },
  }
  const ask = async (body: unknown) => {
    const { call } = await serve(KNOWN)
    return call('/app/token_info', { method: 'POST', body: JSON.stringify(body), token: 'none' })
  }

  test.each([['access_token'], ['accessToken']])('is a bare object, asked by %s', async (name) => {
    expect(await ask({ [name]: 'known' })).toEqual({
      status: 200,
      body: {
        access_token: 'known',
        authenticated_userid: `orgId:${ORG}`,
        credential_id: 'ci',
        token_type: 'bearer',
        expires_in: 7_200_000,
        created_at: OPEN,
        scope: 'user_read playbook_read user_write',
        id: 'abc',
      },
    })
  })

  test('says 0 for a token that never ends', async () => {
    expect((await ask({ accessToken: 'endless' })).body).toMatchObject({ expires_in: 0 })
  })

  test.each([
    [{ accessToken: 'tok-4711' }, 403],
    [{ accessToken: '' }, 400],
    [{ accessToken: 7 }, 400],
    [{}, 400],
    ['text', 400],
  ])('%j is an error that does not repeat the token', async (body, status) => {
    const answer = await ask(body)
    expect(answer.status).toBe(status)
    expect(JSON.stringify(answer.body)).not.toContain('tok-4711')
  })
})

describe('integers of ids', () => {
  test.each(['0', '1', '42', '4503599627370495', '9007199254740991'])('the number %s is itself', (id) => {
    expect(integerIdOf(id)).toBe(Number(id))
  })

  test.each(['007', '9007199254740992', '9007199254740993', '1.0', '-1', '1e3', 'ana', '', '٣', 'ana@acme.example'])(
    '%j is a whole number that JSON keeps exact, and above every number that counts something',
    (id) => {
      const integer = integerIdOf(id)
      expect(Number.isSafeInteger(integer) && integer >= FIRST_HASHED_ID).toBe(true)
      expect(JSON.parse(JSON.stringify(integer))).toBe(integer)
    },
  )

  test('stay the same in every release: clients keep them', () => {
    expect(integerIdOf('ana')).toBe(4_544_095_690_119_386)
  })

  test('of a hundred thousand ids differ', () => {
    const integers = new Set(Array.from({ length: 100_000 }, (_, index) => integerIdOf(`agent-${index}`)))
    expect(integers.size).toBe(100_000)
  })

  test('two agents of one integer are nobody, rather than the wrong one', async () => {
    const twin = String(KOFI)
    const { owner } = await liveWorkspace({ agents: people('1', 'kofi', twin) })
    const base = await compatServer({ owner })
    const response = await fetch(`${base}/users/update?userId=${KOFI}`, {
      method: 'PATCH',
      headers: { authorization: 'Bearer owner' },
      body: '{"availability":"OFFLINE"}',
    })
    expect(response.status).toBe(400)
    expect((await owner.getStatus({})).revision).toBe(1)
  })
})

describe('errors', () => {
  test.each<[ErrorCode, number, string]>([
    ['usage', 400, 'validation_error'],
    ['invalid-input', 400, 'validation_error'],
    ['conflict', 400, 'validation_error'],
    ['not-logged-in', 403, 'authentication_error'],
    ['not-allowed', 403, 'authentication_error'],
    ['not-found', 404, 'not_found'],
    ['busy', 429, 'rate_limit'],
    ['failed', 500, 'internal_error'],
    ['interrupted', 500, 'internal_error'],
  ])('%s is %i %s', (code, status, type) => {
    const error = new DriftStatusError(code, 'what happened', { hint: 'run "drift-status init"' })
    expect(errorReply(error)).toEqual({ status, body: { error: { type, message: 'what happened' } } })
  })

  test.each([
    [401, 403, 'authentication_error'],
    [404, 404, 'not_found'],
    [413, 400, 'validation_error'],
    [415, 400, 'validation_error'],
    [429, 429, 'rate_limit'],
  ])('a framework’s %i is %i %s', (statusCode, status, type) => {
    const error = Object.assign(new Error('too much'), { statusCode })
    expect(errorReply(error)).toEqual({ status, body: { error: { type, message: 'too much' } } })
  })

  test.each([500, 503])('a framework’s %i tells nothing of itself', (statusCode) => {
    const { status, body } = errorReply(Object.assign(new Error('at /srv/secret.js'), { statusCode }))
    expect([status, body.error.type, body.error.message]).toEqual([
      500,
      'internal_error',
      expect.not.stringMatching(/srv/),
    ])
  })

  test('a bug tells nothing of itself', async () => {
    const endpoint = {
      method: 'GET',
      path: '/users/list',
      scope: 'read',
      summary: '',
      handle: async () => {
        throw new TypeError('secret is undefined')
      },
    } as const
    const reply = await replyTo(endpoint, { parameters: {}, query: {}, body: undefined, address: '' }, {} as Client)
    expect(reply.status).toBe(500)
    expect(JSON.stringify(reply)).not.toContain('secret')
  })
})
