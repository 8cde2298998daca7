import { describe, expect, test } from 'vitest'
import { OPEN } from '../../domain/workspace-builder.js'
import { readEvents } from './event-reader.js'
import { AGENTS, serveWorkspace } from './served-workspace.js'

const SECOND = 1000
const served = await serveWorkspace({
  parts: { agents: AGENTS, widget: { autoOffline: true }, routing: { default: { to: { 'round-robin': ['1', '2'] } } } },
})
const { ask, token, owner, clock } = served
const admin = await token({ role: 'admin', agent: '1' })
const get = async (path: string) => (await ask('GET', path, { token: admin })).body
const put = (path: string, body: object, headers = {}) => ask('PUT', path, { token: admin, body, headers })

describe('what another process writes is seen by the very next request', () => {
  test('in the status, a decision, an agent, the findings and a route', async () => {
    for (let round = 0; round < 10; round++) {
      const status = round % 2 === 0 ? ('away' as const) : ('available' as const)
      await owner.putStatus({ id: '2', status })
      const { revision, agents } = await get('/v1/status')
      expect(agents.listed[1].status).toBe(status)
      expect(revision).toBe((await owner.listRevisions({ limit: 1 })).revisions[0]!.number)
      const { body } = await ask('POST', '/v1/simulate', { token: admin, body: {} })
      expect(body.agents[1].status).toBe(status)
      expect((await get('/v1/agents/2')).value.status).toBe(status)
      expect((await get('/v1/agents?status=away')).agents).toHaveLength(status === 'away' ? 1 : 0)
    }
    await owner.putStatus({ id: '1', status: 'away' })
    await owner.putStatus({ id: '2', status: 'away' })
    expect((await get('/v1/lint')).map(({ code }: { code: string }) => code)).toContain('everyone-away-auto-offline')
    expect((await ask('POST', '/v1/route', { token: admin, body: {} })).body.assignee).toBeNull()
    await owner.putStatus({ id: '2', status: 'available' })
    expect((await ask('POST', '/v1/route', { token: admin, body: {} })).body.assignee).toBe('2')
    expect((await get('/v1/agents/2')).value.openChats).toBe(1)
  })

  test('a write that was refused leaves what is answered as it was', async () => {
    const before = await get('/v1/status')
    expect((await put('/v1/agents/nobody/status', { status: 'away' })).status).toBe(404)
    expect((await put('/v1/agents/2/status?dryRun=true', { status: 'away' })).body.changed).toBe(true)
    expect(await get('/v1/status')).toEqual(before)
  })
})

describe('time that passes is seen without a write', () => {
  test.each([
    { ms: 250, what: 'within a second' },
    { ms: 90_000, what: 'later' },
  ])('R15: a timed status that ends $what', async ({ ms }) => {
    await put('/v1/agents/2/status', { status: 'away', until: new Date(OPEN + ms).toISOString() })
    const seen = async () => (await get('/v1/status')).agents.available
    const away = await seen()
    clock(OPEN + ms - 1)
    expect(await seen()).toBe(away)
    clock(OPEN + ms)
    expect(await seen()).toBe(away + 1)
    clock(OPEN)
    expect(await seen()).toBe(away)
    await put('/v1/agents/2/status', { status: 'available' })
  })

  test('R8: an override that ends', async () => {
    await put('/v1/widget', { override: { mode: 'offline', until: new Date(OPEN + 10).toISOString() } })
    expect((await get('/v1/widget')).value.override).toBeDefined()
    expect((await get('/v1/status')).widget.source).toBe('override')
    clock(OPEN + 10)
    expect((await get('/v1/widget')).value.override).toBeUndefined()
    expect((await get('/v1/status')).widget.source).not.toBe('override')
    clock(OPEN)
  })

  test('the time that an answer says is at most a second ago', async () => {
    for (const ms of [0, 400, 999, SECOND, 2500]) {
      clock(OPEN + ms)
      const at = Date.parse((await get('/v1/status')).at)
      expect(OPEN + ms - at).toBeGreaterThanOrEqual(0)
      expect(OPEN + ms - at).toBeLessThan(SECOND)
    }
    clock(OPEN)
  })
})

describe('"me"', () => {
  test('is each one themselves, also when both ask the same in the same second', async () => {
    const ana = await token({ agent: '2' })
    const name = async (secret: string) => (await ask('GET', '/v1/agents/me', { token: secret })).body.value.name
    expect([await name(admin), await name(ana), await name(admin)]).toEqual(['Sam', 'Ana', 'Sam'])
  })
})

