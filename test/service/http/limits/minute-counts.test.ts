import { expect, test } from 'vitest'
import { MinuteCounts } from '../../../../src/service/http/limits/minute-counts.js'

test('a clock that was set back makes nobody wait longer than a minute', () => {
  let now = 1_000_000
  const counts = new MinuteCounts(1, () => now)
  expect([counts.add('a'), counts.add('a')]).toEqual([0, 60])
  now = 0
  expect(counts.add('a')).toBe(0)
})

test('of ever new keys the last 10,000 alone are remembered', () => {
  const counts = new MinuteCounts(1, () => 0)
  for (let index = 0; index < 25_000; index++) counts.add(String(index))
  expect(counts.size).toBe(10_000)
})
