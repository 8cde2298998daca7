import { once } from 'node:events'
import type { RequestListener, Server } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { connect as connectSecurely } from 'node:tls'
import { describe, expect, onTestFinished, test } from 'vitest'
import { AccessLog } from '../../../src/service/http/access/access-log.js'
import { NO_PROXIES, parseTrustedProxies } from '../../../src/service/http/access/trusted-proxies.js'
import { createGuardedServer } from '../../../src/service/http/guarded-server.js'
import { DEFAULT_LIMITS, type Limits } from '../../../src/service/http/limits/limits.js'
import { ServerMetrics } from '../../../src/service/http/metrics/server-metrics.js'
import { pem } from '../../api/network/servers.js'

const TLS = { cert: Buffer.from(pem('good')), key: Buffer.from(pem('test-only-key')) }
/** More than the buffers of the system take. */
const BIG = Buffer.alloc(48 * 1024 * 1024, 'x')
const BIG_REQUEST = 'GET /big HTTP/1.1\r\nHost: a\r\n\r\n'
const SMALL_REQUEST = 'GET / HTTP/1.1\r\nHost: a\r\n\r\n'

interface Guarded {
  readonly server: Server
  readonly port: number
  /** The paths that were asked for. */
  readonly asked: readonly string[]
  readonly log: () => string
}

async function guarded(
  limits: Partial<Limits>,
  { tls, proxies = NO_PROXIES }: { tls?: typeof TLS; proxies?: typeof NO_PROXIES } = {},
): Promise<Guarded> {
  const asked: string[] = []
  let logged = ''
  const listener: RequestListener = ({ url }, response) => {
    asked.push(url!)
    response.end(url === '/big' ? BIG : `${asked.length};`)
  }
  const accessLog = new AccessLog((text) => {
    logged += text
  }, 'json')
  const metrics = new ServerMetrics({ version: '0.0.0', lastRevision: async () => undefined })
  const all = { ...DEFAULT_LIMITS, ...limits }
  const server = createGuardedServer(listener, tls, { proxies, accessLog, metrics, limits: all })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  return { server, port: (server.address() as AddressInfo).port, asked, log: () => logged }
}

function open(port: number, text = ''): Socket {
  const socket = connect(port, '127.0.0.1', () => socket.write(text))
  socket.on('error', () => {})
  onTestFinished(() => void socket.destroy())
  return socket
}

const closed = (socket: Socket) => (socket.destroyed ? undefined : once(socket.resume(), 'close'))
const openConnections = (server: Server) =>
  new Promise<number>((resolve) => server.getConnections((_, count) => resolve(count)))
const untilOpen = (server: Server, count: number) =>
  expect.poll(() => openConnections(server), { timeout: 20_000, interval: 20 }).toBe(count)

describe('a connection that does not ask', () => {
  const QUICK = { handshakeTimeoutMs: 200, headersTimeoutMs: 300 }
  const CASES = [
    { title: 'never begins to speak TLS', tls: TLS, text: '' },
    { title: 'begins to speak TLS and stops', tls: TLS, text: '\x16\x03\x01\x02\x00\x01' },
    { title: 'sends nothing', tls: undefined, text: '' },
    { title: 'stops within its headers', tls: undefined, text: 'GET / HTTP/1.1\r\nX' },
  ]
  test.each(CASES)('is closed when it $title', async ({ tls, text }) => {
    const { server, port } = await guarded(QUICK, tls && { tls })
    const sockets = Array.from({ length: 20 }, () => open(port, text))
    await Promise.all(sockets.map(closed))
    await untilOpen(server, 0)
  })

  test('is closed when it sends a byte now and then', async () => {
    const { server, port } = await guarded(QUICK)
    const socket = open(port)
    const timer = setInterval(() => socket.write('G'), 50)
    await closed(socket)
    clearInterval(timer)
    await untilOpen(server, 0)
  })

  test('is closed when it speaks TLS and then sends nothing', async () => {
    const { server, port } = await guarded(QUICK, { tls: TLS })
    const socket = connectSecurely({ port, host: '127.0.0.1', rejectUnauthorized: false })
    await closed(socket)
    await untilOpen(server, 0)
  })
})

