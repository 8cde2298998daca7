import { describe, expect, test } from 'vitest'
import type { ApiRequest } from '../../../src/api/network/request/sender.js'
import { json, type Step, serve } from './servers.js'
import { testSender } from './test-sender.js'

const READ: ApiRequest = { method: 'GET', path: '/v1/status', isSafe: true }
const KEYED: ApiRequest = {
  method: 'PUT',
  path: '/v1/widget',
  body: { mode: 'online' },
  isSafe: false,
  idempotencyKey: 'k1',
}
const BARE: ApiRequest = { method: 'PUT', path: '/v1/widget', body: { mode: 'online' }, isSafe: false }
const OK = json({ ok: true })
const status = (code: number, headers: Record<string, string> = {}): Step => ({ status: code, headers })
/** Takes the request and breaks the connection instead of answering. */
const cut: Step = (request) => request.socket.destroy()
/** Begins an answer and breaks the connection in the middle of it. */
const cutInside: Step = (request, response) => {
  response.writeHead(200, { 'content-length': '100' }).write('{"ok"', () => request.socket.destroy())
}

interface Case {
  readonly title: string
  readonly request: ApiRequest
  readonly steps: readonly Step[]
  /** The status answered in the end, or the error's code. */
  readonly ends: number | string
  readonly tries: number
  readonly pauses?: readonly number[]
}

const CASES: readonly Case[] = [
  { title: 'a read is repeated after 503', request: READ, steps: [status(503), OK], ends: 200, tries: 2 },
  { title: 'a read is repeated after 502', request: READ, steps: [status(502), OK], ends: 200, tries: 2 },
  { title: 'a read is repeated after 504', request: READ, steps: [status(504), OK], ends: 200, tries: 2 },
  { title: 'a read is repeated after 429', request: READ, steps: [status(429), OK], ends: 200, tries: 2 },
  { title: 'a read is repeated after a cut connection', request: READ, steps: [cut, OK], ends: 200, tries: 2 },
  { title: 'a read is repeated after a cut answer', request: READ, steps: [cutInside, OK], ends: 200, tries: 2 },
  { title: 'a write with a key is repeated after 503', request: KEYED, steps: [status(503), OK], ends: 200, tries: 2 },
  {
    title: 'a write with a key is repeated after a cut connection',
    request: KEYED,
    steps: [cut, OK],
    ends: 200,
    tries: 2,
  },
  {
    title: 'a write with a key is repeated after a cut answer',
    request: KEYED,
    steps: [cutInside, OK],
    ends: 200,
    tries: 2,
  },
  {
    title: 'a write without a key is never repeated after 503',
    request: BARE,
    steps: [status(503), OK],
    ends: 503,
    tries: 1,
  },
  {
    title: 'a write without a key is never repeated after a cut',
    request: BARE,
    steps: [cut, OK],
    ends: 'unreachable',
    tries: 1,
  },
  { title: '500 is an answer', request: READ, steps: [status(500), OK], ends: 500, tries: 1 },
  { title: '501 is an answer', request: KEYED, steps: [status(501), OK], ends: 501, tries: 1 },
  { title: '400 is an answer', request: KEYED, steps: [status(400), OK], ends: 400, tries: 1 },
  { title: '401 is an answer', request: READ, steps: [status(401), OK], ends: 401, tries: 1 },
  { title: '404 is an answer', request: READ, steps: [status(404), OK], ends: 404, tries: 1 },
  { title: '409 is an answer', request: KEYED, steps: [status(409), OK], ends: 409, tries: 1 },
  { title: '412 is an answer', request: KEYED, steps: [status(412), OK], ends: 412, tries: 1 },
  {
    title: 'the longest pause doubles until the tries are over',
    request: READ,
    steps: [status(503)],
    ends: 503,
    tries: 5,
    pauses: [100, 200, 400, 800],
  },
  {
    title: 'a connection that always breaks is an error after the tries',
    request: READ,
    steps: [cut],
    ends: 'unreachable',
    tries: 5,
    pauses: [100, 200, 400, 800],
  },
  {
    title: 'Retry-After in seconds is kept',
    request: KEYED,
    steps: [status(429, { 'retry-after': '3' }), OK],
    ends: 200,
    tries: 2,
    pauses: [3000],
  },
  {
    title: 'Retry-After as a date is kept',
    request: READ,
    steps: [status(503, { 'retry-after': 'Wed, 25 Nov 2026 12:00:07 GMT' }), OK],
    ends: 200,
    tries: 2,
    pauses: [7000],
  },
  {
    title: 'Retry-After in the past is now',
    request: READ,
    steps: [status(503, { 'retry-after': 'Wed, 25 Nov 2026 11:00:00 GMT' }), OK],
    ends: 200,
    tries: 2,
    pauses: [0],
  },
  {
    title: 'Retry-After that is neither is not there',
    request: READ,
    steps: [status(503, { 'retry-after': 'soon' }), OK],
    ends: 200,
    tries: 2,
    pauses: [100],
  },
  {
    title: 'a Retry-After beyond the time there is ends it at once',
    request: READ,
    steps: [status(429, { 'retry-after': '3600' }), OK],
    ends: 429,
    tries: 1,
    pauses: [],
  },
  {
    title: 'all pauses together stay within the time there is',
    request: READ,
    steps: [status(503, { 'retry-after': '9' })],
    ends: 503,
    tries: 3,
    pauses: [9000, 9000],
  },
]

