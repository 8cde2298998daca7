import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { describe, expect, test } from 'vitest'
import { isInQuery } from '../../../src/api/contract/http.js'
import { SCOPES } from '../../../src/api/contract/operation.js'
import { type OperationId, operations } from '../../../src/api/contract/operations.js'
import { OPEN } from '../../domain/workspace-builder.js'
import { serveWorkspace } from './served-workspace.js'

const HOUR = 3_600_000
const MANY = { failedLoginsPerMinute: 1_000_000 }
const served = await serveWorkspace({ limits: MANY })
const { ask, token, owner, clock } = served
const admin = await token({ role: 'admin', agent: '1' })
const idOf = (secret: string) => secret.split('_')[1]!

/** A call of an operation with nothing of sense in it: who may not call it never gets that far. */
function call(id: OperationId): [method: string, path: string, body: object | undefined] {
  const { method, path } = operations[id]
  return [method, path.replace(/\{\w+\}/g, '1'), isInQuery(method) ? undefined : {}]
}

const IDS = Object.keys(operations) as OperationId[]
const events = ['GET', '/v1/events', undefined] as const
const CALLS = [...IDS.map((id) => [id, ...call(id)] as const), ['events', ...events] as const]

describe('a token on every operation', async () => {
  const expired = await token({ role: 'admin', expiresAt: new Date(OPEN + HOUR).toISOString() })
  const revoked = await token({ role: 'admin' })
  await owner.revokeToken({ id: idOf(revoked) })
  const wrong = `dst_${idOf(admin)}_${'A'.repeat(43)}`
  const rotated = await token({ role: 'admin' })
  await owner.rotateToken({ id: idOf(rotated), overlapSeconds: 0 })

  const CASES = [
    { title: 'missing', secret: undefined, says: 'this needs a token' },
    { title: 'wrong', secret: wrong, says: 'the token does not belong to this workspace' },
    {
      title: 'of nobody',
      secret: `dst_zzzzzzzz_${'A'.repeat(43)}`,
      says: 'the token does not belong to this workspace',
    },
    { title: 'no token at all', secret: 'hunter2', says: 'the token does not belong to this workspace' },
    { title: 'expired', secret: expired, says: 'the token expired at 2026-11-23T18:00:00.000Z' },
    { title: 'revoked', secret: revoked, says: 'the token was revoked at 2026-11-23T17:00:00.000Z' },
    { title: 'rotated away', secret: rotated, says: 'the token does not belong to this workspace' },
  ]
  describe.each(CASES)('that is $title', ({ secret, says }) => {
    test.each(CALLS)('is refused by %s (%s %s) with 401', async (_, method, path, body) => {
      clock(OPEN + HOUR)
      const answer = await ask(method, path, { token: secret, body })
      clock(OPEN)
      expect(answer.status).toBe(401)
      expect(answer.headers.get('www-authenticate')).toBe('Bearer')
      expect(answer.headers.get('content-type')).toContain('application/problem+json')
      expect(answer.body).toMatchObject({ code: 'not-logged-in', status: 401, detail: says })
      expect(answer.body.reason).toMatch(/^token-/)
    })
  })

  const secrets = new Map<string, string>()
  for (const scope of SCOPES) {
    // The right to set any status is one to set one's own, and who may change the duty may add any cover.
    const covered: readonly string[] = scope === 'status:self' ? ['status:any', 'duty'] : []
    const scopes = SCOPES.filter((one) => one !== scope && !covered.includes(one))
    secrets.set(scope, await token({ name: `all but ${scope}`, agent: '2', scopes }))
  }
  const SCOPED = CALLS.filter(([id]) => id === 'events' || operations[id].scope !== 'any')
  test.each(SCOPED)('that is out of scope is refused by %s (%s %s) with 403', async (id, method, path, body) => {
    const scope = id === 'events' ? 'read' : operations[id].scope
    const answer = await ask(method, path, { token: secrets.get(scope), body })
    expect(answer).toMatchObject({ status: 403, body: { code: 'not-allowed' } })
    expect(answer.body.detail).toContain(`"${scope}"`)
  })

  const OPEN_TO_ALL = IDS.filter((id) => operations[id].scope === 'any')
  describe.each(OPEN_TO_ALL)('that works may call %s', (id) => {
    test.each(SCOPES)('with the scope %s alone', async (scope) => {
      const [method, path, body] = call(id)
      const secret = await token({ name: `only ${scope}`, agent: '2', scopes: [scope] })
      expect((await ask(method, path, { token: secret, body })).status).toBe(200)
    })
  })
  test('that needs no scope to be used is needed by one operation, which says who you are', async () => {
    expect(OPEN_TO_ALL).toEqual(['getMe'])
    const secret = await token({ name: 'just hours', agent: '2', scopes: ['hours', 'status:self'] })
    const { body } = await ask('GET', '/v1/me', { token: secret })
    expect(body).toEqual({
      workspace: 'Workspace',
      workspaceId: (await owner.getMe({})).workspaceId,
      name: '2',
      agent: '2',
      email: 'ana@acme.example',
      scopes: ['status:self', 'hours'],
      token: {
        id: idOf(secret),
        name: 'just hours',
        createdAt: '2026-11-23T17:00:00.000Z',
        expiresAt: new Date(OPEN + 90 * 86_400_000).toISOString(),
        lastUsedAt: expect.toSatisfy((at) => at === null || at === '2026-11-23T17:00:00.000Z'),
      },
    })
    expect(await owner.getMe({})).toMatchObject({ name: 'owner', agent: null, email: null, token: null })
  })

  test.each(IDS)('that allows everything gets past the door of %s', async (id) => {
    const [method, path, body] = call(id)
    // A dry run, so that no case changes what the next one finds.
    const { status } = await ask(method, `${path}${method === 'GET' ? '' : '?dryRun=true'}`, { token: admin, body })
    expect([200, 400, 404, 409]).toContain(status)
  })
})

