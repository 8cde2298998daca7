import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dutyOf } from '../../../src/domain/duty/compile-duty.js'
import type { Duty } from '../../../src/domain/duty/duty.js'
import { DutyOracle } from './duty-oracle.js'
import { PEOPLE, type RandomRota, randomRota } from './rota-arbitrary.js'

const MINUTE = 60_000
const STEP = 15 * MINUTE

/** Compiled as it is: covers that cover nothing, which a document may not have, change nothing. */
function compile({ shifts, covers, timeZone }: RandomRota): Duty {
  const agents = PEOPLE.map((id) => ({ id }))
  return dutyOf({ duty: structuredClone({ shifts, covers }) as never, timeZone, agents })!.duty
}

function crewsOf(duty: Duty, at: number): Map<string, string[]> {
  const crews = new Map<string, string[]>()
  for (const { shift, crew } of duty.onDutyAt(at)) {
    crews.set(shift.id, [...new Set([...(crews.get(shift.id) ?? []), ...crew.map(({ agent }) => agent.id)])].sort())
  }
  return crews
}

test('R31, R33: who is on duty, by transitions, is who is on duty minute by minute', () => {
  fc.assert(
    fc.property(randomRota, (rota) => {
      const duty = compile(rota)
      const oracle = new DutyOracle(rota)
      let change = duty.nextTransition(rota.from - 1)
      let before = crewsOf(duty, rota.from - 1)
      for (let at = rota.from; at < rota.to; at += STEP) {
        const expected = oracle.onDutyAt(at)
        const crews = crewsOf(duty, at)
        expect({ at: new Date(at).toISOString(), crews }).toEqual({ at: new Date(at).toISOString(), crews: expected })
        const onDuty = new Set([...expected.values()].flat())
        const told = PEOPLE.filter((id) => {
          const person = duty.personOf(id)
          return person !== undefined && duty.isOnDuty(person.index, at)
        })
        expect(told).toEqual(PEOPLE.filter((id) => onDuty.has(id)))
        // Between two transitions nothing changes.
        if (at < change) expect(crews).toEqual(before)
        while (change <= at) change = duty.nextTransition(change)
        before = crews
      }
    }),
    { numRuns: 30 },
  )
})

test('R31: a rota asked from the end to the start is the same rota', () => {
  fc.assert(
    fc.property(randomRota, fc.integer({ min: 0, max: 1343 }), (rota, step) => {
      const [forward, backward] = [compile(rota), compile(rota)]
      backward.onDutyAt(rota.to)
      const at = rota.from + step * STEP
      expect(crewsOf(backward, at)).toEqual(crewsOf(forward, at))
    }),
    { numRuns: 100 },
  )
})

test('R31: a window lists what its instants are, clipped to it', () => {
  fc.assert(
    fc.property(randomRota, fc.nat(1343), fc.integer({ min: 1, max: 400 }), (rota, first, length) => {
      const duty = compile(rota)
      const [from, to] = [rota.from + first * STEP, rota.from + (first + length) * STEP]
      const stretches = duty.stretches(from, to)
      for (const { start, end } of stretches) expect(from <= start && start < end && end <= to).toBe(true)
      for (let at = from; at < to; at += STEP) {
        const listed = stretches.filter(({ start, end }) => start <= at && at < end)
        const ids = new Set(listed.flatMap(({ crew }) => crew.map(({ agent }) => agent.id)))
        expect([...ids].sort()).toEqual([...new Set([...crewsOf(duty, at).values()].flat())].sort())
      }
    }),
    { numRuns: 60 },
  )
})

test("R31: a person's duties are when that person is on duty", () => {
  fc.assert(
    fc.property(randomRota, fc.constantFrom(...PEOPLE), (rota, id) => {
      const duty = compile(rota)
      const person = duty.personOf(id)
      if (!person) return
      const own = []
      for (const stretch of duty.dutiesOf(person, rota.from)) {
        if (stretch.start >= rota.to) break
        own.push(stretch)
      }
      for (let at = rota.from; at < rota.to; at += STEP) {
        expect(own.some(({ start, end }) => start <= at && at < end)).toBe(duty.isOnDuty(person.index, at))
      }
    }),
    { numRuns: 60 },
  )
})

test('R31: a rotation gives nobody two turns in a row unless there are too few to choose from', () => {
  const DAY = 1440 * MINUTE
  fc.assert(
    fc.property(randomRota, (rota) => {
      for (const shift of rota.shifts) {
        if (!shift.rotate || shift.rotate.count * 2 > shift.rotate.agents.length) continue
        const [compiled] = compile({ ...rota, shifts: [shift], covers: [] }).shifts
        const turns = new Map<number, readonly string[]>()
        const first = Math.max(rota.from, Date.parse(shift.rotate.from)) / DAY
        for (let day = first; day < first + 60; day++) {
          if (compiled!.days.intervalsOn(day).length === 0) continue
          const period = shift.rotate.every === 'day' ? day : Math.floor((day + 3) / 7)
          turns.set(
            period,
            compiled!.crewOn(day).map(({ agent }) => agent.id),
          )
        }
        const inOrder = [...turns.values()]
        const repeated = inOrder.map((turn, index) => turn.filter((id) => inOrder[index - 1]?.includes(id)))
        expect(repeated.flat()).toEqual([])
      }
    }),
    { numRuns: 200 },
  )
})

test('R31: the next turn is the next one on every date of three centuries', () => {
  const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
  const START = Date.parse('1900-01-01') / 86_400_000
  fc.assert(
    fc.property(fc.subarray(WEEKDAYS, { minLength: 1 }), fc.nat(5000), (days, offset) => {
      const from = new Date((START + offset) * 86_400_000).toISOString().slice(0, 10)
      const rotate = { agents: PEOPLE, every: 'day' as const, from, count: 1 }
      const shifts = [{ id: 's', days, hours: ['09:00-17:00'], rotate }]
      const [shift] = compile({ timeZone: 'UTC', from: 0, to: 0, shifts, covers: [] }).shifts
      let turn = 0
      for (let day = START + offset; day < START + 109_500; day++) {
        if (!shift!.days.isPlannedOn(day)) continue
        if (shift!.crewOn(day)[0]?.agent.id !== PEOPLE[turn % PEOPLE.length]) expect(`day ${day}`).toBe('in turn')
        turn++
      }
    }),
    { numRuns: 10 },
  )
})
