import { describe, expect, test } from 'vitest'
import type { Client } from '../../../src/api/client.js'
import type { StatusAnswer } from '../../../src/api/contract/answers.js'
import { watchStatus } from '../../../src/cli/session/watch-status.js'
import { DriftStatusError } from '../../../src/domain/errors.js'

const START = Date.parse('2026-11-23T15:00:00.000Z')

/** A status as far as a watch reads it. */
function statusAt(revision: number, at = START, nextChange: number | undefined = undefined): StatusAnswer {
  return {
    at: new Date(at).toISOString(),
    revision,
    widget: {
      nextChange: nextChange === undefined ? null : { at: new Date(nextChange).toISOString(), mode: 'offline' },
    },
    agents: { listed: [] },
    reasons: [],
  } as unknown as StatusAnswer
}

/** A service whose every answer and event the test gives; a watch of it, and the revisions that it showed. */
function watched() {
  const ending = new AbortController()
  const shown: number[] = []
  const looks: { answer(status: StatusAnswer): void; fail(error: Error): void }[] = []
  let asked = () => {}
  let event = (_: 'revision' | 'lost') => {}
  const client = {
    getStatus: () =>
      new Promise<StatusAnswer>((answer, fail) => {
        looks.push({ answer, fail })
        asked()
      }),
    async *events(_: number, signal: AbortSignal) {
      for (const over = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve())); ; ) {
        const next = new Promise<'revision' | 'lost'>((resolve) => (event = resolve))
        const type = await Promise.race([next, over])
        if (!type) return
        yield type === 'lost' ? { type, reason: 'it is gone' } : { type, revision: {} }
      }
    },
  } as unknown as Client
  const ended = watchStatus(client, {
    signal: ending.signal,
    show: async ({ revision }) => void shown.push(revision),
    tell: () => {},
  })
  return {
    shown,
    looks: () => looks.length,
    event: (type: 'revision' | 'lost') => event(type),
    /** The next look of the watch, whether it is running already or not. */
    async look() {
      if (looks.length === 0) await new Promise<void>((resolve) => (asked = resolve))
      return looks.shift()!
    },
    async end() {
      ending.abort()
      await ended
    },
  }
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 20))

describe('a watch looks again', () => {
  test('at what is written while it looks at what time changed', async () => {
    const watch = watched()
    ;(await watch.look()).answer(statusAt(1, START, START + 5))
    const timed = await watch.look()
    watch.event('revision')
    await settled()
    // The service read this before the write.
    timed.answer(statusAt(1, START + 5))
    ;(await watch.look()).answer(statusAt(2, START + 6))
    await settled()
    expect(watch.shown).toEqual([1, 1, 2])
    await watch.end()
  })

  test("at an instant of the service's clock, however wrong this one is", async () => {
    const watch = watched()
    ;(await watch.look()).answer(statusAt(1, START, START + 5))
    ;(await watch.look()).answer(statusAt(1, START + 5))
    await settled()
    expect(watch.shown).toEqual([1, 1])
    await watch.end()
  })
})

test('a watch that cannot look waits for the connection, and does not ask again and again', async () => {
  const watch = watched()
  ;(await watch.look()).answer(statusAt(1, START, START + 5))
  ;(await watch.look()).fail(new DriftStatusError('unreachable', 'it is gone'))
  await settled()
  expect(watch.looks()).toBe(0)
  watch.event('revision')
  ;(await watch.look()).answer(statusAt(2, START + 60))
  await settled()
  expect(watch.shown).toEqual([1, 2])
  await watch.end()
})

test('a watch ends with the error of a service that refuses', async () => {
  const watch = watched()
  ;(await watch.look()).answer(statusAt(1, START, START + 5))
  ;(await watch.look()).fail(new DriftStatusError('not-logged-in', 'the token was revoked'))
  await expect(watch.end()).rejects.toMatchObject({ code: 'not-logged-in' })
})
