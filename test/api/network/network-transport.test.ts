import { describe, expect, onTestFinished, test } from 'vitest'
import { type Client, createClient } from '../../../src/api/client.js'
import { ERROR_STATUS } from '../../../src/api/contract/http.js'
import type { WriteOptions } from '../../../src/api/contract/operation.js'
import type { OperationId } from '../../../src/api/contract/operations.js'
import { connectWorkspace } from '../../../src/api/network/connect-workspace.js'
import { networkTransport } from '../../../src/api/network/network-transport.js'
import { DriftStatusError, type ErrorCode } from '../../../src/domain/errors.js'
import { serveWorkspace } from '../../service/http/served-workspace.js'
import { json, type Step, serve } from './servers.js'
import { TOKEN } from './test-sender.js'
import { STATUS_ANSWER, VALID_ANSWERS, WIDGET_ANSWER, WRITE_ANSWER } from './valid-answers.js'

interface Mapping {
  readonly id: OperationId
  readonly request: object
  readonly options?: WriteOptions
  readonly sent: { readonly method: string; readonly path: string; readonly body?: unknown }
  readonly headers?: Record<string, string>
}

const MAPPINGS: readonly Mapping[] = [
  { id: 'getStatus', request: {}, sent: { method: 'GET', path: '/v1/status' } },
  {
    id: 'getAgent',
    request: { id: 'ana@acme.example' },
    sent: { method: 'GET', path: '/v1/agents/ana%40acme.example' },
  },
  { id: 'getAgent', request: { id: 'a/b ?#é' }, sent: { method: 'GET', path: '/v1/agents/a%2Fb%20%3F%23%C3%A9' } },
  {
    id: 'listAgents',
    request: { status: 'away', after: undefined, limit: 5 },
    sent: { method: 'GET', path: '/v1/agents?status=away&limit=5' },
  },
  {
    id: 'putStatus',
    request: { id: 'me', status: 'away', note: 'lunch' },
    sent: { method: 'PUT', path: '/v1/agents/me/status', body: { status: 'away', note: 'lunch' } },
  },
  {
    id: 'putStatus',
    request: { id: 'me', status: 'away' },
    options: { note: 'Mittag – Zoë 🌍\r\nx: y \ud800', dryRun: true, ifMatch: 12 },
    sent: { method: 'PUT', path: '/v1/agents/me/status?dryRun=true', body: { status: 'away' } },
    headers: {
      'drift-status-note': encodeURIComponent('Mittag – Zoë 🌍\r\nx: y \ufffd'),
      'if-match': '"12"',
    },
  },
  {
    id: 'deleteException',
    request: { date: '2026-12-24..2026-12-26' },
    options: { dryRun: true },
    sent: { method: 'DELETE', path: '/v1/hours/exceptions/2026-12-24..2026-12-26?dryRun=true' },
  },
  {
    id: 'putWidget',
    request: { override: null },
    sent: { method: 'PUT', path: '/v1/widget', body: { override: null } },
  },
  {
    id: 'getAgent',
    request: { id: 'a/b?c#d%41 \ud800' },
    sent: { method: 'GET', path: '/v1/agents/a%2Fb%3Fc%23d%2541%20%EF%BF%BD' },
  },
  { id: 'route', request: {}, sent: { method: 'POST', path: '/v1/route', body: {} } },
  {
    id: 'revert',
    request: { number: 7, force: true },
    sent: { method: 'POST', path: '/v1/revisions/7/revert', body: { force: true } },
  },
]

function clientOf(url: string): Client {
  const client = createClient(networkTransport({ url, token: TOKEN, sleep: async () => {} }))
  onTestFinished(() => client.close())
  return client
}

function callOf(
  client: Client,
  { id, request, options }: Pick<Mapping, 'id' | 'request' | 'options'>,
): Promise<unknown> {
  return (client[id] as (request: object, options?: WriteOptions) => Promise<unknown>)(request, options)
}

