import { describe, expect, test } from 'vitest'
import { simulateTimeline, type TimelineRequest } from '../../../src/domain/questions/simulate-timeline.js'
import { documentOf, people } from '../workspace-builder.js'

const MONDAY = Date.parse('2026-11-23T00:00-05:00')
const TUESDAY = Date.parse('2026-11-24T00:00-05:00')

/** Each change in a line: `09:00 online hours 1 available to nobody`. */
function changesOf(parts: object, request: Partial<TimelineRequest> = {}): string[] {
  const { changes } = simulateTimeline(documentOf(parts), { from: MONDAY, to: TUESDAY, ...request })
  return changes.map(({ at, mode, source, available, assignee }) =>
    [at.slice(11, 16), mode, source, `${available} available`, `to ${assignee ?? 'nobody'}`].join(' '),
  )
}

const cases: readonly { title: string; parts: object; request?: Partial<TimelineRequest>; changes: string[] }[] = [
  {
    title: 'R8: hours open and close the widget',
    parts: {},
    changes: [
      '00:00 offline hours 1 available to nobody',
      '09:00 online hours 1 available to nobody',
      '17:00 offline hours 1 available to nobody',
    ],
  },
  {
    title: 'R8: an override gives way to the hours when it ends',
    parts: { widget: { override: { mode: 'online', until: '2026-11-23T10:00:00-05:00' } } },
    changes: [
      '00:00 online override 1 available to nobody',
      '10:00 online hours 1 available to nobody',
      '17:00 offline hours 1 available to nobody',
    ],
  },
  {
    title: 'R8: hours do not show under a manual policy',
    parts: { widget: { mode: 'online' } },
    changes: ['00:00 online manual 1 available to nobody'],
  },
  {
    title: 'R9: the widget closes while everyone is away, and opens again',
    parts: {
      widget: { autoOffline: true },
      agents: [
        { id: '1', status: 'available', until: '2026-11-23T12:00:00-05:00' },
        { id: '2', status: 'away', until: '2026-11-23T13:00:00-05:00' },
      ],
      routing: { default: { to: { 'round-robin': ['1', '2'] } } },
    },
    changes: [
      '00:00 offline hours 1 available to 1',
      '09:00 online hours 1 available to 1',
      '12:00 offline auto-offline 0 available to nobody',
      '13:00 online hours 1 available to 2',
      '17:00 offline hours 1 available to 2',
    ],
  },
  {
    title: 'R15: a status that ends shows even where the mode does not change',
    parts: {
      widget: { mode: 'offline' },
      agents: [...people('1'), { id: '2', status: 'away', until: '2026-11-23T13:00:30-05:00' }],
    },
    changes: ['00:00 offline manual 1 available to nobody', '13:00 offline manual 2 available to nobody'],
  },
  {
    title: 'R9: a bot whose status ends does not show',
    parts: {
      widget: { mode: 'offline' },
      agents: [...people('1'), { id: '2', bot: true, status: 'away', until: '2026-11-23T13:00:00-05:00' }],
    },
    changes: ['00:00 offline manual 1 available to nobody'],
  },
  {
    title: 'R23: every stretch starts from the same cursor',
    parts: { agents: people('1', '2', '3') },
    request: { route: 'round-robin:1,2,3', after: '1' },
    changes: [
      '00:00 offline hours 3 available to 2',
      '09:00 online hours 3 available to 2',
      '17:00 offline hours 3 available to 2',
    ],
  },
  {
    title: 'the start is answered although nothing changes there, the end is not',
    parts: {},
    request: { from: Date.parse('2026-11-23T10:30-05:00'), to: Date.parse('2026-11-23T17:00-05:00') },
    changes: ['10:30 online hours 1 available to nobody'],
  },
  { title: 'an empty stretch has no changes', parts: {}, request: { to: MONDAY }, changes: [] },
]

describe('a timeline', () => {
  for (const { title, parts, request, changes } of cases) {
    test(title, () => {
      expect(changesOf(parts, request)).toEqual(changes)
    })
  }

  test('R4: has every change of a day of 25 hours, in the zone with its offset', () => {
    const parts = { timeZone: 'Europe/Berlin', hours: { weekly: { sun: ['00:00-02:30', '02:45-04:00'] } } }
    const { changes, timeZone } = simulateTimeline(documentOf(parts), {
      from: Date.parse('2026-10-25T00:00+02:00'),
      to: Date.parse('2026-10-26T00:00+01:00'),
    })
    expect(timeZone).toBe('Europe/Berlin')
    expect(changes.map(({ at, mode }) => `${at} ${mode}`)).toEqual([
      '2026-10-25T00:00:00.000+02:00 online',
      '2026-10-25T02:30:00.000+02:00 offline',
      '2026-10-25T02:45:00.000+02:00 online',
      '2026-10-25T04:00:00.000+01:00 offline',
    ])
  })

  test('R13: tells visibility, playbook, rule and calendar', () => {
    const parts = {
      widget: { display: 'online-only' },
      playbooks: [{ id: 'p', when: 'online', enabled: true, goal: { route: { to: { agent: '1' } } } }],
      routing: { default: { to: { agent: '1' } } },
    }
    const { changes } = simulateTimeline(documentOf(parts), { from: MONDAY, to: TUESDAY })
    expect(changes.map(({ visible, playbook, rule, calendar }) => ({ visible, playbook, rule, calendar }))).toEqual([
      { visible: false, playbook: null, rule: 'default', calendar: '1' },
      { visible: true, playbook: 'p', rule: null, calendar: null },
      { visible: false, playbook: null, rule: 'default', calendar: '1' },
    ])
  })
})