describe('ETags', () => {
  test('what is read carries one, what is written on it is accepted, and what is stale is refused with 412', async () => {
    const read = await ask('GET', '/v1/hours', { token: admin })
    const etag = read.headers.get('etag')!
    expect(etag).toBe(`"${read.body.revision}"`)
    const hours = { weekly: { mon: '10:00-12:00' } }
    const written = await put('/v1/hours', { hours }, { 'if-match': etag })
    expect(written.headers.get('etag')).toBe(`"${written.body.revision}"`)
    const stale = await put('/v1/hours', { hours: { weekly: {} } }, { 'if-match': etag })
    expect(stale).toMatchObject({ status: 412, body: { code: 'conflict', reason: 'stale-write' } })
  })

  test('a conflict other than a stale write is 409, with or without one', async () => {
    const add = await ask('POST', '/v1/agents', { token: admin, body: { agent: { id: '2' } } })
    expect(add.status).toBe(409)
  })

  // The workspace is at a revision above 1 here: NOW stands for it.
  const MATCHES = [
    { ifMatch: 'NOW', status: 200 },
    { ifMatch: '"1", NOW', status: 200 },
    { ifMatch: ' , NOW,,"a,b" ', status: 200 },
    { ifMatch: '*', status: 200 },
    { ifMatch: '"1"', status: 412 },
    { ifMatch: '"1", "99999"', status: 412 },
    { ifMatch: '"abc"', status: 412 },
    { ifMatch: '"a,b", ""', status: 412 },
    { ifMatch: 'W/NOW', status: 412 },
    { ifMatch: '"1", W/NOW', status: 412 },
    { ifMatch: '0NOW', status: 400 },
    { ifMatch: '12', status: 400 },
    { ifMatch: 'W/12', status: 400 },
    { ifMatch: 'w/"12"', status: 400 },
    { ifMatch: '"12', status: 400 },
    { ifMatch: '"1" "2"', status: 400 },
    { ifMatch: '"1", *', status: 400 },
    { ifMatch: ',', status: 400 },
    { ifMatch: '', status: 400 },
  ]
  test.each(MATCHES)('If-Match: $ifMatch is answered $status', async ({ ifMatch, status }) => {
    const { etag } = Object.fromEntries((await ask('GET', '/v1/agents/2', { token: admin })).headers)
    const header = ifMatch.replace('NOW', etag!)
    const answer = await put('/v1/agents/2/status?dryRun=true', { status: 'away' }, { 'if-match': header })
    expect(answer.status).toBe(status)
  })

  test('an ETag with a zero before it is another one', async () => {
    const { etag } = Object.fromEntries((await ask('GET', '/v1/agents/2', { token: admin })).headers)
    const header = etag!.replace('"', '"0')
    const answer = await put('/v1/agents/2/status?dryRun=true', { status: 'away' }, { 'if-match': header })
    expect(answer.status).toBe(412)
  })
})

describe('where there is no route', () => {
  test.each([
    { method: 'GET', path: '/v1/statsu', status: 404, hint: 'did you mean GET /v1/status?' },
    { method: 'GET', path: '/', status: 404, hint: expect.any(String) },
    { method: 'DELETE', path: '/v1/status', status: 405, hint: 'it takes GET, HEAD, OPTIONS' },
    { method: 'POST', path: '/v1/agents/2/status', status: 405, hint: 'it takes PUT, OPTIONS' },
    { method: 'GET', path: '/v1/agents/%E0%A4%A', status: 400, hint: expect.any(String) },
    { method: 'GET', path: `/v1/agents/${'x'.repeat(501)}`, status: 414, hint: expect.any(String) },
  ])('$method $path is $status', async ({ method, path, status, hint }) => {
    const answer = await ask(method, path, { token: admin })
    expect(answer).toMatchObject({ status, body: { status, hint, type: 'about:blank' } })
    expect(answer.headers.get('content-type')).toContain('application/problem+json')
  })

  test('OPTIONS says what there is, and HEAD is GET without the body', async () => {
    const options = await ask('OPTIONS', '/v1/agents/2')
    expect([options.status, options.headers.get('allow')]).toEqual([204, 'GET, HEAD, PATCH, DELETE, OPTIONS'])
    const head = await ask('HEAD', '/v1/hours', { token: admin })
    const whole = await ask('GET', '/v1/hours', { token: admin })
    expect([head.status, head.body]).toEqual([200, ''])
    expect(head.headers.get('etag')).toBe(whole.headers.get('etag'))
    expect((await ask('HEAD', '/v1/hours')).status).toBe(401)
  })
})

