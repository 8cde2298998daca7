import { describe, expect, test } from 'vitest'
import { startServer } from '../../../src/service/http/server.js'
import { openSqliteStore } from '../../../src/service/store/sqlite/sqlite-store.js'
import { OPEN } from '../../domain/workspace-builder.js'
import { serveWorkspace } from './served-workspace.js'

const DAY = 86_400_000
const served = await serveWorkspace()
const { ask, token, owner, clock } = served
const admin = await token({ role: 'admin', agent: '1' })
let keys = 0
const newKey = () => `key-${++keys}`
const lastRevision = async () => (await owner.getStatus({})).revision

function add(id: string, key: string, secret = admin) {
  return ask('POST', '/v1/agents', { token: secret, body: { agent: { id } }, headers: { 'idempotency-key': key } })
}

describe('a write repeated under one key', () => {
  test('is done once, and gets the first answer again', async () => {
    const key = newKey()
    const first = await add('10', key)
    await ask('PUT', '/v1/agents/10/status', { token: admin, body: { status: 'away' } })
    const again = await add('10', key)
    expect([first.status, again.status]).toEqual([200, 200])
    expect(again.body).toEqual(first.body)
    expect(again.headers.get('etag')).toBe(first.headers.get('etag'))
    // Without the key it would be the conflict that it is.
    expect(await ask('POST', '/v1/agents', { token: admin, body: { agent: { id: '10' } } })).toMatchObject({
      status: 409,
    })
  })

  test('many times at once is one write', async () => {
    const key = newKey()
    const before = await lastRevision()
    const answers = await Promise.all(Array.from({ length: 20 }, () => add('11', key)))
    expect(new Set(answers.map(({ status, body }) => `${status} ${body.revision}`)).size).toBe(1)
    expect(await lastRevision()).toBe(before + 1)
  })

  test('gets the first answer after a restart of the server', async () => {
    const key = newKey()
    const first = await add('12', key)
    const store = await openSqliteStore(served.path)
    const log = { write: () => {}, format: 'json' as const }
    const other = await startServer({ store, now: () => OPEN, version: '0', host: '127.0.0.1', port: 0, log })
    const response = await fetch(`${other.url}/v1/agents`, {
      method: 'POST',
      headers: { authorization: `Bearer ${admin}`, 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify({ agent: { id: '12' } }),
    })
    expect(await response.json()).toEqual(first.body)
    await other.close()
  })

  test('answers a new token again, with its secret', async () => {
    const headers = { 'idempotency-key': newKey() }
    const make = () => ask('POST', '/v1/tokens', { token: admin, body: { role: 'agent', agent: '2' }, headers })
    const [first, again] = [await make(), await make()]
    expect(first.body.secret).toMatch(/^dst_/)
    expect(again.body.secret).toBe(first.body.secret)
  })

  test('is a write of its own after a day', async () => {
    const key = newKey()
    expect((await add('13', key)).status).toBe(200)
    clock(OPEN + DAY + 1)
    expect((await add('13', key)).status).toBe(409)
    clock(OPEN)
  })

  test('routes one chat, not two', async () => {
    await owner.putRouting({ routing: { rules: [], default: { to: { agent: '1' } } } })
    const headers = { 'idempotency-key': newKey() }
    const route = () => ask('POST', '/v1/route', { token: admin, body: {}, headers })
    const answers = [await route(), await route()]
    expect(answers[1]!.body).toEqual(answers[0]!.body)
    expect(await owner.listAssignments({})).toHaveLength(1)
  })
})

describe('a key', () => {
  test.each([
    { what: 'another body', path: '/v1/agents', body: { agent: { id: '21' } } },
    { what: 'another operation', path: '/v1/tokens', body: { agent: '2' } },
  ])('used again for $what is refused, and nothing is written', async ({ path, body }) => {
    const key = newKey()
    await add(`20-${keys}`, key)
    const before = await lastRevision()
    const answer = await ask('POST', path, { token: admin, body, headers: { 'idempotency-key': key } })
    expect(answer).toMatchObject({ status: 409, body: { code: 'conflict' } })
    expect(answer.body.detail).toContain('used for another request')
    expect(await lastRevision()).toBe(before)
  })

  test('belongs to its token: another may use the same', async () => {
    const key = newKey()
    const other = await token({ role: 'admin' })
    expect((await add('30', key)).status).toBe(200)
    expect((await add('31', key, other)).status).toBe(200)
  })

  test('of a write that failed is free for the next try', async () => {
    const key = newKey()
    expect((await add('1', key)).status).toBe(409)
    expect((await add('32', key)).status).toBe(200)
  })

  test('of a dry run keeps nothing', async () => {
    const headers = { 'idempotency-key': newKey() }
    const body = { agent: { id: '33' } }
    expect((await ask('POST', '/v1/agents?dryRun=true', { token: admin, body, headers })).body.dryRun).toBe(true)
    expect((await ask('POST', '/v1/agents', { token: admin, body, headers })).body).toMatchObject({
      dryRun: false,
      changed: true,
    })
  })

  test('that is too long is refused', async () => {
    expect(await add('34', 'k'.repeat(256))).toMatchObject({ status: 400, body: { code: 'invalid-input' } })
  })
})
