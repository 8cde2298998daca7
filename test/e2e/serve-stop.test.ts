import { request } from 'node:http'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { type ConnectOptions, connectWorkspace } from '../../src/api/network/connect-workspace.js'
import { newFolder } from '../cli/fake-context.js'
import { readEvents } from '../service/http/event-reader.js'
import { type Acknowledged, findLosses } from '../soak/acknowledged.js'
import { readLog } from './read-log.js'
import { startServe } from './served.js'
import type { ServedProcess } from './served-process.js'

const WRITERS = 4

interface Writing {
  readonly acknowledged: readonly Acknowledged[]
  readonly errors: readonly string[]
  stop(): void
  readonly ended: Promise<unknown>
}

/** Clients that write one change after another, each under a note of its own, until they are stopped or fail. */
function startWriting({ url, adminToken }: ServedProcess, options: ConnectOptions): Writing {
  const acknowledged: Acknowledged[] = []
  const errors: string[] = []
  let isOver = false
  const write = async (writer: number) => {
    const client = connectWorkspace(url, { token: adminToken, ...options })
    onTestFinished(() => client.close())
    for (let index = 0; !isOver; index++) {
      const note = `${writer}.${index}`
      const answer = await client.putStatus({ id: 'me', status: 'away', note }, { note }).catch((error) => {
        errors.push(error.code)
      })
      if (!answer) return
      acknowledged.push({ note, changed: answer.changed, revision: answer.revision, changes: answer.changes })
    }
  }
  const ended = Promise.all(Array.from({ length: WRITERS }, (_, writer) => write(writer)))
  return { acknowledged, errors, ended, stop: () => (isOver = true) }
}

const atLeast = (writing: Writing, count: number) =>
  expect.poll(() => writing.acknowledged.length, { timeout: 20_000, interval: 5 }).toBeGreaterThanOrEqual(count)

describe('SIGTERM', () => {
  test('loses nothing that was acknowledged, ends the event streams, and the server exits 0', async () => {
    const database = join(newFolder(), 'acme.db')
    const served = await startServe(database)
    const events = await readEvents(`${served.url}/v1/events?after=0`, served.adminToken)
    const writing = startWriting(served, { retry: { retries: 0 } })
    await atLeast(writing, 40)
    expect(await served.end('SIGTERM')).toBe(0)
    await Promise.all([writing.ended, events.ended])
    expect(new Set(writing.errors)).toEqual(new Set(['unreachable']))
    const log = await readLog(database)
    expect(findLosses(log, writing.acknowledged)).toEqual([])
    expect(events.ids).toEqual(events.ids.map((_, index) => index + 1))
  })

  test('lets a request that has begun finish', async () => {
    const served = await startServe(join(newFolder(), 'acme.db'))
    const { port } = new URL(served.url)
    const body = JSON.stringify({ status: 'away', note: 'half' })
    const headers = { authorization: `Bearer ${served.adminToken}`, 'content-type': 'application/json' }
    const answered = new Promise<number | undefined>((resolve, reject) => {
      const put = request({ port, method: 'PUT', path: '/v1/agents/me/status', headers }, (response) =>
        resolve(response.resume().statusCode),
      )
      put.on('error', reject)
      put.write(body.slice(0, 10))
      const finish = async () => {
        await expect
          .poll(() =>
            fetch(`${served.url}/healthz`).then(
              () => true,
              () => false,
            ),
          )
          .toBe(true)
        const ended = served.end('SIGTERM')
        // It takes no new connection any more: it is stopping.
        await expect
          .poll(() =>
            fetch(`${served.url}/healthz`).then(
              () => true,
              () => false,
            ),
          )
          .toBe(false)
        put.end(body.slice(10))
        expect(await ended).toBe(0)
      }
      finish().catch(reject)
    })
    expect(await answered).toBe(200)
  })
})

describe('a server that is killed while clients write', () => {
  test('has every acknowledged write once, and a client that tries again does it once', async () => {
    const database = join(newFolder(), 'acme.db')
    let served = await startServe(database)
    const patient = { retry: { retries: 100, firstPauseMs: 20, maxPauseMs: 100 }, timeouts: { totalMs: 40_000 } }
    const writing = startWriting(served, patient)
    for (let round = 0; round < 2; round++) {
      await atLeast(writing, writing.acknowledged.length + 20)
      expect(await served.end('SIGKILL')).toBe('SIGKILL')
      const { adminToken } = served
      served = { ...(await startServe(database, Number(new URL(served.url).port))), adminToken }
    }
    await atLeast(writing, writing.acknowledged.length + 5)
    writing.stop()
    await writing.ended
    expect(writing.errors).toEqual([])
    const log = await readLog(database)
    expect(findLosses(log, writing.acknowledged)).toEqual([])
    // Beside the first revision, and the token: nothing was done that nobody was told of.
    expect(log.length - 2).toBe(writing.acknowledged.length)
  })
})
