import { readFileSync } from 'node:fs'
import type { RequestListener } from 'node:http'
import { gzipSync } from 'node:zlib'
import { describe, expect, onTestFinished, test } from 'vitest'
import { download } from '../../../src/service/feeds/download.js'
import { isPrivateAddress } from '../../../src/service/feeds/private-address.js'
import { calendarAnswer, calendarOf, startFeedServer } from '../feed-server.js'

const pem = (name: string) => readFileSync(`test/api/network/certificates/${name}.pem`, 'utf8')
const TLS = { key: pem('test-only-key'), cert: pem('good') }
const NETWORK = { env: {}, mayReachPrivate: true, ca: pem('authority') }
const CALENDAR = calendarOf(['20261225', 'Christmas Day'])

async function serverOf(answer: RequestListener, tls?: typeof TLS) {
  const server = await startFeedServer(answer, tls)
  onTestFinished(() => server.close())
  return server
}

const send =
  (status: number, headers: Record<string, string> = {}, body: string | Uint8Array = ''): RequestListener =>
  (_, response) =>
    void response.writeHead(status, headers).end(body)

describe('R40: a feed is read from its address', () => {
  test('its bytes and its ETag; a copy that is there is not sent again', async () => {
    const server = await serverOf(calendarAnswer(CALENDAR, '"v1"'))
    const first = await download(server.url, undefined, NETWORK)
    expect([Buffer.from(first!.bytes).toString(), first!.etag]).toEqual([CALENDAR, '"v1"'])
    expect(await download(server.url, '"v1"', NETWORK)).toBeUndefined()
    expect(server.requests.map(({ headers }) => headers['if-none-match'])).toEqual([undefined, '"v1"'])
  })

  test('compressed by gzip, as it was sent', async () => {
    const server = await serverOf(send(200, { 'content-encoding': 'gzip' }, gzipSync(CALENDAR)))
    const { bytes } = (await download(server.url, undefined, NETWORK))!
    expect([...bytes.subarray(0, 2)]).toEqual([0x1f, 0x8b])
  })

  test('a redirect to https is followed', async () => {
    const secure = await serverOf(calendarAnswer(CALENDAR), TLS)
    const plain = await serverOf(send(301, { location: secure.url }))
    expect(Buffer.from((await download(plain.url, undefined, NETWORK))!.bytes).toString()).toBe(CALENDAR)
    expect(secure.requests).toHaveLength(1)
  })

  test('within https a redirect may be a path', async () => {
    const secure = await serverOf((request, response) => {
      if (request.url === '/holidays.ics') response.writeHead(302, { location: '/elsewhere.ics' }).end()
      else response.writeHead(200).end(CALENDAR)
    }, TLS)
    expect(Buffer.from((await download(secure.url, undefined, NETWORK))!.bytes).toString()).toBe(CALENDAR)
  })
})

