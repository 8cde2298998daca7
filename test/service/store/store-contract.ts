import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Revision, RevisionFilter, Store, WriteTransaction } from '../../../src/service/store/store.js'
import { describeAgents } from './agents-contract.js'
import { fillStore } from './fill-store.js'
import { describeTokens } from './tokens-contract.js'

const NOW = Date.parse('2026-11-23T17:00:00Z')
const HOUR = 3_600_000

const FIRST = 100
const LONG = 1500

/** More revisions than a page by far, some of an actor and of a path that are rare, under a clock that jumps back. */
function longLog(): readonly Revision[] {
  return Array.from({ length: LONG }, (_, index) => {
    const path = index % 100 === 7 ? 'hours.weekly.mon' : index % 701 === 0 ? 'hours' : `agents[${index % 5}].note`
    return {
      number: FIRST + index,
      at: NOW + (index % 50 === 0 ? index / 2 : index) * 1000,
      actor: index % 400 === 3 ? 'rare' : index % 2 === 0 ? 'sam' : 'ana',
      note: undefined,
      changes: [{ path, after: index }],
    }
  })
}

function matches({ number, at, actor, changes }: Revision, filter: RevisionFilter): boolean {
  const contains = (outer: string, inner: string) =>
    inner === outer || inner.startsWith(`${outer}.`) || inner.startsWith(`${outer}[`)
  return (
    (filter.actor ?? actor) === actor &&
    (filter.since ?? at) <= at &&
    (filter.before ?? Infinity) > number &&
    (filter.path === undefined ||
      changes.some(({ path }) => contains(path, filter.path!) || contains(filter.path!, path)))
  )
}

