import { describe, expect, onTestFinished, test } from 'vitest'
import type { WorkspaceEvent } from '../../../src/api/client.js'
import { type NetworkTransportOptions, networkTransport } from '../../../src/api/network/network-transport.js'
import { watchRevisions } from '../../../src/api/network/watch-revisions.js'
import { DriftStatusError } from '../../../src/domain/errors.js'
import { type EventServer, eventServer, textOf } from './event-server.js'
import { freePort, json, type Step, serve } from './servers.js'
import { TOKEN } from './test-sender.js'

interface Watcher {
  /** Numbers for revisions, words for the rest. */
  readonly seen: (number | string)[]
  readonly reasons: string[]
  readonly stop: () => void
  /** How it ended: `done`, or the error. */
  readonly ended: Promise<unknown>
}

function watch(url: string, after = 0, options: Partial<NetworkTransportOptions> = {}): Watcher {
  const transport = networkTransport({ url, token: TOKEN, firstPauseMs: 5, retry: { firstPauseMs: 1 }, ...options })
  const stop = new AbortController()
  const seen: (number | string)[] = []
  const reasons: string[] = []
  const follow = async () => {
    for await (const event of transport.events(after, stop.signal)) {
      seen.push(event.type === 'revision' ? event.revision.number : event.type)
      if (event.type === 'lost') reasons.push(event.reason)
    }
    return 'done'
  }
  const ended = follow().catch((error: unknown) => error)
  onTestFinished(async () => {
    stop.abort()
    await transport.close()
  })
  return { seen, reasons, stop: () => stop.abort(), ended }
}

const oneTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1)
const isListening = (server: EventServer) => expect.poll(server.open).toBe(1)
const revisionsOf = ({ seen }: Watcher) => seen.filter((entry) => typeof entry === 'number')

