import { describe, expect, test } from 'vitest'
import { proxyFor } from '../../../src/api/network/request/proxy.js'
import { type ApiRequest, Sender } from '../../../src/api/network/request/sender.js'
import { DriftStatusError } from '../../../src/domain/errors.js'
import { json, pem, proxy, type Step, serve, serveTls } from './servers.js'
import { TOKEN, testSender } from './test-sender.js'

const READ: ApiRequest = { method: 'GET', path: '/v1/status', isSafe: true }
const WRITE: ApiRequest = {
  method: 'PUT',
  path: '/v1/widget',
  body: { mode: 'online' },
  isSafe: false,
  idempotencyKey: 'k',
}
const OK = json({ ok: true })
const redirect = (status: number, location: string): Step => ({ status, headers: { location } })

describe('a token leaves this machine over https only', () => {
  test.each([
    'http://status.acme.example',
    'http://127.evil.example',
    'http://127.0.0.1.evil.example:8080',
    'http://localhost.evil.example',
    'http://notlocalhost',
    'http://128.0.0.1',
    'http://0.0.0.0',
    'http://[::2]',
    'http://[::ffff:10.0.0.1]',
    'http://10.0.0.1',
    'ftp://status.acme.example',
    'file:///etc/passwd',
    'status.acme.example',
    '',
    `https://user:${TOKEN}@status.acme.example`,
    `https://${TOKEN}@status.acme.example`,
    `https://status.acme.example/?token=${TOKEN}`,
    `https://status.acme.example/#${TOKEN}`,
    TOKEN,
  ])('%s is refused before a byte is sent', (url) => {
    const refused = () => new Sender({ url, token: TOKEN })
    expect(refused).toThrow(DriftStatusError)
    try {
      refused()
    } catch (error) {
      expect(error).toMatchObject({ code: 'usage', hint: expect.stringContaining('https://') })
      expect(`${(error as DriftStatusError).message}${(error as DriftStatusError).hint}`).not.toContain(TOKEN)
    }
  })

  test.each([
    'http://127.0.0.1:1',
    'http://127.8.9.1',
    'http://localhost:8080',
    'http://[::1]:8080',
    'http://2130706433',
    'https://status.acme.example/base/',
  ])('%s is taken', async (url) => {
    await new Sender({ url, token: TOKEN }).close()
  })

  test.each(['', ' ', 'a b', 'a\nb', 'a\r\nx-header: y', 'tökén'])(
    'a token that no header can carry is refused: %j',
    async (token) => {
      const server = await serve(OK)
      const error = await testSender(server.url, { token })
        .sender.send(READ)
        .catch((thrown) => thrown)
      expect(error).toMatchObject({ code: 'not-logged-in' })
      expect(server.received).toEqual([])
    },
  )

  test('a token is asked for anew with each call, and no header is sent when there is no token', async () => {
    const server = await serve(OK)
    const tokens = ['first', undefined, 'third']
    const { sender } = testSender(server.url, { token: () => tokens.shift() })
    for (let call = 0; call < 3; call += 1) await sender.send(READ)
    expect(server.received.map(({ headers }) => headers.authorization)).toEqual([
      'Bearer first',
      undefined,
      'Bearer third',
    ])
  })
})

