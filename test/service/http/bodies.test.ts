import { describe, expect, onTestFinished, test } from 'vitest'
import { head, openConnection } from './raw-request.js'
import { serveWorkspace } from './served-workspace.js'

const MB = 1024 * 1024
const JSON_TYPE = { 'content-type': 'application/json' }

const served = await serveWorkspace({ limits: { failedLoginsPerMinute: 1_000_000 } })
const { ask, token } = served
const admin = await token({ role: 'admin', agent: '1' })
const reader = await token({ name: 'reader', scopes: ['read'] })
const wrong = `dst_${reader.split('_')[1]}_${'A'.repeat(43)}`

function connection() {
  const raw = openConnection(served.url)
  onTestFinished(() => void raw.socket.destroy())
  return raw
}

describe('what is not allowed is refused before its body is read', () => {
  const REFUSED = [
    { who: 'a token that may not write', secret: reader, status: 403 },
    { who: 'a wrong token', secret: wrong, status: 401 },
    { who: 'nobody', secret: undefined, status: 401 },
  ]
  const SENT = [
    { how: 'of a length', headers: { 'content-length': String(16 * MB) } },
    { how: 'in chunks', headers: { 'transfer-encoding': 'chunked' } },
    { how: 'once it is asked for', headers: { 'content-length': '20', expect: '100-continue' } },
  ]
  describe.each(REFUSED)('$who', ({ secret, status }) => {
    test.each(SENT)('a body $how', async ({ headers }) => {
      for (const line of ['PUT /v1/workspace', 'PATCH /users/update?userId=2']) {
        const raw = connection()
        raw.send(head(line, secret, { ...JSON_TYPE, ...headers }))
        const text = await raw.until(/\r\n\r\n.*\}/s)
        // Drift says 403 of both.
        expect(text).toMatch(line.startsWith('PUT') ? `HTTP/1.1 ${status} ` : 'HTTP/1.1 403 ')
      }
    })
  })

  test('the body is thrown away as it comes, and the connection goes on', async () => {
    const raw = connection()
    raw.send(head('PUT /v1/workspace', reader, { ...JSON_TYPE, 'content-length': String(2 * MB) }))
    raw.send('['.repeat(MB))
    await raw.until(/HTTP\/1.1 403 .*"code":"not-allowed"/s)
    raw.send('['.repeat(MB))
    raw.send(head('GET /v1/widget', reader))
    expect(await raw.until(/HTTP\/1.1 200 /)).not.toContain('400')
  })

  test('a body without an end ends the connection', async () => {
    const raw = connection()
    raw.send(head('PUT /v1/workspace', reader, { ...JSON_TYPE, 'transfer-encoding': 'chunked' }))
    await raw.until(/HTTP\/1.1 403 /)
    const chunk = `100000\r\n${'['.repeat(MB)}\r\n`
    let sent = 0
    const more = () => {
      while (!raw.socket.destroyed && raw.socket.write(chunk)) sent++
    }
    raw.socket.on('drain', more)
    more()
    expect(await raw.closed).not.toContain('100 Continue')
    expect(sent).toBeLessThan(100)
  })

  test('a body that is asked for is sent and read', async () => {
    const raw = connection()
    const body = '{"enabled":true}'
    const headers = { ...JSON_TYPE, 'content-length': String(body.length), expect: '100-continue' }
    raw.send(head('PUT /v1/auto-offline?dryRun=true', admin, headers))
    await raw.until(/^HTTP\/1.1 100 Continue\r\n\r\n/)
    raw.send(body)
    expect(await raw.until(/HTTP\/1.1 200 /)).toContain('100 Continue')
  })

  test('a question with a body is answered, and the body thrown away', async () => {
    const raw = connection()
    raw.send(head('GET /v1/widget', reader, { 'content-length': String(MB) }))
    raw.send('['.repeat(MB))
    raw.send(head('GET /v1/me', reader))
    expect(await raw.until(/HTTP\/1.1 200 .*HTTP\/1.1 200 /s)).toContain('"scopes":["read"]')
  })
})

describe('a body that is nested too deep is refused, and nothing freezes', () => {
  const open = '['.repeat(60 * 1024)
  test.each([
    { what: 'opened and not closed', body: open },
    { what: 'closed again', body: `{"document":${'['.repeat(20_000)}${']'.repeat(20_000)}}` },
    { what: 'of objects', body: '{"visitor":'.repeat(5000) },
    { what: 'just too deep', body: `{"visitor":${'['.repeat(64)}${']'.repeat(64)}}` },
  ])('$what', async ({ body }) => {
    const paths = ['POST /v1/simulate', 'PUT /v1/workspace', 'POST /v1/nothing']
    for (const [method, path] of paths.map((one) => one.split(' ')) as [string, string][]) {
      expect(await ask(method, path, { token: admin, body })).toMatchObject({
        status: 400,
        body: { code: 'invalid-input', detail: 'the body is nested deeper than 64 levels' },
      })
    }
    const drift = await ask('PATCH', '/users/update?userId=2', { token: admin, body })
    expect(drift).toMatchObject({ status: 400, body: { error: { type: 'validation_error' } } })
  })

  test('as deep as any document, and brackets in texts, are read', async () => {
    const text = `${'['.repeat(200)}\\"${'{'.repeat(200)}`
    const body = `{"visitor":{"attributes":{"search":"${text}"}}}`
    expect((await ask('POST', '/v1/simulate', { token: admin, body })).status).toBe(200)
  })

  test('16 MB of brackets', async () => {
    const answer = await ask('PUT', '/v1/workspace', { token: admin, body: '['.repeat(16 * MB) })
    expect(answer).toMatchObject({ status: 400, body: { detail: 'the body is nested deeper than 64 levels' } })
  })
})

