import { describe, expect, test } from 'vitest'
import { compareWorkspaces } from '../../../../src/domain/questions/preview/compare.js'
import { previewWindows, windowOfDates, windowUntil } from '../../../../src/domain/questions/preview/preview-windows.js'
import { sampleVisitor } from '../../../../src/domain/questions/preview/sample-visitor.js'
import { DAY_MS, HOUR_MS } from '../../../../src/domain/time/calendar-date.js'
import { Zone } from '../../../../src/domain/time/zone.js'
import { workspaceOf } from '../../workspace-builder.js'

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

const compared = (change: object, days = 2, base: object = BASE) =>
  compareWorkspaces(workspaceOf(base), workspaceOf({ ...base, ...change }), [
    { from: NOW, to: NOW + days * DAY_MS },
  ]).stretches.map(({ from, to, differences, visitor }) => ({
    hours: [from, to].map((at) => (at - NOW) / HOUR_MS),
    seen: differences.map(({ what, before, after }) => `${what}: ${before} → ${after}`),
    ...(visitor && { visitor }),
  }))

describe('R36: what auto-offline hides is told, not swallowed', () => {
  const away = (...people: object[]) => people.map((person) => ({ ...person, status: 'away' }))
  const hidden = { ...BASE, widget: { autoOffline: true }, agents: away(...BASE.agents) }
  const HOURS = { weekly: { mon: '09:00-17:00', tue: '06:00-07:00' } }
  const NOBODY = 'Auto-offline hides it: nobody is available'
  const duty = { shifts: [{ id: 'late', days: 'tue', hours: '06:30-20:00', agents: ['2'] }] }

  test.each<{ title: string; base: object; change: object; seen: string[]; hidden?: string | undefined }>([
    {
      title: 'other hours while everyone is away',
      base: hidden,
      change: { hours: HOURS },
      seen: ['18-19 promise: offline → online', '21-29 promise: online → offline'],
      hidden: `${NOBODY}. It shows as soon as Ana or Ben is.`,
    },
    {
      title: 'nothing is hidden while somebody is available',
      base: { ...hidden, agents: BASE.agents },
      change: { hours: HOURS },
      seen: ['18-19 mode: offline → online', '21-29 mode: online → offline'],
    },
    {
      title: 'nor while auto-offline is off',
      base: { ...hidden, widget: {} },
      change: { hours: HOURS },
      seen: ['18-19 mode: offline → online', '21-29 mode: online → offline'],
    },
    {
      title: 'the mode set by hand',
      base: hidden,
      change: { widget: { autoOffline: true, mode: 'online' } },
      seen: ['5-21 promise: offline → online', '29-48 promise: offline → online'],
      hidden: `${NOBODY}. It shows as soon as Ana or Ben is.`,
    },
    {
      title: 'what the duty shows is shown, and the rest is hidden until someone is on duty',
      base: {
        ...hidden,
        agents: [BASE.agents[0], { id: '2', name: 'Ben' }].map((one, i) => (i ? one : away(one!)[0])),
        duty,
      },
      change: { hours: HOURS },
      seen: ['18-18.5 promise: offline → online', '18.5-19 mode: offline → online', '21-29 mode: online → offline'],
      hidden: `${NOBODY} until Tue 06:30. It shows as soon as Ana or Ben is.`,
    },
    {
      title: 'of many, some are named',
      base: {
        ...hidden,
        agents: away(...['Ana', 'Ben', 'Cleo', 'Dan', 'Eve'].map((name, id) => ({ id: `${id + 1}`, name }))),
      },
      change: { hours: HOURS },
      seen: ['18-19 promise: offline → online', '21-29 promise: online → offline'],
      hidden: `${NOBODY}. It shows as soon as Ana, Ben, Cleo or anyone else is.`,
    },
    {
      title: 'without agents',
      base: { ...hidden, agents: [], routing: {} },
      change: { hours: HOURS },
      seen: ['18-19 promise: offline → online', '21-29 promise: online → offline'],
      hidden: 'Auto-offline hides it: there are no agents. It shows as soon as one is added who is available.',
    },
    {
      title: 'the switch that hides it is a change that visitors see',
      base: hidden,
      change: { widget: {} },
      seen: ['0-5 mode: offline → online', '21-29 mode: offline → online'],
    },
    { title: 'nothing, where neither changes', base: hidden, change: {}, seen: [] },
  ])('R36: $title', ({ base, change, seen, hidden: reason }) => {
    const window = { from: NOW, to: NOW + 2 * DAY_MS }
    const { stretches } = compareWorkspaces(workspaceOf(base), workspaceOf({ ...base, ...change }), [window])
    const told = stretches.flatMap(({ from, to, differences }) =>
      differences
        .filter(({ what }) => what === 'mode' || what === 'promise')
        .map(({ what, before, after }) => {
          return `${(from - NOW) / HOUR_MS}-${(to - NOW) / HOUR_MS} ${what}: ${before} → ${after}`
        }),
    )
    expect(told).toEqual(seen)
    const [first] = stretches.filter((stretch) => stretch.hidden)
    expect(first?.hidden?.text).toBe(reason)
  })
})

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
      { hours: [0, 2.4], seen: ['message: Questions? → null'], visitor: { url: '/pricing', attributes: {} } },
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
    const base = { ...BASE, routing: { default: { to: { 'round-robin': ['1', '2'] } } } }
    const agents = [{ id: '1', name: 'Ana', status: 'away', until: '2026-11-23T14:00:00Z' }, BASE.agents[1]]
    expect(compared({ agents }, 1, base)).toEqual([{ hours: [0, 2], seen: ['chat: Ana or Ben → Ben'] }])
  })

  test('R18: who is in a team, for the visitors of the rules that name it', () => {
    const base = {
      ...BASE,
      teams: [{ id: 'vip', members: ['1'] }],
      routing: { ...BASE.routing, rules: [{ id: 'gold', when: { plan: 'gold' }, to: { team: 'vip' } }] },
    }
    expect(compared({ teams: [{ id: 'vip', members: ['2'] }] }, 0.1, base)).toEqual([
      { hours: [0, 2.4], seen: ['chat: Ana → Ben'], visitor: { attributes: { plan: 'gold' } } },
    ])
    expect(compared({ teams: [{ id: 'vip', members: ['1', '2'] }] }, 0.1, base)).toEqual([
      { hours: [0, 2.4], seen: ['chat: Ana → Ana or Ben'], visitor: { attributes: { plan: 'gold' } } },
    ])
  })

  test('R22: an order, for who meets two rules and sees the first', () => {
    const gold = { id: 'gold', when: { plan: 'gold' }, to: { agent: '2' } }
    const german = { id: 'german', when: { country: 'DE' }, to: { agent: '1' } }
    const base = { ...BASE, routing: { rules: [gold, german] } }
    expect(compared({ routing: { rules: [german, gold] } }, 0.1, base)).toEqual([
      { hours: [0, 2.4], seen: ['chat: Ben → Ana'], visitor: { attributes: { plan: 'gold', country: 'DE' } } },
    ])
  })

  test('of many people, those who differ', () => {
    const crowd = Array.from({ length: 9 }, (_, index) => ({ id: `${index}`, name: `Agent ${index}` }))
    const base = { ...BASE, agents: crowd, routing: { default: { to: { 'round-robin': crowd.map(({ id }) => id) } } } }
    const agents = crowd.map((agent) => (agent.id === '7' ? { ...agent, status: 'away' } : agent))
    expect(compared({ agents }, 0.1, base)).toEqual([
      { hours: [0, 2.4], seen: ['chat: Agent 7 or 8 others → 8 people'] },
    ])
  })

  test('two people of one name are told apart', () => {
    const agents = [...BASE.agents, { id: '3', name: 'Ana' }]
    const base = { ...BASE, agents }
    expect(compared({ routing: { default: { to: { agent: '3' } } } }, 0.1, base)[0]!.seen).toEqual([
      'chat: Ana (1) → Ana (3)',
    ])
  })

  test('what a visitor sees beside what anyone does is told alone', () => {
    const change = { hours: { weekly: { mon: '09:00-13:00', tue: '09:00-17:00' } } }
    const playbooks = [{ ...BASE.playbooks[0]!, when: 'online' }]
    expect(compared(change, 1, { ...BASE, playbooks })).toEqual([
      { hours: [1, 5], seen: ['mode: online → offline', 'greeting: Hi → Away'] },
      { hours: [1, 5], seen: ['message: Questions? → null'], visitor: { url: '/pricing', attributes: {} } },
    ])
  })

  test('what would take too long is left out, and said', () => {
    const agents = Array.from({ length: 400 }, (_, index) => ({ id: `${index}` }))
    const to = { 'round-robin': agents.map(({ id }) => id) }
    const rules = Array.from({ length: 200 }, (_, index) => ({ id: `r${index}`, when: { n: index }, to }))
    const many = { ...BASE, agents, routing: { rules } }
    const windows = [{ from: NOW, to: NOW + 7 * DAY_MS }]
    const { stretches, isPartial } = compareWorkspaces(
      workspaceOf(many),
      workspaceOf({ ...many, agents: agents.slice(1), routing: { rules: [] } }),
      windows,
    )
    const tried = new Set(stretches.map(({ visitor }) => visitor?.attributes?.n))
    expect(tried.size).toBeGreaterThan(1)
    expect(tried.size).toBeLessThan(200)
    expect(isPartial).toBe(true)
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
  { both: [{ a: 1 }, { b: 2 }], attributes: { a: 1, b: 2 } },
  { both: [{ n: { gte: 10 } }, { n: { gte: 500 } }], attributes: { n: 500 } },
  { both: [{ n: { gte: 500 } }, { n: { gte: 10 } }], attributes: { n: 500 } },
  { both: [{ plan: 'gold' }, { plan: 'free' }], attributes: undefined },
])('a visitor of both $both.0 and $both.1', ({ both, attributes }) => {
  expect(sampleVisitor(...both.map((visitor) => ({ visitor })))?.attributes).toEqual(attributes)
})