describe('redirects', () => {
  test.each([301, 302, 303, 307, 308])(
    '%i to another origin is an error that names both, and sends it nothing',
    async (status) => {
      for (const request of [READ, WRITE]) {
        const other = await serve(OK)
        const server = await serve(redirect(status, `${other.url}/v1/status?next=${TOKEN}`))
        const { sender, attempts } = testSender(server.url)
        const error = await sender.send(request).catch((thrown) => thrown)
        expect(error).toMatchObject({
          code: 'unreachable',
          message: `${server.url} redirects to ${other.url}, which your token is not for`,
        })
        expect(error.hint).toContain(other.url)
        expect(other.received).toEqual([])
        expect(JSON.stringify([error.message, error.hint, attempts])).not.toContain(TOKEN)
      }
    },
  )

  test.each([
    ['another host', '//evil.example/v1/status', 'to http://evil.example, which your token is not for'],
    ['another scheme', 'https://127.0.0.1/', 'to https://127.0.0.1, which your token is not for'],
    ['a name of the same machine', 'http://localhost/', 'to http://localhost, which your token is not for'],
    ['no address', 'http://:0:/', 'an address that is not that of a service'],
    ['no address of a service', 'file:///etc/passwd', 'an address that is not that of a service'],
  ])('to %s: refused', async (_, location, where) => {
    const server = await serve(redirect(302, location))
    await expect(testSender(server.url).sender.send(READ)).rejects.toMatchObject({
      code: 'unreachable',
      message: expect.stringMatching(new RegExp(` redirects ${where}$`)),
    })
    expect(server.received).toHaveLength(1)
  })

  test.each([
    ['a read', 301, READ],
    ['a read', 302, READ],
    ['a read', 303, READ],
    ['a read', 307, READ],
    ['a write', 307, WRITE],
    ['a write', 308, WRITE],
  ] as const)('%s follows %i within its origin, with the token and the body', async (_, status, request) => {
    const server = await serve(redirect(status, '../v2/moved?a=1'), OK)
    expect((await testSender(server.url).sender.send(request)).status).toBe(200)
    const [first, second] = server.received
    expect(second).toMatchObject({ method: request.method, path: '/v2/moved?a=1', body: first!.body })
    expect(second!.headers.authorization).toBe(`Bearer ${TOKEN}`)
    expect(second!.headers['idempotency-key']).toBe(first!.headers['idempotency-key'])
  })

  test.each([301, 302, 303])('a write is not turned into a read by %i', async (status) => {
    const server = await serve(redirect(status, '/elsewhere'), OK)
    await expect(testSender(server.url).sender.send(WRITE)).rejects.toMatchObject({ code: 'unreachable' })
    expect(server.received).toHaveLength(1)
  })

  test('in a circle end', async () => {
    const server = await serve(redirect(302, '/again'))
    const error = await testSender(server.url)
      .sender.send(READ)
      .catch((thrown) => thrown)
    expect(error).toMatchObject({ code: 'unreachable', message: expect.stringContaining('redirects again and again') })
    expect(server.received).toHaveLength(6)
  })
})

describe('what is told', () => {
  test('an attempt has the path without its query, and no header', async () => {
    const server = await serve({ status: 503 }, OK)
    const { sender, attempts } = testSender(server.url)
    await sender.send({ ...READ, query: { token: TOKEN, path: ['a', 'b c'] } })
    expect(server.received[1]!.path).toBe(`/v1/status?token=${TOKEN}&path=a&path=b+c`)
    expect(attempts.map(({ milliseconds, ...rest }) => rest)).toEqual([
      { method: 'GET', path: '/v1/status', status: 503, failure: undefined },
      { method: 'GET', path: '/v1/status', status: 200, failure: undefined },
    ])
    expect(JSON.stringify(attempts)).not.toContain(TOKEN)
  })

  test('a page that repeats the request does not bring the token into the answer', async () => {
    const server = await serve((request, response) =>
      response.writeHead(400).end(`you sent ${request.headers.authorization}`),
    )
    expect((await testSender(server.url).sender.send(READ)).text).toBe('you sent Bearer (token)')
  })

  test('the path of the address is kept', async () => {
    const server = await serve(OK)
    await testSender(`${server.url}/status/`).sender.send(READ)
    expect(server.received[0]!.path).toBe('/status/v1/status')
  })
})

