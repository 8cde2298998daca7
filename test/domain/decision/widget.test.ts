import { describe, expect, test } from 'vitest'
import { decide } from '../../../src/domain/decision/decide.js'
import { simulate } from '../../../src/domain/questions/simulate.js'
import { CLOSED, documentOf, OPEN, people, workspaceOf } from '../workspace-builder.js'

const UNTIL_ONE = '2026-11-23T13:00:00-05:00'
const ONE = Date.parse(UNTIL_ONE)
const AWAY = people('1 away', '2 away')

const modes: readonly { title: string; parts?: object; at?: number; mode: string; source: string }[] = [
  { title: 'R8: automatic is online in business hours', mode: 'online', source: 'hours' },
  { title: 'R8: automatic is offline outside business hours', at: CLOSED, mode: 'offline', source: 'hours' },
  {
    title: 'R8: policy online is online outside business hours',
    parts: { widget: { mode: 'online' } },
    at: CLOSED,
    mode: 'online',
    source: 'manual',
  },
  {
    title: 'R8: policy offline is offline in business hours',
    parts: { widget: { mode: 'offline' } },
    mode: 'offline',
    source: 'manual',
  },
  {
    title: 'R8: an override to online outranks policy offline',
    parts: { widget: { mode: 'offline', override: { mode: 'online', until: UNTIL_ONE } } },
    mode: 'online',
    source: 'override',
  },
  {
    title: 'R8: an override to offline outranks open hours',
    parts: { widget: { override: { mode: 'offline', until: UNTIL_ONE } } },
    mode: 'offline',
    source: 'override',
  },
  {
    title: 'R8: an override to online outranks closed hours',
    parts: { widget: { override: { mode: 'online' } } },
    at: CLOSED,
    mode: 'online',
    source: 'override',
  },
  {
    title: 'R8: an override holds to its last millisecond',
    parts: { widget: { override: { mode: 'offline', until: UNTIL_ONE } } },
    at: ONE - 1,
    mode: 'offline',
    source: 'override',
  },
  {
    title: 'R8: an override has ended at its end, and the hours decide again',
    parts: { widget: { override: { mode: 'offline', until: UNTIL_ONE } } },
    at: ONE,
    mode: 'online',
    source: 'hours',
  },
  {
    title: 'R8: after an override a manual policy decides again',
    parts: { widget: { mode: 'online', override: { mode: 'offline', until: UNTIL_ONE } } },
    at: ONE,
    mode: 'online',
    source: 'manual',
  },
  {
    title: 'R8: an override without an end holds a year later',
    parts: { widget: { override: { mode: 'offline' } } },
    at: Date.parse('2027-11-23T12:00-05:00'),
    mode: 'offline',
    source: 'override',
  },
  {
    title: 'R9: everyone away closes the widget under automatic',
    parts: { widget: { autoOffline: true }, agents: AWAY },
    mode: 'offline',
    source: 'auto-offline',
  },
  {
    title: 'R9: everyone away closes the widget under policy online',
    parts: { widget: { mode: 'online', autoOffline: true }, agents: AWAY },
    at: CLOSED,
    mode: 'offline',
    source: 'auto-offline',
  },
  {
    title: 'R9: everyone away closes the widget under an override to online',
    parts: { widget: { mode: 'offline', autoOffline: true, override: { mode: 'online' } }, agents: AWAY },
    mode: 'offline',
    source: 'auto-offline',
  },
  {
    title: 'R9: zero agents count as none',
    parts: { widget: { autoOffline: true }, agents: [] },
    mode: 'offline',
    source: 'auto-offline',
  },
  {
    title: 'R9: a bot does not count',
    parts: { widget: { autoOffline: true }, agents: people('1 away', '2 bot') },
    mode: 'offline',
    source: 'auto-offline',
  },
  {
    title: 'R9: a disabled agent does not count',
    parts: { widget: { autoOffline: true }, agents: people('1 away', '2 disabled') },
    mode: 'offline',
    source: 'auto-offline',
  },
  {
    title: 'R9: one available agent is enough',
    parts: { widget: { autoOffline: true }, agents: people('1 away', '2') },
    mode: 'online',
    source: 'hours',
  },
  {
    title: 'R9: with auto-offline off everyone may be away',
    parts: { widget: { autoOffline: false }, agents: AWAY },
    mode: 'online',
    source: 'hours',
  },
  {
    title: 'R9: an available agent never opens closed hours',
    parts: { widget: { autoOffline: true } },
    at: CLOSED,
    mode: 'offline',
    source: 'hours',
  },
  {
    title: 'R9: an available agent never opens policy offline',
    parts: { widget: { mode: 'offline', autoOffline: true } },
    mode: 'offline',
    source: 'manual',
  },
  {
    title: 'R9: an available agent never opens an override to offline',
    parts: { widget: { autoOffline: true, override: { mode: 'offline' } } },
    mode: 'offline',
    source: 'override',
  },
  {
    title: 'R9: a widget that is offline anyway keeps its own source while everyone is away',
    parts: { widget: { autoOffline: true }, agents: AWAY },
    at: CLOSED,
    mode: 'offline',
    source: 'hours',
  },
]

