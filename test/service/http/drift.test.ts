import { describe, expect, test } from 'vitest'
import { type CompatEndpoint, compatEndpoints } from '../../../src/drift/compat/endpoints.js'
import { integerIdOf } from '../../../src/drift/compat/integer-id.js'
import { OPEN } from '../../domain/workspace-builder.js'
import { AGENTS, type Asked, serveWorkspace } from './served-workspace.js'

const HOUR = 3_600_000
const MANY = { failedLoginsPerMinute: 1_000_000 }
const PARTS = {
  agents: [...AGENTS, { id: 'kofi', name: 'Kofi', role: 'agent', status: 'available' }],
  teams: [{ id: '31', name: 'Sales', members: ['1', 'kofi'] }],
}
const served = await serveWorkspace({ parts: PARTS, limits: MANY })
const { ask, token, owner, clock } = served
const identity = await served.store.read((transaction) => transaction.identity())
const admin = await token({ role: 'admin', agent: '1' })
const KOFI = integerIdOf('kofi')
const idOf = (secret: string) => secret.split('_')[1]!

const ENDPOINTS = compatEndpoints({ orgId: 1, tokenFacts: async () => undefined })
const GUARDED = ENDPOINTS.filter(({ scope }) => scope !== null).map((endpoint) => ({ ...call(endpoint), endpoint }))

/** A request that would be answered, for whoever may send it. */
function call({ method, path }: CompatEndpoint) {
  const named = path.replace('{id}', '2')
  if (method === 'PATCH') return { method, path: `${named}?userId=2`, body: { availability: 'OFFLINE' } }
  return { method, path: path === '/users' ? '/users?userId=2' : named, body: undefined }
}

const patch = (id: number, asked: Asked, availability = 'OFFLINE') =>
  ask('PATCH', `/users/update?userId=${id}`, { body: { availability }, ...asked })

describe('Drift’s endpoints are part of what is served', () => {
  test('with the organisation and the workspace that this one always is', async () => {
    const { status, headers, body } = await ask('GET', '/teams/org', { token: admin })
    expect([status, headers.get('content-type')]).toEqual([200, 'application/json; charset=utf-8'])
    expect(headers.get('cache-control')).toBe('no-store')
    expect(body.data).toMatchObject([
      {
        id: 31,
        orgId: identity.number,
        workspaceId: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/),
        members: [1, KOFI],
      },
    ])
    expect((await ask('GET', '/users/2', { token: admin })).body.data.orgId).toBe(identity.number)
  })

  test('and the organisation stays when the workspace has a new name', async () => {
    await owner.putWorkspace({ document: { ...(await owner.getWorkspace({})), name: 'Another name' } })
    expect((await ask('GET', '/users/1', { token: admin })).body.data.orgId).toBe(identity.number)
  })

  test.each(['/users/2', '/users/2/', '/users/%32'])('%s is one user', async (path) => {
    expect((await ask('GET', path, { token: admin })).body).toMatchObject({ data: { id: 2, name: 'Ana' } })
  })

  test('several users are a map by id', async () => {
    const { body } = await ask('GET', `/users?userId=2&userId=${KOFI}&userId=404`, { token: admin })
    expect(Object.keys(body.data)).toEqual(['2', String(KOFI)])
  })

  test('each is logged by its route and its token, and no token is', async () => {
    await ask('GET', '/users/2', { token: admin })
    await ask('POST', '/app/token_info', { body: { access_token: admin } })
    await ask('GET', `/users/${admin}/x`, { token: admin })
    const lines = (await served.log()).trim().split('\n').slice(-3)
    expect(lines.map((line) => JSON.parse(line)).map(({ route, status, token: by }) => [route, status, by])).toEqual([
      ['/users/:id', 200, idOf(admin)],
      ['/app/token_info', 200, null],
      ['/users/dst_…/x', 404, idOf(admin)],
    ])
    expect(lines.join()).not.toContain(admin.slice(-43))
  })
})

describe('a token on every endpoint of Drift’s', async () => {
  const expired = await token({ role: 'admin', expiresAt: new Date(OPEN + HOUR).toISOString() })
  const revoked = await token({ role: 'admin' })
  await owner.revokeToken({ id: idOf(revoked) })
  describe.each([
    { title: 'missing', secret: undefined, says: 'this needs a token' },
    {
      title: 'wrong',
      secret: `dst_${idOf(admin)}_${'A'.repeat(43)}`,
      says: 'the token does not belong to this workspace',
    },
    { title: 'expired', secret: expired, says: 'the token expired at 2026-11-23T18:00:00.000Z' },
    { title: 'revoked', secret: revoked, says: 'the token was revoked at 2026-11-23T17:00:00.000Z' },
  ])('that is $title', ({ secret, says }) => {
    test.each(GUARDED)('is refused by $method $path', async ({ method, path, body }) => {
      clock(OPEN + HOUR)
      const answer = await ask(method, path, { token: secret, body })
      clock(OPEN)
      expect(answer.status).toBe(403)
      expect(answer.headers.get('www-authenticate')).toBe('Bearer')
      expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8')
      expect(answer.body).toEqual({ error: { type: 'authentication_error', message: says } })
    })
  })

  const others = await token({ name: 'another scope', scopes: ['hours'] })
  test.each(GUARDED)('that is out of scope is refused by $method $path', async ({ method, path, body }) => {
    const answer = await ask(method, path, { token: others, body })
    expect(answer).toMatchObject({ status: 403, body: { error: { type: 'authentication_error' } } })
  })

  test.each(GUARDED)('that allows everything is let in by $method $path', async ({ method, path, body }) => {
    expect((await ask(method, path, { token: admin, body })).status).toBe(200)
    await patch(2, { token: admin }, 'AVAILABLE')
  })
})