describe('a token for one agent', () => {
  test('R16: with status:self sets its own status, and not that of another', async () => {
    const ana = await token({ agent: '2' })
    const put = (id: string) => ask('PUT', `/v1/agents/${id}/status`, { token: ana, body: { status: 'away' } })
    expect((await put('me')).status).toBe(200)
    expect((await put('2')).body).toMatchObject({ changed: false })
    expect(await put('1')).toMatchObject({ status: 403, body: { code: 'not-allowed' } })
    expect((await put('sam@acme.example')).status).toBe(403)
    expect((await owner.getAgent({ id: '1' })).value.status).toBe('available')
  })

  test('is what "me" needs: one without an agent is told so, and nothing of a profile', async () => {
    const { status, body } = await ask('GET', '/v1/agents/me', { token: await token({ name: 'ci', scopes: ['read'] }) })
    expect([status, body.detail]).toEqual([400, 'your token belongs to no agent, so there is no "me"'])
    expect(body.reason).toBe('token-without-agent')
  })

  test('names its agent in the log, and one without an agent names itself', async () => {
    const ana = await token({ agent: '2', role: 'admin' })
    const ci = await token({ name: 'nightly ci', scopes: ['read', 'hours'] })
    await ask('PUT', '/v1/agents/1/status', {
      token: ana,
      body: { status: 'away' },
      headers: { 'drift-status-note': 'caf%C3%A9' },
    })
    await ask('PUT', '/v1/hours/exceptions/2026-12-25', { token: ci, body: { hours: 'closed' } })
    const { revisions } = await owner.listRevisions({ limit: 2 })
    expect(revisions.map(({ actor, note }) => [actor, note])).toEqual([
      ['nightly ci', null],
      ['2', 'café'],
    ])
  })

  test.each([
    { how: 'removed', says: 'is no longer in this workspace' },
    { how: 'disabled', says: 'who is disabled' },
  ])('is refused when the agent is $how', async ({ how, says }) => {
    const id = how
    await owner.addAgent({ agent: { id, name: how } })
    const secret = await token({ agent: id })
    expect((await ask('GET', '/v1/status', { token: secret })).status).toBe(200)
    if (how === 'removed') await owner.deleteAgent({ id })
    else await owner.patchAgent({ id, settings: { disabled: true } })
    expect(await ask('GET', '/v1/status', { token: secret })).toMatchObject({
      status: 401,
      body: { detail: expect.stringContaining(says) },
    })
  })
})

