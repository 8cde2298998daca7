import { describe, expect, test } from 'vitest'
import { Zone } from '../../../src/domain/time/zone.js'
import { dutyFrom, rota } from './duty-of.js'

const turns = (agents: string[], from: string) => ({ rotate: { agents, every: 'day', from } })

const cases: readonly { title: string; zone: string; shifts: object[]; from: string; to: string; rota: string[] }[] = [
  {
    title: 'a handover at 02:30 in a gap is when the clock shows 03:30',
    zone: 'Europe/Berlin',
    shifts: [
      { id: 'early', days: 'all', hours: '00:00-02:30', agents: ['a'] },
      { id: 'late', days: 'all', hours: '02:30-06:00', agents: ['b'] },
    ],
    from: '2026-03-28T23:00Z',
    to: '2026-03-29T10:00Z',
    rota: ['2026-03-29 00:00+01:00 to 03:30+02:00 early: a', '2026-03-29 03:30+02:00 to 06:00+02:00 late: b'],
  },
  {
    title: 'a handover at 02:30 in a repeated hour is the first of the two',
    zone: 'Europe/Berlin',
    shifts: [
      { id: 'early', days: 'all', hours: '00:00-02:30', agents: ['a'] },
      { id: 'late', days: 'all', hours: '02:30-06:00', agents: ['b'] },
    ],
    from: '2026-10-24T22:00Z',
    to: '2026-10-25T10:00Z',
    rota: ['2026-10-25 00:00+02:00 to 02:30+02:00 early: a', '2026-10-25 02:30+02:00 to 06:00+01:00 late: b'],
  },
  {
    title: 'Lord Howe moves its clock by half an hour',
    zone: 'Australia/Lord_Howe',
    shifts: [{ id: 's', days: 'all', hours: ['00:00-02:15', '02:15-24:00'], ...turns(['a', 'b'], '2026-10-03') }],
    from: '2026-10-02T13:30Z',
    to: '2026-10-05T13:00Z',
    rota: [
      '2026-10-03 00:00+10:30 to 2026-10-04 00:00+10:30 s: a',
      '2026-10-04 00:00+10:30 to 2026-10-05 00:00+11:00 s: b',
      '2026-10-05 00:00+11:00 to 2026-10-06 00:00+11:00 s: a',
    ],
  },
  {
    title: 'Apia skipped a date: nobody loses the turn that nobody had',
    zone: 'Pacific/Apia',
    shifts: [{ id: 's', days: 'all', hours: '24h', ...turns(['a', 'b', 'c'], '2011-12-28') }],
    from: '2011-12-28T10:00Z',
    to: '2012-01-01T10:00Z',
    rota: [
      '2011-12-28 00:00-10:00 to 2011-12-29 00:00-10:00 s: a',
      '2011-12-29 00:00-10:00 to 2011-12-31 00:00+14:00 s: b',
      '2011-12-31 00:00+14:00 to 2012-01-01 00:00+14:00 s: c',
      '2012-01-01 00:00+14:00 to 2012-01-02 00:00+14:00 s: a',
    ],
  },
  {
    title: 'a shift that a gap empties is nobody’s turn',
    zone: 'Europe/Berlin',
    shifts: [{ id: 's', days: 'all', hours: '02:00-03:00', ...turns(['a', 'b'], '2026-03-28') }],
    from: '2026-03-27T23:00Z',
    to: '2026-03-30T22:00Z',
    rota: ['2026-03-28 02:00+01:00 to 03:00+01:00 s: a', '2026-03-30 02:00+02:00 to 03:00+02:00 s: b'],
  },
  {
    title: 'a week whose only shift a gap empties is nobody’s turn',
    zone: 'Europe/Berlin',
    shifts: [
      { id: 's', days: 'sun', hours: '02:00-03:00', rotate: { agents: ['a', 'b'], every: 'week', from: '2026-03-16' } },
    ],
    from: '2026-03-16T00:00Z',
    to: '2026-04-06T00:00Z',
    rota: ['2026-03-22 02:00+01:00 to 03:00+01:00 s: a', '2026-04-05 02:00+02:00 to 03:00+02:00 s: b'],
  },
]

describe('R31, R4: duty over clock changes', () => {
  for (const { title, zone, shifts, from, to, rota: expected } of cases) {
    test(`R31: ${title}`, () => {
      expect(rota(dutyFrom({ shifts }, zone), from, to, Zone.of(zone))).toEqual(expected)
    })
  }

  const around = [
    { zone: 'Europe/Berlin', from: '2026-03-20T00:00Z' },
    { zone: 'Europe/Berlin', from: '2026-10-16T00:00Z' },
    { zone: 'America/Havana', from: '2026-10-25T00:00Z' },
    { zone: 'Australia/Lord_Howe', from: '2026-09-27T00:00Z' },
    { zone: 'Pacific/Apia', from: '2011-12-25T00:00Z' },
  ]
  const plans: readonly { title: string; hours: string[] }[] = [
    { title: 'whole days', hours: ['00:00-24:00'] },
    { title: 'a handover at 02:30', hours: ['02:30-14:30', '14:30-02:30'] },
    { title: 'three handovers', hours: ['06:00-14:00', '14:00-22:00', '22:00-06:00'] },
  ]
  for (const { zone, from } of around) {
    for (const { title, hours } of plans) {
      // R4 moves the times of the skipped date to the next, where its own are too.
      if (zone === 'Pacific/Apia' && hours.length > 1) continue
      test(`R31: a rota around the clock in ${zone} from ${from} has neither gap nor overlap: ${title}`, () => {
        const shifts = hours.map((range, index) => ({
          id: `s${index}`,
          days: 'all',
          hours: range,
          ...turns(['a', 'b', 'c'], '2011-01-01'),
        }))
        const start = Date.parse(from)
        const end = start + 14 * 86_400_000
        let at = start
        for (const stretch of dutyFrom({ shifts }, zone).stretches(start, end)) {
          expect(new Date(stretch.start).toISOString()).toBe(new Date(at).toISOString())
          at = stretch.end
        }
        expect(at).toBe(end)
      })
    }
  }
})
