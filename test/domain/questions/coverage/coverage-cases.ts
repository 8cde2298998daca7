import type { CoverageRequest } from '../../../../src/domain/questions/coverage/coverage.js'
import { people } from '../../workspace-builder.js'

/** Monday, in New York. */
export const MONDAY = Date.parse('2026-11-23T00:00-05:00')
export const DAY = 86_400_000

export interface CoverageCase {
  readonly title: string
  /** Of the document. */
  readonly parts: object
  /** Default: all of Monday. */
  readonly request?: Partial<CoverageRequest>
  /** Each span that is not closed. */
  readonly spans: readonly string[]
}

const FRONT = { id: 'front', days: 'mon-fri', hours: '09:00-13:00', agents: ['1'] }
const LATE = { id: 'late', days: 'mon-fri', hours: '13:00-17:00', agents: ['2'] }
/** Agents without a status: they follow the duty where a shift names them. */
export const onRota = (...ids: string[]) => ids.map((id) => ({ id }))
const autoOffline = { autoOffline: true }

/** How a workspace covers a day, rule by rule. */
export const COVERAGE_CASES: readonly CoverageCase[] = [
  {
    title: 'R31: open hours are staffed by those whose shift it is',
    parts: { agents: onRota('1', '2'), duty: { shifts: [FRONT, LATE] } },
    spans: ['09:00-17:00 staffed 1'],
  },
  {
    title: 'R31: between two shifts nobody is there',
    parts: { agents: onRota('1', '2'), duty: { shifts: [FRONT, { ...LATE, hours: '14:00-17:00' }] } },
    spans: ['09:00-13:00 staffed 1', '13:00-14:00 nobody 0', '14:00-17:00 staffed 1'],
  },
  {
    title: 'R31: a person of two shifts that overlap is one person',
    parts: {
      agents: onRota('1', '2'),
      duty: {
        shifts: [
          { ...FRONT, hours: '09:00-15:00' },
          { ...LATE, hours: '12:00-17:00', agents: ['1', '2'] },
        ],
      },
    },
    spans: ['09:00-12:00 staffed 1', '12:00-17:00 staffed 2'],
  },
  {
    title: 'R31: a shift while the widget is closed covers nothing',
    parts: { agents: onRota('1'), duty: { shifts: [{ ...FRONT, hours: '06:00-10:00' }] } },
    spans: ['09:00-10:00 staffed 1', '10:00-17:00 nobody 0'],
  },
  {
    title: 'R31: those who take turns cover in their turn',
    parts: {
      agents: onRota('1', '2'),
      duty: {
        shifts: [
          {
            id: 'turns',
            days: 'all',
            hours: '09:00-17:00',
            rotate: { agents: ['2', '1'], every: 'day', from: '2026-11-24' },
          },
          FRONT,
        ],
      },
    },
    request: { from: MONDAY, to: MONDAY + 2 * DAY },
    spans: ['09:00-13:00 staffed 1', '13:00-17:00 nobody 0', '09:00-13:00 staffed 2', '13:00-17:00 staffed 1'],
  },
  {
    title: 'R32: one who said away is not there on duty, and one who said available is there off duty',
    parts: {
      agents: [
        { id: '1', status: 'away' },
        { id: '2', status: 'available' },
      ],
      duty: { shifts: [{ ...FRONT, agents: ['1', '2'] }] },
    },
    spans: ['09:00-17:00 staffed 1'],
  },
  {
    title: 'R32: a timed status covers the duty until its end',
    parts: {
      agents: [{ id: '1', status: 'away', until: '2026-11-23T11:00:00-05:00' }],
      duty: { shifts: [FRONT] },
    },
    spans: ['09:00-11:00 nobody 0', '11:00-13:00 staffed 1', '13:00-17:00 nobody 0'],
  },
  {
    title: 'R33: a cover by one who is away leaves a gap',
    parts: {
      agents: [{ id: '1' }, { id: '2', status: 'away' }],
      duty: {
        shifts: [{ ...FRONT, hours: '09:00-17:00' }],
        covers: [{ shift: 'front', from: '2026-11-23 10:00', to: '2026-11-23 12:00', agent: '2', instead: '1' }],
      },
    },
    spans: ['09:00-10:00 staffed 1', '10:00-12:00 nobody 0', '12:00-17:00 staffed 1'],
  },
  {
    title: 'R33: a cover across a handover counts the one who covers once',
    parts: {
      agents: [...onRota('1', '2'), { id: '3', status: 'automatic' }],
      duty: {
        shifts: [FRONT, LATE],
        covers: [
          { shift: 'front', from: '2026-11-23 12:00', to: '2026-11-23 13:00', agent: '3', instead: '1' },
          { shift: 'late', from: '2026-11-23 13:00', to: '2026-11-23 14:00', agent: '3', instead: '2' },
        ],
      },
    },
    spans: ['09:00-17:00 staffed 1'],
  },
  {
    title: 'R34: a planned absence is a gap while it lasts',
    parts: {
      agents: [
        {
          id: '1',
          status: 'available',
          planned: [{ status: 'away', from: '2026-11-23T12:00:00-05:00', until: '2026-11-23T13:00:00-05:00' }],
        },
      ],
    },
    spans: ['09:00-12:00 staffed 1', '12:00-13:00 nobody 0', '13:00-17:00 staffed 1'],
  },
  {
    title: 'R34: a planned mode opens and closes what is covered',
    parts: {
      widget: {
        planned: [
          { mode: 'offline', from: '2026-11-23T12:00:00-05:00', until: '2026-11-23T13:00:00-05:00' },
          { mode: 'online', from: '2026-11-23T20:00:00-05:00', until: '2026-11-23T21:00:00-05:00' },
        ],
      },
    },
    spans: ['09:00-12:00 staffed 1', '13:00-17:00 staffed 1', '20:00-21:00 staffed 1'],
  },
  {
    title: 'R34: everyone on leave is a gap of the whole day',
    parts: {
      agents: ['1', '2'].map((id) => ({
        id,
        planned: [{ status: 'away', from: '2026-11-22T00:00:00-05:00', until: '2026-11-29T00:00:00-05:00' }],
      })),
      duty: { shifts: [FRONT, LATE] },
    },
    spans: ['09:00-17:00 nobody 0'],
  },
  {
    title: 'R35: those who follow no duty are assumed to stay as they are, timed ends included',
    parts: {
      agents: [
        { id: '1', status: 'available' },
        { id: '2', status: 'available', until: '2026-11-23T15:00:00-05:00' },
      ],
    },
    spans: ['09:00-15:00 staffed 2', '15:00-17:00 staffed 1'],
  },
  {
    title: 'R36: what auto-offline hides is masked, not closed',
    parts: { widget: autoOffline, agents: onRota('1'), duty: { shifts: [FRONT] } },
    spans: ['09:00-13:00 staffed 1', '13:00-17:00 masked 0'],
  },
  {
    title: 'R36: masked under a manual mode as well',
    parts: { widget: { mode: 'online', ...autoOffline }, agents: people('1 away') },
    spans: ['00:00-00:00 masked 0'],
  },
  {
    title: 'R9: bots and disabled agents cover nothing',
    parts: { agents: people('1 bot', '2 disabled') },
    spans: ['09:00-17:00 nobody 0'],
  },
  {
    title: 'fewer than the minimum are short',
    parts: { agents: onRota('1', '2'), duty: { shifts: [{ ...FRONT, hours: '09:00-16:00' }, LATE] } },
    request: { min: 2 },
    spans: ['09:00-13:00 short 1', '13:00-16:00 staffed 2', '16:00-17:00 short 1'],
  },
  {
    title: 'R36: of a team, hours with nobody of it are not masked while others keep the widget online',
    parts: {
      plan: 'premium',
      widget: autoOffline,
      agents: onRota('1', '2'),
      duty: { shifts: [FRONT, { ...LATE, hours: '13:00-15:00' }] },
      teams: [{ id: 'sales', members: ['1'] }],
    },
    request: { team: 'sales' },
    spans: ['09:00-13:00 staffed 1', '13:00-15:00 nobody 0', '15:00-17:00 masked 0'],
  },
  {
    title: 'R18: a route to one person is covered while that person is there',
    parts: { agents: people('1', '2 away') },
    request: { route: 'agent:2' },
    spans: ['09:00-17:00 nobody 0'],
  },
  {
    title: 'R19: the account owner of the visitor covers, and without an owner nobody does',
    parts: { agents: people('1', '2') },
    request: { route: 'account-owner', visitor: { attributes: { 'account.owner': '2' } } },
    spans: ['09:00-17:00 staffed 1'],
  },
  {
    title: 'R20: one who takes no chats at all does not cover a group',
    parts: { plan: 'premium', agents: [{ id: '1', status: 'available', chatLimit: 0 }, ...people('2 away')] },
    request: { route: 'round-robin:1,2' },
    spans: ['09:00-17:00 nobody 0'],
  },
  {
    title: 'R22: a waterfall is covered by its next rule, and no further than one that always takes the chat',
    parts: {
      plan: 'premium',
      agents: people('1 away', '2', '3'),
      routing: {
        rules: [
          { id: 'first', to: { 'round-robin': ['1'] } },
          { id: 'second', to: { agent: '2' } },
        ],
        default: { to: { 'round-robin': ['3'] } },
      },
    },
    request: { route: 'rules' },
    spans: ['09:00-17:00 staffed 1'],
  },
]