/** What every store must keep, whatever it is built on. */
export function describeStore(name: string, open: () => Promise<Store>): void {
  describe(`${name} as a store`, () => {
    let store: Store
    beforeEach(async () => {
      store = await open()
      await fillStore(store, { agents: [{ id: '1', email: 'sam@acme.example' }, { id: '2' }] })
    })
    afterEach(() => store.close())

    test('a workspace has an identity of its own, which writing does not change', async () => {
      const identity = await store.read((transaction) => transaction.identity())
      await store.write((transaction) =>
        transaction.putSection('general', { name: 'Other', plan: 'free', timeZone: 'UTC' }, 2),
      )
      expect(await store.read((transaction) => transaction.identity())).toEqual(identity)
      expect(identity.id).toMatch(/^[0-9a-f]{12}$/)
      expect(identity.number).toBeGreaterThan(0)
      expect(identity.number).toBeLessThan(2 ** 31)
    })

    describe('transactions', () => {
      test('a write that throws keeps nothing of what it wrote, and throws what was thrown', async () => {
        const reason = new Error('changed my mind')
        const work = async (transaction: WriteTransaction) => {
          await transaction.putSection('greeting', { online: 'new' }, 2)
          await transaction.agents.put({ id: '9', role: 'agent' }, 2)
          await transaction.agents.delete('1')
          await transaction.putCursor('default', '2')
          await transaction.assignments.add('2', undefined, NOW)
          await transaction.revisions.add({ number: 2, at: NOW, actor: 'sam', note: undefined, changes: [] })
          throw reason
        }
        await expect(store.write(work)).rejects.toBe(reason)
        await store.read(async (transaction) => {
          expect(await transaction.section('greeting')).toEqual({ value: {}, revision: 1 })
          expect(await transaction.agents.find('9')).toBeUndefined()
          expect(await transaction.agents.find('1')).toMatchObject({ agent: { id: '1' }, revision: 1 })
          expect(await transaction.cursors()).toEqual(new Map())
          expect(await transaction.assignments.open(9)).toEqual([])
          expect(await transaction.revisions.last()).toBe(1)
          expect(await transaction.agents.count(NOW)).toEqual({ available: 2, away: 0, total: 2 })
        })
      })

      test('a write sees what it wrote', async () => {
        const seen = await store.write(async (transaction) => {
          await transaction.putSection('greeting', { online: 'new' }, 2)
          await transaction.agents.put({ id: '9', role: 'agent', status: 'away' }, 2)
          return [(await transaction.section('greeting')).value, (await transaction.agents.find('9'))?.agent.status]
        })
        expect(seen).toEqual([{ online: 'new' }, 'away'])
      })

      test('many writes at once run one after another: no update is lost', async () => {
        const count = (transaction: WriteTransaction) =>
          transaction.section('general').then(({ value }) => {
            const total = Number(value.name) || 0
            return transaction.putSection('general', { ...value, name: String(total + 1) }, 1)
          })
        await Promise.all(Array.from({ length: 40 }, () => store.write(count)))
        expect((await store.read((transaction) => transaction.section('general'))).value.name).toBe('40')
      })

      test('writes that wait together see each other, and one that fails is undone alone', async () => {
        const flip = (status: 'available' | 'away', revision: number) =>
          store.write(async (transaction) => {
            const stored = await transaction.agents.find('2')
            await transaction.agents.put({ id: '2', role: 'agent', status }, revision)
            return stored?.revision
          })
        const failing = (work: (transaction: WriteTransaction) => Promise<unknown>) =>
          expect(store.write(work)).rejects.toThrow()
        const [first, , , second] = await Promise.all([
          flip('away', 2),
          failing(async (transaction) => {
            await transaction.agents.delete('2')
            await transaction.putSection('greeting', { online: 'gone' }, 3)
            throw new Error('changed my mind')
          }),
          failing((transaction) => transaction.agents.put({ id: '3', role: 'agent', email: 'sam@acme.example' }, 3)),
          flip('available', 3),
        ])
        expect([first, second]).toEqual([1, 2])
        await store.read(async (transaction) => {
          expect(await transaction.agents.find('2')).toMatchObject({ agent: { status: 'available' }, revision: 3 })
          expect(await transaction.section('greeting')).toEqual({ value: {}, revision: 1 })
          expect(await transaction.agents.count(NOW)).toEqual({ available: 2, away: 0, total: 2 })
        })
      })

      test('what a write saw of itself is what is stored once it is kept', async () => {
        const own = await store.write(async (transaction) => {
          await transaction.putSection('greeting', { online: 'new' }, 2)
          await transaction.putCursor('default', '1')
          return transaction.snapshot
        })
        expect(await store.snapshot()).toBe(own)
        expect((await store.read((transaction) => transaction.section('greeting'))).value).toEqual({ online: 'new' })
      })

      test('a long read pauses, sees what was there when it began, and holds up nobody', async () => {
        const before = await store.snapshot()
        const seen: unknown[] = []
        let end = () => {}
        const pause = new Promise<void>((resolve) => {
          end = resolve
        })
        const long = store.read(
          async (transaction) => {
            seen.push(transaction.snapshot, await transaction.cursor('default'))
            await pause
            seen.push(transaction.snapshot, await transaction.cursor('default'))
          },
          { isLong: true },
        )
        await store.read((transaction) => transaction.revisions.last())
        await expect.poll(() => seen).toHaveLength(2)
        await store.write((transaction) => transaction.putCursor('default', '2'))
        expect(await store.read((transaction) => transaction.cursor('default'))).toBe('2')
        end()
        await long
        expect(seen).toEqual([before, undefined, before, undefined])
        const later = await store.read(async ({ snapshot }) => snapshot, { isLong: true })
        expect(later).toBe(await store.snapshot())
        expect(later).not.toBe(before)
      })

      test('a store goes on after a write that threw', async () => {
        const failing = store.write(() => Promise.reject(new Error('no')))
        const following = store.write((transaction) => transaction.putCursor('default', '1'))
        await expect(failing).rejects.toThrow('no')
        await following
        expect(await store.read((transaction) => transaction.cursor('default'))).toBe('1')
      })
    })

    test('a section is kept whole, with the revision that wrote it last', async () => {
      const hours = {
        weekly: { mon: ['09:00-12:00', '13:00-17:00'] },
        exceptions: [{ yearly: '01-01', hours: 'closed' }],
      }
      await store.write((transaction) => transaction.putSection('hours', hours, 7))
      await store.read(async (transaction) => {
        expect(await transaction.section('hours')).toEqual({ value: hours, revision: 7 })
        expect((await transaction.section('teams')).revision).toBe(1)
      })
    })

    describe('cursors', () => {
      test('a cursor is put, replaced, listed and taken away', async () => {
        await store.write(async (transaction) => {
          await transaction.putCursor('team:sales', '1')
          await transaction.putCursor('default', '2')
          await transaction.putCursor('team:sales', '2')
        })
        expect(await store.read((transaction) => transaction.cursors())).toEqual(
          new Map([
            ['default', '2'],
            ['team:sales', '2'],
          ]),
        )
        await store.write((transaction) => transaction.putCursor('default', undefined))
        expect(await store.read((transaction) => transaction.cursor('default'))).toBeUndefined()
      })

      test('R21: a cursor outlives its agent', async () => {
        await store.write(async (transaction) => {
          await transaction.putCursor('default', '2')
          await transaction.agents.delete('2')
        })
        expect(await store.read((transaction) => transaction.cursor('default'))).toBe('2')
      })
    })

    test('a job is for whoever takes it first, until its end, and taking it is no write that anyone sees', async () => {
      const before = await store.snapshot()
      const take = (name: string, now: number) =>
        store.write((transaction) => transaction.takeLease(name, now, now + HOUR))
      expect(await Promise.all([take('sync', NOW), take('sync', NOW), take('other', NOW)])).toEqual([true, false, true])
      expect(await take('sync', NOW + HOUR - 1)).toBe(false)
      expect(await take('sync', NOW + HOUR)).toBe(true)
      expect(await store.snapshot()).toBe(before)
    })

    describe('assignments', () => {
      test('an assignment adds an open chat and a turn to its agent, and its end takes the chat away', async () => {
        const first = await store.write((transaction) => transaction.assignments.add('2', 'dach', NOW))
        const second = await store.write((transaction) => transaction.assignments.add('2', undefined, NOW + HOUR))
        expect(first).toMatchObject({ at: NOW, agent: '2', rule: 'dach', endedAt: undefined })
        const routed = () => store.read(async (transaction) => (await transaction.agents.find('2'))?.agent)
        expect(await routed()).toMatchObject({ openChats: 2, lastRoutedAt: new Date(NOW + HOUR).toISOString() })

        await store.write((transaction) => transaction.assignments.end(first.id, NOW + 2 * HOUR))
        expect(await routed()).toMatchObject({ openChats: 1, lastRoutedAt: new Date(NOW + HOUR).toISOString() })
        await store.read(async (transaction) => {
          expect(await transaction.assignments.open(9)).toEqual([second])
          expect(await transaction.assignments.find(first.id)).toEqual({ ...first, endedAt: NOW + 2 * HOUR })
        })
      })

      test('ending a chat twice ends it once, at its first end', async () => {
        const ids = await store.write(async (transaction) => {
          const { id } = await transaction.assignments.add('2', undefined, NOW)
          await transaction.assignments.add('2', undefined, NOW)
          return [id]
        })
        for (const at of [NOW + 1, NOW + 2]) {
          await store.write((transaction) => transaction.assignments.end(ids[0]!, at))
        }
        await store.read(async (transaction) => {
          expect((await transaction.agents.find('2'))?.agent.openChats).toBe(1)
          expect((await transaction.assignments.find(ids[0]!))?.endedAt).toBe(NOW + 1)
        })
      })

      test('open chats are listed newest first, at most as many as asked for', async () => {
        const ids: number[] = []
        for (let turn = 0; turn < 4; turn++) {
          ids.push((await store.write((transaction) => transaction.assignments.add('1', undefined, NOW + turn))).id)
        }
        const open = await store.read((transaction) => transaction.assignments.open(3))
        expect(open.map(({ id }) => id)).toEqual(ids.reverse().slice(0, 3))
        expect(await store.read((transaction) => transaction.assignments.find(10_000))).toBeUndefined()
      })
    })

    describe('revisions', () => {
      const WRITTEN = [
        { actor: 'sam', paths: ['hours.weekly.mon', 'hours.weekly.tue'] },
        { actor: 'ana', paths: ['hours.weekly'] },
        { actor: 'sam', paths: ['agents[2].status'] },
        { actor: 'ana', paths: ['agents[22].status'] },
        { actor: 'sam', paths: ['hours.exceptions[2026-12-24].hours'] },
        { actor: 'sam', paths: ['hours'] },
        { actor: 'sam', paths: ['hoursX', 'widget.mode'] },
      ] as const
      beforeEach(() =>
        store.write(async (transaction) => {
          for (const [index, { actor, paths }] of WRITTEN.entries()) {
            const changes = paths.map((path) => ({ path, before: { old: index }, after: [index, null] }))
            const number = index + 2
            const note = index === 0 ? 'why' : undefined
            await transaction.revisions.add({ number, at: NOW + index * HOUR, actor, note, changes })
          }
        }),
      )

      test('a revision is kept whole', async () => {
        await store.read(async (transaction) => {
          expect(await transaction.revisions.find(2)).toEqual({
            number: 2,
            at: NOW,
            actor: 'sam',
            note: 'why',
            changes: [
              { path: 'hours.weekly.mon', before: { old: 0 }, after: [0, null] },
              { path: 'hours.weekly.tue', before: { old: 0 }, after: [0, null] },
            ],
          })
          expect((await transaction.revisions.find(3))?.note).toBeUndefined()
          expect(await transaction.revisions.find(99)).toBeUndefined()
          expect(await transaction.revisions.last()).toBe(8)
        })
      })

      test.each<{ title: string; filter: Partial<RevisionFilter>; numbers: readonly number[] }>([
        { title: 'all, newest first', filter: {}, numbers: [8, 7, 6, 5, 4, 3, 2, 1] },
        { title: 'at most two', filter: { limit: 2 }, numbers: [8, 7] },
        { title: 'before a number', filter: { before: 4 }, numbers: [3, 2, 1] },
        { title: 'the page before a number', filter: { before: 7, limit: 2 }, numbers: [6, 5] },
        { title: 'of an actor', filter: { actor: 'ana' }, numbers: [5, 3] },
        { title: 'of nobody known', filter: { actor: 'an' }, numbers: [] },
        { title: 'since an instant, that instant included', filter: { since: NOW + 5 * HOUR }, numbers: [8, 7] },
        { title: 'of a path, what lies in it and around it', filter: { path: 'hours.weekly' }, numbers: [7, 3, 2] },
        { title: 'of a leaf, what lies around it', filter: { path: 'hours.weekly.mon' }, numbers: [7, 3, 2] },
        { title: 'of a leaf that never changed itself', filter: { path: 'hours.weekly.fri' }, numbers: [7, 3] },
        { title: 'of a root, everything in it', filter: { path: 'hours' }, numbers: [7, 6, 3, 2] },
        { title: 'of an item, what lies in it', filter: { path: 'hours.exceptions[2026-12-24]' }, numbers: [7, 6] },
        { title: 'of an agent, no other agent', filter: { path: 'agents[2]' }, numbers: [4] },
        { title: 'of all agents', filter: { path: 'agents' }, numbers: [5, 4] },
        { title: 'of a path nobody wrote', filter: { path: 'greeting' }, numbers: [] },
        { title: 'of a path that looks like a pattern', filter: { path: '%' }, numbers: [] },
        {
          title: 'of all of it together',
          filter: { actor: 'sam', path: 'hours', since: NOW + 1, before: 7 },
          numbers: [6],
        },
      ])('are found: $title', async ({ filter, numbers }) => {
        const found = await store.read((transaction) => transaction.revisions.list({ limit: 100, ...filter }))
        expect(found.revisions.map(({ number }) => number)).toEqual(numbers)
      })

      test('are fewer than asked for when their changes are long, at least one, and say that there are more', async () => {
        const changes = [{ path: 'greeting', after: 'x'.repeat(600 * 1024) }]
        await store.write(async (transaction) => {
          for (const number of [9, 10, 11]) {
            await transaction.revisions.add({ number, at: NOW + 9 * HOUR, actor: 'sam', note: undefined, changes })
          }
        })
        const page = async (filter: Partial<RevisionFilter>) => {
          const found = await store.read((transaction) => transaction.revisions.list({ limit: 10, ...filter }))
          return [found.revisions.map(({ number }) => number), found.hasMore]
        }
        expect(await page({})).toEqual([[11], true])
        expect(await page({ before: 10 })).toEqual([[9, 8, 7, 6, 5, 4, 3, 2, 1], false])
        expect(await page({ path: 'greeting', before: 11 })).toEqual([[10], true])
        expect(await page({ before: 9, limit: 8 })).toEqual([[8, 7, 6, 5, 4, 3, 2, 1], false])
      })

      test('are found in a long log as looking at each one would find them', async () => {
        const revisions = longLog()
        await store.write(async (transaction) => {
          for (const revision of revisions) await transaction.revisions.add(revision)
        })
        const filters = fc.record(
          {
            actor: fc.constantFrom('sam', 'ana', 'rare', 'nobody'),
            path: fc.constantFrom('agents', 'agents[3]', 'agents[3].note', 'hours', 'hours.weekly.mon', 'widget', 'x'),
            since: fc.integer({ min: 0, max: LONG + 50 }).map((second) => NOW + second * 1000),
            before: fc.integer({ min: 1, max: LONG + 50 }),
            limit: fc.constantFrom(1, 20, 5000),
          },
          { requiredKeys: ['limit'] },
        )
        await fc.assert(
          fc.asyncProperty(filters, async (filter) => {
            const found = await store.read((transaction) => transaction.revisions.list(filter))
            const wanted = revisions.filter((revision) => matches(revision, filter)).toReversed()
            const numbers = found.revisions.map(({ number }) => number).filter((number) => number >= FIRST)
            expect(numbers).toEqual(wanted.slice(0, filter.limit).map(({ number }) => number))
            if (wanted.length > filter.limit) expect(found.hasMore).toBe(true)
          }),
          { numRuns: 200 },
        )
      })
    })
  })

  describeAgents(name, open)
  describe(`${name} as a store of tokens`, () => describeTokens(open))
}
