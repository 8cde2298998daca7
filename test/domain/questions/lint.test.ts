import { describe, expect, test } from 'vitest'
import { lint } from '../../../src/domain/questions/lint.js'
import { OPEN, people, workspaceOf } from '../workspace-builder.js'

interface Case {
  readonly title: string
  readonly code: string
  readonly parts: object
  readonly severity?: 'error' | 'warning'
  /** Path and sentence of each finding of this code; none for a negative case. */
  readonly findings: readonly (readonly [path: string, text: string])[]
}

const AWAY = people('1 away')
const STAYS = { mode: 'online' }
const leaves = (until: string) => [{ id: '1', status: 'available', until }]
const NOW_UNSTAFFED = 'The widget is online with nobody available: make an agent available, or turn auto-offline on.'

const cases: readonly Case[] = [
  {
    title: 'R12: online now with nobody available',
    code: 'online-unstaffed',
    parts: { agents: AWAY },
    findings: [['widget', NOW_UNSTAFFED]],
  },
  {
    title: 'R12: online with no agents at all',
    code: 'online-unstaffed',
    parts: { agents: [], widget: STAYS },
    findings: [['widget', NOW_UNSTAFFED]],
  },
  {
    title: 'R12: online later in the week with nobody available',
    code: 'online-unstaffed',
    parts: { agents: leaves('2026-11-25T20:00:00-05:00') },
    findings: [
      [
        'widget',
        'The widget is online from Thu 09:00 with nobody available: make an agent available, or turn auto-offline on.',
      ],
    ],
  },
  {
    title: "R12: in the workspace's zone, where the hours have another",
    code: 'online-unstaffed',
    parts: {
      agents: leaves('2026-11-23T20:00:00-05:00'),
      hours: { timeZone: 'Europe/Berlin', weekly: { tue: '09:00-17:00' } },
    },
    findings: [
      [
        'widget',
        'The widget is online from Tue 03:00 with nobody available: make an agent available, or turn auto-offline on.',
      ],
    ],
  },
  {
    title: 'R12: just within seven days',
    code: 'online-unstaffed',
    parts: { agents: leaves('2026-11-30T11:59:59-05:00') },
    findings: [
      [
        'widget',
        'The widget is online from Mon 30 Nov 11:59 with nobody available: make an agent available, or turn auto-offline on.',
      ],
    ],
  },
  {
    title: 'R12: after seven days',
    code: 'online-unstaffed',
    parts: { agents: leaves('2026-11-30T12:00:00-05:00') },
    findings: [],
  },
  {
    title: 'R12: somebody available',
    code: 'online-unstaffed',
    parts: { agents: people('1 away', '2') },
    findings: [],
  },
  {
    title: 'R12: away, and offline by hand',
    code: 'online-unstaffed',
    parts: { agents: AWAY, widget: { mode: 'offline' } },
    findings: [],
  },
  {
    title: 'R12: away, with auto-offline',
    code: 'online-unstaffed',
    parts: { agents: AWAY, widget: { autoOffline: true } },
    findings: [],
  },
  {
    title: 'R7: automatic without any hours',
    code: 'no-hours',
    severity: 'error',
    parts: { hours: {} },
    findings: [
      [
        'hours',
        'No business hours are set, so automatic is always offline: add hours (24/7 is "00:00-24:00" on every day).',
      ],
    ],
  },
  { title: 'R7: a week of hours', code: 'no-hours', parts: {}, findings: [] },
  {
    title: 'R7: an exception alone has hours',
    code: 'no-hours',
    parts: { hours: { exceptions: [{ date: '2026-12-24', hours: '09:00-12:00' }] } },
    findings: [],
  },
  { title: 'R7: a manual mode asks for no hours', code: 'no-hours', parts: { hours: {}, widget: STAYS }, findings: [] },
  {
    title: 'R9: everyone away while the widget would be online',
    code: 'everyone-away-auto-offline',
    parts: { agents: AWAY, widget: { autoOffline: true } },
    findings: [
      [
        'widget.autoOffline',
        'Auto-offline keeps the widget offline because every agent is away: make one available, or turn auto-offline off.',
      ],
    ],
  },
  {
    title: 'R9: no agents but a bot while the widget would be online',
    code: 'everyone-away-auto-offline',
    parts: { agents: people('9 bot'), widget: { autoOffline: true } },
    findings: [
      [
        'widget.autoOffline',
        'Auto-offline keeps the widget offline because there are no agents: make one available, or turn auto-offline off.',
      ],
    ],
  },
  {
    title: 'R9: everyone away while the widget is offline anyway',
    code: 'everyone-away-auto-offline',
    parts: { agents: AWAY, widget: { mode: 'offline', autoOffline: true } },
    findings: [],
  },
  {
    title: 'R9: everyone away without auto-offline',
    code: 'everyone-away-auto-offline',
    parts: { agents: AWAY },
    findings: [],
  },
]

describe('lint', () => {
  for (const { title, code, parts, severity = 'warning', findings } of cases) {
    test(`${title}: ${findings.length === 0 ? 'no ' : ''}${code}`, () => {
      const found = lint(workspaceOf(parts), OPEN).filter((finding) => finding.code === code)
      expect(found).toEqual(findings.map(([path, text]) => ({ code, severity, text, path })))
    })
  }

  test('errors come first', () => {
    const parts = { plan: 'free', chatLimit: 3, agents: AWAY, widget: { ...STAYS, override: { mode: 'online' } } }
    const codes = lint(workspaceOf(parts), OPEN).map(({ code }) => code)
    expect(codes).toEqual(['plan-required', 'online-unstaffed', 'override-without-end'])
  })

  test('a workspace in order has no findings', () => {
    expect(lint(workspaceOf(), OPEN)).toEqual([])
  })
})
