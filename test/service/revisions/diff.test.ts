import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isOrderPath, parsePath } from '../../../src/api/contract/change-path.js'
import { diff, patch, valueAt } from '../../../src/service/revisions/diff.js'
import type { Change } from '../../../src/service/store/store.js'

const CASES: readonly { title: string; before: unknown; after: unknown; changes: readonly Change[] }[] = [
  { title: 'nothing', before: { a: [1, { b: 2 }] }, after: { a: [1, { b: 2 }] }, changes: [] },
  { title: 'nothing but the order of keys', before: { a: 1, b: 2 }, after: { b: 2, a: 1 }, changes: [] },
  {
    title: 'a value',
    before: { a: { b: 1 } },
    after: { a: { b: 2 } },
    changes: [{ path: 'w.a.b', before: 1, after: 2 }],
  },
  { title: 'a value that came', before: {}, after: { a: 0 }, changes: [{ path: 'w.a', after: 0 }] },
  { title: 'a value that went', before: { a: '' }, after: {}, changes: [{ path: 'w.a', before: '' }] },
  {
    title: 'a list without names, as one value',
    before: { a: ['1', '2'] },
    after: { a: ['2'] },
    changes: [{ path: 'w.a', before: ['1', '2'], after: ['2'] }],
  },
  {
    title: 'one item by its name',
    before: [{ id: 'a', n: 1 }, { id: 'b' }],
    after: [{ id: 'a', n: 2 }, { id: 'b' }],
    changes: [{ path: 'w[a].n', before: 1, after: 2 }],
  },
  {
    title: 'an item that came last, with no word about the order',
    before: [{ id: 'a' }],
    after: [{ id: 'a' }, { id: 'b' }],
    changes: [{ path: 'w[b]', after: { id: 'b' } }],
  },
  {
    title: 'exceptions by their dates',
    before: [{ date: '2026-12-24', hours: 'closed' }],
    after: [
      { yearly: '12-24', hours: 'closed' },
      { from: '2026-12-25', to: '2026-12-26', hours: 'closed' },
    ],
    changes: [
      { path: 'w[2026-12-24]', before: { date: '2026-12-24', hours: 'closed' } },
      { path: 'w[12-24]', after: { yearly: '12-24', hours: 'closed' } },
      { path: 'w[2026-12-25..2026-12-26]', after: { from: '2026-12-25', to: '2026-12-26', hours: 'closed' } },
    ],
  },
]

describe('diff', () => {
  test.each(CASES)('names $title', ({ before, after, changes }) => {
    expect(diff('w', before, after)).toEqual(changes)
  })

  test('names the order of a list where items moved', () => {
    const [first, ...more] = diff('w', [{ id: 'a' }, { id: 'b' }], [{ id: 'b' }, { id: 'a' }])
    expect(more).toEqual([])
    expect(first).toMatchObject({ before: ['a', 'b'], after: ['b', 'a'] })
    expect(isOrderPath(first!.path)).toBe(true)
  })
})

/** Undoes changes as a revert does: items first, for an order may name items that have to come back. */
function undoAll(value: unknown, changes: readonly Change[]): unknown {
  const items = changes.filter(({ path }) => !isOrderPath(path))
  const orders = changes.filter(({ path }) => isOrderPath(path))
  return [...items, ...orders].reduce((now, { path, before }) => patch(now, parsePath(path), before), value)
}

/** Names that a path must keep apart from its own signs. */
const name = fc.oneof(
  fc.constantFrom('a', 'b', 'c', 'order', 'id', 'a.b', 'a[b]', ']', '[', '.', '"', '\\', 'a]b', '#', '0', ' '),
  fc.string({ minLength: 1, maxLength: 3 }),
)
const key = name.filter((text) => text !== '__proto__')
const leaf = fc.oneof(fc.boolean(), fc.integer(), fc.string({ maxLength: 3 }), fc.array(fc.constantFrom('1', '2', '3')))
const item = fc.record({ when: fc.dictionary(key, leaf, { maxKeys: 3 }), to: leaf }, { requiredKeys: [] })
const items = fc
  .uniqueArray(name, { maxLength: 5 })
  .chain((ids) => fc.tuple(...ids.map((id) => item.map((rest) => ({ id, ...rest })))))
const value = fc.record(
  { rules: items, playbooks: items, settings: fc.dictionary(key, leaf, { maxKeys: 3 }) },
  { requiredKeys: ['rules', 'playbooks', 'settings'] },
)

describe('patch', () => {
  test('undoing every change of a diff gives back what was, its order included', () => {
    fc.assert(
      fc.property(value, value, (before, after) => {
        expect(undoAll(after, diff('', before, after))).toEqual(before)
      }),
      { numRuns: 1000 },
    )
  })

  test('a path finds what a change wrote', () => {
    fc.assert(
      fc.property(value, value, (before, after) => {
        for (const change of diff('', before, after)) {
          if (!isOrderPath(change.path)) expect(valueAt(after, parsePath(change.path))).toEqual(change.after)
        }
      }),
      { numRuns: 500 },
    )
  })

  test.each(['constructor', 'toString', 'hasOwnProperty'])('a key "%s" is one as any other', (key) => {
    const [before, after] = [{ when: { a: 1 } }, { when: { a: 1, [key]: 'x' } }]
    const changes = diff('', before, after)
    expect(changes).toEqual([{ path: `when.${key}`, after: 'x' }])
    expect([undoAll(after, changes), diff('', after, before)]).toEqual([before, [{ path: `when.${key}`, before: 'x' }]])
  })
})