describe('an operation over HTTP', () => {
  test.each(MAPPINGS)('$id $request $options', async (mapping) => {
    const server = await serve(json(VALID_ANSWERS[mapping.id]))
    expect(await callOf(clientOf(server.url), mapping)).toEqual(VALID_ANSWERS[mapping.id])
    const [{ method, path, body, headers }] = server.received as [(typeof server.received)[number]]
    expect({ method, path, body: body === '' ? undefined : JSON.parse(body) }).toEqual({
      body: undefined,
      ...mapping.sent,
    })
    expect(headers).toMatchObject({ authorization: `Bearer ${TOKEN}`, ...mapping.headers })
    for (const name of ['drift-status-note', 'if-match']) expect(headers[name]).toBe(mapping.headers?.[name])
    expect(headers['content-type']).toBe(mapping.sent.body === undefined ? undefined : 'application/json')
  })

  test('each write has a key of its own, the same on every try; a read has none', async () => {
    const written = json(WRITE_ANSWER)
    const server = await serve({ status: 503 }, written, { status: 503 }, written, json(WIDGET_ANSWER))
    const client = clientOf(server.url)
    await client.putAutoOffline({ enabled: true })
    await client.putAutoOffline({ enabled: true })
    await client.getWidget({})
    const keys = server.received.map(({ headers }) => headers['idempotency-key'])
    expect(keys[0]).toMatch(/^\S{20,}$/)
    expect(keys).toEqual([keys[0], keys[0], keys[2], keys[2], undefined])
    expect(keys[2]).not.toBe(keys[0])
  })

  test('a question that is asked by POST is no write', async () => {
    const server = await serve({ status: 503 }, json(VALID_ANSWERS.simulate))
    await clientOf(server.url).simulate({})
    expect(server.received.map(({ method, path }) => `${method} ${path}`)).toEqual(Array(2).fill('POST /v1/simulate'))
    expect(server.received[0]!.headers['idempotency-key']).toBeUndefined()
  })

  test('an empty part of a path is refused before it is another path', async () => {
    const server = await serve(json({}))
    await expect(clientOf(server.url).getAgent({ id: '' })).rejects.toMatchObject({
      code: 'invalid-input',
      message: 'id: is empty',
    })
    expect(server.received).toEqual([])
  })

  test('an unknown operation is not found', async () => {
    const client = clientOf('http://127.0.0.1:9') as unknown as Record<string, (request: object) => Promise<unknown>>
    for (const id of ['getWidgets', 'toString', '__proto__']) {
      await expect(client[id]!({})).rejects.toMatchObject({
        code: 'not-found',
        message: `there is no operation "${id}"`,
      })
    }
  })
})

describe('errors', () => {
  const problem = (status: number, more: object, type = 'application/problem+json'): Step => ({
    status,
    headers: { 'content-type': type },
    body: JSON.stringify({ type: 'about:blank', title: 'x', status, ...more }),
  })

  test.each(Object.entries(ERROR_STATUS) as [ErrorCode, number][])(
    '%s arrives as it was thrown',
    async (code, status) => {
      const server = await serve(problem(status, { code, detail: 'what happened', hint: 'what to do', rule: 'R14' }))
      const error = await clientOf(server.url)
        .getWidget({})
        .catch((thrown) => thrown)
      expect(error).toBeInstanceOf(DriftStatusError)
      expect(error).toMatchObject({ code, message: 'what happened', hint: 'what to do', rule: 'R14' })
    },
  )

  test.each([
    ['a stale If-Match', 412, 'conflict'],
    ['the rate limit', 429, 'busy'],
  ])('%s has a status of its own', async (_, status, code) => {
    const server = await serve(
      problem(status, { code, detail: 'no', hint: null }, 'application/problem+json; charset=utf-8'),
    )
    const error = await clientOf(server.url)
      .putAutoOffline({ enabled: true })
      .catch((thrown) => thrown)
    expect(error).toMatchObject({ code, message: 'no', hint: undefined, rule: undefined })
  })

  const page = '<html>Welcome to the hotel</html>'
  const html = { 'content-type': 'text/html' }
  test.each<[string, Step, number, ErrorCode]>([
    ["a gateway's page", { status: 502, headers: html, body: page }, 502, 'unreachable'],
    ["a gateway's time limit", { status: 504 }, 504, 'unreachable'],
    ["a gateway's overload", { status: 503, headers: html, body: page }, 503, 'busy'],
    ["a gateway's rate limit", { status: 429 }, 429, 'busy'],
    ['another service', { status: 404, headers: html, body: page }, 404, 'unreachable'],
    [
      "another service's JSON error",
      { status: 500, headers: { 'content-type': 'application/json' }, body: '{"error":"x"}' },
      500,
      'unreachable',
    ],
    ['a wall', { status: 403, headers: html, body: page }, 403, 'not-allowed'],
    ['a login', { status: 401 }, 401, 'not-logged-in'],
    ['a problem with a code that is not ours', problem(400, { code: 'constructor', detail: 'x' }), 400, 'unreachable'],
    ['a problem without words', problem(400, { code: 'usage' }), 400, 'unreachable'],
    [
      'a problem that is a number',
      { status: 400, headers: { 'content-type': 'application/problem+json' }, body: '7' },
      400,
      'unreachable',
    ],
  ])('%s is no answer of ours, and says so', async (_, step, status, code) => {
    const server = await serve(step)
    const error = await clientOf(server.url)
      .getWidget({})
      .catch((thrown) => thrown)
    const host = new URL(server.url).host
    expect(error).toMatchObject({
      code,
      message: `${host} answered ${status} with something that is not an answer of drift-status`,
    })
    expect(error.hint).toMatch(/\w/)
  })

  test('a server that repeats the token does not bring it into the error', async () => {
    const server = await serve((request, response) => {
      const detail = `bad token ${request.headers.authorization}`
      response.writeHead(401, { 'content-type': 'application/problem+json' })
      response.end(JSON.stringify({ code: 'not-logged-in', detail, hint: detail }))
    })
    const error = await clientOf(server.url)
      .getWidget({})
      .catch((thrown) => thrown)
    expect(error).toMatchObject({
      code: 'not-logged-in',
      message: 'bad token Bearer (token)',
      hint: 'bad token Bearer (token)',
    })
  })
})