describe('connections', () => {
  test('of one address are capped, and free their place when they close', async () => {
    const { server, port, log } = await guarded({ maxConnectionsPerAddress: 3 })
    const sockets = [open(port), open(port), open(port)]
    await untilOpen(server, 3)
    await closed(open(port))
    expect(log()).toContain('more than 3 connections from 127.0.0.1: the newest are refused')
    sockets[0]!.destroy()
    await untilOpen(server, 2)
    const [answer] = await once(open(port, SMALL_REQUEST), 'data')
    expect(String(answer)).toContain('200 OK')
  })

  test('of a trusted proxy are not capped by address', async () => {
    const proxies = parseTrustedProxies('loopback')
    const { server, port } = await guarded({ maxConnectionsPerAddress: 3 }, { proxies })
    for (let index = 0; index < 10; index++) open(port)
    await untilOpen(server, 10)
  })

  test('of all together are capped', async () => {
    const proxies = parseTrustedProxies('1')
    const { server, port, log } = await guarded({ maxConnections: 4 }, { proxies })
    for (let index = 0; index < 4; index++) open(port)
    await untilOpen(server, 4)
    await closed(open(port))
    expect(log()).toContain('more than 4 connections: the newest are refused')
  })

  test('that the system has no room for are logged, and the next one is answered', async () => {
    const { server, port, log } = await guarded({})
    server.emit('error', Object.assign(new Error('accept EMFILE'), { code: 'EMFILE', syscall: 'accept' }))
    expect(log()).toContain('a connection could not be accepted: EMFILE')
    const [answer] = await once(open(port, SMALL_REQUEST), 'data')
    expect(String(answer)).toContain('200 OK')
  })
})

describe('a client that does not read', () => {
  test.each([undefined, TLS])('is cut off when it takes nothing for a while', async (tls) => {
    const { server, port } = await guarded({ stallTimeoutMs: 300 }, tls && { tls })
    const socket = tls ? connectSecurely({ port, host: '127.0.0.1', rejectUnauthorized: false }) : open(port)
    socket.on('error', () => {})
    socket.pause().write(BIG_REQUEST)
    await untilOpen(server, 1)
    await untilOpen(server, 0)
    socket.destroy()
  })

  test('is cut off when it reads, and too slowly', async () => {
    const { server, port } = await guarded({ stallTimeoutMs: 5000, answerTimeoutMs: 500 })
    const socket = open(port, BIG_REQUEST).pause()
    const timer = setInterval(() => socket.read(4096), 20)
    await untilOpen(server, 1)
    await untilOpen(server, 0)
    clearInterval(timer)
  })

  test('is answered one of many requests that it sent at once', async () => {
    const { port, asked, server } = await guarded({ stallTimeoutMs: 1000 })
    open(port, BIG_REQUEST.repeat(50)).pause()
    await untilOpen(server, 1)
    await untilOpen(server, 0)
    expect(asked).toEqual(['/big'])
  })

  test('is cut off when all together hold too much', async () => {
    const { server, port } = await guarded({ maxUnsentBytes: 100 * 1024 * 1024 })
    const sockets = Array.from({ length: 5 }, () => open(port, BIG_REQUEST).pause())
    await untilOpen(server, 5)
    await untilOpen(server, 2)
    for (const socket of sockets) socket.destroy()
  })
})

describe('requests sent at once on one connection', () => {
  test('are answered in order', async () => {
    const { port } = await guarded({})
    const socket = open(port, SMALL_REQUEST.repeat(50))
    let text = ''
    socket.setEncoding('utf8').on('data', (chunk) => {
      text += chunk
    })
    const expected = Array.from({ length: 50 }, (_, index) => `${index + 1};`)
    await expect.poll(() => text.match(/\d+;/g)).toEqual(expected)
  })

  test('end it when they are hundreds', async () => {
    const { port, server } = await guarded({})
    const socket = open(port, `${BIG_REQUEST}${SMALL_REQUEST.repeat(500)}`)
    await sleep(50)
    await closed(socket)
    await untilOpen(server, 0)
  })
})