describe('a secret', () => {
  test('rotated with an overlap works on both sides until the overlap ends, then the new one alone', async () => {
    const old = await token({ role: 'admin' })
    const fresh = (await owner.rotateToken({ id: idOf(old), overlapSeconds: 3600 })).secret!
    const works = async (secret: string) => (await ask('GET', '/v1/tokens', { token: secret })).status === 200
    expect([await works(old), await works(fresh)]).toEqual([true, true])
    clock(OPEN + HOUR)
    expect([await works(old), await works(fresh)]).toEqual([false, true])
    clock(OPEN)
  })

  test('revoked by another process is refused by the very next request', async () => {
    const secret = await token({ role: 'admin' })
    for (let round = 0; round < 3; round++) expect((await ask('GET', '/v1/status', { token: secret })).status).toBe(200)
    await owner.revokeToken({ id: idOf(secret) })
    expect((await ask('GET', '/v1/status', { token: secret })).status).toBe(401)
  })

  test('is kept as a hash: no file of the workspace holds it, the log of revisions neither', async () => {
    const secret = await token({ role: 'admin', name: 'to be found' })
    const key = { 'idempotency-key': 'sealed' }
    const made = await ask('POST', '/v1/tokens', { token: secret, body: { role: 'admin' }, headers: key })
    const again = await ask('POST', '/v1/tokens', { token: secret, body: { role: 'admin' }, headers: key })
    expect(again.body).toEqual(made.body)
    const files = ['', '-wal'].map((suffix) => readFileSync(`${served.path}${suffix}`, 'latin1')).join('')
    for (const kept of [secret, made.body.secret]) {
      expect(files).not.toContain(kept)
      expect(files).not.toContain(kept.split('_').slice(2).join('_'))
    }
    expect(files).toContain('to be found')
    const log = JSON.stringify(await owner.listRevisions({ limit: 1000 }))
    expect(log).not.toContain('hash')
  })

  test('is in no access log and no error, wherever a caller puts it', async () => {
    const secret = await token({ role: 'admin' })
    const answers = await Promise.all([
      ask('GET', '/v1/status', { token: secret }),
      ask('GET', `/v1/${secret}`, { token: secret }),
      ask('GET', `/v1/status?token=${secret}`, {}),
      ask('GET', '/v1/status', { headers: { authorization: `Basic ${secret}` } }),
      ask('GET', '/v1/status', { headers: { authorization: `Bearer ${secret}x` } }),
      ask('PUT', '/v1/auto-offline', { token: secret, body: `{"enabled": ${secret}}` }),
    ])
    expect(answers.map(({ status }) => status)).toEqual([200, 404, 401, 401, 401, 400])
    const errors = answers.map((answer) => JSON.stringify(answer.body)).join('\n')
    const log = await served.log()
    expect(log).toContain('"route":"/v1/status","status":200')
    for (const text of [errors, log]) expect(text).not.toContain(secret.slice(-43))
  })

  test('of a token is logged by its id, one JSON line a request', async () => {
    await ask('PUT', '/v1/agents/2/status?dryRun=true', { token: admin, body: { status: 'away', note: 'private' } })
    const line = (await served.log()).trim().split('\n').at(-1)!
    expect(JSON.parse(line)).toEqual({
      time: expect.stringMatching(/^\d{4}-/),
      method: 'PUT',
      route: '/v1/agents/:id/status',
      status: 200,
      ms: expect.any(Number),
      token: idOf(admin),
      request: expect.any(String),
    })
  })
})

describe('wrong logins', () => {
  test('10,000 of them are slowed down, remembered in little, and lock out nobody who has a token', async () => {
    const guarded = await serveWorkspace()
    const right = await guarded.token({ agent: '2' })
    const wrong = `dst_${idOf(right)}_${'B'.repeat(43)}`
    const statuses = new Map<number, number>()
    let retryAfter: string | null = null
    for (let round = 0; round < 100; round++) {
      const answers = await Promise.all(
        Array.from({ length: 100 }, () => guarded.ask('GET', '/v1/status', { token: wrong })),
      )
      for (const { status, headers } of answers) {
        statuses.set(status, (statuses.get(status) ?? 0) + 1)
        if (status === 429) retryAfter = headers.get('retry-after')
      }
    }
    expect(Object.fromEntries(statuses)).toEqual({ 401: 20, 429: 9980 })
    expect(Number(retryAfter)).toBe(60)
    expect((await guarded.ask('GET', '/v1/status', { token: right })).status).toBe(200)
    guarded.clock(OPEN + 60_000)
    expect((await guarded.ask('GET', '/v1/status', { token: wrong })).status).toBe(401)
  })
})