describe('events', () => {
  test('come in order, from the one after the last that is known', async () => {
    const server = await eventServer()
    server.make(4)
    const watcher = watch(server.url, 2)
    await expect.poll(() => watcher.seen).toEqual([3, 4])
    server.make(2)
    await expect.poll(() => watcher.seen).toEqual([3, 4, 5, 6])
    expect(server.received.map(({ path, headers }) => [path, headers['last-event-id'], headers.authorization])).toEqual(
      [['/v1/events?after=2', undefined, `Bearer ${TOKEN}`]],
    )
  })

  test('do not hold up calls', async () => {
    const server = await eventServer()
    const transport = networkTransport({ url: server.url, token: TOKEN })
    onTestFinished(() => transport.close())
    const stop = new AbortController()
    const next = transport.events(0, stop.signal)[Symbol.asyncIterator]().next()
    await isListening(server)
    expect(await transport.call('listRevisions', { before: 1 }, {})).toEqual({ revisions: [], next: null })
    server.make(1)
    expect(await next).toMatchObject({ value: { type: 'revision', revision: { number: 1, note: 'Zoë 🌍' } } })
    stop.abort()
  })

  test('a lost connection says so once, resumes where it was, and says that too', async () => {
    const server = await eventServer()
    const watcher = watch(server.url)
    await isListening(server)
    server.make(2)
    await expect.poll(() => watcher.seen).toEqual([1, 2])
    server.cut({ status: 503 }, { status: 502 }, { status: 500, body: 'x' }, (request) => request.socket.destroy())
    server.make(3, 'silently')
    await expect.poll(() => watcher.seen).toEqual([1, 2, 'lost', 'resumed', 3, 4, 5])
    expect(server.received.at(-1)).toMatchObject({ path: '/v1/events', headers: { 'last-event-id': '2' } })
    expect(server.received).toHaveLength(6)
    const host = new URL(server.url).host
    expect(watcher.reasons).toEqual([expect.stringContaining(`the connection to ${host} broke`)])
  })

  test('an end of the stream is a lost connection', async () => {
    const end: Step = (_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).end(textOf({ number: 1 }))
    }
    const server = await eventServer(end)
    server.make(2, 'silently')
    const watcher = watch(server.url)
    await expect.poll(() => watcher.seen).toEqual([1, 'lost', 'resumed', 2])
    expect(watcher.reasons).toEqual([`${new URL(server.url).host} ended the connection`])
  })

  test('silence is a lost connection, and a comment is not silence', async () => {
    const server = await eventServer()
    const watcher = watch(server.url, 0, { silenceMs: 1500 })
    await isListening(server)
    const timer = setInterval(() => server.write(': keep-alive\n\n'), 100)
    onTestFinished(() => clearInterval(timer))
    await new Promise((resolve) => setTimeout(resolve, 4000))
    expect(watcher.seen).toEqual([])
    clearInterval(timer)
    await expect.poll(() => watcher.seen, { timeout: 10_000 }).toEqual(['lost', 'resumed'])
    expect(watcher.reasons).toEqual([expect.stringContaining('stopped sending')])
  })

  test('a gap is filled from the list, a repeat is dropped', async () => {
    const server = await eventServer()
    const watcher = watch(server.url)
    await isListening(server)
    server.make(1)
    server.make(9, 'silently')
    server.make(1)
    server.write(textOf({ number: 4 }) + textOf({ number: 11 }))
    server.make(1)
    await expect.poll(() => watcher.seen).toEqual(oneTo(12))
    expect(server.received.filter(({ path }) => path.startsWith('/v1/revisions')).length).toBeGreaterThan(1)
  })

  test('a restored copy is told, and its revisions from the place that the service names', async () => {
    const server = await eventServer()
    const watcher = watch(server.url, 7)
    await isListening(server)
    server.make(2, 'silently')
    server.write(`id: 1\nevent: restored\ndata: {"after":1}\n\n${textOf({ number: 2 })}`)
    server.make(1)
    await expect.poll(() => watcher.seen).toEqual(['restored', 2, 3])
  })

  test('a revision whose changes were left out is read whole', async () => {
    const server = await eventServer()
    const transport = networkTransport({ url: server.url, token: TOKEN })
    onTestFinished(() => transport.close())
    const stop = new AbortController()
    const next = transport.events(0, stop.signal)[Symbol.asyncIterator]().next()
    await isListening(server)
    server.make(1, 'silently')
    server.write(textOf({ number: 1, changes: [], isShortened: true }))
    expect(await next).toMatchObject({ value: { revision: { number: 1, note: 'Zoë 🌍' } } })
    stop.abort()
  })

  test('what cannot be read is a lost connection, and misses nothing', async () => {
    const server = await eventServer()
    const watcher = watch(server.url)
    await isListening(server)
    server.make(1)
    await expect.poll(() => watcher.seen).toEqual([1])
    server.write('event: revision\ndata: {"number":\n\n')
    await expect.poll(() => watcher.seen).toEqual([1, 'lost', 'resumed'])
    server.write('event: other\ndata: {"number": 7}\n\ndata: 7\n\n')
    server.make(1)
    await expect.poll(() => revisionsOf(watcher)).toEqual([1, 2])
  })

  test('every revision is seen once and in order, whatever happens to the connections', async () => {
    const server = await eventServer()
    const watchers = Array.from({ length: 8 }, () => watch(server.url))
    await expect.poll(server.open).toBe(8)
    for (let round = 0; round < 40; round += 1) {
      server.make(5, round % 3 === 0 ? 'silently' : undefined)
      if (round % 4 === 0) server.cut()
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
    await expect.poll(() => server.open(), { timeout: 10_000 }).toBe(8)
    server.make(1)
    for (const watcher of watchers) {
      await expect.poll(() => revisionsOf(watcher), { timeout: 10_000 }).toEqual(oneTo(201))
      const others = watcher.seen.filter((entry) => typeof entry === 'string')
      expect(others).toEqual(others.map((_, index) => (index % 2 === 0 ? 'lost' : 'resumed')))
    }
  })

  test('a reader slower than the service misses nothing', async () => {
    const server = await eventServer()
    server.make(5000)
    const transport = networkTransport({ url: server.url, token: TOKEN })
    onTestFinished(() => transport.close())
    const stop = new AbortController()
    const seen: WorkspaceEvent[] = []
    for await (const event of transport.events(0, stop.signal)) {
      seen.push(event)
      if (seen.length % 500 === 0) await new Promise((resolve) => setTimeout(resolve, 10))
      if (seen.length === 5000) stop.abort()
    }
    expect(seen.map((event) => event.type === 'revision' && event.revision.number)).toEqual(oneTo(5000))
  })
})

