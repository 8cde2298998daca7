import { expect, onTestFinished, test } from 'vitest'
import { createClient, type WorkspaceEvent } from '../../../src/api/client.js'
import { networkTransport } from '../../../src/api/network/network-transport.js'
import { serveWorkspace } from '../../service/http/served-workspace.js'
import { networkTo } from './forward.js'

// The real service, with a network in between that breaks.

const served = await serveWorkspace()
const token = await served.token({ name: 'test', role: 'admin' })

function clientOf(url: string, secret = token) {
  const client = createClient(networkTransport({ url, token: secret, firstPauseMs: 5, retry: { firstPauseMs: 1 } }))
  onTestFinished(() => client.close())
  return client
}

/** Collects what a watcher is told, until the test ends. */
function watch(client: ReturnType<typeof clientOf>, after: number) {
  const seen: WorkspaceEvent[] = []
  const stop = new AbortController()
  const follow = async () => {
    for await (const event of client.events(after, stop.signal)) seen.push(event)
  }
  const ended = follow().catch((error: unknown) => error)
  onTestFinished(() => stop.abort())
  return {
    seen,
    ended,
    numbers: () => seen.flatMap((event) => (event.type === 'revision' ? [event.revision.number] : [])),
  }
}

const lastOf = async () => (await clientOf(served.url).getStatus({})).revision

test('a write whose answer is lost is done once, and answered', async () => {
  const network = await networkTo(served.url)
  const client = clientOf(network.url)
  for (let flip = 0; flip < 10; flip += 1) {
    const before = await lastOf()
    network.loseNextAnswer()
    const answer = await client.putStatus(
      { id: '2', status: flip % 2 === 0 ? 'away' : 'available' },
      { note: `flip ${flip}` },
    )
    expect(answer).toMatchObject({ changed: true, revision: before + 1 })
    expect(await lastOf()).toBe(before + 1)
  }
  expect(network.made()).toBeGreaterThan(10)
})

test('watchers on a network that breaks see every revision once and in order', async () => {
  const after = await lastOf()
  const networks = await Promise.all([1, 2, 3].map(() => networkTo(served.url)))
  const watchers = Array.from({ length: 30 }, (_, index) => watch(clientOf(networks[index % 3]!.url), after))
  const writer = clientOf(served.url)
  for (let flip = 0; flip < 100; flip += 1) {
    await writer.putStatus({ id: '2', status: flip % 2 === 0 ? 'away' : 'available' })
    if (flip % 10 === 5) networks[((flip / 5) % 3) | 0]!.cut()
  }
  const made = Array.from({ length: 100 }, (_, index) => after + 1 + index)
  for (const { numbers } of watchers) await expect.poll(numbers, { timeout: 20_000 }).toEqual(made)
  expect(watchers.some(({ seen }) => seen.some(({ type }) => type === 'lost'))).toBe(true)
})

test('a token that is revoked ends its watcher with an error', async () => {
  const owner = clientOf(served.url)
  const { token: made, secret } = await owner.createToken({ name: 'short', scopes: ['read'] })
  const { ended, numbers } = watch(clientOf(served.url, secret!), (await lastOf()) - 1)
  await expect.poll(() => numbers().length).toBe(1)
  await owner.revokeToken({ id: made.id })
  expect(await ended).toMatchObject({ code: 'not-logged-in' })
})
