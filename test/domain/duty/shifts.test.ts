import { describe, expect, test } from 'vitest'
import { Zone } from '../../../src/domain/time/zone.js'
import { crewsAt, dutyFrom, rota } from './duty-of.js'

const BERLIN = Zone.of('Europe/Berlin')

/** Shifts of December 2026 in Berlin: the first is a Tuesday. */
const cases: readonly { title: string; shifts: object[]; from: string; to: string; rota: string[] }[] = [
  {
    title: 'all of its agents are on duty on its days',
    shifts: [{ id: 's', days: 'mon-fri', hours: '09:00-13:00', agents: ['a', 'b'] }],
    from: '2026-12-03T00:00+01:00',
    to: '2026-12-08T00:00+01:00',
    rota: [
      '2026-12-03 09:00+01:00 to 13:00+01:00 s: a, b',
      '2026-12-04 09:00+01:00 to 13:00+01:00 s: a, b',
      '2026-12-07 09:00+01:00 to 13:00+01:00 s: a, b',
    ],
  },
  {
    title: 'days may be a list, and ranges too',
    shifts: [{ id: 's', days: ['tue', 'sat,sun'], hours: ['14:00-15:00', '09:00-10:00'], agents: ['a'] }],
    from: '2026-12-01T00:00+01:00',
    to: '2026-12-06T00:00+01:00',
    rota: [
      '2026-12-01 09:00+01:00 to 10:00+01:00 s: a',
      '2026-12-01 14:00+01:00 to 15:00+01:00 s: a',
      '2026-12-05 09:00+01:00 to 10:00+01:00 s: a',
      '2026-12-05 14:00+01:00 to 15:00+01:00 s: a',
    ],
  },
  {
    title: 'turns of a day count only days with the shift: a weekend costs nobody a turn',
    shifts: [
      {
        id: 's',
        days: 'mon-fri',
        hours: '09:00-13:00',
        rotate: { agents: ['a', 'b', 'c'], every: 'day', from: '2026-12-03' },
      },
    ],
    from: '2026-12-01T00:00+01:00',
    to: '2026-12-09T00:00+01:00',
    rota: [
      '2026-12-03 09:00+01:00 to 13:00+01:00 s: a',
      '2026-12-04 09:00+01:00 to 13:00+01:00 s: b',
      '2026-12-07 09:00+01:00 to 13:00+01:00 s: c',
      '2026-12-08 09:00+01:00 to 13:00+01:00 s: a',
    ],
  },
  {
    title: 'a turn of a week is from Monday on, the first one from its date',
    shifts: [
      {
        id: 's',
        days: 'mon,thu,sun',
        hours: '09:00-13:00',
        rotate: { agents: ['a', 'b'], every: 'week', from: '2026-12-03' },
      },
    ],
    from: '2026-12-01T00:00+01:00',
    to: '2026-12-15T00:00+01:00',
    rota: [
      '2026-12-03 09:00+01:00 to 13:00+01:00 s: a',
      '2026-12-06 09:00+01:00 to 13:00+01:00 s: a',
      '2026-12-07 09:00+01:00 to 13:00+01:00 s: b',
      '2026-12-10 09:00+01:00 to 13:00+01:00 s: b',
      '2026-12-13 09:00+01:00 to 13:00+01:00 s: b',
      '2026-12-14 09:00+01:00 to 13:00+01:00 s: a',
    ],
  },
  {
    title: 'a date after the last shift of its week begins with the week after',
    shifts: [
      { id: 's', days: 'mon', hours: '09:00-13:00', rotate: { agents: ['a', 'b'], every: 'week', from: '2026-12-02' } },
    ],
    from: '2026-11-30T00:00+01:00',
    to: '2026-12-15T00:00+01:00',
    rota: ['2026-12-07 09:00+01:00 to 13:00+01:00 s: a', '2026-12-14 09:00+01:00 to 13:00+01:00 s: b'],
  },
  {
    title: 'two people a turn are the next two',
    shifts: [
      {
        id: 's',
        days: 'all',
        hours: '09:00-13:00',
        rotate: { agents: ['a', 'b', 'c', 'd', 'e'], every: 'day', from: '2026-12-01', count: 2 },
      },
    ],
    from: '2026-12-01T00:00+01:00',
    to: '2026-12-04T00:00+01:00',
    rota: [
      '2026-12-01 09:00+01:00 to 13:00+01:00 s: a, b',
      '2026-12-02 09:00+01:00 to 13:00+01:00 s: c, d',
      '2026-12-03 09:00+01:00 to 13:00+01:00 s: e, a',
    ],
  },
  {
    title: 'a shift over midnight belongs to the day, and to the turn, that it starts in',
    shifts: [
      { id: 's', days: 'sun', hours: '22:00-06:00', rotate: { agents: ['a', 'b'], every: 'week', from: '2026-11-30' } },
    ],
    from: '2026-12-06T00:00+01:00',
    to: '2026-12-08T00:00+01:00',
    rota: ['2026-12-06 22:00+01:00 to 2026-12-07 06:00+01:00 s: a'],
  },
  {
    title: 'a shift around the clock is one stretch while the same people have it',
    shifts: [{ id: 's', days: 'all', hours: '24h', rotate: { agents: ['a', 'b'], every: 'week', from: '2026-11-30' } }],
    from: '2026-12-01T00:00+01:00',
    to: '2026-12-16T00:00+01:00',
    rota: [
      '2026-12-01 00:00+01:00 to 2026-12-07 00:00+01:00 s: a',
      '2026-12-07 00:00+01:00 to 2026-12-14 00:00+01:00 s: b',
      '2026-12-14 00:00+01:00 to 2026-12-16 00:00+01:00 s: a',
    ],
  },
  {
    title: 'a shift has the clock of its own zone, its rotation too',
    shifts: [
      {
        id: 's',
        days: 'all',
        hours: '01:00-03:00',
        timeZone: 'Asia/Tokyo',
        rotate: { agents: ['a', 'b'], every: 'day', from: '2026-12-02' },
      },
    ],
    from: '2026-12-01T00:00+01:00',
    to: '2026-12-03T00:00+01:00',
    rota: ['2026-12-01 17:00+01:00 to 19:00+01:00 s: a', '2026-12-02 17:00+01:00 to 19:00+01:00 s: b'],
  },
]