describe('an end', () => {
  const problem = (status: number, code: string): Step => ({
    status,
    headers: { 'content-type': 'application/problem+json' },
    body: JSON.stringify({ code, detail: 'the token is revoked', hint: 'log in', status, title: code }),
  })

  test.each([
    [401, 'not-logged-in'],
    [403, 'not-allowed'],
    [404, 'not-found'],
  ])('%i is an error, at first and after a loss', async (status, code) => {
    const refusing = await eventServer(problem(status, code))
    expect(await watch(refusing.url).ended).toMatchObject({ code, message: 'the token is revoked', hint: 'log in' })
    expect(refusing.received).toHaveLength(1)

    const server = await eventServer()
    const watcher = watch(server.url)
    await isListening(server)
    server.cut({ status: 503 }, problem(status, code))
    expect(await watcher.ended).toMatchObject({ code, message: 'the token is revoked' })
    expect(watcher.seen).toEqual(['lost'])
    expect(server.received).toHaveLength(3)
  })

  test('a service that was never reached is an error, after a few tries', async () => {
    const watcher = watch(`http://127.0.0.1:${await freePort()}`)
    expect(await watcher.ended).toMatchObject({ code: 'unreachable', message: expect.stringContaining('refused') })
    expect(watcher.seen).toEqual(['lost'])
  })

  test('a service that has answered a call before is waited for, also before the first stream', async () => {
    const stop = new AbortController()
    const watched = async (hasAnswered: boolean) => {
      const seen: string[] = []
      let tries = 0
      const open = async () => {
        tries += 1
        if (tries === 8) stop.abort()
        throw new DriftStatusError('unreachable', 'it refused the connection')
      }
      const fetchBetween = async () => []
      const world = { open, fetchBetween, host: 'x', firstPauseMs: 1, random: () => 0, now: Date.now }
      for await (const { type } of watchRevisions({ ...world, hasAnswered: () => hasAnswered }, 0, stop.signal)) {
        seen.push(type)
      }
      return { seen, tries }
    }
    await expect(watched(false)).rejects.toMatchObject({ code: 'unreachable' })
    expect(await watched(true)).toEqual({ seen: ['lost'], tries: 8 })
  })

  test('what no try mends is an error at once', async () => {
    const { url } = await serve(json({}))
    const watcher = watch(url.replace('http:', 'https:'))
    expect(await watcher.ended).toMatchObject({ code: 'unreachable', message: expect.stringContaining('TLS') })
    expect(watcher.seen).toEqual([])
  })

  test('something else than a stream is an error', async () => {
    const server = await serve(json({ hello: 'world' }))
    expect(await watch(server.url).ended).toMatchObject({
      code: 'failed',
      message: expect.stringContaining('did not answer as a drift-status service does: it sent no events'),
    })
  })

  test('a busy service is waited for as long as it asks', async () => {
    const server = await eventServer({ status: 429, headers: { 'retry-after': '1' } })
    server.make(1)
    const watcher = watch(server.url)
    await expect.poll(() => watcher.seen, { timeout: 5000 }).toEqual(['lost', 'resumed', 1])
  })

  test('an abort ends it while it listens, and closes the connection', async () => {
    const server = await eventServer()
    const watcher = watch(server.url)
    await isListening(server)
    watcher.stop()
    expect(await watcher.ended).toBe('done')
    await expect.poll(server.open).toBe(0)
    expect(watcher.seen).toEqual([])
  })

  test('an abort ends it while it waits to connect again', async () => {
    const server = await eventServer({ status: 429, headers: { 'retry-after': '50' } })
    const watcher = watch(server.url)
    await expect.poll(() => watcher.seen).toEqual(['lost'])
    watcher.stop()
    expect(await watcher.ended).toBe('done')
  })

  test('an abort ends it while nobody answers', async () => {
    const server = await serve(() => {})
    const watcher = watch(server.url)
    await expect.poll(() => server.received.length).toBe(1)
    watcher.stop()
    expect(await watcher.ended).toBe('done')
  })

  test('an abort ends it while a gap is filled', async () => {
    const server = await serve(
      (_, response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' }).write(textOf({ number: 5 }))
      },
      () => {},
    )
    const watcher = watch(server.url)
    await expect.poll(() => server.received.length).toBe(2)
    watcher.stop()
    expect(await watcher.ended).toBe('done')
    expect(watcher.seen).toEqual([])
  })

  test('leaving the loop closes the connection', async () => {
    const server = await eventServer()
    server.make(3)
    const transport = networkTransport({ url: server.url, token: TOKEN })
    onTestFinished(() => transport.close())
    for await (const event of transport.events(0, new AbortController().signal)) if (event.type === 'revision') break
    await expect.poll(server.open).toBe(0)
  })

  test('an abort before the start is an end', async () => {
    const server = await eventServer()
    const transport = networkTransport({ url: server.url, token: TOKEN })
    for await (const _ of transport.events(0, AbortSignal.abort())) expect.unreachable()
    expect(server.received).toEqual([])
  })
})