describe('a preview covers the days ahead and what the change touches', () => {
  const UTC = Zone.of('UTC')
  const days = (windows: readonly { from: number; to: number }[]) =>
    previewWindows(NOW, 7 * DAY_MS, windows).map(({ from, to }) => [from, to].map((at) => (at - NOW) / DAY_MS))

  test.each([
    { dates: [], windows: [[0, 7]] },
    { dates: ['2026-11-25'], windows: [[0, 7]] },
    {
      dates: ['2026-12-24'],
      windows: [
        [0, 7],
        [29.5, 33.5],
      ],
    },
    {
      dates: ['2026-12-24..2026-12-26', '2026-12-27'],
      windows: [
        [0, 7],
        [29.5, 36.5],
      ],
    },
    { dates: ['11-24'], windows: [[0, 7]] },
    {
      dates: ['11-01'],
      windows: [
        [0, 7],
        [341.5, 345.5],
      ],
    },
    { dates: ['2020-01-01'], windows: [[0, 7]] },
  ])('the dates $dates', ({ dates, windows }) => {
    expect(days(dates.map((text) => windowOfDates(text, NOW, UTC)))).toEqual(windows)
  })

  test.each([
    { end: '2026-11-24T10:00:00Z', windows: [[0, 7]] },
    { end: '2027-03-01T10:00:00Z', windows: [[0, 99.5]] },
    {
      end: '2030-03-01T10:00:00Z',
      windows: [
        [0, 7],
        [1193.5, 1195.5],
      ],
    },
  ])('everything until $end, or the days around an end far away', ({ end, windows }) => {
    expect(days([windowUntil(Date.parse(end), NOW, UTC)])).toEqual(windows)
  })

  test('an end is on the day that it has in the zone', () => {
    const [, around] = previewWindows(NOW, 7 * DAY_MS, [
      windowUntil(Date.parse('2030-03-01T20:00:00Z'), NOW, Zone.of('Asia/Tokyo')),
    ])
    expect(new Date(around!.from).toISOString()).toBe('2030-03-01T15:00:00.000Z')
  })
})
