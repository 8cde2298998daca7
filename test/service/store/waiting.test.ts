import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openSqliteStore } from '../../../src/service/store/sqlite/sqlite-store.js'
import type { Store } from '../../../src/service/store/store.js'
import { newFolder } from '../../cli/fake-context.js'
import { fillStore } from './fill-store.js'
import { holdLock } from './lock-holder.js'

const newPath = () => join(newFolder(), 'workspace.db')
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
const BUSY = { code: 'busy', message: 'others are writing to the workspace' }

/** A store whose file another process has locked for writing, until the work is done or it says so. */
async function whileHeld(
  work: (store: Store, release: () => Promise<void>) => Promise<void>,
  waitMs = 20_000,
): Promise<void> {
  const path = newPath()
  const store = await openSqliteStore(path, { waitMs })
  await fillStore(store, {})
  const { release } = await holdLock(path)
  try {
    await work(store, release)
  } finally {
    await release()
    await store.close()
  }
}

const append = (store: Store, text: string, wait?: Parameters<Store['write']>[1]) =>
  store.write(async (transaction) => {
    await transaction.putCursor('log', `${(await transaction.cursor('log')) ?? ''}${text}`)
  }, wait)
const logOf = (store: Store) => store.read((transaction) => transaction.cursor('log'))

/** Writes that one transaction takes at most. */
const TOGETHER = 50

describe('while another process has the lock of a workspace file', () => {
  test('reads and snapshots go on, and writes wait in the order they came', async () => {
    await whileHeld(async (store, release) => {
      let written = 0
      const writes = [...'abcdef'].map((letter) => append(store, letter).then(() => written++))
      const snapshot = await store.snapshot()
      expect(await store.read((transaction) => transaction.revisions.last())).toBe(1)
      await pause(100)
      expect(await store.snapshot()).toBe(snapshot)
      expect(written).toBe(0)
      await release()
      await Promise.all(writes)
      expect(await logOf(store)).toBe('abcdef')
    })
  })

  test('a write fails at its own limit, also one that waits for another of this process, and keeps nothing', async () => {
    await whileHeld(async (store, release) => {
      const patient = append(store, 'a', { waitMs: 20_000 })
      const refused = [30, 10, 20].map((waitMs) => append(store, 'no', { waitMs }))
      await Promise.all(refused.map((write) => expect(write).rejects.toMatchObject(BUSY)))
      await expect(append(store, 'no', { waitMs: 0 })).rejects.toMatchObject(BUSY)
      await release()
      await patient
      await append(store, 'b', { waitMs: 0 })
      expect(await logOf(store)).toBe('ab')
    })
  })

  test('the limit of the store holds where a write names none', async () => {
    await whileHeld(async (store) => {
      await expect(append(store, 'no')).rejects.toMatchObject(BUSY)
    }, 50)
  })

  test('a write that nobody wants any more is not started', async () => {
    await whileHeld(async (store, release) => {
      const gone = new AbortController()
      const [first, second] = [
        append(store, 'no', { signal: gone.signal }),
        append(store, 'no', { signal: gone.signal }),
      ]
      const third = append(store, 'a')
      await pause(20)
      gone.abort()
      for (const write of [first, second]) await expect(write).rejects.toMatchObject({ code: 'interrupted' })
      await release()
      await third
      expect(await logOf(store)).toBe('a')
    })
  })

  test('a write is refused at once when a thousand wait already, and all that wait are written', async () => {
    await whileHeld(async (store, release) => {
      const writes = Array.from({ length: 1000 }, () => append(store, 'x'))
      await expect(append(store, 'no')).rejects.toMatchObject(BUSY)
      await release()
      await Promise.all(writes)
      expect(await logOf(store)).toBe('x'.repeat(1000))
    })
  })

  test('between two commits of writes that waited, everything else has its turn', async () => {
    await whileHeld(async (store, release) => {
      const turns: number[] = []
      let turn = 0
      let next = setImmediate(function count() {
        turn++
        next = setImmediate(count)
      })
      const writes = Array.from({ length: 5 * TOGETHER }, () => append(store, 'x').then(() => turns.push(turn)))
      await release()
      await Promise.all(writes)
      clearImmediate(next)
      expect(new Set(turns).size).toBeGreaterThanOrEqual(5)
    })
  })

  test('a file that is not opened yet is opened when the lock is gone, and nothing stands still meanwhile', async () => {
    const path = newPath()
    const { release } = await holdLock(path, 'BEGIN EXCLUSIVE')
    let isOpen = false
    const opening = openSqliteStore(path).then((store) => {
      isOpen = true
      return store
    })
    await pause(100)
    expect(isOpen).toBe(false)
    await release()
    const store = await opening
    await fillStore(store, {})
    await store.close()
  })

  test('opening gives up at its limit', async () => {
    const path = newPath()
    const { release } = await holdLock(path, 'BEGIN EXCLUSIVE')
    await expect(openSqliteStore(path, { waitMs: 50 })).rejects.toMatchObject(BUSY)
    await release()
  })
})

test('the event loop has its turn between two commits of many writes', async () => {
  const store = await openSqliteStore(newPath())
  await fillStore(store, {})
  let [turns, isOver] = [0, false]
  const count = () => {
    turns++
    if (!isOver) setImmediate(count)
  }
  const writes = Array.from({ length: 5 * TOGETHER }, () => append(store, 'x'))
  setImmediate(count)
  await Promise.all(writes)
  isOver = true
  expect(turns).toBeGreaterThanOrEqual(4)
  expect(await logOf(store)).toBe('x'.repeat(5 * TOGETHER))
  await store.close()
})

describe('while a long read goes on', () => {
  async function whileReading(waitMs: number, work: (store: Store, end: () => Promise<void>) => Promise<void>) {
    const store = await openSqliteStore(newPath(), { waitMs })
    await fillStore(store, {})
    let release = (): void => {}
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    const reading = store.read(() => held, { isLong: true })
    await work(store, async () => {
      release()
      await reading
    })
    await store.close()
  }
  const number = (store: Store, signal?: AbortSignal) =>
    store.read((transaction) => transaction.revisions.last(), { isLong: true, signal })

  test('other reads and writes go on, and the next long one waits for it', async () => {
    await whileReading(20_000, async (store, end) => {
      const next = number(store)
      await append(store, 'a')
      expect(await logOf(store)).toBe('a')
      await end()
      expect(await next).toBe(1)
    })
  })

  test('one that nobody wants any more is not begun', async () => {
    await whileReading(20_000, async (store, end) => {
      const gone = new AbortController()
      const left = expect(number(store, gone.signal)).rejects.toMatchObject({ code: 'interrupted' })
      await pause(20)
      gone.abort()
      await left
      await end()
    })
  })

  test('one fails at the limit of its wait, and at once when two hundred wait already', async () => {
    await whileReading(100, async (store, end) => {
      const waiting = Array.from({ length: 201 }, () => expect(number(store)).rejects.toMatchObject(BUSY))
      await Promise.all(waiting)
      await end()
      expect(await number(store)).toBe(1)
    })
  })
})
