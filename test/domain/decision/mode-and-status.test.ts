import { describe, expect, test } from 'vitest'
import { compileWorkspace } from '../../../src/domain/decision/compile-workspace.js'
import { modeAt } from '../../../src/domain/decision/widget.js'
import { simulate } from '../../../src/domain/questions/simulate.js'
import { CLOSED, documentOf, OPEN, people } from '../workspace-builder.js'

const ONE = Date.parse('2026-11-23T13:00-05:00')
const TWO_PEOPLE = people('1', '2 away')

const widgets: readonly { title: string; widget: object; at: number }[] = [
  { title: 'online by hours', widget: {}, at: OPEN },
  { title: 'offline by hours', widget: {}, at: CLOSED },
  { title: 'online by hand', widget: { mode: 'online' }, at: CLOSED },
  { title: 'offline by hand', widget: { mode: 'offline' }, at: OPEN },
  { title: 'offline by override', widget: { override: { mode: 'offline' } }, at: OPEN },
  { title: 'hidden', widget: { display: 'hidden' }, at: OPEN },
  { title: 'hidden while offline', widget: { mode: 'offline', display: 'online-only' }, at: OPEN },
]

describe('R10: mode and status do not write each other', () => {
  for (const { title, widget, at } of widgets) {
    test(`R10: a widget ${title} leaves every status as it is`, () => {
      const { agents } = simulate(documentOf({ widget, agents: TWO_PEOPLE }), { at })
      expect(agents.map(({ status }) => status)).toEqual(['available', 'away'])
    })
  }

  test.each(['online', 'offline'] as const)('R10: statuses leave mode %s as it is', (mode) => {
    const modes = [TWO_PEOPLE, people('1'), people('1 away')].map(
      (agents) => simulate(documentOf({ widget: { mode }, agents }), { at: OPEN }).widget.mode,
    )
    expect(modes).toEqual([mode, mode, mode])
  })

  test('R10: the widget is online again when someone is, without anyone writing anything', () => {
    const agents = [{ id: '1', status: 'away', until: '2026-11-23T13:00:00-05:00' }]
    const document = documentOf({ widget: { autoOffline: true }, agents })
    const before = structuredClone(document)
    const workspace = compileWorkspace(document)
    expect([OPEN, ONE - 1, ONE, CLOSED].map((at) => modeAt(workspace, at))).toEqual([
      'offline',
      'offline',
      'online',
      'offline',
    ])
    expect(document).toEqual(before)
  })

  test('R10: the answer announces the mode that a timed status brings back', () => {
    const agents = [{ id: '1', status: 'away', until: '2026-11-23T13:00:00-05:00' }]
    const { widget } = simulate(documentOf({ widget: { autoOffline: true }, agents }), { at: OPEN })
    expect(widget.nextChange).toEqual({ at: '2026-11-23T13:00:00.000-05:00', mode: 'online' })
  })
})

for (const { title, widget, at } of widgets) {
  test(`R11: routing runs while the widget is ${title}`, () => {
    const routing = { default: { to: { 'round-robin': ['1', '2'] } } }
    const answer = simulate(documentOf({ widget, agents: TWO_PEOPLE, routing }), { at })
    expect(answer.routing).toMatchObject({ rule: 'default', assignee: '1', calendar: '1' })
  })
}

test('R11: routing runs while auto-offline keeps the widget offline', () => {
  const parts = {
    widget: { autoOffline: true },
    agents: people('1 away'),
    routing: { default: { to: { agent: '1' } } },
  }
  const { widget, routing } = simulate(documentOf(parts), { at: OPEN })
  expect({ source: widget.source, assignee: routing.assignee }).toEqual({ source: 'auto-offline', assignee: '1' })
})

const promises: readonly { title: string; parts: object; at?: number; mode: string; warned: boolean }[] = [
  {
    title: 'set online with nobody available succeeds and warns',
    parts: { widget: { mode: 'online' }, agents: people('1 away') },
    at: CLOSED,
    mode: 'online',
    warned: true,
  },
  {
    title: 'an override to online with no agents at all succeeds and warns',
    parts: { widget: { override: { mode: 'online' } }, agents: [] },
    mode: 'online',
    warned: true,
  },
  {
    title: 'a bot keeps no promise',
    parts: { widget: { mode: 'online' }, agents: people('1 away', '9 bot') },
    mode: 'online',
    warned: true,
  },
  {
    title: 'online with somebody available does not warn',
    parts: { widget: { mode: 'online' }, agents: people('1 away', '2') },
    mode: 'online',
    warned: false,
  },
  {
    title: 'offline with nobody available does not warn',
    parts: { widget: { mode: 'offline' }, agents: people('1 away') },
    mode: 'offline',
    warned: false,
  },
  {
    title: 'auto-offline makes no such promise',
    parts: { widget: { mode: 'online', autoOffline: true }, agents: people('1 away') },
    mode: 'offline',
    warned: false,
  },
]

for (const { title, parts, at = OPEN, mode, warned } of promises) {
  test(`R12: ${title}`, () => {
    const answer = simulate(documentOf(parts), { at })
    expect(answer.widget.mode).toBe(mode)
    expect(answer.warnings.some(({ code }) => code === 'online-unstaffed')).toBe(warned)
  })
}

test('R12: a simulation of now does not warn of a promise broken later', () => {
  const agents = [{ id: '1', status: 'available', until: '2026-11-23T13:00:00-05:00' }]
  const document = documentOf({ widget: { mode: 'online' }, agents })
  const warnings = [OPEN, ONE].map((at) => simulate(document, { at }).warnings.map(({ code }) => code))
  expect(warnings).toEqual([[], ['online-unstaffed']])
})
