import { describe, expect, test } from 'vitest'
import { Sender } from '../../src/api/network/request/sender.js'
import { DriftStatusError } from '../../src/domain/errors.js'
import type { Send } from '../../src/drift/adapter/drift-api.js'
import { driftClient } from '../../src/drift/adapter/drift-client.js'
import { driftTokenInfo } from '../../src/drift/adapter/token-info.js'
import { integerIdOf } from '../../src/drift/compat/integer-id.js'
import { OPEN, people } from '../domain/workspace-builder.js'
import { liveWorkspace } from '../service/live-workspace.js'
import { compatServer, ORG } from './compat-server.js'
import { nodeSender } from './node-sender.js'

const PARTS = {
  agents: [
    { id: '1', email: 'sam@acme.example', name: 'Sam Okafor', role: 'admin', status: 'available' },
    { id: '2', email: 'ana@acme.example', name: 'Ana Lima', status: 'away', timeZone: 'Europe/Berlin' },
    { id: 'kofi', email: 'kofi@acme.example', name: 'Kofi', status: 'available' },
    { id: '8', name: 'Bot', bot: true, status: 'available' },
  ],
  teams: [{ id: '31', name: 'Sales', members: ['1', 'kofi@acme.example'] }],
}
const KOFI = String(integerIdOf('kofi'))

/** Our adapter on our endpoints: both ends of Drift's API, over a real socket, on a live workspace. */
async function account({ me, token = 'owner' }: { readonly me?: string; readonly token?: string } = {}) {
  const live = await liveWorkspace(PARTS)
  const base = await compatServer(
    { owner: live.owner, ana: await live.as('2') },
    {
      tokenFacts: async (asked) =>
        asked === token
          ? { id: 'x', name: 'ci', scopes: ['read', 'status:any'], createdAt: OPEN, expiresAt: undefined }
          : undefined,
    },
  )
  const send = nodeSender(base)
  return { ...live, send, client: driftClient({ send, token, me, now: () => OPEN }) }
}

describe('the adapter on the compatible endpoints, by the sender that commands use', () => {
  async function sentBy(token: string) {
    const { owner } = await liveWorkspace(PARTS)
    const sender = new Sender({ url: await compatServer({ owner }) })
    const send: Send = (request) => sender.send(request)
    return { owner, client: driftClient({ send, close: () => sender.close(), token, now: () => OPEN }) }
  }

  test('reads, writes and closes', async () => {
    const { client, owner } = await sentBy('owner')
    expect((await client.listAgents({})).available).toBe(2)
    await client.putStatus({ id: 'sam okafor', status: 'away' })
    expect((await owner.getAgent({ id: '1' })).value.status).toBe('away')
    await expect(client.getAgent({ id: '404' })).rejects.toMatchObject({ code: 'not-found' })
    await client.close()
  })

  test('says what is wrong with a token', async () => {
    const { client } = await sentBy('wrong-token')
    const error = await client.listAgents({}).catch((thrown: Error) => thrown)
    expect(error).toMatchObject({ code: 'not-allowed', message: expect.not.stringContaining('wrong-token') })
    await client.close()
  })
})

describe('the adapter on the compatible endpoints', () => {
  test('lists the same agents with the same statuses as the workspace', async () => {
    const { client, owner } = await account()
    const [theirs, ours] = [await client.listAgents({}), await owner.listAgents({})]
    expect(theirs.agents.map(({ name, status }) => [name, status]).sort()).toEqual(
      ours.agents.map(({ name, status }) => [name, status]).sort(),
    )
    expect([theirs.available, theirs.away]).toEqual([ours.available, ours.away])
  })

  test.each([
    ['a numeric id', '2', '2'],
    ['an email', 'ana@acme.example', '2'],
    ['a name', 'kofi', KOFI],
    ['the integer of another id', KOFI, KOFI],
  ])('reads one by %s', async (_, name, id) => {
    const { client } = await account()
    expect((await client.getAgent({ id: name })).value).toMatchObject({ id })
  })

  test('reads teams', async () => {
    const { client } = await account()
    // A team that says nothing of its own follows the workspace, as Drift's clients are told.
    expect((await client.getTeams({})).value).toEqual([
      { id: '31', name: 'Sales', members: ['1', KOFI], availability: 'custom-hours' },
    ])
  })

  test.each([
    ['your own', { me: 'ana@acme.example', token: 'ana' }, 'me', '2'],
    ['another’s', {}, 'ana lima', '2'],
    ['one whose id is no number', {}, 'kofi@acme.example', 'kofi'],
  ])('sets %s status', async (_, options, name, id) => {
    const { client, owner } = await account(options)
    for (const status of ['away', 'available', 'away'] as const) {
      await client.putStatus({ id: name, status })
      expect((await owner.getAgent({ id })).value.status).toBe(status)
    }
    expect(await client.putStatus({ id: name, status: 'away' })).toMatchObject({ changed: false })
  })

  test('R16: another’s status is not allowed without an admin', async () => {
    const { client, owner } = await account({ token: 'ana' })
    await expect(client.putStatus({ id: '1', status: 'away' })).rejects.toMatchObject({ code: 'not-allowed' })
    expect((await owner.getStatus({})).revision).toBe(1)
  })

  test('nobody is not found', async () => {
    const { client } = await account()
    await expect(client.getAgent({ id: '404' })).rejects.toMatchObject({ code: 'not-found' })
  })

  test('a wrong token is not allowed in', async () => {
    const { client } = await account({ token: 'wrong' })
    await expect(client.listAgents({})).rejects.toMatchObject({ code: 'not-allowed' })
  })

  test('asks what its token allows', async () => {
    const { send } = await account()
    expect(await driftTokenInfo(send, 'owner', OPEN + 1000)).toEqual({
      organisation: String(ORG),
      app: 'ci',
      scopes: ['user_read', 'playbook_read', 'user_write'],
      missingScopes: [],
      createdAt: OPEN,
      ageMs: 1000,
      expiresAt: undefined,
      neverExpires: true,
    })
    const error = await driftTokenInfo(send, 'other', OPEN).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(DriftStatusError)
  })

  test('carries two thousand agents', async () => {
    const { owner } = await liveWorkspace({ agents: people(...Array.from({ length: 2000 }, (_, index) => `${index}`)) })
    const send = nodeSender(await compatServer({ owner }))
    const client = driftClient({ send, token: 'owner', now: () => OPEN })
    expect(await client.listAgents({ after: '1998' })).toMatchObject({ agents: [{ id: '1999' }], available: 2000 })
  })
})
