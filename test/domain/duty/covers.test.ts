import { describe, expect, test } from 'vitest'
import { crewsAt, dutyFrom } from './duty-of.js'

const FRONT = { id: 'front', days: 'all', hours: '09:00-13:00', agents: ['a', 'b'] }
const LATE = {
  id: 'late',
  days: 'all',
  hours: '13:00-22:00',
  rotate: { agents: ['a', 'b', 'c'], every: 'day', from: '2026-12-01' },
}
const cover = (shift: string, from: string, to: string, agent: string, instead: string) => ({
  shift,
  from: `2026-12-01 ${from}`,
  to: `2026-12-01 ${to}`,
  agent,
  instead,
})

/** Who is on duty at these times of 1 December in Berlin. */
const cases: readonly { title: string; covers: object[]; crews: Record<string, string[]> }[] = [
  {
    title: 'one person takes the place of another for a part of a turn',
    covers: [cover('front', '10:00', '11:00', 'c', 'a')],
    crews: { '09:59': ['front: a, b'], '10:00': ['front: c for a, b'], '11:00': ['front: a, b'] },
  },
  {
    title: 'a cover goes over a handover, in its own shift only',
    covers: [cover('late', '12:00', '15:00', 'd', 'a')],
    crews: { '12:30': ['front: a, b'], '13:00': ['late: d for a'], '15:00': ['late: a'] },
  },
  {
    title: 'of two covers of the same place the later written holds',
    covers: [cover('front', '09:00', '12:00', 'c', 'a'), cover('front', '11:00', '13:00', 'd', 'a')],
    crews: { '10:00': ['front: c for a, b'], '11:00': ['front: d for a, b'], '12:30': ['front: d for a, b'] },
  },
  {
    title: 'a cover of a cover takes the same place',
    covers: [cover('front', '09:00', '13:00', 'c', 'a'), cover('front', '11:00', '12:00', 'd', 'c')],
    crews: { '10:00': ['front: c for a, b'], '11:00': ['front: d for a, b'], '12:00': ['front: c for a, b'] },
  },
  {
    title: 'a swap is two covers',
    covers: [
      cover('late', '13:00', '22:00', 'b', 'a'),
      { shift: 'late', from: '2026-12-02 13:00', to: '2026-12-02 22:00', agent: 'a', instead: 'b' },
    ],
    crews: { '14:00': ['late: b for a'], '38:00': ['late: a for b'], '62:00': ['late: c'] },
  },
  {
    title: 'times with an offset are those instants',
    covers: [{ ...cover('front', '', '', 'c', 'a'), from: '2026-12-01T09:00:00Z', to: '2026-12-01T10:00:00Z' }],
    crews: { '09:59': ['front: a, b'], '10:00': ['front: c for a, b'], '11:00': ['front: a, b'] },
  },
]

describe('R33: covers', () => {
  for (const { title, covers, crews } of cases) {
    test(`R33: ${title}`, () => {
      const duty = dutyFrom({ shifts: [FRONT, LATE], covers })
      const midnight = Date.parse('2026-12-01T00:00+01:00')
      const found = Object.keys(crews).map((time) => {
        const [hours, minutes] = time.split(':').map(Number) as [number, number]
        return [time, crewsAt(duty, midnight + (hours * 60 + minutes) * 60_000)]
      })
      expect(Object.fromEntries(found)).toEqual(crews)
    })
  }
})
