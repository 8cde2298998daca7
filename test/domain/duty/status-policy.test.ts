import { describe, expect, test } from 'vitest'
import { nextStatusChange } from '../../../src/domain/decision/next-status.js'
import { settleAgent, settleWidget } from '../../../src/domain/decision/timed-states.js'
import { modeAt } from '../../../src/domain/decision/widget.js'
import { simulate } from '../../../src/domain/questions/simulate.js'
import { nextTransition } from '../../../src/domain/questions/timeline.js'
import { documentOf, workspaceOf } from '../workspace-builder.js'

const FRONT = { id: 'front', name: 'Front desk', days: 'mon-fri', hours: '09:00-13:00', agents: ['1'] }
/** Of Monday 23 November 2026 in New York. */
const at = (time: string) => Date.parse(`2026-11-23T${time}-05:00`)
const iso = (time: string) => `2026-11-23T${time}:00-05:00`

const policies: readonly { title: string; agent: object; statuses: Record<string, string>; shifts?: object[] }[] = [
  {
    title: 'one whom a shift names follows it without a status',
    agent: {},
    statuses: { '08:59': 'away', '09:00': 'available', '12:59': 'available', '13:00': 'away' },
  },
  {
    title: 'one whom no shift names is available without a status',
    agent: {},
    shifts: [{ ...FRONT, agents: ['2'] }],
    statuses: { '08:59': 'available', '09:00': 'available' },
  },
  {
    title: 'one whom no shift names and who follows the duty is away',
    agent: { status: 'automatic' },
    shifts: [{ ...FRONT, agents: ['2'] }],
    statuses: { '08:59': 'away', '09:00': 'away' },
  },
  {
    title: 'a plan puts nobody behind the counter against their word',
    agent: { status: 'away' },
    statuses: { '08:59': 'away', '09:00': 'away' },
  },
  {
    title: 'nor takes anyone from it',
    agent: { status: 'available' },
    statuses: { '08:59': 'available', '13:00': 'available' },
  },
  {
    title: 'a status with an end covers the duty, which holds again after it',
    agent: { status: 'away', until: iso('10:00') },
    statuses: { '09:30': 'away', '10:00': 'available', '13:00': 'away' },
  },
  {
    title: 'a status with an end over the duty may be written whole',
    agent: { status: 'available', until: iso('15:00'), afterwards: [{ status: 'automatic' }] },
    statuses: { '14:59': 'available', '15:00': 'away' },
  },
]

const planned: readonly { title: string; agent: object; statuses: Record<string, string> }[] = [
  {
    title: 'a planned absence begins and ends by itself',
    agent: { status: 'available', planned: [{ status: 'away', from: iso('10:00'), until: iso('11:00') }] },
    statuses: { '09:59': 'available', '10:00': 'away', '10:59': 'away', '11:00': 'available' },
  },
  {
    title: 'it covers the duty',
    agent: { planned: [{ status: 'away', from: iso('10:00'), until: iso('14:00') }] },
    statuses: { '09:59': 'available', '10:00': 'away', '13:30': 'away', '14:00': 'away' },
  },
  {
    title: 'several nest, in whatever order they are written',
    agent: {
      status: 'available',
      planned: [
        { status: 'available', from: iso('11:00'), until: iso('12:00') },
        { status: 'away', from: iso('10:00'), until: iso('15:00') },
      ],
    },
    statuses: { '10:00': 'away', '11:00': 'available', '12:00': 'away', '15:00': 'available' },
  },
  {
    title: 'one that begins before another ends covers the rest of it',
    agent: {
      status: 'available',
      planned: [
        { status: 'away', from: iso('10:00'), until: iso('12:00') },
        { status: 'away', from: iso('11:00'), until: iso('13:00'), note: 'dentist' },
      ],
    },
    statuses: { '11:30': 'away', '12:00': 'away', '12:59': 'away', '13:00': 'available' },
  },
  {
    title: 'a timed status that outlasts it comes back',
    agent: {
      status: 'away',
      until: iso('16:00'),
      planned: [{ status: 'available', from: iso('10:00'), until: iso('11:00') }],
    },
    statuses: { '09:00': 'away', '10:00': 'available', '11:00': 'away', '16:00': 'away' },
  },
]