describe('TLS and proxies', () => {
  const trusted = { ca: pem('authority') }

  test('a certificate of a trusted authority is taken', async () => {
    const server = await serveTls('good', OK)
    const { sender } = testSender(server.url, trusted)
    expect((await sender.send(READ)).text).toBe('{"ok":true}')
    await sender.send(WRITE)
    expect(server.received.map(({ socket }) => socket)).toEqual([1, 1])
  })

  test('https goes through the proxy as a tunnel that sees no token', async () => {
    const [server, gate] = [await serveTls('good', OK), await proxy()]
    const env = { HTTPS_PROXY: gate.url.replace('//', '//user:secret@') }
    const { sender, attempts } = testSender(`https://workspace.test:${server.port}`, { ...trusted, env })
    for (const request of [READ, WRITE]) expect((await sender.send(request)).status).toBe(200)
    expect(new Set(gate.asked.map(({ url }) => url))).toEqual(new Set([`workspace.test:${server.port}`]))
    expect(gate.asked[0]!.headers['proxy-authorization']).toBe(`Basic ${btoa('user:secret')}`)
    expect(JSON.stringify(gate.asked[0]!.headers)).not.toContain(TOKEN)
    expect(server.received[1]!.headers.authorization).toBe(`Bearer ${TOKEN}`)
    expect(server.received[1]!.headers['proxy-authorization']).toBeUndefined()
    expect(JSON.stringify(attempts)).not.toContain('secret')
  })

  test('this machine is reached without the proxy', async () => {
    const [server, gate] = [await serve(OK), await proxy()]
    const env = { HTTPS_PROXY: gate.url, HTTP_PROXY: gate.url, ALL_PROXY: gate.url }
    expect((await testSender(server.url, { env }).sender.send(READ)).status).toBe(200)
    expect(gate.asked).toEqual([])
  })

  const P = 'http://proxy.example:3128'
  test.each<[Record<string, string>, string, string | undefined]>([
    [{}, 'https://a.example', undefined],
    [{ HTTPS_PROXY: P }, 'https://a.example', P],
    [{ HTTPS_PROXY: 'proxy.example:3128' }, 'https://a.example', P],
    [{ https_proxy: P, HTTPS_PROXY: 'http://other' }, 'https://a.example', P],
    [{ https_proxy: '', HTTPS_PROXY: P }, 'https://a.example', P],
    [{ ALL_PROXY: P }, 'https://a.example', P],
    [{ HTTP_PROXY: P }, 'https://a.example', undefined],
    [{ HTTPS_PROXY: P, NO_PROXY: '*' }, 'https://a.example', undefined],
    [{ HTTPS_PROXY: P, NO_PROXY: 'a.example' }, 'https://a.example', undefined],
    [{ HTTPS_PROXY: P, NO_PROXY: 'A.Example' }, 'https://a.example', undefined],
    [{ HTTPS_PROXY: P, NO_PROXY: 'x.test, .example' }, 'https://a.example', undefined],
    [{ HTTPS_PROXY: P, NO_PROXY: '*.example' }, 'https://a.example', undefined],
    [{ HTTPS_PROXY: P, no_proxy: 'a.example' }, 'https://b.a.example', undefined],
    [{ HTTPS_PROXY: P, NO_PROXY: 'a.example' }, 'https://ba.example', P],
    [{ HTTPS_PROXY: P, NO_PROXY: 'a.example:443' }, 'https://a.example', undefined],
    [{ HTTPS_PROXY: P, NO_PROXY: 'a.example:8443' }, 'https://a.example', P],
    [{ HTTPS_PROXY: P, NO_PROXY: 'a.example:8443' }, 'https://a.example:8443', undefined],
    [{ HTTPS_PROXY: P, NO_PROXY: ', ,' }, 'https://a.example', P],
    [{ HTTPS_PROXY: P }, 'https://localhost', undefined],
    [{ HTTPS_PROXY: P }, 'http://127.0.0.1', undefined],
    [{ HTTPS_PROXY: P }, 'https://[::1]', undefined],
  ])('%j: %s', (env, url, expected) => {
    expect(proxyFor(new URL(url), env)?.origin).toBe(expected)
  })

  test.each(['::', 'ftp://user:secret@proxy', 'http://user:secret@'])(
    'an address that cannot be a proxy is refused without repeating it: %s',
    (value) => {
      try {
        proxyFor(new URL('https://a.example'), { HTTPS_PROXY: value })
        expect.unreachable()
      } catch (error) {
        expect(error).toMatchObject({ code: 'usage', message: 'HTTPS_PROXY is not the URL of a proxy' })
      }
    },
  )
})
