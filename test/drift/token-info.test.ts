import { describe, expect, test } from 'vitest'
import { driftTokenInfo } from '../../src/drift/adapter/token-info.js'
import { fixtureServer, type Replies } from './fixture-server.js'
import { nodeSender } from './node-sender.js'

const TOKEN = '1234567890-1234-1234-123456'
const NOW = Date.parse('2020-11-23T16:00:00Z')
const DAY = 86_400_000

async function ask(replies: Replies) {
  const { base, seen } = await fixtureServer(replies)
  return { info: driftTokenInfo(nodeSender(base), TOKEN, NOW), seen }
}

describe('what a token allows', () => {
  test('a token of the developer platform never ends, and says so', async () => {
    const { info, seen } = await ask({ 'POST /app/token_info': { fixture: 'token-info' } })
    expect(await info).toEqual({
      organisation: '123',
      app: '4f1d8a52-77aa-4d3f-8d61-7d9a4f6cb001',
      scopes: ['contact_read', 'conversation_read', 'user_read', 'user_write'],
      missingScopes: [],
      createdAt: Date.parse('2020-07-01T00:00:00Z'),
      ageMs: NOW - Date.parse('2020-07-01T00:00:00Z'),
      expiresAt: undefined,
      neverExpires: true,
    })
    expect(seen).toEqual([
      {
        method: 'POST',
        url: '/app/token_info',
        authorization: `Bearer ${TOKEN}`,
        body: JSON.stringify({ access_token: TOKEN }),
      },
    ])
  })

  test('a token of the OAuth flow ends two hours after it was made, and lacks a scope', async () => {
    const { info } = await ask({ 'POST /app/token_info': { fixture: 'token-info-expiring' } })
    expect(await info).toMatchObject({
      missingScopes: ['user_write'],
      expiresAt: 1606143600000 + 7_200_000,
      neverExpires: false,
    })
  })

  test('is asked by the other name when the documented one is refused', async () => {
    const refused = { status: 400, text: '{"error":{"type":"validation_error","message":"accessToken is required"}}' }
    const { info, seen } = await ask({ 'POST /app/token_info': [refused, { fixture: 'token-info' }] })
    expect((await info).neverExpires).toBe(true)
    expect(seen.map(({ body }) => Object.keys(JSON.parse(body)))).toEqual([['access_token'], ['accessToken']])
  })

  test.each([
    [
      'says nothing',
      '{}',
      { scopes: [], missingScopes: ['user_read', 'user_write'], ageMs: undefined, neverExpires: false },
    ],
    ['says it in other types', '{"expires_in":"0","created_at":null,"scope":7}', { scopes: [], neverExpires: false }],
    ['was made in the future', `{"created_at":${NOW + DAY},"expires_in":1}`, { ageMs: 0 }],
  ])('an answer that %s is read as far as it goes', async (_, text, expected) => {
    const { info } = await ask({ 'POST /app/token_info': { status: 200, text } })
    expect(await info).toMatchObject(expected)
  })

  test.each([
    [401, 'not-logged-in'],
    [403, 'not-allowed'],
    [404, 'not-found'],
    [500, 'failed'],
    [429, 'busy'],
  ])('%i is %s, and does not tell the token', async (status, code) => {
    const text = JSON.stringify({ error: { message: `no token ${TOKEN}` } })
    const error = await (await ask({ 'POST /app/token_info': { status, text } })).info.catch(
      (thrown: unknown) => thrown,
    )
    expect(error).toMatchObject({ code })
    expect((error as Error).message).not.toContain(TOKEN)
  })
})
