import { describe, expect, test } from 'vitest'
import { describeFailure } from '../../../src/api/network/request/failure.js'
import type { SenderOptions } from '../../../src/api/network/request/sender.js'
import { DriftStatusError } from '../../../src/domain/errors.js'
import { freePort, json, pem, proxy, type Step, serve, serveSocket, serveTls } from './servers.js'
import { TOKEN, testSender } from './test-sender.js'

interface Case {
  readonly title: string
  /** Sets the world up and says where to go. */
  readonly at: () => Promise<{ readonly url: string; readonly options?: Partial<SenderOptions> }>
  /** HOST stands for the service's host and port, PROXY for the proxy's. */
  readonly message: string
  readonly hint: string
  readonly tries: number
}

const TRUSTED = { ca: pem('authority') }
const OK = json({})
const never: Step = () => {}
const quick = { connectMs: 300, headersMs: 300, bodyMs: 300, totalMs: 30_000 }

const CASES: readonly Case[] = [
  {
    title: 'nothing listens there',
    at: async () => ({ url: `http://127.0.0.1:${await freePort()}` }),
    message: 'HOST refused the connection',
    hint: 'check that the service runs there',
    tries: 5,
  },
  {
    title: 'nothing listens at any address of a name',
    at: async () => ({ url: `http://localhost:${await freePort()}` }),
    message: 'HOST refused the connection',
    hint: 'check that the service runs there',
    tries: 5,
  },
  {
    title: 'it takes the request and never answers',
    at: async () => ({ url: (await serve(never)).url, options: { timeouts: quick, retry: { retries: 1 } } }),
    message: 'HOST did not answer in time',
    hint: 'try again',
    tries: 2,
  },
  {
    title: 'it falls silent inside the answer',
    at: async () => {
      const server = await serve((_, response) => response.writeHead(200).write('{'))
      return { url: server.url, options: { timeouts: quick, retry: { retries: 0 } } }
    },
    message: 'HOST stopped sending in the middle of its answer',
    hint: 'try again',
    tries: 1,
  },
  {
    title: 'it drips an answer for longer than everything may take',
    at: async () => {
      const server = await serve((_, response) => {
        const timer = setInterval(() => response.write(' '), 20)
        response.on('close', () => clearInterval(timer))
      })
      return { url: server.url, options: { timeouts: { totalMs: 400 }, retry: { retries: 0 } } }
    },
    message: 'HOST did not answer in time',
    hint: 'try again',
    tries: 1,
  },
  {
    title: 'it breaks every connection',
    at: async () => ({ url: (await serveSocket((socket) => socket.destroy())).url }),
    message: 'the connection to HOST broke before the answer was there',
    hint: 'try again',
    tries: 5,
  },
  {
    title: 'it resets the connection',
    at: async () => ({ url: (await serveSocket((socket) => socket.once('data', () => socket.resetAndDestroy()))).url }),
    message: 'the connection to HOST broke before the answer was there (ECONNRESET)',
    hint: 'try again',
    tries: 5,
  },
  {
    title: 'it speaks something that is not HTTP',
    at: async () => ({ url: (await serveSocket((socket) => socket.end('220 mail.example ESMTP\r\n'))).url }),
    message: 'HOST answered with something that is not HTTP',
    hint: 'check the address',
    tries: 1,
  },
  {
    title: 'its headers have no end',
    at: async () => {
      const server = await serveSocket((socket) => {
        socket.write('HTTP/1.1 200 OK\r\n')
        socket.write(`x: ${'x'.repeat(200_000)}\r\n`)
      })
      return { url: server.url }
    },
    message: 'HOST sent a response that is too large',
    hint: 'check the address',
    tries: 1,
  },
  {
    title: 'it is http where https is asked for',
    at: async () => ({ url: (await serve(OK)).url.replace('http:', 'https:') }),
    message: 'HOST does not answer in TLS that this machine understands',
    hint: 'serves https, and not http',
    tries: 1,
  },
  {
    title: 'its certificate has expired',
    at: async () => ({ url: (await serveTls('expired', OK)).url, options: TRUSTED }),
    message: 'the certificate of HOST has expired',
    hint: 'check the clock',
    tries: 1,
  },
  {
    title: 'its certificate is not valid yet',
    at: async () => ({ url: (await serveTls('early', OK)).url, options: TRUSTED }),
    message: 'the certificate of HOST is not valid yet',
    hint: 'check the clock',
    tries: 1,
  },
  {
    title: 'its certificate is signed by itself',
    at: async () => ({ url: (await serveTls('self-signed', OK)).url }),
    message: 'the certificate of HOST is not signed by an authority that this machine trusts',
    hint: 'NODE_EXTRA_CA_CERTS=FILE',
    tries: 1,
  },
  {
    title: 'its certificate is signed by an unknown authority',
    at: async () => ({ url: (await serveTls('good', OK)).url }),
    message: 'the certificate of HOST is not signed by an authority that this machine trusts',
    hint: 'NODE_EXTRA_CA_CERTS=FILE',
    tries: 1,
  },
  {
    title: 'its certificate is for another name',
    at: async () => ({ url: `https://localhost:${(await serveTls('good', OK)).port}`, options: TRUSTED }),
    message: 'the certificate of HOST is for another host name',
    hint: 'use the name',
    tries: 1,
  },
  {
    title: 'the proxy is not there',
    at: async () => {
      const env = { HTTPS_PROXY: `http://127.0.0.1:${await freePort()}` }
      return { url: 'https://workspace.test', options: { env, retry: { retries: 1 } } }
    },
    message: 'the proxy PROXY refused the connection',
    hint: 'NO_PROXY=workspace.test',
    tries: 2,
  },
  {
    title: 'the proxy forbids it',
    at: async () => ({ url: 'https://workspace.test', options: { env: { HTTPS_PROXY: (await proxy(403)).url } } }),
    message: 'the proxy PROXY refused to connect to HOST (403)',
    hint: 'check HTTPS_PROXY',
    tries: 1,
  },
  {
    title: 'the proxy wants to know who asks',
    at: async () => ({ url: 'https://workspace.test', options: { env: { HTTPS_PROXY: (await proxy(407)).url } } }),
    message: 'the proxy PROXY asks for a name and a password',
    hint: 'check HTTPS_PROXY',
    tries: 1,
  },
  {
    title: 'the proxy cannot reach it',
    at: async () => {
      const options = { env: { HTTPS_PROXY: (await proxy(502)).url }, retry: { retries: 2 } }
      return { url: 'https://workspace.test', options }
    },
    message: 'the proxy PROXY refused to connect to HOST (502)',
    hint: 'check HTTPS_PROXY',
    tries: 3,
  },
  {
    title: 'the certificate behind the proxy is untrusted',
    at: async () => {
      const { port } = await serveTls('self-signed', OK)
      return { url: `https://workspace.test:${port}`, options: { env: { HTTPS_PROXY: (await proxy()).url } } }
    },
    message: 'the certificate of HOST is not signed by an authority that this machine trusts',
    hint: 'NODE_EXTRA_CA_CERTS=FILE',
    tries: 1,
  },
]

