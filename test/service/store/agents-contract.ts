import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { compareIds } from '../../../src/domain/decision/agent.js'
import { compileWorkspace, type Workspace } from '../../../src/domain/decision/compile-workspace.js'
import type { Visitor } from '../../../src/domain/decision/conditions/facts.js'
import { decide } from '../../../src/domain/decision/decide.js'
import type { AgentDocument } from '../../../src/domain/document/schema.js'
import { loadDocument, loadForDeciding } from '../../../src/service/load.js'
import type { AgentFilter, Store } from '../../../src/service/store/store.js'
import { crowdedWorkspaces } from './crowded-workspace.js'
import { fillStore } from './fill-store.js'

const NOW = Date.parse('2026-11-23T17:00:00Z')
const later = (minutes: number) => new Date(NOW + minutes * 60_000).toISOString()

function told(workspace: Workspace, at: number, visitor: Visitor): object {
  const { mode, source, nextChange, faces, routing } = decide(workspace, at, visitor)
  return { mode, source, nextChange, faces: faces.map(({ id }) => id), assignee: routing.assignee?.id }
}

/** What every store must answer about agents. */
export function describeAgents(name: string, open: () => Promise<Store>): void {
  describe(`${name} as a store of agents`, () => {
    let store: Store
    beforeEach(async () => {
      store = await open()
    })
    afterEach(() => store.close())

    test('an agent comes back as it was put, by id and by email, with its revision', async () => {
      await fillStore(store, { agents: [] })
      const agent: AgentDocument = {
        id: '12',
        email: 'mia@acme.example',
        name: 'Mia Chen',
        role: 'admin',
        avatar: 'https://acme.example/mia.png',
        timeZone: 'Europe/Berlin',
        chatLimit: 0,
        bot: false,
        disabled: true,
        status: 'away',
        until: later(45),
        note: '',
        afterwards: [
          { status: 'available', until: later(60), note: 'x' },
          { status: 'away', note: '' },
        ],
        openChats: 2,
        lastRoutedAt: later(-45),
      }
      await store.write((transaction) => transaction.agents.put(agent, 5))
      await store.read(async (transaction) => {
        expect(await transaction.agents.find('12')).toEqual({ agent, revision: 5 })
        expect(await transaction.agents.find('mia@acme.example')).toBeUndefined()
        expect(await transaction.agents.member('12')).toEqual({ agent, revision: 5 })
        expect(await transaction.agents.member('mia@acme.example')).toEqual({ agent, revision: 5 })
        expect(await transaction.agents.member('Mia Chen')).toBeUndefined()
        const names = ['mia@acme.example', '12', 'Mia@Acme.example', 'nobody']
        expect(await transaction.agents.members(names)).toEqual([agent])
      })
    })

    test('an id wins over the same text as an email', async () => {
      await fillStore(store, { agents: [{ id: '2', email: 'x' }] })
      await store.write((transaction) => transaction.agents.put({ id: 'x', role: 'agent' }, 2))
      expect((await store.read((transaction) => transaction.agents.find('x')))?.agent.id).toBe('x')
    })

    test.each([
      { name: 'ana flores', ids: ['1'] },
      { name: 'ANA', ids: ['1', '2'] },
      { name: 'bo', ids: ['3'] },
      { name: 'Ana F', ids: [] },
      { name: '%', ids: [] },
    ])('an agent is found by name, or its first word, in any case: $name', async ({ name: text, ids }) => {
      const names = ['Ana Flores', 'Ana Silva', 'Bo']
      await fillStore(store, { agents: names.map((full, index) => ({ id: String(index + 1), name: full })) })
      const found = await store.read((transaction) => transaction.agents.named(text))
      expect(found.map(({ id }) => id).sort()).toEqual(ids)
    })

    test('an email belongs to one agent: a second is a conflict, and nothing is kept', async () => {
      await fillStore(store, { agents: [{ id: '1', email: 'sam@acme.example' }, { id: '2' }, { id: '3' }] })
      const write = store.write(async (transaction) => {
        await transaction.agents.delete('3')
        await transaction.agents.put({ id: '2', role: 'agent', email: 'sam@acme.example' }, 2)
      })
      await expect(write).rejects.toMatchObject({
        code: 'conflict',
        message: '"sam@acme.example" is the email of another agent',
      })
      await store.read(async (transaction) => {
        expect((await transaction.agents.find('2'))?.agent.email).toBeUndefined()
        expect(await transaction.agents.find('3')).toBeDefined()
      })
    })

    test('an email is free again when its agent is gone', async () => {
      await fillStore(store, { agents: [{ id: '1', email: 'sam@acme.example' }] })
      await store.write(async (transaction) => {
        await transaction.agents.delete('1')
        await transaction.agents.put({ id: '2', role: 'agent', email: 'sam@acme.example' }, 2)
      })
      expect((await store.read((transaction) => transaction.agents.member('sam@acme.example')))?.agent.id).toBe('2')
    })

    describe('R21: order of ids', () => {
      const IDS = ['007', '7', '10', '2', '100', 'b', 'B', 'a-1', '1a', '0', '99999999999999999999', 'é', '']
      const sorted = IDS.filter(Boolean).sort(compareIds)
      beforeEach(() => fillStore(store, { agents: IDS.filter(Boolean).map((id) => ({ id })) }))

      test('agents are listed with numeric ids as numbers and first', async () => {
        const agents = await store.read((transaction) => transaction.agents.list({ limit: 100 }, NOW))
        expect(agents.map(({ id }) => id)).toEqual(sorted)
      })

      test.each([1, 2, 5, 12])('pages of %i miss nobody and repeat nobody', async (limit) => {
        const ids: string[] = []
        for (let after: string | undefined; ; after = ids.at(-1)) {
          const filter: AgentFilter = { after, limit }
          const page = await store.read((transaction) => transaction.agents.list(filter, NOW))
          ids.push(...page.map(({ id }) => id))
          if (page.length < limit) break
        }
        expect(ids).toEqual(sorted)
      })

      test('a page goes on after an agent that is gone', async () => {
        await store.write((transaction) => transaction.agents.delete('7'))
        const page = await store.read((transaction) => transaction.agents.list({ after: '7', limit: 2 }, NOW))
        expect(page.map(({ id }) => id)).toEqual(['10', '100'])
      })
    })

    describe('R15: timed statuses', () => {
      const AGENTS = [
        { id: '1', status: 'available' },
        { id: '2', status: 'away', until: later(10) },
        { id: '3', status: 'available', until: later(20) },
        { id: '4', status: 'away' },
        { id: '5', bot: true, status: 'available', until: later(5) },
        { id: '6', disabled: true, status: 'available' },
        { id: '7', status: 'away', until: later(5), afterwards: [{ status: 'available', until: later(15) }] },
      ]
      test.each([
        { minutes: 0, available: ['1', '3', '5', '6'], counts: { available: 2, away: 3, total: 7 } },
        { minutes: 9, available: ['1', '3', '6', '7'], counts: { available: 3, away: 2, total: 7 } },
        { minutes: 10, available: ['1', '2', '3', '6', '7'], counts: { available: 4, away: 1, total: 7 } },
        { minutes: 15, available: ['1', '2', '3', '6'], counts: { available: 3, away: 2, total: 7 } },
        { minutes: 20, available: ['1', '2', '6'], counts: { available: 2, away: 3, total: 7 } },
      ])('after $minutes minutes $available are available, bots and disabled not counted', async (expected) => {
        await fillStore(store, { agents: AGENTS })
        const at = NOW + expected.minutes * 60_000
        await store.read(async (transaction) => {
          const listed = await transaction.agents.list({ status: 'available', limit: 100 }, at)
          expect(listed.map(({ id }) => id)).toEqual(expected.available)
          expect(await transaction.agents.count(at)).toEqual(expected.counts)
        })
      })

      test('counts follow every way an agent can change', async () => {
        await fillStore(store, { agents: [{ id: '1' }, { id: '2' }] })
        const steps: readonly [AgentDocument | string, readonly [number, number, number]][] = [
          [{ id: '1', role: 'agent', status: 'away' }, [1, 1, 2]],
          [{ id: '1', role: 'agent', status: 'away', until: later(1) }, [1, 1, 2]],
          [{ id: '1', role: 'agent', status: 'available', until: later(1) }, [2, 0, 2]],
          [{ id: '1', role: 'agent', status: 'available', bot: true }, [1, 0, 2]],
          [{ id: '1', role: 'agent', status: 'away', disabled: true }, [1, 0, 2]],
          [{ id: '1', role: 'agent', status: 'away' }, [1, 1, 2]],
          [{ id: '3', role: 'agent', status: 'away' }, [1, 2, 3]],
          ['1', [1, 1, 2]],
          ['2', [0, 1, 1]],
          ['3', [0, 0, 0]],
        ]
        for (const [step, [available, away, total]] of steps) {
          await store.write((transaction) =>
            typeof step === 'string' ? transaction.agents.delete(step) : transaction.agents.put(step, 2),
          )
          expect(await store.read((transaction) => transaction.agents.count(NOW))).toEqual({ available, away, total })
        }
      })
    })

    test('R29: the agents for deciding decide as the whole document does, now and later', async () => {
      await fc.assert(
        fc.asyncProperty(crowdedWorkspaces, async ({ document, instants, visitor }) => {
          const fresh = await open()
          try {
            await fillStore(fresh, document)
            await fresh.read(async (transaction) => {
              const owner = visitor.attributes['account.owner']
              const also = owner === undefined ? [] : [{ agent: owner }]
              const partial = compileWorkspace(await loadForDeciding(transaction, instants[0]!, also))
              const whole = compileWorkspace(await loadDocument(transaction, instants[0]!))
              for (const at of instants) {
                const [some, all] = [told(partial, at, visitor), told(whole, at, visitor)]
                expect(some).toEqual(all)
              }
            })
          } finally {
            await fresh.close()
          }
        }),
        { numRuns: 60 },
      )
    })
  })
}
