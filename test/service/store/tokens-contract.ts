import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Store } from '../../../src/service/store/store.js'
import { STORED_TOKEN } from '../stored-token.js'
import { fillStore } from './fill-store.js'

const NOW = Date.parse('2026-11-23T17:00:00Z')
const WHOLE = {
  ...STORED_TOKEN,
  id: 'whole',
  agent: '1',
  previous: { hash: '11', until: NOW + 5 },
  createdAt: STORED_TOKEN.createdAt + 1,
  expiresAt: NOW + 1,
  rotatedAt: NOW + 2,
  revokedAt: NOW + 3,
  lastUsedAt: undefined,
}
const ANSWER = { token: 't1', key: 'k1', fingerprint: 'f', answer: 'sealed', at: NOW }

/** What every store must keep of tokens and repeats, and tell of its snapshots. */
export function describeTokens(open: () => Promise<Store>): void {
  let store: Store
  beforeEach(async () => {
    store = await open()
    await fillStore(store, { agents: [{ id: '1' }] })
  })
  afterEach(() => store.close())

  test('a token is kept with everything in it; the oldest are listed first', async () => {
    await store.write(async (transaction) => {
      await transaction.tokens.put(WHOLE)
      await transaction.tokens.put(STORED_TOKEN)
    })
    await store.read(async (transaction) => {
      expect(await transaction.tokens.find('whole')).toEqual(WHOLE)
      expect(await transaction.tokens.find('nobody')).toBeUndefined()
      expect(await transaction.tokens.list()).toEqual([STORED_TOKEN, WHOLE])
    })
  })

  test('when a token was used is kept apart from the rest of it', async () => {
    await store.write((transaction) => transaction.tokens.put(STORED_TOKEN))
    await store.write((transaction) => transaction.tokens.touch(STORED_TOKEN.id, NOW))
    await store.write((transaction) => transaction.tokens.put({ ...STORED_TOKEN, name: 'renamed' }))
    const token = await store.read((transaction) => transaction.tokens.find(STORED_TOKEN.id))
    expect(token).toEqual({ ...STORED_TOKEN, name: 'renamed', lastUsedAt: NOW })
  })

  test('an answer is kept under its token and key until it is dropped', async () => {
    const find = (token: string, key: string) => store.read((transaction) => transaction.tokens.keptAnswer(token, key))
    await store.write((transaction) => transaction.tokens.keepAnswer(ANSWER))
    expect(await find('t1', 'k1')).toEqual(ANSWER)
    expect([await find('t1', 'k2'), await find('t2', 'k1')]).toEqual([undefined, undefined])
    await store.write((transaction) => transaction.tokens.dropAnswers(NOW))
    expect(await find('t1', 'k1')).toEqual(ANSWER)
    await store.write((transaction) => transaction.tokens.dropAnswers(NOW + 1))
    expect(await find('t1', 'k1')).toBeUndefined()
  })

  test('revisions after a number come oldest first, a page at a time, long changes left out', async () => {
    const revision = (number: number) => ({
      number,
      at: NOW,
      actor: 'sam',
      note: undefined,
      changes: number === 4 ? [{ path: 'name', after: 'ö'.repeat(100) }] : [],
    })
    await store.write(async (transaction) => {
      for (const number of [2, 3, 4, 5]) await transaction.revisions.add(revision(number))
    })
    const after = (number: number, limit: number, maxChangesBytes = 1000) =>
      store.read((transaction) => transaction.revisions.after(number, limit, maxChangesBytes))
    const numbers = async (number: number, limit: number) => (await after(number, limit)).map((one) => one.number)
    expect([await numbers(0, 3), await numbers(3, 3), await numbers(5, 3)]).toEqual([[1, 2, 3], [4, 5], []])
    expect(await after(2, 3)).toEqual([revision(3), revision(4), revision(5)])
    expect(await after(2, 3, 200)).toEqual([revision(3), { ...revision(4), changes: undefined }, revision(5)])
  })

  describe('a snapshot', () => {
    const touch = (to: Store) => to.write((transaction) => transaction.putCursor('default', '1'))

    test('is the same until something is written, and that of a transaction is the one of its time', async () => {
      const first = await store.snapshot()
      expect(await store.read(async (transaction) => transaction.snapshot)).toBe(first)
      expect(await store.snapshot()).toBe(first)
      await touch(store)
      const second = await store.snapshot()
      expect(second).not.toBe(first)
      expect(await store.read(async (transaction) => transaction.snapshot)).toBe(second)
    })

    test('outlives a write that only says when a token was used, or that writes nothing', async () => {
      await store.write((transaction) => transaction.tokens.put(STORED_TOKEN))
      const before = await store.snapshot()
      await store.write((transaction) => transaction.tokens.touch(STORED_TOKEN.id, NOW))
      await store.write(async () => {})
      expect(await store.snapshot()).toBe(before)
    })

    test('is another one after each write of a transaction, and still holds when that keeps nothing', async () => {
      const before = await store.snapshot()
      const failing = store.write(async (transaction) => {
        expect(transaction.snapshot).toBe(before)
        await transaction.putCursor('default', '1')
        expect(transaction.snapshot).not.toBe(before)
        throw new Error('no')
      })
      await expect(failing).rejects.toThrow('no')
      expect(await store.snapshot()).toBe(before)
    })
  })
}
