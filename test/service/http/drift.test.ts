import { describe, expect, test } from 'vitest'
import { createClient } from '../../../src/api/client.js'
import { createSender } from '../../../src/api/network/sender.js'
import { driftTransport } from '../../../src/drift/adapter/drift-transport.js'
import { driftTokenInfo } from '../../../src/drift/adapter/token-info.js'
import { compatEndpoints } from '../../../src/drift/compat/endpoints.js'
import { OPEN } from '../../domain/workspace-builder.js'
import { AGENTS, serveWorkspace } from './served-workspace.js'

const TEAMS = [{ id: '31', name: 'Sales', members: ['1', '2'] }]
const PARTS = { agents: AGENTS, teams: TEAMS }
const ENDPOINTS = compatEndpoints({ orgId: 1, tokenFacts: async () => undefined })

describe("Drift's API on the served workspace", () => {
  test('lists users, reads one, sets OFFLINE and does not find nobody', async () => {
    const { ask, token, owner } = await serveWorkspace({ parts: PARTS })
    const secret = await token({ name: 'ci', scopes: ['read', 'status:self', 'status:any'] })
    const { status, body } = await ask('GET', '/users/list/', { token: secret })
    expect([status, body.data.map(({ id }: { id: number }) => id)]).toEqual([200, [1, 2]])
    expect((await ask('GET', '/users/2', { token: secret })).body.data).toMatchObject({ availability: 'AVAILABLE' })
    const updated = await ask('PATCH', '/users/update?userId=2', { token: secret, body: { availability: 'OFFLINE' } })
    expect(updated.body.data).toMatchObject({ id: 2, availability: 'OFFLINE' })
    expect((await owner.getAgent({ id: '2' })).value.status).toBe('away')
    expect(await ask('GET', '/users/404', { token: secret })).toMatchObject({
      status: 404,
      body: { error: { type: 'not_found' } },
    })
  })

  test('names an organisation that a new name of the workspace does not change', async () => {
    const { ask, token, store, owner } = await serveWorkspace({ parts: PARTS })
    const secret = await token({ name: 'ci', scopes: ['read'] })
    const organisation = async () => (await ask('GET', '/users/1', { token: secret })).body.data.orgId
    const { number } = await store.read((transaction) => transaction.identity())
    expect(await organisation()).toBe(number)
    await owner.putWorkspace({ document: { ...(await owner.getWorkspace({})), name: 'Another name' } })
    expect(await organisation()).toBe(number)
  })

  test.each(ENDPOINTS.filter(({ scope }) => scope !== null).map(({ method, path }) => ({ method, path })))(
    '$method $path needs a token that works and allows it',
    async ({ method, path }) => {
      const { ask, token } = await serveWorkspace({ parts: PARTS })
      const target = `${path.replace('{id}', '1')}?userId=1`
      const body = method === 'GET' ? undefined : { availability: 'OFFLINE' }
      const useless = await token({ name: 'none', scopes: ['widget'] })
      for (const secret of [undefined, 'dst_none_0123456789012345678901234567890123456789abc', useless]) {
        const answer = await ask(method, target, { token: secret, body })
        expect(answer).toMatchObject({ status: 403, body: { error: { type: 'authentication_error' } } })
      }
    },
  )

  test('R16: a token of one agent does not set another', async () => {
    const { ask, token, owner } = await serveWorkspace({ parts: PARTS })
    const secret = await token({ name: 'ana', agent: '2', scopes: ['read', 'status:self'] })
    const set = (id: number) =>
      ask('PATCH', `/users/update?userId=${id}`, { token: secret, body: { availability: 'OFFLINE' } })
    expect([(await set(1)).status, (await set(2)).status]).toEqual([403, 200])
    expect((await owner.getAgent({ id: '1' })).value.status).toBe('available')
  })

  test.each([
    ['no JSON', '{"availability":'],
    ['a list', '[]'],
    ['too much', JSON.stringify({ availability: 'x'.repeat(70_000) })],
  ])('a body that is %s is a validation_error', async (_, body) => {
    const { ask, token } = await serveWorkspace({ parts: PARTS })
    const secret = await token({ name: 'ci', scopes: ['status:any'] })
    expect(await ask('PATCH', '/users/update?userId=1', { token: secret, body })).toMatchObject({
      status: 400,
      body: { error: { type: 'validation_error' } },
    })
  })

  test('too many requests are a rate_limit that says when', async () => {
    const { ask, token } = await serveWorkspace({ parts: PARTS, limits: { requestsPerMinute: 2 } })
    const secret = await token({ name: 'ci', scopes: ['read'] })
    for (let count = 0; count < 2; count++) await ask('GET', '/users/list', { token: secret })
    const { status, headers, body } = await ask('GET', '/users/list', { token: secret })
    expect([status, body.error.type]).toEqual([429, 'rate_limit'])
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0)
  })

  test('tells what a token allows to whoever has it, and counts guesses', async () => {
    const { ask, token, log } = await serveWorkspace({ parts: PARTS, limits: { failedLoginsPerMinute: 3 } })
    const secret = await token({ name: 'ci', scopes: ['read'] })
    const info = await ask('POST', '/app/token_info', { body: { accessToken: secret } })
    expect(info).toMatchObject({ status: 200, body: { scope: 'user_read playbook_read', created_at: OPEN } })
    const guesses = []
    for (let count = 0; count < 4; count++) {
      const guess = `dst_guess_012345678901234567890123456789012345678${count}abc`
      guesses.push((await ask('POST', '/app/token_info', { body: { accessToken: guess } })).status)
    }
    expect(guesses).toEqual([403, 403, 403, 429])
    expect((await ask('POST', '/app/token_info', { body: { accessToken: secret } })).status).toBe(200)
    expect(await log()).not.toContain(secret)
  })

  test('a revoked token has nothing to tell', async () => {
    const { ask, owner } = await serveWorkspace({ parts: PARTS })
    const { secret, token } = await owner.createToken({ name: 'ci', scopes: ['read'] })
    await owner.revokeToken({ id: token.id })
    expect((await ask('POST', '/app/token_info', { body: { accessToken: secret } })).status).toBe(403)
  })

  test('a Drift profile pointed at it works like one at Drift', async () => {
    const { url, token, owner } = await serveWorkspace({ parts: PARTS })
    const secret = await token({ name: 'ci', scopes: ['read', 'status:self', 'status:any'] })
    const { send, close } = createSender({ url })
    const client = createClient(driftTransport({ send, close, token: secret, me: 'ana@acme.example', now: () => OPEN }))
    await client.putStatus({ id: 'me', status: 'away' })
    expect((await owner.getAgent({ id: '2' })).value.status).toBe('away')
    expect((await client.getTeams({})).value).toEqual(TEAMS)
    expect(await driftTokenInfo(send, secret, OPEN)).toMatchObject({ missingScopes: [], ageMs: 0 })
    await client.close()
  })
})
