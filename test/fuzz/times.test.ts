import { expect, test } from 'vitest'
import { fuzzTimes } from './times.js'

test('any time is read as the instant that it names, or refused with a hint', () => {
  const { read, refused, agreed, spoiled, failures } = fuzzTimes({ runs: 3000, seed: 20_261_123 })
  expect(failures.slice(0, 5)).toEqual([])
  expect([read, refused, agreed, spoiled].map((count) => count > 100)).toEqual([true, true, true, true])
})
