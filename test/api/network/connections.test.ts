import { describe, expect, onTestFinished, test } from 'vitest'
import type { Connection, WireRequest } from '../../../src/api/network/request/connection.js'
import { connectDirectly } from '../../../src/api/network/request/direct-connection.js'
import { connectThrough } from '../../../src/api/network/request/proxied-connection.js'
import { pem, proxy, type Step, serve, serveSocket, serveTls, type TestServer } from './servers.js'

interface Way {
  readonly way: string
  readonly connect: (
    ...steps: readonly Step[]
  ) => Promise<{ readonly connection: Connection; readonly server: TestServer }>
}

const WAYS: readonly Way[] = [
  {
    way: 'http',
    async connect(...steps) {
      const server = await serve(...steps)
      return { server, connection: connectDirectly({ url: new URL(server.url), connectMs: 1000 }) }
    },
  },
  {
    way: 'https',
    async connect(...steps) {
      const server = await serveTls('good', ...steps)
      const connection = connectDirectly({ url: new URL(server.url), ca: pem('authority'), connectMs: 1000 })
      return { server, connection }
    },
  },
  {
    way: 'https through a proxy',
    async connect(...steps) {
      const [server, gate] = [await serveTls('good', ...steps), await proxy()]
      const url = new URL(`https://workspace.test:${server.port}`)
      return { server, connection: connectThrough(new URL(gate.url), { url, ca: pem('authority'), connectMs: 1000 }) }
    },
  },
]

const CALL: WireRequest = {
  method: 'GET',
  path: '/',
  headers: {},
  headersMs: 5000,
  silenceMs: 5000,
  deadlineMs: 10_000,
}
const STREAM: WireRequest = { ...CALL, deadlineMs: 0 }

async function open(way: Way, request: WireRequest, ...steps: readonly Step[]) {
  const { connection, server } = await way.connect(...steps)
  onTestFinished(() => connection.close())
  return { connection, server, answer: await connection.open(request) }
}

async function read(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = []
  for await (const chunk of chunks) all.push(chunk)
  return Buffer.concat(all)
}

/** Writes pieces one after the other until the reader is gone, and tells when it is. */
function endless(piece: string, gone: () => void): Step {
  return (_, response) => {
    const timer = setInterval(() => response.write(piece), 5)
    response.on('close', () => {
      clearInterval(timer)
      gone()
    })
  }
}