describe('a success that is not what the operation promises is a failure', () => {
  const asJson = { 'content-type': 'application/json' }
  const { agents, widget } = STATUS_ANSWER
  const listing = (...listed: readonly unknown[]) => json({ ...STATUS_ANSWER, agents: { ...agents, listed } })

  test.each<[string, Step, string]>([
    ['nothing of it', json({}), 'workspace is missing'],
    ['no object', json([]), 'the answer is not what it should be'],
    ['null', json(null), 'the answer is not what it should be'],
    ['a sentence', json('Welcome'), 'the answer is not what it should be'],
    ['a part that is missing', json({ ...STATUS_ANSWER, visitor: undefined }), 'visitor is missing'],
    ['a part of another type', json({ ...STATUS_ANSWER, findings: {} }), 'findings is not what it should be'],
    [
      'a part within a part',
      json({ ...STATUS_ANSWER, widget: { ...widget, visible: 'yes' } }),
      'widget.visible is not what it should be',
    ],
    [
      'a mode that does not exist',
      json({ ...STATUS_ANSWER, widget: { ...widget, mode: 'maybe' } }),
      'widget.mode is not what it should be',
    ],
    ['a word that is a number', json({ ...STATUS_ANSWER, policy: 7 }), 'policy is not what it should be'],
    ['a time that cannot be read', json({ ...STATUS_ANSWER, at: 'today' }), 'at is not what it should be'],
    ['an agent without an id', listing({ name: 'Sam' }), 'agents.listed.0.id is missing'],
    [
      'a page',
      { headers: { 'content-type': 'text/html' }, body: '<html>Welcome to the hotel</html>' },
      'the answer is not JSON',
    ],
    ['nothing at all', { status: 200 }, 'the answer is not JSON'],
    ['no content', { status: 204 }, 'the answer is not JSON'],
    ['JSON cut short', { headers: asJson, body: '{"a":' }, 'the answer is not JSON'],
    [
      'JSON of another type',
      { headers: { 'content-type': 'application/jsonp' }, body: '{}' },
      'the answer is not JSON',
    ],
    [
      'what was packed unasked',
      { headers: { ...asJson, 'content-encoding': 'gzip' }, body: '\u001f\u008b' },
      'the answer is not JSON',
    ],
  ])('%s', async (_, step, what) => {
    const server = await serve(step)
    const error = await clientOf(server.url)
      .getStatus({})
      .catch((thrown) => thrown)
    const { host } = new URL(server.url)
    expect(error).toMatchObject({
      code: 'failed',
      message: `${host} did not answer as a drift-status service does: ${what}`,
      reason: 'not-a-service',
    })
  })

  test.each<[string, unknown]>([
    ['fields that are new', { ...STATUS_ANSWER, duty: [], agents: { ...agents, onCall: 1 } }],
    ['a source that is new', { ...STATUS_ANSWER, widget: { ...widget, source: 'duty' } }],
    [
      'a status that is new',
      { ...STATUS_ANSWER, agents: { ...agents, listed: [{ id: '1', role: 'owner', status: 'automatic' }] } },
    ],
    [
      'a note longer than may be written today',
      {
        ...STATUS_ANSWER,
        agents: { ...agents, listed: [{ id: '1', role: 'agent', status: 'away', note: 'n'.repeat(60_000) }] },
      },
    ],
  ])('a newer or an older service may answer %s', async (_, answer) => {
    const server = await serve(json(answer))
    expect(await clientOf(server.url).getStatus({})).toEqual(answer)
  })

  test.each([
    'putWidget',
    'createToken',
    'getMe',
    'listTokens',
    'simulate',
    'getHours',
    'listRevisions',
    'getWorkspace',
  ] as const)('%s takes no empty object for an answer', async (id) => {
    const server = await serve(json({}))
    await expect(callOf(clientOf(server.url), { id, request: {} })).rejects.toMatchObject({ code: 'failed' })
  })
})

