import { describe, expect, test } from 'vitest'
import { OPEN } from '../../domain/workspace-builder.js'
import { forgetRevisionsAfter } from '../forget-revisions.js'
import { readEvents } from './event-reader.js'
import { serveWorkspace } from './served-workspace.js'

const served = await serveWorkspace()
const { ask, token, owner, url } = served
const admin = await token({ role: 'admin', agent: '1' })
const reader = await token({ scopes: ['read'] })

let isAway = false
/** One revision, by the server or by another connection to its file. */
async function flip(by: 'server' | 'another process'): Promise<number> {
  isAway = !isAway
  const status = isAway ? 'away' : 'available'
  if (by === 'another process') return (await owner.putStatus({ id: '2', status })).revision
  return (await ask('PUT', '/v1/agents/2/status', { token: admin, body: { status } })).body.revision
}
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index)
const lastRevision = async () => (await owner.getStatus({})).revision

describe('GET /v1/events', () => {
  test('tells the backlog first, then each revision as it is made, by whichever process, once and in order', async () => {
    const events = await readEvents(`${url}/v1/events?after=0`, reader)
    await events.until(({ ids }) => ids.includes(1))
    for (let round = 0; round < 10; round++) await flip(round % 2 === 0 ? 'server' : 'another process')
    const last = await lastRevision()
    await events.until(({ ids }) => ids.at(-1) === last)
    expect(events.ids).toEqual(range(1, last))
    events.close()
  })

  test('each event is the revision as JSON', async () => {
    const last = await flip('server')
    const events = await readEvents(`${url}/v1/events?after=${last - 1}`, reader)
    await events.until(({ ids }) => ids.length === 1)
    const [, data] = /event: revision\ndata: (.+)\n\n/.exec(events.text)!
    const { names, timeZone, ...revision } = await owner.getRevision({ number: last })
    expect(JSON.parse(data!)).toEqual(revision)
    events.close()
  })

  test.each([
    { how: 'Last-Event-ID', query: '', header: true },
    { how: '?after', query: 'after', header: false },
    { how: 'Last-Event-ID, which a browser that resumes sends beside its first ?after', query: 'first', header: true },
  ])('goes on after $how', async ({ query, header }) => {
    const last = await flip('server')
    const target = query === '' ? '' : `?after=${query === 'after' ? last - 3 : 0}`
    const events = await readEvents(
      `${url}/v1/events${target}`,
      reader,
      header ? { 'last-event-id': String(last - 3) } : {},
    )
    await events.until(({ ids }) => ids.length === 3)
    expect(events.ids).toEqual(range(last - 2, last))
    events.close()
  })

  test('without a place to go on starts now', async () => {
    const events = await readEvents(`${url}/v1/events`, reader)
    await events.until(({ text }) => text.includes('retry:'))
    const next = await flip('another process')
    await events.until(({ ids }) => ids.length > 0)
    expect(events.ids).toEqual([next])
    events.close()
  })

  test('tells more revisions than are read at once', async () => {
    for (let count = 0; count < 250; count++) await flip('another process')
    const last = await lastRevision()
    const events = await readEvents(`${url}/v1/events?after=0`, reader)
    await events.until(({ ids }) => ids.at(-1) === last)
    expect(events.ids).toEqual(range(1, last))
    events.close()
  })

  test.each(['server', 'another process'] as const)('ends when the token is revoked by %s', async (by) => {
    const secret = await token({ scopes: ['read'] })
    const id = secret.split('_')[1]!
    const events = await readEvents(`${url}/v1/events`, secret)
    if (by === 'server') await ask('DELETE', `/v1/tokens/${id}`, { token: admin })
    else await owner.revokeToken({ id })
    await events.ended
    // What it was told last is from before it was revoked.
    expect(events.ids).toEqual([])
  })

  test('ends when the token expires', async () => {
    const short = await serveWorkspace()
    const secret = await short.token({ scopes: ['read'], expiresAt: new Date(OPEN + 200).toISOString() })
    const events = await readEvents(`${short.url}/v1/events`, secret)
    short.clock(OPEN + 200)
    await events.ended
    expect(events.status).toBe(200)
  })

  test.each([
    { title: 'a place that is not a number', query: '?after=x', status: 400 },
    { title: 'an unknown parameter', query: '?since=1', status: 400 },
  ])('refuses $title', async ({ query, status }) => {
    expect(await ask('GET', `/v1/events${query}`, { token: reader })).toMatchObject({
      status,
      body: { code: 'invalid-input' },
    })
  })

  test('a slow reader misses nothing, and holds up nobody', async () => {
    const [slow, quick] = await Promise.all([1, 2].map(() => readEvents(`${url}/v1/events`, reader)))
    slow!.pause()
    const first = (await lastRevision()) + 1
    for (let count = 0; count < 60; count++) {
      const message = `${count} ${'x'.repeat(1900)}`
      await owner.putPlaybooks({
        playbooks: Array.from({ length: 12 }, (_, index) => ({ id: `p${index}`, type: 'playbook', message })),
      })
    }
    const last = await lastRevision()
    await quick!.until(({ ids }) => ids.at(-1) === last)
    slow!.resume()
    await slow!.until(({ ids }) => ids.at(-1) === last)
    expect(slow!.ids).toEqual(range(first, last))
    slow!.close()
    quick!.close()
  })

  test('twenty watchers and a hundred flips: every watcher sees every revision, in order, once', async () => {
    const first = (await lastRevision()) + 1
    const watchers = await Promise.all(
      Array.from({ length: 20 }, () => readEvents(`${url}/v1/events?after=${first - 1}`, reader)),
    )
    for (let count = 0; count < 100; count++) await flip(count % 10 === 0 ? 'another process' : 'server')
    const last = await lastRevision()
    for (const watcher of watchers) {
      await watcher.until(({ ids }) => ids.at(-1) === last)
      expect(watcher.ids).toEqual(range(first, last))
      watcher.close()
    }
  })

  test.each(['client', 'server'] as const)('that the %s ends is in the access log, once', async (who) => {
    const alone = await serveWorkspace()
    const secret = await alone.token({ scopes: ['read'] })
    const events = await readEvents(`${alone.url}/v1/events`, secret)
    await events.until(({ text }) => text.includes('retry:'))
    if (who === 'client') events.close()
    else await alone.owner.revokeToken({ id: secret.split('_')[1]! })
    await events.ended
    const logged = (await alone.log()).trim().split('\n')
    expect(logged.map((line) => JSON.parse(line))).toMatchObject([{ route: '/v1/events', status: 200 }])
  })

  test.each(['while it is watched', 'before a client comes back'])(
    'a copy that is restored %s is told, and the last revision again',
    async (when) => {
      const restored = await serveWorkspace()
      const secret = await restored.token({ scopes: ['read'] })
      const flipBack = async () => {
        await restored.owner.putStatus({ id: '2', status: 'away' })
        await restored.owner.putStatus({ id: '2', status: 'available' })
      }
      for (let count = 0; count < 5; count++) await flipBack()
      const { revision: last } = await restored.owner.getStatus({})
      const watch = () => readEvents(`${restored.url}/v1/events`, secret, { 'last-event-id': String(last) })
      const isWatched = when === 'while it is watched'
      const before = isWatched ? await watch() : undefined
      await before?.until(({ text }) => text.includes('retry:'))
      await forgetRevisionsAfter(4, restored.path)
      const events = before ?? (await watch())
      await events.until(({ ids }) => ids.includes(4))
      expect(events.text).toContain('id: 3\nevent: restored\ndata: {"after":3}\n\n')
      await flipBack()
      await events.until(({ ids }) => ids.at(-1) === 6)
      expect(events.ids).toEqual([3, 4, 5, 6])
      events.close()
    },
  )

  test('keeps alive what is quiet, also while much is written that makes no revision', async () => {
    const busy = await serveWorkspace({ limits: { streamKeepAliveMs: 200 } })
    const secret = await busy.token({ role: 'admin' })
    const events = await readEvents(`${busy.url}/v1/events`, secret)
    const timer = setInterval(() => void busy.ask('POST', '/v1/route', { token: secret, body: {} }), 50)
    await events.until(({ text }) => text.split(': keep-alive').length > 3)
    clearInterval(timer)
    expect(events.ids).toEqual([])
    events.close()
  })

  test('leaves long changes out of an event, and says so', async () => {
    const long = await serveWorkspace()
    const events = await readEvents(`${long.url}/v1/events`, await long.token({ scopes: ['read'] }))
    const message = 'x'.repeat(2000)
    const { revision } = await long.owner.putPlaybooks({
      playbooks: Array.from({ length: 50 }, (_, index) => ({ id: `p${index}`, type: 'playbook', message })),
    })
    await events.until(({ ids }) => ids.length > 0)
    const [, data] = /event: revision\ndata: (.+)\n\n/.exec(events.text)!
    const { changes, names, timeZone, ...rest } = await long.owner.getRevision({ number: revision })
    expect(JSON.stringify(changes)).toContain(message)
    expect(JSON.parse(data!)).toEqual({ ...rest, changes: [], isShortened: true })
    events.close()
  })

  const CAPS = [
    { what: 'the token has', limits: { maxStreamsPerToken: 2 }, says: 'with this token', other: 200 },
    { what: 'the address has', limits: { maxStreamsPerAddress: 2 }, says: 'from this address', other: 429 },
  ]
  test.each(CAPS)('is refused when $what too many, until one ends', async ({ limits, says, other }) => {
    const capped = await serveWorkspace({ limits })
    const [secret, another] = [await capped.token({ scopes: ['read'] }), await capped.token({ scopes: ['read'] })]
    const open = (token = secret) => readEvents(`${capped.url}/v1/events`, token)
    const streams = [await open(), await open()]
    expect(await capped.ask('GET', '/v1/events', { token: secret })).toMatchObject({
      status: 429,
      body: { code: 'busy', detail: expect.stringContaining(says) },
    })
    const third = await open(another)
    expect(third.status).toBe(other)
    third.close()
    streams[0]!.close()
    await expect.poll(async () => (await open()).status).toBe(200)
  })

  test('is refused when too many watch, and ends when the server stops', async () => {
    const small = await serveWorkspace({ limits: { maxStreams: 1 } })
    const secret = await small.token({ scopes: ['read'] })
    const events = await readEvents(`${small.url}/v1/events`, secret)
    expect(await small.ask('GET', '/v1/events', { token: secret })).toMatchObject({
      status: 503,
      body: { code: 'busy' },
    })
    await Promise.all([small.close(), events.ended])
    expect(events.text).toContain('retry:')
  })
})
