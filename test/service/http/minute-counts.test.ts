import { expect, test } from 'vitest'
import { MinuteCounts } from '../../../src/service/http/minute-counts.js'

test('a clock that was set back makes nobody wait longer than a minute', () => {
  let now = 1_000_000
  const counts = new MinuteCounts(1, () => now)
  expect([counts.add('a'), counts.add('a')]).toEqual([0, 60])
  now = 0
  expect(counts.add('a')).toBe(0)
})