test.each<[string, object, string?]>([
  ['an operator that is new', { when: { plan: { in: ['a'], regex: 'b' } } }],
  ['a target that is new', { to: 'duty' }],
  ['a target of a new kind', { to: { duty: 'front' } }],
  ['a condition that cannot be read', { when: { plan: [['a']] } }, 'value.rules.0.when.plan is not what it should be'],
  ['no target', { to: undefined }, 'value.rules.0.to is missing'],
])('a rule may have what this version does not know, but no less: %s', async (_, rule, broken) => {
  const answer = { value: { rules: [{ id: 'one', to: 'account-owner', ...rule }] }, revision: 1 }
  const call = clientOf((await serve(json(answer))).url).getRouting({})
  if (broken === undefined) expect(await call).toEqual(answer)
  else await expect(call).rejects.toMatchObject({ code: 'failed', message: expect.stringContaining(broken) })
})

test('a write that is answered in part may be done', async () => {
  const { effect: _, ...part } = WRITE_ANSWER
  const server = await serve(json(part))
  await expect(clientOf(server.url).putAutoOffline({ enabled: true })).rejects.toMatchObject({
    code: 'failed',
    message: expect.stringContaining('effect is missing'),
    reason: 'write-uncertain',
    hint: expect.stringContaining('the write may have been done'),
  })
})

describe('a real workspace over HTTP answers what it answers in the same process', async () => {
  const served = await serveWorkspace()
  const token = await served.token({ name: 'owner', role: 'admin' })
  const calls: readonly Pick<Mapping, 'id' | 'request' | 'options'>[] = [
    { id: 'getWorkspace', request: {} },
    { id: 'getStatus', request: {} },
    { id: 'getAgent', request: { id: '2' } },
    { id: 'getAgent', request: { id: 'nobody' } },
    { id: 'putStatus', request: { id: '2', status: 'asleep' } },
    { id: 'putStatus', request: { id: '2', status: 'away' }, options: { note: 'Zoë', dryRun: true } },
    { id: 'putAutoOffline', request: { enabled: false }, options: { ifMatch: 0 } },
    { id: 'putAutoOffline', request: { enabled: false }, options: { ifMatch: [0, 99] } },
    { id: 'listRevisions', request: {} },
    { id: 'getRevision', request: { number: 1 } },
    { id: 'getRevision', request: { number: 99 } },
    { id: 'lint', request: {} },
  ]
  test.each(calls)('$id $request $options', async (call) => {
    const { url, owner } = served
    const plain = (error: DriftStatusError) => ({
      code: error.code,
      message: error.message,
      hint: error.hint,
      rule: error.rule,
    })
    const there = connectWorkspace(url, { token })
    const answers = await Promise.all([there, owner].map((client) => callOf(client, call).catch(plain)))
    expect(answers[0]).toEqual(answers[1])
    await there.close()
  })

  test('a write is one revision, with its note', async () => {
    const client = connectWorkspace(served.url, { token })
    const { revision } = await client.putAutoOffline({ enabled: true }, { note: 'Zoë – 100%' })
    expect(await client.getRevision({ number: revision })).toMatchObject({
      note: 'Zoë – 100%',
      changes: [{ path: 'widget.autoOffline' }],
    })
    await client.close()
  })
})