describe('an empty body', () => {
  test('after the same question with one is a plain 400', async () => {
    for (let time = 0; time < 3; time++) {
      expect((await ask('POST', '/v1/simulate', { token: admin, body: {} })).status).toBe(200)
    }
    for (let time = 0; time < 3; time++) {
      const raw = connection()
      raw.send(head('POST /v1/simulate', admin, { ...JSON_TYPE, 'content-length': '0' }))
      expect(await raw.until(/\r\n\r\n.*\}/s)).toMatch(/^HTTP\/1.1 400 .*"detail":"the body is empty"/s)
    }
    expect((await ask('POST', '/v1/simulate', { token: admin, body: {} })).status).toBe(200)
  })
})

describe('other bodies', () => {
  test.each([
    { what: 'compressed', headers: { 'content-encoding': 'gzip' }, status: 400, detail: 'the body is compressed' },
    { what: 'called text', headers: { 'content-type': 'text/plain' }, status: 415, detail: 'the body is not JSON' },
    { what: 'called HTML', headers: { 'content-type': 'text/html' }, status: 415, detail: 'the body is not JSON' },
  ])('$what', async ({ headers, status, detail }) => {
    const answer = await ask('PUT', '/v1/auto-offline', { token: admin, body: '{"enabled":true}', headers })
    expect(answer).toMatchObject({ status, body: { detail } })
  })

  test('a document more than are read at once is asked to come again', async () => {
    const headers = { ...JSON_TYPE, 'content-length': '1000' }
    const writing = Array.from({ length: 4 }, () => {
      const raw = connection()
      raw.send(head('PUT /v1/workspace', admin, { ...headers, expect: '100-continue' }))
      return raw
    })
    await Promise.all(writing.map((raw) => raw.until(/100 Continue/)))
    const refused = await ask('PUT', '/v1/workspace', { token: admin, body: {} })
    expect(refused).toMatchObject({ status: 503, body: { code: 'busy' } })
    expect(refused.headers.get('retry-after')).toBe('1')
    for (const raw of writing) raw.socket.destroy()
    await expect.poll(async () => (await ask('PUT', '/v1/workspace', { token: admin, body: {} })).status).toBe(400)
  })

  test('a document whose client left while its token was looked at is not counted for ever', async () => {
    let end = () => {}
    const reading = served.store.read(() => new Promise<void>((resolve) => (end = resolve)))
    const writing = Array.from({ length: 4 }, () => {
      const raw = connection()
      raw.send(head('PUT /v1/workspace', admin, { ...JSON_TYPE, 'content-length': '1000' }))
      return raw
    })
    // Asked without a token, health waits for none: by its answer, what was sent before it has come.
    for (let time = 0; time < 5; time++) await ask('GET', '/healthz')
    for (const raw of writing) raw.socket.resetAndDestroy()
    for (let time = 0; time < 5; time++) await ask('GET', '/healthz')
    end()
    await reading
    expect((await ask('PUT', '/v1/workspace', { token: admin, body: {} })).status).toBe(400)
  })
})

describe('a body with many mistakes is refused as quickly as one with a few', () => {
  const many = <Value>(count: number, make: (index: number) => Value) =>
    Array.from({ length: count }, (_, i) => make(i))
  test.each([
    { what: 'rules of nothing', path: '/v1/routing', body: { routing: { rules: many(300_000, () => ({})) } } },
    { what: 'agents of nothing', path: '/v1/workspace', body: { document: { agents: many(1_000_000, () => ({})) } } },
    {
      what: 'agents with an unknown key each',
      path: '/v1/workspace',
      body: { document: { version: 1, agents: many(300_000, () => ({ id: 1, nmae: '' })) } },
    },
    { what: 'unknown keys', path: '/v1/teams', body: Object.fromEntries(many(50_000, (index) => [`k${index}`, 1])) },
    { what: 'members', path: '/v1/teams', body: { teams: [{ id: 'a', members: many(200_000, () => null) }] } },
  ])('$what', async ({ path, body }) => {
    const text = JSON.stringify(body)
    const start = performance.now()
    const answer = await ask('PUT', path, { token: admin, body: text })
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid-input' } })
    expect(answer.body.detail.length).toBeLessThan(20_000)
    expect(performance.now() - start).toBeLessThan(5000)
  })

  test('a body with a few is told all of them', async () => {
    const body = { enabled: 'yes', a: 1, b: 2 }
    const { detail } = (await ask('PUT', '/v1/auto-offline', { token: admin, body })).body
    for (const name of ['enabled', 'a', 'b']) expect(detail).toContain(`${name}: `)
  })
})