describe('R40: what is no feed is refused, saying why', () => {
  test.each<{ title: string; answer: RequestListener; says: RegExp }>([
    { title: 'not there', answer: send(404), says: /answered 404/ },
    { title: 'a server that fails', answer: send(500), says: /answered 500/ },
    { title: '304 where nothing was asked about', answer: send(304), says: /answered 304/ },
    {
      title: 'a redirect to http',
      answer: send(302, { location: 'http://127.0.0.1:9/' }),
      says: /redirects to an address that begins with "http:"/,
    },
    {
      title: 'a redirect to a file',
      answer: send(302, { location: 'file:///etc/passwd' }),
      says: /begins with "file:"/,
    },
    { title: 'a redirect to nowhere', answer: send(302), says: /answered 302/ },
    {
      title: 'a redirect to what is no address',
      answer: send(302, { location: 'https://' }),
      says: /what is no address/,
    },
    {
      title: 'an encoding that was not asked for',
      answer: send(200, { 'content-encoding': 'br' }, 'x'),
      says: /encoded as "br"/,
    },
    { title: 'more than is read', answer: send(200, {}, Buffer.alloc(6 * 1024 * 1024, 32)), says: /longer than 5 MB/ },
    {
      title: 'a cut connection',
      answer: (_, response) =>
        void response.writeHead(200, { 'content-length': '900' }).write('x', () => response.destroy()),
      says: /broke before the answer was there/,
    },
    { title: 'no HTTP at all', answer: (request) => void request.socket.end('hello\r\n\r\n'), says: /not HTTP|broke/ },
  ])('$title', async ({ answer, says }) => {
    const server = await serverOf(answer)
    const failure = await download(server.url, undefined, NETWORK).catch((error: unknown) => error)
    expect(failure).toMatchObject({ code: 'unreadable', message: expect.stringMatching(says) })
    // An address may be known to its owner alone.
    expect((failure as Error).message).not.toContain('holidays.ics')
  })

  test('a circle of redirects', async () => {
    const secure = await serverOf((_, response) => void response.writeHead(302, { location: '/again' }).end(), TLS)
    await expect(download(secure.url, undefined, NETWORK)).rejects.toThrow('redirects again and again')
    expect(secure.requests).toHaveLength(6)
  })

  test('a certificate of nobody', async () => {
    const secure = await serverOf(calendarAnswer(CALENDAR), TLS)
    await expect(download(secure.url, undefined, { ...NETWORK, ca: undefined })).rejects.toThrow('certificate')
  })

  test('nobody there', async () => {
    const server = await startFeedServer(send(200))
    await server.close()
    await expect(download(server.url, undefined, NETWORK)).rejects.toThrow('refused the connection')
  })

  test('whoever no longer waits ends it', async () => {
    const server = await serverOf(() => undefined)
    const stop = new AbortController()
    setTimeout(() => stop.abort(new Error('gone')), 50)
    await expect(download(server.url, undefined, NETWORK, stop.signal)).rejects.toThrow()
  })
})

describe('R40: a server reads no private address unless told', () => {
  const PUBLIC_ONLY = { ...NETWORK, mayReachPrivate: false }

  test.each([
    ['127.0.0.1', (port: string) => `http://127.0.0.1:${port}/x`],
    ['a short form of it', (port: string) => `http://127.1:${port}/x`],
    ['a number', (port: string) => `http://2130706433:${port}/x`],
    ['hexadecimal', (port: string) => `http://0x7f000001:${port}/x`],
    ['IPv6 of this machine', (port: string) => `http://[::1]:${port}/x`],
    ['IPv4 within IPv6', (port: string) => `http://[::ffff:127.0.0.1]:${port}/x`],
    ['a name that leads here', (port: string) => `http://localhost:${port}/x`],
    ['any address of this machine', (port: string) => `http://0.0.0.0:${port}/x`],
    ['the metadata of a cloud', () => 'http://169.254.169.254/latest'],
  ])('%s', async (_, addressOf) => {
    const server = await serverOf(calendarAnswer(CALENDAR))
    const address = addressOf(new URL(server.url).port)
    await expect(download(address, undefined, PUBLIC_ONLY)).rejects.toThrow('is not on the public internet')
    expect(server.requests).toEqual([])
  })

  test('a private address behind a proxy is not asked of the proxy', async () => {
    const proxy = await serverOf(send(200))
    const env = { https_proxy: proxy.url.replace('/holidays.ics', '') }
    await expect(download('https://10.0.0.1/x', undefined, { ...PUBLIC_ONLY, env })).rejects.toThrow('public internet')
    expect(proxy.requests).toEqual([])
  })

  test.each([
    ...['10.1.2.3', '172.16.0.1', '172.31.255.255', '192.168.1.1', '100.64.0.1', '169.254.1.1', '224.0.0.1'],
    ...['255.255.255.255', '0.0.0.0', '198.18.0.1', '::', '::1', 'fe80::1', 'fc00::1', 'fd12::1', 'ff02::1'],
    ...['::ffff:10.0.0.1', '64:ff9b::10.0.0.1', '2002:7f00:1::', '2001:db8::1', '[::1]'],
  ])('%s is private', (address) => {
    expect(isPrivateAddress(address)).toBe(true)
  })

  test.each([
    '93.184.216.34',
    '8.8.8.8',
    '172.15.0.1',
    '172.32.0.1',
    '2606:2800:220:1::1',
    '2a00:1450::1',
    'example.com',
  ])('%s is not', (address) => {
    expect(isPrivateAddress(address)).toBe(false)
  })
})
