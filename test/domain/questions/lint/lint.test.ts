import { describe, expect, test } from 'vitest'
import { lint } from '../../../../src/domain/questions/lint/lint.js'
import { HOUR_MS } from '../../../../src/domain/time/calendar-date.js'
import { OPEN, people, workspaceOf } from '../../workspace-builder.js'

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

const HIDING = { autoOffline: true }
const BE_THERE = 'Be there, or put somebody on duty.'
const staysOffline = (opening: string, until = 'someone is available') =>
  [
    'widget.autoOffline',
    `${opening} and nobody is expected then: auto-offline keeps the widget offline until ${until}. ${BE_THERE}`,
  ] as const
const dutyGap = (times: string) =>
  ['duty.shifts', `Open with nobody on duty ${times}: add a shift; coverage shows all of them.`] as const
const dutyOf = (hours: string | string[], days = 'mon-fri', rest: object = { agents: ['1'] }) => ({
  agents: [{ id: '1' }, { id: '2', status: 'away' }],
  duty: { shifts: [{ id: 'front', days, hours, ...rest }] },
})
const planned = (from: string, until: string) => [
  { id: '1', status: 'available', planned: [{ status: 'away', from: `${from}-05:00`, until: `${until}-05:00` }] },
]

/** What lint finds of the days ahead. */
const AHEAD: readonly Case[] = [
  {
    title: 'R36: everyone is away for good',
    code: 'stays-offline',
    parts: { widget: HIDING, agents: AWAY },
    findings: [staysOffline('Hours open Tue 09:00')],
  },
  {
    title: 'R36: everyone is on leave next week',
    code: 'stays-offline',
    parts: { widget: HIDING, agents: planned('2026-11-26T00:00', '2026-11-28T00:00') },
    findings: [staysOffline('Hours open Thu 09:00', 'Sat 00:00')],
  },
  {
    title: 'R36: the duty begins after the hours',
    code: 'stays-offline',
    parts: { widget: HIDING, ...dutyOf('10:00-17:00') },
    findings: [staysOffline('Hours open Tue 09:00', 'Tue 10:00')],
  },
  {
    title: 'R36: a mode by hand that is planned',
    code: 'stays-offline',
    parts: {
      widget: {
        ...HIDING,
        planned: [{ mode: 'online', from: '2026-11-23T20:00-05:00', until: '2026-11-23T21:00-05:00' }],
      },
      agents: AWAY,
    },
    findings: [staysOffline('The widget is set online Mon 20:00')],
  },
  {
    title: 'R36: after a week',
    code: 'stays-offline',
    parts: { widget: HIDING, agents: planned('2026-12-01T00:00', '2026-12-03T00:00') },
    findings: [],
  },
  { title: 'R36: with auto-offline off', code: 'stays-offline', parts: { agents: AWAY }, findings: [] },
  { title: 'R36: somebody is available', code: 'stays-offline', parts: { widget: HIDING }, findings: [] },
  {
    title: 'R36: the duty covers the hours',
    code: 'stays-offline',
    parts: { widget: HIDING, ...dutyOf('09:00-17:00') },
    findings: [],
  },
  {
    title: 'R31: the hours are longer than the duty',
    code: 'duty-gap',
    parts: dutyOf('09:00-16:00'),
    findings: [dutyGap('Mon 16:00 to Mon 17:00, and 21 more times in 30 days')],
  },
  {
    title: 'R31: a day without duty',
    code: 'duty-gap',
    parts: { ...dutyOf('09:00-17:00', 'mon-fri', { rotate: { agents: ['1'], every: 'day', from: '2026-11-25' } }) },
    findings: [dutyGap('Mon 12:00 to Mon 17:00, and 1 more time in 30 days')],
  },
  {
    title: 'R31: it is told whatever auto-offline does',
    code: 'duty-gap',
    parts: { widget: HIDING, ...dutyOf(['09:00-12:00', '13:00-17:00']) },
    findings: [dutyGap('Mon 12:00 to Mon 13:00, and 21 more times in 30 days')],
  },
  { title: 'R31: the duty covers the hours', code: 'duty-gap', parts: dutyOf('08:00-18:00'), findings: [] },
  { title: 'R31: there is no duty', code: 'duty-gap', parts: { agents: AWAY }, findings: [] },
  {
    title: 'R32: somebody is available by their own word',
    code: 'duty-gap',
    parts: { ...dutyOf('09:00-16:00'), agents: people('1', '2') },
    findings: [],
  },
  {
    title: 'R32: one who is on duty and away by hand leaves no gap in the duty',
    code: 'duty-gap',
    parts: { ...dutyOf('08:00-18:00'), agents: AWAY },
    findings: [],
  },
]

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
  ...AHEAD,
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

test('R36: what comes is found whatever the hour it is looked for', () => {
  const parts = { widget: HIDING, ...dutyOf(['10:00-12:00', '13:00-17:00']) }
  const found = Array.from({ length: 7 * 24 }, (_, hour) => {
    return lint(workspaceOf(parts), OPEN + hour * HOUR_MS).map(({ code }) => code)
  })
  for (const codes of found) expect(codes).toEqual(expect.arrayContaining(['stays-offline', 'duty-gap']))
})