describe('no answer says which host, why, and what to try', () => {
  test.each(CASES)('$title', async ({ at, message, hint, tries }) => {
    const { url, options = {} } = await at()
    const { sender, attempts } = testSender(url, options)
    const error = await sender
      .send({ method: 'GET', path: '/v1/status?limit=1', isSafe: true })
      .catch((thrown) => thrown)
    expect(error).toBeInstanceOf(DriftStatusError)
    const proxyHost = options.env?.HTTPS_PROXY?.replace('http://', '') ?? ''
    expect(error.message).toContain(message.replace('HOST', sender.host).replace('PROXY', proxyHost))
    expect(error).toMatchObject({ code: 'unreachable', hint: expect.stringContaining(hint) })
    expect(attempts).toHaveLength(tries)
    expect(attempts[0]).toMatchObject({ method: 'GET', path: '/v1/status', status: undefined, failure: error.message })
    expect(JSON.stringify([error.message, error.hint, String(error.cause), attempts])).not.toContain(TOKEN)
  })

  test('a connection that is never taken', async () => {
    // The kernel takes no more connections than the queue of a server that does not look at it.
    const error = describeFailure(Object.assign(new Error('x'), { code: 'UND_ERR_CONNECT_TIMEOUT' }), {
      url: new URL('https://workspace.test'),
    })
    expect(error).toMatchObject({
      isPassing: true,
      message: 'workspace.test did not accept the connection in time',
    })
  })

  test.each([
    ['ENOTFOUND', 'there is no host named workspace.test', 'check the spelling', false],
    ['EAI_AGAIN', 'the name workspace.test could not be looked up just now', 'online', true],
    ['ENETUNREACH', 'workspace.test:8443 cannot be reached from this network', 'VPN', true],
    ['EHOSTUNREACH', 'workspace.test:8443 cannot be reached from this network', 'VPN', true],
    [
      'EWHATEVER',
      'the connection to workspace.test:8443 broke before the answer was there (EWHATEVER)',
      'try again',
      true,
    ],
  ])('%s', (code, message, hint, isPassing) => {
    const thrown = Object.assign(new Error('getaddrinfo'), { code })
    const failure = describeFailure(thrown, { url: new URL('https://workspace.test:8443') })
    expect(failure).toMatchObject({
      isPassing,
      code: 'unreachable',
      message,
      hint: expect.stringContaining(hint),
    })
    // Several addresses of one name fail as a group, and undici wraps what TLS and proxies throw.
    for (const wrapped of [new AggregateError([thrown]), new Error('outer', { cause: thrown })]) {
      expect(describeFailure(wrapped, { url: new URL('https://workspace.test:8443') }).message).toBe(message)
    }
  })
})

describe('a process can end', () => {
  test('close ends a request that waits', async () => {
    const server = await serve(never)
    const { sender } = testSender(server.url)
    const waiting = sender.send({ method: 'GET', path: '/', isSafe: true }).catch((error) => error.code)
    await expect.poll(() => server.received.length).toBe(1)
    await sender.close()
    expect(await waiting).toBe('unreachable')
    expect(server.received).toHaveLength(1)
  })

  test('close ends the tries while one is waited for', async () => {
    const server = await serve({ status: 503 })
    let wake = () => {}
    const sleep = () =>
      new Promise<void>((resolve) => {
        wake = resolve
      })
    const { sender } = testSender(server.url, { sleep })
    const waiting = sender.send({ method: 'GET', path: '/', isSafe: true })
    await expect.poll(() => server.received.length).toBe(1)
    await sender.close()
    // The pause may not have begun when the request had come in.
    const waker = setInterval(() => wake(), 5)
    expect((await waiting).status).toBe(503)
    clearInterval(waker)
    expect(server.received).toHaveLength(1)
  })
})