describe('limits', () => {
  test.each([
    { what: 'a status', path: '/v1/agents/2/status', bytes: 65 * 1024 },
    { what: 'a list of rules', path: '/v1/routing', bytes: 1025 * 1024 },
    { what: 'a document', path: '/v1/workspace', bytes: 16 * 1024 * 1024 + 1 },
  ])('an oversized body of $what is refused with 413', async ({ path, bytes }) => {
    const answer = await ask('PUT', path, { token: admin, body: JSON.stringify({ note: 'x'.repeat(bytes) }) })
    expect(answer).toMatchObject({ status: 413, body: { code: 'invalid-input', detail: 'the body is too large' } })
  })

  test.each([
    { what: 'no JSON', body: '{"status":', type: 'application/json', status: 400 },
    { what: 'nothing', body: '', type: 'application/json', status: 400 },
    { what: 'no object', body: '[1]', type: 'application/json', status: 400 },
    { what: 'a poisoned object', body: '{"__proto__":{"a":1},"enabled":true}', type: 'application/json', status: 400 },
    { what: 'a form', body: 'enabled=true', type: 'application/x-www-form-urlencoded', status: 415 },
  ])('a body that is $what is refused with $status', async ({ body, type, status }) => {
    const answer = await ask('PUT', '/v1/auto-offline', { token: admin, body, headers: { 'content-type': type } })
    expect(answer).toMatchObject({ status, body: { code: 'invalid-input', hint: expect.any(String) } })
    expect(answer.headers.get('content-type')).toContain('application/problem+json')
  })

  test('headers that come too slowly end the connection with 408', async () => {
    const strict = await serveWorkspace({ limits: { headersTimeoutMs: 300 } })
    const answer = await talk(strict.url, 'GET /healthz HTTP/1.1\r\nHost: a\r\nX-Slow: ')
    expect(answer).toContain('HTTP/1.1 408')
    expect(answer).toContain('the request took too long to arrive')
  })

  test('headers that are too large are refused with 431, and what is no HTTP with 400', async () => {
    expect(await talk(served.url, `GET /healthz HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`)).toContain(
      'HTTP/1.1 431',
    )
    expect(await talk(served.url, 'this is not http\r\n\r\n')).toContain('HTTP/1.1 400')
  })

  test('more requests than allowed are refused with 429, for one token and not for the others', async () => {
    const limited = await serveWorkspace({ limits: { requestsPerMinute: 3 } })
    const [first, second] = [await limited.token({ agent: '2' }), await limited.token({ agent: '1' })]
    const statuses = []
    for (let count = 0; count < 4; count++)
      statuses.push((await limited.ask('GET', '/v1/widget', { token: first })).status)
    expect(statuses).toEqual([200, 200, 200, 429])
    const refused = await limited.ask('GET', '/v1/widget', { token: first })
    expect(refused).toMatchObject({ status: 429, body: { code: 'busy' } })
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await limited.ask('GET', '/v1/widget', { token: second })).status).toBe(200)
  })

  test('other pages may read the description of the API, and nothing that needs a token', async () => {
    const headers = { origin: 'https://evil.example' }
    const open = await ask('GET', '/openapi.json', { headers })
    const closed = await ask('GET', '/v1/status', { token: admin, headers })
    expect([open, closed].map((answer) => answer.headers.get('access-control-allow-origin'))).toEqual(['*', null])
  })
})

/** Sends bytes on a bare connection and answers all that comes back until it is closed. */
function talk(url: string, text: string): Promise<string> {
  const { hostname, port } = new URL(url)
  return new Promise((resolve, reject) => {
    let answer = ''
    const socket = connect(Number(port), hostname, () => socket.write(text))
    socket.setEncoding('utf8').on('data', (chunk) => {
      answer += chunk
    })
    socket.on('close', () => resolve(answer)).on('error', reject)
  })
}
