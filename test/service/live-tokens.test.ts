import { beforeEach, describe, expect, test } from 'vitest'
import type { Client } from '../../src/api/client.js'
import { createClient } from '../../src/api/client.js'
import type { NewTokenAnswer } from '../../src/api/contract/answers.js'
import { inProcessTransport } from '../../src/service/embedded/in-process-transport.js'
import { createService } from '../../src/service/service.js'
import { TokenDirectory } from '../../src/service/tokens/token-directory.js'
import { OPEN } from '../domain/workspace-builder.js'
import { type LiveWorkspace, liveWorkspace } from './live-workspace.js'

const DAY = 86_400_000
const AGENTS = [
  { id: '1', name: 'Ana', role: 'admin' },
  { id: '2', name: 'Ben', role: 'admin' },
  { id: '3', name: 'Cleo' },
]

let live: LiveWorkspace
let owner: Client
let now: number

beforeEach(async () => {
  live = await liveWorkspace({ agents: AGENTS })
  owner = live.owner
  now = OPEN
})

const directory = () => new TokenDirectory(live.store, () => now)
const scopesOf = async (secret: string) => [...(await directory().authenticate(secret)).actor.scopes]
const listed = async (id: string) => (await owner.listTokens({})).find((token) => token.id === id)!

/** What the owner of a secret may do, as the service sees it. */
async function as(secret: string): Promise<Client> {
  const { actor } = await directory().authenticate(secret)
  return createClient(inProcessTransport(createService({ store: live.store, now: () => now }), actor))
}

async function make(request: Parameters<Client['createToken']>[0]): Promise<{ id: string; secret: string }> {
  const { token, secret } = await owner.createToken(request)
  return { id: token.id, secret: secret! }
}

describe('a token without scopes of its own has what its agent has now', () => {
  test('less after a demotion, more after a promotion', async () => {
    const { id, secret } = await make({ agent: '2' })
    expect(await scopesOf(secret)).toHaveLength(8)
    await owner.patchAgent({ id: '2', settings: { role: 'agent' } })
    expect(await scopesOf(secret)).toEqual(['read', 'status:self'])
    expect(await listed(id)).toMatchObject({ scopes: ['read', 'status:self'], followsAgent: true, state: 'active' })
    await owner.patchAgent({ id: '2', settings: { role: 'admin' } })
    expect(await scopesOf(secret)).toHaveLength(8)
  })

  test('R16: a demoted admin sets nobody else, and does not become an admin again', async () => {
    const { secret } = await make({ agent: '2' })
    await owner.patchAgent({ id: '2', settings: { role: 'agent' } })
    const ben = await as(secret)
    await expect(ben.putStatus({ id: '1', status: 'away' })).rejects.toMatchObject({ code: 'not-allowed' })
    await expect(ben.patchAgent({ id: '2', settings: { role: 'admin' } })).rejects.toMatchObject({
      code: 'not-allowed',
    })
    expect(await ben.putStatus({ id: 'me', status: 'away' })).toMatchObject({ changed: true })
  })
})

describe('a token with scopes of its own', () => {
  test.each([
    { scopes: ['read', 'hours', 'admin'], left: ['read'] },
    { scopes: ['status:any'], left: ['status:self'] },
    { scopes: ['hours'], left: [] },
  ] as const)('of an admin keeps $left of $scopes after the demotion', async ({ scopes, left }) => {
    const { secret } = await make({ agent: '2', scopes: [...scopes] })
    await owner.patchAgent({ id: '2', settings: { role: 'agent' } })
    expect(await scopesOf(secret)).toEqual(left)
  })

  test('keeps what an admin gave although the role does not, also after a promotion and a demotion', async () => {
    const { secret } = await make({ agent: '3', scopes: ['read', 'hours'] })
    expect(await scopesOf(secret)).toEqual(['read', 'hours'])
    await owner.patchAgent({ id: '3', settings: { role: 'admin' } })
    await owner.patchAgent({ id: '3', settings: { role: 'agent' } })
    expect(await scopesOf(secret)).toEqual(['read', 'hours'])
  })

  test('of nobody has them, whatever becomes of agents', async () => {
    const { secret } = await make({ name: 'ci', scopes: ['hours'] })
    await owner.deleteAgent({ id: '2' })
    expect(await scopesOf(secret)).toEqual(['hours'])
  })
})

const REMOVALS: readonly { title: string; remove: (client: Client) => Promise<{ readonly revision: number }> }[] = [
  { title: 'by name', remove: (client) => client.deleteAgent({ id: '3' }) },
  {
    title: 'by a document without them',
    async remove(client) {
      const document = await client.getWorkspace({})
      return client.putWorkspace({ document: { ...document, agents: document.agents.slice(0, 2) } })
    },
  },
  {
    title: 'by a revert of their adding',
    async remove(client) {
      await client.deleteAgent({ id: '3' })
      const { revision } = await client.addAgent({ agent: { id: '3', role: 'agent' } })
      await client.createToken({ agent: '3', name: 'of the second' })
      return client.revert({ number: revision })
    },
  },
]

