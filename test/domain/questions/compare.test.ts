import { describe, expect, test } from 'vitest'
import { compareWorkspaces, previewWindows } from '../../../src/domain/questions/compare.js'
import { sampleVisitor } from '../../../src/domain/questions/sample-visitor.js'
import { DAY_MS, HOUR_MS } from '../../../src/domain/time/calendar-date.js'
import { Zone } from '../../../src/domain/time/zone.js'
import { workspaceOf } from '../workspace-builder.js'

/** A Monday noon in UTC. */
const NOW = Date.parse('2026-11-23T12:00:00Z')
const BASE = {
  timeZone: 'UTC',
  hours: { weekly: { mon: '09:00-17:00', tue: '09:00-17:00' } },
  agents: [
    { id: '1', name: 'Ana' },
    { id: '2', name: 'Ben' },
  ],
  greeting: { online: 'Hi', offline: 'Away' },
  routing: { rules: [{ id: 'gold', when: { plan: 'gold' }, to: { agent: '2' } }], default: { to: { agent: '1' } } },
  playbooks: [{ id: 'p', enabled: true, target: { url: ['/pricing*'] }, message: 'Questions?' }],
}

const compared = (change: object, days = 2) =>
  compareWorkspaces(workspaceOf(BASE), workspaceOf({ ...BASE, ...change }), [
    { from: NOW, to: NOW + days * DAY_MS },
  ]).map(({ from, to, differences, visitor }) => ({
    hours: [from, to].map((at) => (at - NOW) / HOUR_MS),
    seen: differences.map(({ what, before, after }) => `${what}: ${before} → ${after}`),
    ...(visitor && { visitor }),
  }))

describe('everything that visitors would see differently', () => {
  test('nothing, where nothing changes', () => {
    expect(compared({})).toEqual([])
  })

  test('R8: another mode, and the texts that go with it', () => {
    expect(compared({ hours: { weekly: { mon: '09:00-13:00', tue: '09:00-17:00' } } })).toEqual([
      { hours: [1, 5], seen: ['mode: online → offline', 'greeting: Hi → Away'] },
    ])
  })

  test('R25: whether the widget shows', () => {
    expect(compared({ widget: { display: 'hidden' } }, 0.1)).toEqual([
      { hours: [0, 2.4], seen: ['widget: shown → hidden', 'greeting: Hi → null'] },
    ])
  })

  test('R27: a greeting, only while its mode lasts', () => {
    expect(compared({ greeting: { online: 'Hello', offline: 'Away' } })).toEqual([
      { hours: [0, 5], seen: ['greeting: Hi → Hello'] },
      { hours: [21, 29], seen: ['greeting: Hi → Hello'] },
    ])
  })

  test('R19: who chats, also for the visitors of a rule that changed', () => {
    expect(compared({ routing: { ...BASE.routing, default: { to: { agent: '2' } } } }, 0.1)).toEqual([
      { hours: [0, 2.4], seen: ['chat: Ana → Ben'] },
    ])
    const rules = [{ id: 'gold', when: { plan: 'gold' }, to: { agent: '1' } }]
    expect(compared({ routing: { ...BASE.routing, rules } }, 0.1)).toEqual([
      { hours: [0, 2.4], seen: ['chat: Ben → Ana'], visitor: { attributes: { plan: 'gold' } } },
    ])
  })

  test('R26: a message, for a visitor of its page', () => {
    expect(compared({ playbooks: [] }, 0.1)).toEqual([
      { hours: [0, 2.4], seen: ['message: Questions? → null'], visitor: { url: '/pricing', attributes: {} } },
    ])
  })

  test('R15: an absence, until its end', () => {
    const agents = [{ id: '1', name: 'Ana', status: 'away', until: '2026-11-23T14:00:00Z' }, BASE.agents[1]]
    const routing = { default: { to: { 'round-robin': ['1', '2'] } } }
    const [before, after] = [workspaceOf({ ...BASE, routing }), workspaceOf({ ...BASE, routing, agents })]
    const [stretch, ...others] = compareWorkspaces(before, after, [{ from: NOW, to: NOW + DAY_MS }])
    expect(stretch).toMatchObject({
      to: NOW + 2 * HOUR_MS,
      differences: [{ what: 'chat', before: 'Ana', after: 'Ben' }],
    })
    expect(others).toEqual([])
  })
})

test.each([
  { title: 'a value', target: { visitor: { plan: 'gold' } }, facts: { attributes: { plan: 'gold' } } },
  { title: 'one of several', target: { visitor: { c: { in: ['DE', 'AT'] } } }, facts: { attributes: { c: 'DE' } } },
  { title: 'a bound', target: { visitor: { n: { gte: 50 } } }, facts: { attributes: { n: 50 } } },
  { title: 'something known', target: { visitor: { n: { exists: true } } }, facts: { attributes: { n: true } } },
  { title: 'something unknown', target: { visitor: { n: { exists: false } } }, facts: { attributes: {} } },
  { title: 'a page', target: { url: ['/a/*'] }, facts: { url: '/a/', attributes: {} } },
  { title: 'nobody', target: { visitor: { n: { gte: 50, lte: 10 } } }, facts: undefined },
])('a visitor is found for $title', ({ target, facts }) => {
  expect(sampleVisitor(target)).toEqual(facts)
})

test.each([
  { dates: [], windows: [[0, 7]] },
  { dates: ['2026-11-25'], windows: [[0, 7]] },
  {
    dates: ['2026-12-24'],
    windows: [
      [0, 7],
      [30.5, 32.5],
    ],
  },
  {
    dates: ['2026-12-24..2026-12-26', '2026-12-27'],
    windows: [
      [0, 7],
      [30.5, 35.5],
    ],
  },
  { dates: ['11-24'], windows: [[0, 7]] },
  {
    dates: ['11-01'],
    windows: [
      [0, 7],
      [342.5, 344.5],
    ],
  },
  { dates: ['2020-01-01'], windows: [[0, 7]] },
])('a preview of $dates covers the days ahead and the dates', ({ dates, windows }) => {
  const covered = previewWindows(NOW, 7 * DAY_MS, dates, Zone.of('UTC'))
  expect(covered.map(({ from, to }) => [from, to].map((at) => (at - NOW) / DAY_MS))).toEqual(windows)
})