describe('trying again', () => {
  test.each(CASES)('$title', async ({ request, steps, ends, tries, pauses }) => {
    const server = await serve(...steps)
    const { sender, pauses: waited } = testSender(server.url)
    const ended = await sender.send(request).then(
      (answer) => answer.status,
      (error) => error.code,
    )
    expect(ended).toBe(ends)
    expect(server.received).toHaveLength(tries)
    if (pauses) expect(waited).toEqual(pauses)
    // Every try is the same request: one key, one body.
    for (const { method, path, body, headers } of server.received) {
      const expected = { method: request.method, path: request.path, key: request.idempotencyKey }
      expect({ method, path, key: headers['idempotency-key'] }).toEqual(expected)
      expect(body).toBe(request.body === undefined ? '' : JSON.stringify(request.body))
    }
  })

  test('the pause is a random part of the longest one', async () => {
    const server = await serve(status(503), status(503), OK)
    const { sender, pauses } = testSender(server.url, { random: () => 0.25 })
    await sender.send(READ)
    expect(pauses).toEqual([25, 50])
  })

  test('a service that comes back while it is tried is reached', async () => {
    const first = await serve(cut, cut, cut, OK)
    const { sender, attempts } = testSender(first.url)
    expect((await sender.send(KEYED)).text).toBe('{"ok":true}')
    expect(attempts.map((attempt) => attempt.status)).toEqual([undefined, undefined, undefined, 200])
  })
})

describe('connections', () => {
  test('calls one after the other share a connection', async () => {
    const server = await serve(OK)
    const { sender } = testSender(server.url)
    for (let call = 0; call < 5; call += 1) await sender.send(READ)
    expect(server.received.map(({ socket }) => socket)).toEqual([1, 1, 1, 1, 1])
  })

  test('a slow answer does not hold up the others', async () => {
    let release = () => {}
    const slow: Step = (_, response) => {
      release = () => response.end('{}')
    }
    const server = await serve(slow, OK)
    const { sender } = testSender(server.url)
    const waiting = sender.send(READ)
    await expect.poll(() => server.received.length).toBe(1)
    expect((await sender.send(READ)).status).toBe(200)
    release()
    expect((await waiting).status).toBe(200)
  })

  test('more calls at once than connections are all answered', async () => {
    const server = await serve(OK)
    const { sender } = testSender(server.url)
    const answers = await Promise.all(Array.from({ length: 40 }, () => sender.send(READ)))
    expect(answers.every(({ status: code }) => code === 200)).toBe(true)
    expect(Math.max(...server.received.map(({ socket }) => socket))).toBeLessThanOrEqual(6)
  })

  test('text arrives whole, however its bytes are cut', async () => {
    const text = JSON.stringify({ name: 'Zoë 🌍'.repeat(20_000) })
    const server = await serve((_, response) => {
      const bytes = Buffer.from(text)
      response.write(bytes.subarray(0, 13))
      response.write(bytes.subarray(13, 14))
      response.end(bytes.subarray(14))
    })
    expect((await testSender(server.url).sender.send(READ)).text).toBe(text)
  })
})

test('a service that takes long to say that it is busy is not asked once more when that would be cut off', async () => {
  // Each try takes 8 s of the 20 that there are.
  let clock = 0
  const busy: Step = (_, response) => {
    clock += 8000
    response.writeHead(503, { 'retry-after': '1' }).end()
  }
  const { url } = await serve(busy, busy, busy)
  const { sender, attempts } = testSender(url, {
    now: () => clock,
    sleep: async (milliseconds) => {
      clock += milliseconds
    },
  })
  expect((await sender.send(KEYED)).status).toBe(503)
  expect(attempts.map(({ status }) => status)).toEqual([503, 503])
})