describe('the tokens of an agent who is removed', () => {
  test.each(REMOVALS)('$title end for good, in the same revision', async ({ remove }) => {
    const { id, secret } = await make({ agent: '3' })
    const { revision } = await remove(owner)
    for (const token of await owner.listTokens({})) {
      expect(token).toMatchObject({ state: 'revoked', revokedBecause: 'agent removed', scopes: [] })
    }
    expect((await owner.getRevision({ number: revision })).changes.map(({ path }) => path.split('[')[0])).toContain(
      'tokens',
    )
    await owner.addAgent({ agent: { id: '3', name: 'Somebody else', role: 'admin' } })
    await expect(scopesOf(secret)).rejects.toMatchObject({ code: 'not-logged-in' })
    expect(await listed(id)).toMatchObject({ state: 'revoked', scopes: [] })
  })

  test('stay ended when the removal is reverted', async () => {
    const { secret } = await make({ agent: '3' })
    const { revision } = await owner.deleteAgent({ id: '3' })
    expect(await owner.revert({ number: revision })).toMatchObject({ changed: true })
    expect((await owner.getAgent({ id: '3' })).value.name).toBe('Cleo')
    await expect(scopesOf(secret)).rejects.toMatchObject({ code: 'not-logged-in' })
  })

  test('do not pass to an agent who takes the id as an email', async () => {
    const { secret } = await make({ agent: '3' })
    await owner.deleteAgent({ id: '3' })
    await owner.patchAgent({ id: '2', settings: { email: '3' } })
    await expect(scopesOf(secret)).rejects.toMatchObject({ code: 'not-logged-in' })
  })

  test('are not touched by a dry run', async () => {
    const { secret } = await make({ agent: '3' })
    await owner.deleteAgent({ id: '3' }, { dryRun: true })
    expect(await scopesOf(secret)).toHaveLength(2)
  })
})

test('a repeat under an Idempotency-Key answers nothing once the token has ended', async () => {
  const { id, secret } = await make({ agent: '2' })
  const { actor } = await directory().authenticate(secret)
  const service = createService({ store: live.store, now: () => now })
  const repeatable = { key: 'k', token: id, secret }
  const write = () => service.call('putStatus', { id: 'me', status: 'away' }, actor, { repeatable })
  expect(await write()).toMatchObject({ changed: true })
  expect(await write()).toMatchObject({ changed: true })
  await owner.deleteAgent({ id: '2' })
  await expect(write()).rejects.toMatchObject({ code: 'not-logged-in' })
})

const MEANWHILE: readonly { title: string; code: string; change: (id: string) => Promise<unknown> }[] = [
  { title: 'revoked', code: 'not-logged-in', change: (id) => owner.revokeToken({ id }) },
  { title: 'rotated', code: 'not-logged-in', change: (id) => owner.rotateToken({ id, overlapSeconds: 0 }) },
  {
    title: 'rotated twice',
    code: 'not-logged-in',
    async change(id) {
      await owner.rotateToken({ id })
      live.clock(OPEN + 1)
      await owner.rotateToken({ id })
    },
  },
  {
    title: 'expired',
    code: 'not-logged-in',
    async change() {
      now = OPEN + 90 * DAY
    },
  },
  { title: 'of an agent removed', code: 'not-logged-in', change: () => owner.deleteAgent({ id: '2' }) },
  {
    title: 'of an agent disabled',
    code: 'not-logged-in',
    change: () => owner.patchAgent({ id: '2', settings: { disabled: true } }),
  },
  {
    title: 'of an agent demoted',
    code: 'not-allowed',
    change: () => owner.patchAgent({ id: '2', settings: { role: 'agent' } }),
  },
]

describe('a write whose token was looked at before', () => {
  test.each(MEANWHILE)('writes nothing when the token is $title meanwhile', async ({ code, change }) => {
    const { id, secret } = await make({ agent: '2' })
    const ben = await as(secret)
    await change(id)
    await expect(ben.putAutoOffline({ enabled: true })).rejects.toMatchObject({ code })
    await expect(ben.route({})).rejects.toMatchObject({ code })
    expect((await owner.listRevisions({ actor: '2' })).revisions).toEqual([])
  })

  test('is written when the token has only a new secret, and the old one still works', async () => {
    const { id, secret } = await make({ agent: '2' })
    const ben = await as(secret)
    await owner.rotateToken({ id })
    expect(await ben.putAutoOffline({ enabled: true })).toMatchObject({ changed: true })
  })

  test('is asked of an agent of a file as well, who has no token', async () => {
    const ben = await live.as('2')
    await owner.patchAgent({ id: '2', settings: { role: 'agent' } })
    await expect(ben.putAutoOffline({ enabled: true })).rejects.toMatchObject({ code: 'not-allowed' })
    await owner.deleteAgent({ id: '2' })
    await expect(ben.putStatus({ id: 'me', status: 'away' })).rejects.toMatchObject({ code: 'not-allowed' })
  })
})

describe('the end of a token', () => {
  const endsAfter = ({ token }: NewTokenAnswer) =>
    token.expiresAt === null ? null : (Date.parse(token.expiresAt) - OPEN) / DAY

  test.each([
    { title: 'is 90 days away where none is named', request: {}, days: 90 },
    { title: 'is the one that is named', request: { expiresAt: new Date(OPEN + DAY).toISOString() }, days: 1 },
    { title: 'is never where that is said', request: { expiresAt: null }, days: null },
  ])('$title', async ({ request, days }) => {
    expect(endsAfter(await owner.createToken({ agent: '3', ...request }))).toBe(days)
  })

  test('moves with a new secret: as far away as it was given before, or where it is said to be', async () => {
    const { id } = await make({ agent: '3', expiresAt: new Date(OPEN + 30 * DAY).toISOString() })
    live.clock(OPEN + 20 * DAY)
    expect(endsAfter(await owner.rotateToken({ id }))).toBe(50)
    live.clock(OPEN + 21 * DAY)
    expect(endsAfter(await owner.rotateToken({ id }))).toBe(51)
    expect(endsAfter(await owner.rotateToken({ id, expiresAt: new Date(OPEN + 60 * DAY).toISOString() }))).toBe(60)
    expect(endsAfter(await owner.rotateToken({ id, expiresAt: null }))).toBeNull()
    live.clock(OPEN + 22 * DAY)
    expect(endsAfter(await owner.rotateToken({ id }))).toBeNull()
  })
})