describe('for whoever runs it', () => {
  test('healthz and readyz answer without a token', async () => {
    expect(await ask('GET', '/healthz')).toMatchObject({ status: 200, body: { status: 'ok' } })
    expect(await ask('GET', '/readyz')).toMatchObject({ status: 200, body: { status: 'ok' } })
  })

  test('the reference page shows every operation and every schema, and takes everything from this server', async () => {
    const page = await ask('GET', '/docs')
    expect(page.status).toBe(200)
    const { paths, components } = (await ask('GET', '/openapi.json')).body
    for (const path of Object.keys(paths)) expect(page.body, path).toContain(`<code>${path}</code>`)
    for (const name of Object.keys(components.schemas)) expect(page.body, name).toContain(`<details id="${name}">`)
    const links = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, link]) => link)
    expect(links).toContain('#WorkspaceInput')
    for (const link of new Set(links)) {
      if (link === 'data:,') continue
      if (link.startsWith('#')) expect(page.body, link).toContain(`id="${link.slice(1)}"`)
      else expect((await ask('GET', link)).status, link).toBe(200)
    }
    expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-/)
    expect(page.body).not.toMatch(/<script|style="|http:|https:/)
  })

  test('a failure in an event stream ends the stream, is in the log, and ends nothing else', async () => {
    const broken = await serveWorkspace({ limits: { streamKeepAliveMs: 50 } })
    const secret = await broken.token({ role: 'admin' })
    const events = await readEvents(`${broken.url}/v1/events`, secret)
    await broken.store.close()
    await events.ended
    await expect.poll(broken.log).toMatch(/"request":"[^"]+","fault":"Error: /)
    expect((await broken.ask('GET', '/healthz')).status).toBe(200)
  })

  test('an unexpected failure tells the caller nothing, and the log everything', async () => {
    const broken = await serveWorkspace()
    const secret = await broken.token({ role: 'admin' })
    await broken.ask('GET', '/v1/status', { token: secret })
    await broken.store.close()
    const { status, body } = await broken.ask('GET', '/v1/status', { token: secret })
    expect([status, body.code]).toEqual([500, 'failed'])
    expect(JSON.stringify(body)).not.toMatch(/database|sqlite|\.ts|at /i)
    expect(await broken.log()).toMatch(/"fault":"Error: .*SqliteStore/)
  })
})

describe('horizonDays is a whole number of days of a dry run', () => {
  const GREETING = { greeting: { online: 'Hello' } }
  test.each(['', 'NaN', '6', '367', '1e1', '0x10', '7.0', '-8', '+8', ' 8', '8&horizonDays=9', '9'.repeat(400)])(
    'and is refused as "%s"',
    async (days) => {
      const { status, body } = await put(`/v1/greeting?dryRun=true&horizonDays=${days}`, GREETING)
      expect({ status, detail: body.detail }).toEqual({
        status: 400,
        detail: 'horizonDays is not a whole number from 7 to 366',
      })
    },
  )

  test('and is refused of a write, which is not made', async () => {
    const before = await get('/v1/greeting')
    for (const query of ['horizonDays=8', 'horizonDays=8&dryRun=false']) {
      const { status, body } = await put(`/v1/greeting?${query}`, GREETING)
      expect({ status, detail: body.detail }).toEqual({ status: 400, detail: 'horizonDays is for a dry run' })
    }
    expect(await get('/v1/greeting')).toEqual(before)
  })
})

test.each(['name', 'plan', 'timeZone'])('PATCH /v1/settings: null removes the chat limit, not the %s', async (key) => {
  const before = await get('/v1/settings')
  const patch = (settings: object) => ask('PATCH', '/v1/settings', { token: admin, body: { settings } })
  expect(await patch({ [key]: null })).toMatchObject({
    status: 400,
    body: { detail: expect.stringContaining(`${key}: `) },
  })
  expect(await get('/v1/settings')).toEqual(before)
  await patch({ chatLimit: 3 })
  await patch({ chatLimit: null })
  expect((await get('/v1/settings')).value).toEqual(before.value)
})