describe.each(WAYS)('$way', (way) => {
  test('an answer has its status, its headers and its body', async () => {
    const body = 'Zoë 🌍'.repeat(50_000)
    const { answer } = await open(way, CALL, { status: 418, headers: { etag: '"12"', 'x-two': 'a' }, body })
    expect(answer).toMatchObject({ status: 418, headers: { etag: '"12"', 'x-two': 'a' } })
    expect((await read(answer.chunks)).toString()).toBe(body)
  })

  test('a body arrives as it was sent', async () => {
    const body = JSON.stringify({ name: 'Zoë 🌍'.repeat(100_000) })
    const { server, answer } = await open(way, { ...CALL, method: 'PUT', body }, { body: 'ok' })
    await read(answer.chunks)
    expect(server.received[0]).toMatchObject({ method: 'PUT', body })
    expect(server.received[0]!.headers['content-length']).toBe(String(Buffer.byteLength(body)))
  })

  test('a reader slower than the sender gets all of it', async () => {
    const lines = Array.from({ length: 20_000 }, (_, index) => `${index} ${'x'.repeat(100)}\n`)
    const { answer } = await open(way, STREAM, (_, response) => {
      for (const line of lines) response.write(line)
      response.end()
    })
    let text = ''
    let chunks = 0
    for await (const chunk of answer.chunks) {
      text += Buffer.from(chunk).toString()
      if (++chunks % 20 === 0) await new Promise((resolve) => setTimeout(resolve, 1))
    }
    expect(text).toBe(lines.join(''))
  })

  test('a sender is slowed to the pace of its reader', async () => {
    let sent = 0
    const { answer } = await open(way, STREAM, (_, response) => {
      const more = () => {
        while (!response.destroyed && sent < 500e6 && response.write(Buffer.alloc(64_000))) sent += 64_000
      }
      response.on('drain', more)
      more()
    })
    const reader = answer.chunks[Symbol.asyncIterator]()
    await reader.next()
    await new Promise((resolve) => setTimeout(resolve, 500))
    expect(sent).toBeLessThan(100e6)
    await reader.return?.()
  })

  test('leaving the body early ends the connection', async () => {
    let isGone = false
    const step = endless('piece', () => {
      isGone = true
    })
    const { answer } = await open(way, STREAM, step)
    for await (const _ of answer.chunks) break
    await expect.poll(() => isGone).toBe(true)
  })

  test('an abort ends the body at once', async () => {
    let isGone = false
    const step = endless('piece', () => {
      isGone = true
    })
    const abort = new AbortController()
    const { answer } = await open(way, { ...STREAM, signal: abort.signal }, step)
    const reading = read(answer.chunks).catch((error: Error) => error.message)
    abort.abort()
    expect(await reading).toBe('aborted')
    await expect.poll(() => isGone).toBe(true)
  })

  test('an abort before the answer ends the wait', async () => {
    const { connection, server } = await way.connect(() => {})
    onTestFinished(() => connection.close())
    const abort = new AbortController()
    const waiting = connection.open({ ...STREAM, signal: abort.signal })
    await expect.poll(() => server.received.length).toBe(1)
    abort.abort()
    await expect(waiting).rejects.toThrow('aborted')
    await expect(connection.open({ ...STREAM, signal: AbortSignal.abort() })).rejects.toThrow('aborted')
    expect(server.received).toHaveLength(1)
  })

  test('no more than it may take: the head', async () => {
    const { connection } = await way.connect(() => {})
    onTestFinished(() => connection.close())
    const error = await connection.open({ ...CALL, headersMs: 200 }).catch((thrown) => thrown)
    expect(['HEAD', 'UND_ERR_HEADERS_TIMEOUT']).toContain(error.code)
  })

  test('no more than it may take: silence', async () => {
    const { answer } = await open(way, { ...STREAM, silenceMs: 300 }, (_, response) => response.write('a'))
    const error = await read(answer.chunks).catch((thrown) => thrown)
    expect(['SILENCE', 'UND_ERR_BODY_TIMEOUT']).toContain(error.code)
  })

  test('no more than it may take: all of it', async () => {
    const { answer } = await open(
      way,
      { ...CALL, deadlineMs: 300 },
      endless('a', () => {}),
    )
    await expect(read(answer.chunks)).rejects.toMatchObject({ code: 'DEADLINE' })
  })

  test('a reader that takes its time is not silence', async () => {
    const { answer } = await open(way, { ...STREAM, silenceMs: 400 }, (_, response) => {
      for (let line = 0; line < 3000; line += 1) response.write('x'.repeat(1000))
      setTimeout(() => response.end(), 100)
    })
    let bytes = 0
    for await (const chunk of answer.chunks) {
      if (bytes === 0) await new Promise((resolve) => setTimeout(resolve, 2500))
      bytes += chunk.length
    }
    expect(bytes).toBe(3_000_000)
  })

  test('an answer that is cut is an error', async () => {
    const { answer } = await open(way, CALL, (_, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('half', () => response.destroy())
    })
    await expect(read(answer.chunks)).rejects.toThrow()
  })

  test('an answer that never ends is cut off', async () => {
    const { answer } = await open(way, { ...CALL, deadlineMs: 60_000 }, (_, response) => {
      const more = () => {
        while (!response.destroyed && response.write(Buffer.alloc(1_000_000)));
      }
      response.on('drain', more)
      more()
    })
    await expect(read(answer.chunks)).rejects.toMatchObject({ code: 'TOO_LONG' })
  })

  test('close ends what runs and what waits', async () => {
    let isGone = false
    const step = endless('piece', () => {
      isGone = true
    })
    const { connection, answer } = await open(way, STREAM, step, () => {})
    const reading = read(answer.chunks).catch(() => 'ended')
    const waiting = connection.open(CALL).catch(() => 'ended')
    await connection.close()
    expect(await Promise.all([reading, waiting])).toEqual(['ended', 'ended'])
    await expect.poll(() => isGone).toBe(true)
  })
})

test('a connection that is taken, and then nothing: TLS that never begins', async () => {
  const server = await serveSocket(() => {})
  const connection = connectDirectly({ url: new URL(server.url.replace('http:', 'https:')), connectMs: 200 })
  onTestFinished(() => connection.close())
  await expect(connection.open(CALL)).rejects.toMatchObject({ code: 'CONNECT' })
})