describe('R31: who is expected behind the counter', () => {
  for (const { title, shifts, from, to, rota: expected } of cases) {
    test(`R31: ${title}`, () => {
      expect(rota(dutyFrom({ shifts }), from, to, BERLIN)).toEqual(expected)
    })
  }

  test('R31: one alone has every turn, and nothing ever changes', () => {
    const duty = dutyFrom({
      shifts: [{ id: 's', days: 'all', hours: '24h', rotate: { agents: ['a'], every: 'day', from: '2026-12-01' } }],
    })
    const start = Date.parse('2026-12-01T00:00+01:00')
    expect(duty.nextTransition(Date.parse('2026-06-01T00:00Z'))).toBe(start)
    expect(duty.nextTransition(Date.parse('1950-06-01T00:00Z'))).toBe(start)
    expect(duty.nextTransition(start)).toBe(Infinity)
    expect([crewsAt(duty, start - 1), crewsAt(duty, start)]).toEqual([[], ['s: a']])
  })

  // A table begins with a Thursday of UTC, and five weeks without a change say that only what is dated may come.
  for (const from of ['2026-12-30', '2026-12-31', '2027-01-07']) {
    test(`R31: a first turn on ${from} is found from every day of the months before`, () => {
      const rotate = { agents: ['a'], every: 'day', from }
      const duty = dutyFrom({ shifts: [{ id: 's', days: 'all', hours: '24h', rotate }] }, 'UTC')
      const start = Date.parse(from)
      for (let day = 1; day <= 120; day++) expect(duty.nextTransition(start - day * 86_400_000)).toBe(start)
    })
  }

  test('R31: people may be named by email, in any spelling', () => {
    const agents = [{ id: '1', email: 'ana@acme.example' }, { id: '2' }]
    const duty = dutyFrom(
      { shifts: [{ id: 's', days: 'all', hours: '24h', agents: ['ANA@acme.example', 2] }] },
      'UTC',
      agents,
    )
    expect(crewsAt(duty, 0)).toEqual(['s: 1, 2'])
  })

  test('R31: the next duties of one person, the running one first', () => {
    const duty = dutyFrom({
      shifts: [
        { id: 'front', days: 'mon-fri', hours: '09:00-13:00', agents: ['a'] },
        {
          id: 'late',
          days: 'mon-fri',
          hours: '13:00-22:00',
          rotate: { agents: ['b', 'a'], every: 'day', from: '2026-12-01' },
        },
      ],
    })
    const at = Date.parse('2026-12-01T10:00+01:00')
    const duties = []
    for (const { shift, start } of duty.dutiesOf(duty.personOf('a')!, at)) {
      duties.push(`${shift.id} ${new Date(start).toISOString()}`)
      if (duties.length === 4) break
    }
    expect(duties).toEqual([
      'front 2026-12-01T09:00:00.000Z',
      'front 2026-12-02T08:00:00.000Z',
      'late 2026-12-02T12:00:00.000Z',
      'front 2026-12-03T08:00:00.000Z',
    ])
    expect(duty.personOf('z')).toBeUndefined()
  })
})