function check(rule: string, cases: typeof policies): void {
  for (const { title, agent, statuses, shifts = [FRONT] } of cases) {
    test(`${rule}: ${title}`, () => {
      const document = documentOf({ agents: [{ id: '1', ...agent }, { id: '2' }], duty: { shifts } })
      const found = Object.keys(statuses).map((time) => [
        time,
        simulate(document, { at: at(time) }).agents.find(({ id }) => id === '1')!.status,
      ])
      expect(Object.fromEntries(found)).toEqual(statuses)
    })
    test(`${rule}: ${title}, settled as of then`, () => {
      const document = documentOf({ agents: [{ id: '1', ...agent }, { id: '2' }], duty: { shifts } })
      const isOnRota = shifts === undefined || JSON.stringify(shifts).includes('"agents":["1"]')
      for (const [time, status] of Object.entries(statuses)) {
        const settled = settleAgent(document.agents[0]!, at(time), isOnRota)
        const answer = simulate({ ...document, agents: [settled, document.agents[1]!] }, { at: at(time) })
        expect([time, answer.agents[0]!.status]).toEqual([time, status])
      }
    })
  }
}

describe('R32: a status has a policy', () => {
  check('R32', policies)

  test('R32: shifts are transitions, and the mode follows them', () => {
    const parts = { agents: [{ id: '1' }], duty: { shifts: [FRONT] }, widget: { autoOffline: true } }
    const workspace = workspaceOf(parts)
    expect(nextTransition(workspace, at('10:00'))).toBe(at('13:00'))
    expect(['08:59', '09:00', '13:00'].map((time) => modeAt(workspace, at(time)))).toEqual([
      'offline',
      'online',
      'offline',
    ])
    const { widget } = simulate(documentOf(parts), { at: at('10:00') })
    expect(widget.nextChange).toEqual({ at: '2026-11-23T13:00:00.000-05:00', mode: 'offline' })
    expect(nextStatusChange(workspace.roster.find('1')!, at('14:00'))).toBe(Date.parse('2026-11-24T09:00-05:00'))
  })

  test('R32: what nobody ever changes is found in finite time', () => {
    const night = { ...FRONT, days: 'all', hours: '01:00-02:00' }
    const parts = { agents: [{ id: '1' }], duty: { shifts: [night] }, widget: { autoOffline: true } }
    expect(simulate(documentOf(parts), { at: at('10:00') }).widget).toMatchObject({ mode: 'offline', nextChange: null })
  })

  const agents = [
    { id: '1', name: 'Ana Flores' },
    { id: '2', name: 'Kofi Mensah', status: 'away' },
  ]
  const reasons: readonly { title: string; duty: object; time: string; text: string }[] = [
    { title: 'who is on duty', duty: {}, time: '10:00', text: 'Ana Flores is on duty: Front desk until Mon 13:00.' },
    { title: 'that nobody is', duty: {}, time: '14:00', text: 'Nobody is on duty until Tue 09:00.' },
    {
      title: 'who stands in, and is not there',
      duty: { covers: [{ shift: 'front', from: iso('09:00'), to: iso('12:00'), agent: '2', instead: '1' }] },
      time: '10:00',
      text: 'Kofi Mensah is on duty for Ana Flores and away by hand: Front desk until Mon 12:00.',
    },
  ]
  test.each(reasons)('R31: the reasons say $title', ({ duty, time, text }) => {
    const document = documentOf({ agents, duty: { shifts: [FRONT], ...duty } })
    const said = simulate(document, { at: at(time) }).reasons.filter(({ code }) => code.startsWith('duty.'))
    expect(said.map((reason) => reason.text)).toEqual([text])
  })

  test('R32: the reason of a candidate is the duty', () => {
    const document = documentOf({ agents, duty: { shifts: [FRONT] } })
    const reason = (time: string) =>
      simulate(document, { at: at(time), route: 'round-robin:1' }).routing.candidates[0]!.reason
    expect(['10:00', '14:00'].map(reason)).toEqual([
      'available until Mon 13:00 (on duty: Front desk)',
      'away until Tue 09:00 (off duty)',
    ])
  })
})

describe('R34: what is planned', () => {
  check('R34', planned)

  test('R34: a planned mode begins and ends by itself, and an override comes back after it', () => {
    const widget = {
      mode: 'online',
      override: { mode: 'offline', until: iso('12:00') },
      planned: [
        { mode: 'online', from: iso('10:00'), until: iso('11:00') },
        { mode: 'offline', from: iso('14:00'), until: iso('15:00') },
      ],
    }
    const document = documentOf({ widget })
    const times = ['09:59', '10:00', '11:00', '12:00', '13:59', '14:00', '15:00']
    const modes = ['offline', 'online', 'offline', 'online', 'online', 'offline', 'online']
    expect(times.map((time) => modeAt(workspaceOf({ widget }), at(time)))).toEqual(modes)
    const settled = times.map((time) => {
      return modeAt(workspaceOf({ widget: settleWidget(document.widget, at(time)) }), at(time))
    })
    expect(settled).toEqual(modes)
    expect(nextTransition(workspaceOf({ widget }), at('12:30'))).toBe(at('14:00'))
  })
})