describe('availability', () => {
  test('R17: is written as one revision by the token’s owner, and a repeat writes none', async () => {
    const before = (await owner.getStatus({})).revision
    const first = await patch(KOFI, { token: admin })
    const again = await patch(KOFI, { token: admin })
    expect(first).toMatchObject({ status: 200, body: { data: { id: KOFI, name: 'Kofi', availability: 'OFFLINE' } } })
    expect(again.body).toEqual(first.body)
    expect((await owner.getStatus({})).revision).toBe(before + 1)
    expect((await owner.listRevisions({ limit: 1 })).revisions).toMatchObject([
      { actor: '1', changes: [{ path: 'agents[kofi].status', before: 'available', after: 'away' }] },
    ])
  })

  test('R16: a token of one agent sets its own and no other', async () => {
    const ana = await token({ agent: '2' })
    expect((await patch(2, { token: ana })).body).toMatchObject({ data: { id: 2, availability: 'OFFLINE' } })
    const other = await patch(1, { token: ana })
    expect(other).toMatchObject({ status: 403, body: { error: { type: 'authentication_error' } } })
    expect((await owner.getAgent({ id: '1' })).value.status).toBe('available')
  })

  test('R16: a token with status:self and nothing else sets its own, and is told only what it wrote', async () => {
    const kofi = await token({ agent: 'kofi', scopes: ['status:self'] })
    expect((await patch(KOFI, { token: kofi }, 'AVAILABLE')).body).toEqual({
      data: { id: KOFI, orgId: identity.number, availability: 'AVAILABLE' },
    })
    expect((await owner.getAgent({ id: 'kofi' })).value.status).toBe('available')
    const before = (await owner.getStatus({})).revision
    for (const id of [1, 2, 404]) expect((await patch(id, { token: kofi })).status).toBe(403)
    expect((await ask('GET', `/users/${KOFI}`, { token: kofi })).status).toBe(403)
    expect((await owner.getStatus({})).revision).toBe(before)
  })

  test('of an agent whose id is "me", from an earlier version, is not your own', async () => {
    await served.store.write((transaction) =>
      transaction.agents.put({ id: 'me', role: 'agent', status: 'available' }, 1),
    )
    const { body } = await patch(integerIdOf('me'), { token: admin })
    expect(body).toMatchObject({ data: { id: integerIdOf('me'), availability: 'OFFLINE' } })
    expect((await owner.getAgent({ id: '1' })).value.status).toBe('available')
    await owner.deleteAgent({ id: 'id:me' })
  })

  test('is understood in JSON that says nothing of itself', async () => {
    const response = await fetch(`${served.url}/users/update?userId=2`, {
      method: 'PATCH',
      headers: { authorization: `Bearer ${admin}` },
      body: new TextEncoder().encode('{"availability": "OFFLINE"}'),
    })
    expect(await response.json()).toMatchObject({ data: { availability: 'OFFLINE' } })
  })

  test.each(['text/plain', 'application/x-www-form-urlencoded'])(
    'is understood in JSON that says it is %s',
    async (type) => {
      const headers = { 'content-type': type }
      const answer = await patch(2, { token: admin, headers }, 'AVAILABLE')
      expect(answer).toMatchObject({ status: 200, body: { data: { availability: 'AVAILABLE' } } })
    },
  )
})