for (const { title, parts, at = OPEN, mode, source } of modes) {
  test(title, () => {
    expect(decide(workspaceOf(parts), at)).toMatchObject({ mode, source })
  })
}

const whys: readonly { title: string; agents: object[]; text: string }[] = [
  { title: 'there are no agents', agents: [], text: 'Auto-offline turns the widget offline: there are no agents.' },
  {
    title: 'the only agent is away, and until when',
    agents: [{ id: '1', status: 'away', until: UNTIL_ONE }],
    text: 'Auto-offline turns the widget offline: the only agent is away until Mon 13:00.',
  },
  {
    title: 'all agents are away, bots and disabled ones left out',
    agents: people('1 away', '2 away', '3 bot', '4 disabled'),
    text: 'Auto-offline turns the widget offline: all 2 agents are away.',
  },
]

for (const { title, agents, text } of whys) {
  test(`R9: the reason says that ${title}`, () => {
    const { reasons } = simulate(documentOf({ widget: { autoOffline: true }, agents }), { at: OPEN })
    expect(reasons).toContainEqual({ rule: 'R9', code: 'auto-offline', text })
  })
}

test('R9: without auto-offline no reason speaks of it', () => {
  const { reasons } = simulate(documentOf({ agents: AWAY }), { at: OPEN })
  expect(reasons.map(({ rule }) => rule)).not.toContain('R9')
})

const displays: readonly { display: string; hours: string; visible: boolean }[] = [
  { display: 'always', hours: 'open', visible: true },
  { display: 'always', hours: 'closed', visible: true },
  { display: 'online-only', hours: 'open', visible: true },
  { display: 'online-only', hours: 'closed', visible: false },
  { display: 'hidden', hours: 'open', visible: false },
  { display: 'hidden', hours: 'closed', visible: false },
]

describe('R25: display', () => {
  for (const { display, hours, visible } of displays) {
    test(`R25: display ${display} while ${hours} is visible: ${visible}`, () => {
      const at = hours === 'open' ? OPEN : CLOSED
      const answer = simulate(documentOf({ widget: { display } }), { at })
      expect(answer.widget.visible).toBe(visible)
      const codes = answer.reasons.filter(({ rule }) => rule === 'R25').map(({ code }) => code)
      expect(codes).toEqual(visible ? [] : [`display.${display}`])
    })
  }

  test('R25: auto-offline hides a widget that shows by mode', () => {
    const workspace = workspaceOf({ widget: { display: 'online-only', autoOffline: true }, agents: AWAY })
    expect(decide(workspace, OPEN)).toMatchObject({ mode: 'offline', isVisible: false })
  })
})
