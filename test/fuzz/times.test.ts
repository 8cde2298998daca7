import { expect, test } from 'vitest'
import { fuzzTimes } from './times.js'

test('any time is read as an instant, or refused with a hint', () => {
  const { read, refused, failures } = fuzzTimes({ runs: 3000, seed: 20_261_123 })
  expect(failures).toEqual([])
  expect([read, refused].map((count) => count > 100)).toEqual([true, true])
})