describe('errors have Drift’s shape', () => {
  const JSON_TYPE = 'application/json'
  const UPDATE = '/users/update?userId=2'
  test.each([
    ['nobody', 'GET', '/users/404', undefined, 404, 'not_found', 'there is no user 404'],
    ['an unknown sub-path', 'GET', '/users/2/chats', undefined, 404, 'not_found', 'there is no GET /users/2/chats'],
    ['an unknown root', 'GET', '/teams', undefined, 404, 'not_found', 'there is no GET /teams'],
    ['another method', 'DELETE', '/users/2', undefined, 404, 'not_found', 'there is no DELETE /users/2'],
    ['a path that is not encoded', 'GET', '/users/%zz', undefined, 400, 'validation_error', 'not properly encoded'],
    ['a part that is too long', 'GET', `/users/${'1'.repeat(501)}`, undefined, 400, 'validation_error', 'too long'],
    ['malformed JSON', 'PATCH', UPDATE, '{"availability":', 400, 'validation_error', 'not valid JSON'],
    ['no JSON', 'PATCH', UPDATE, '', 400, 'validation_error', 'the body is empty'],
    ['a poisoned object', 'PATCH', UPDATE, '{"__proto__":{"a":1}}', 400, 'validation_error', 'not valid JSON'],
    ['a list', 'PATCH', UPDATE, '[1]', 400, 'validation_error', 'JSON object'],
    ['a large body', 'PATCH', UPDATE, JSON.stringify('x'.repeat(70_000)), 400, 'validation_error', 'too large'],
    ['an unknown app path', 'GET', '/app/uninstall', undefined, 404, 'not_found', 'there is no GET /app/uninstall'],
  ])('%s', async (_, method, path, body, status, type, message) => {
    const headers: Record<string, string> = body === undefined ? {} : { 'content-type': JSON_TYPE }
    const answer = await ask(method, path, { token: admin, body, headers })
    expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8')
    expect({ status: answer.status, body: answer.body }).toEqual({
      status,
      body: { error: { type, message: expect.stringContaining(message) } },
    })
  })

  test.each(['/usersx', '/v1/users', '/application'])(
    'and those of %s, which is not Drift’s, have not',
    async (path) => {
      const { status, body } = await ask('GET', path, { token: admin })
      expect([status, body.code]).toEqual([404, 'not-found'])
    },
  )

  test('more requests than allowed wait, and are told how long', async () => {
    const limited = await serveWorkspace({ limits: { requestsPerMinute: 2 } })
    const [first, second] = [await limited.token({ agent: '2' }), await limited.token({ agent: '1' })]
    const list = (secret: string) => limited.ask('GET', '/users/list', { token: secret })
    expect([(await list(first)).status, (await list(first)).status, (await list(second)).status]).toEqual([
      200, 200, 200,
    ])
    const refused = await list(first)
    expect(refused).toMatchObject({ status: 429, body: { error: { type: 'rate_limit' } } })
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  })

  test('of a bug tell nothing of it', async () => {
    const broken = await serveWorkspace()
    const secret = await broken.token({ role: 'admin' })
    // Known by now, so that the token needs no looking up.
    await broken.ask('GET', '/users/list', { token: secret })
    broken.store.read = () => Promise.reject(new TypeError('the secret is undefined'))
    const answer = await broken.ask('GET', '/teams/users/2', { token: secret })
    expect(answer).toMatchObject({ status: 500, body: { error: { type: 'internal_error' } } })
    expect(JSON.stringify(answer.body)).not.toContain('secret')
    expect(await broken.log()).toContain('the secret is undefined')
  })
})

describe('what a token allows', () => {
  const info = (secret: unknown, asked: Asked = {}, where = served) =>
    where.ask('POST', '/app/token_info', { body: { access_token: secret }, ...asked })

  test('is told of the token in the body, with no other token beside it', async () => {
    const secret = await token({ name: 'ci', agent: '2', expiresAt: new Date(OPEN + HOUR).toISOString() })
    expect((await info(secret)).body).toEqual({
      access_token: secret,
      authenticated_userid: `orgId:${identity.number}`,
      credential_id: 'ci',
      token_type: 'bearer',
      expires_in: HOUR,
      created_at: OPEN,
      scope: 'user_read playbook_read user_write',
      id: idOf(secret),
    })
    expect((await info(admin, { token: 'dst_of_nobody' })).body).toMatchObject({
      id: idOf(admin),
      expires_in: 90 * 24 * HOUR,
    })
  })

  test('ends for an old secret when its overlap does', async () => {
    const old = await token({ role: 'admin' })
    await owner.rotateToken({ id: idOf(old), overlapSeconds: 60 })
    expect((await info(old)).body).toMatchObject({ expires_in: 60_000 })
    clock(OPEN + 60_000)
    expect((await info(old)).status).toBe(403)
    clock(OPEN)
  })

  test('is not told of a token that is revoked, nor is the token', async () => {
    const secret = await token({ role: 'admin' })
    await owner.revokeToken({ id: idOf(secret) })
    const answer = await info(secret)
    expect(answer).toMatchObject({ status: 403, body: { error: { type: 'authentication_error' } } })
    expect(JSON.stringify(answer.body)).not.toContain(secret.slice(-43))
  })

  test('cannot be tried out: wrong tokens are counted as wrong logins are', async () => {
    const guarded = await serveWorkspace({ limits: { failedLoginsPerMinute: 3 } })
    const right = await guarded.token({ role: 'admin' })
    const wrong = `dst_${idOf(right)}_${'B'.repeat(43)}`
    const statuses = []
    for (let count = 0; count < 2; count++) statuses.push((await info(wrong, {}, guarded)).status)
    for (let count = 0; count < 2; count++)
      statuses.push((await guarded.ask('GET', '/users/list', { token: wrong })).status)
    expect(statuses).toEqual([403, 403, 403, 429])
    const refused = await info(wrong, {}, guarded)
    expect(refused).toMatchObject({ status: 429, body: { error: { type: 'rate_limit' } } })
    expect(Number(refused.headers.get('retry-after'))).toBe(60)
    expect((await info(right, {}, guarded)).status).toBe(200)
  })
})
