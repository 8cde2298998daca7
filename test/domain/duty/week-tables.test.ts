import { expect, test } from 'vitest'
import { WEEK_MS, WeekTables } from '../../../src/domain/duty/week-tables.js'
import { crewsAt, dutyFrom } from './duty-of.js'

const tablesOf = (size: number, maxSize: number) => {
  const made: number[] = []
  const tables = new WeekTables((start) => {
    made.push(start)
    return { start, end: start + WEEK_MS, size }
  }, maxSize)
  return { tables, made }
}

test('R31: the table of a week is made once and answers for each of its instants', () => {
  const { tables, made } = tablesOf(100, 10_000)
  for (const at of [0, WEEK_MS - 1, WEEK_MS, 5, -1, -WEEK_MS]) {
    const { start, end } = tables.of(at)
    expect(start <= at && at < end).toBe(true)
  }
  expect(made).toEqual([0, WEEK_MS, -WEEK_MS])
})

test('R31: whoever asks for every week of three centuries gets each, and few of them are kept', () => {
  for (const size of [0, 1000, 100_000]) {
    const { tables } = tablesOf(size, 200_000)
    let most = 0
    for (let week = -3653; week < 12_000; week++) {
      if (tables.of(week * WEEK_MS).start !== week * WEEK_MS) expect(week).toBe('its own week')
      most = Math.max(most, tables.kept)
    }
    expect(most).toBeGreaterThan(0)
    expect(most * size).toBeLessThanOrEqual(200_000)
    expect(most).toBeLessThan(1000)
  }
})

test('R31: a table that is larger than all that may be kept is kept alone', () => {
  const { tables, made } = tablesOf(1000, 10)
  for (const at of [0, 1, WEEK_MS, WEEK_MS + 1, 0]) tables.of(at)
  expect([tables.kept, made]).toEqual([1, [0, WEEK_MS, 0]])
})

test('R31: a rota is the same after any other year was asked about', () => {
  const rotate = { agents: ['a', 'b', 'c'], every: 'day', from: '2026-01-01' }
  const duty = dutyFrom({ shifts: [{ id: 's', days: 'all', hours: '09:00-17:00', rotate }] })
  const at = Date.parse('2026-12-01T12:00Z')
  const before = [crewsAt(duty, at), duty.nextTransition(at)]
  for (let year = 1900; year < 2200; year += 20) duty.nextTransition(Date.UTC(year, 5, 1))
  expect([crewsAt(duty, at), duty.nextTransition(at)]).toEqual(before)
})
