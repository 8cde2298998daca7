import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { statusAt } from '../../../src/domain/decision/agent.js'
import { nextTimedChange, stateAt, timedChanges } from '../../../src/domain/questions/timed-changes.js'
import { CLOSED, OPEN, people, workspaceOf } from '../workspace-builder.js'

const at = (time: string) => `2026-11-23T${time}:00-05:00`
const MORNINGS = { shifts: [{ id: 'front', days: 'mon-fri', hours: '09:00-13:00', agents: ['2'] }] }

/** Each change in a line: `17:00 hours: offline, closed, staffed`. */
function told(parts: object, from = OPEN, to = CLOSED): string[] {
  return [...timedChanges(workspaceOf(parts), from, to)].map(({ at: instant, because, after, agents }) => {
    const time = new Date(instant - 5 * 3_600_000).toISOString().slice(11, 16)
    const state = [
      after.mode,
      after.open ? 'open' : 'closed',
      after.staffed ? 'staffed' : 'unstaffed',
      ...(after.nobodyThere ? ['nobody there'] : []),
      ...agents.map(({ id, status }) => `${id} ${status}`),
    ]
    return `${time} ${because.join(' and ')}: ${state.join(', ')}`
  })
}

describe('what time alone changes', () => {
  test.each([
    { title: 'R8: the hours close', parts: {}, changes: ['17:00 hours: offline, closed, staffed'] },
    {
      title: 'R8: the hours close behind a mode by hand',
      parts: { widget: { mode: 'online' } },
      changes: ['17:00 hours: online, closed, staffed'],
    },
    {
      title: 'R8: an override ends',
      parts: { widget: { override: { mode: 'offline', until: at('12:30') } } },
      changes: ['12:30 override: online, open, staffed', '17:00 hours: offline, closed, staffed'],
    },
    {
      title: 'R15: a status ends, and with it the last one goes',
      parts: { agents: [{ id: '1', status: 'available', until: at('14:00') }] },
      changes: [
        '14:00 status: online, open, unstaffed, nobody there, 1 away',
        '17:00 hours: offline, closed, unstaffed',
      ],
    },
    {
      title: 'R36: auto-offline hides the promise, and nobody is there all the same',
      parts: { widget: { autoOffline: true }, agents: [{ id: '1', status: 'available', until: at('14:00') }] },
      changes: [
        '14:00 status: offline, open, unstaffed, nobody there, 1 away',
        '17:00 hours: offline, closed, unstaffed',
      ],
    },
    {
      title: 'R34: what is planned begins, and ends',
      parts: {
        agents: [
          { id: '1', status: 'available', planned: [{ status: 'away', from: at('13:00'), until: at('14:00') }] },
        ],
      },
      changes: [
        '13:00 status: online, open, unstaffed, nobody there, 1 away',
        '14:00 status: online, open, staffed, 1 available',
        '17:00 hours: offline, closed, staffed',
      ],
    },
    {
      title: 'R35: a shift ends',
      parts: { agents: [...people('1'), { id: '2', status: 'automatic' }], duty: MORNINGS },
      changes: ['13:00 duty: online, open, staffed, 2 away', '17:00 hours: offline, closed, staffed'],
    },
    {
      title: 'what ends together is told once',
      parts: {
        widget: { override: { mode: 'online', until: at('17:00') } },
        agents: [{ id: '1', status: 'available', until: at('17:00') }],
      },
      changes: ['17:00 override and hours and status: offline, closed, unstaffed, 1 away'],
    },
    {
      title: 'R32: a shift that nobody follows is not told',
      parts: { agents: people('1', '2'), duty: MORNINGS },
      changes: ['17:00 hours: offline, closed, staffed'],
    },
  ])('$title', ({ parts, changes }) => {
    expect(told(parts)).toEqual(changes)
  })

  test('the instant it begins at is told no more, the one it ends at is', () => {
    const workspace = workspaceOf()
    const close = nextTimedChange(workspace, OPEN)
    expect([...timedChanges(workspace, OPEN, close - 1)]).toEqual([])
    expect([...timedChanges(workspace, OPEN, close)]).toHaveLength(1)
    expect([...timedChanges(workspace, close, CLOSED)]).toEqual([])
  })

  test('R35: told by transitions, it is what a look at every minute sees', () => {
    const minute = fc.integer({ min: 1, max: 599 })
    const iso = (offset: number) => new Date(OPEN + offset * 60_000).toISOString()
    const timed = (status: 'available' | 'away') => (until: number) => ({ status, until: iso(until) })
    const agents = fc.array(fc.oneof(minute.map(timed('available')), minute.map(timed('away'))), {
      minLength: 1,
      maxLength: 4,
    })
    fc.assert(
      fc.property(agents, minute, fc.boolean(), fc.boolean(), (statuses, until, autoOffline, isOnDuty) => {
        const workspace = workspaceOf({
          widget: { autoOffline, override: { mode: 'online', until: iso(until) } },
          agents: [
            ...statuses.map((status, index) => ({ id: `${index + 1}`, ...status })),
            ...(isOnDuty ? [{ id: '9', status: 'automatic' }] : []),
          ],
          ...(isOnDuty && { duty: { shifts: [{ ...MORNINGS.shifts[0], hours: '12:10-14:20', agents: ['9'] }] } }),
        })
        const seenAt = (instant: number) =>
          JSON.stringify([
            stateAt(workspace, instant),
            workspace.roster.agents.map((agent) => statusAt(agent, instant)),
          ])
        const seen: number[] = []
        for (let instant = OPEN + 60_000; instant <= CLOSED; instant += 60_000) {
          if (seenAt(instant) !== seenAt(instant - 60_000)) seen.push(instant)
        }
        expect([...timedChanges(workspace, OPEN, CLOSED)].map((change) => change.at)).toEqual(seen)
      }),
      { numRuns: 60 },
    )
  })
})
