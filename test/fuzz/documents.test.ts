import { expect, test } from 'vitest'
import { fuzzDocuments } from './documents.js'

const SEED = 20_261_123

test('any document is refused with the place of its problems, or answered for', () => {
  const { valid, refused, refusedRequests, failures } = fuzzDocuments({ runs: 1500, seed: SEED })
  expect(failures).toEqual([])
  // A fuzz that only ever sees one side proves little.
  expect([valid, refused, refusedRequests].map((count) => count > 50)).toEqual([true, true, true])
})

test('the same seed gives the same runs', () => {
  const [first, again] = [1, 2].map(() => {
    const { valid, refused, refusedRequests } = fuzzDocuments({ runs: 100, seed: SEED })
    return { valid, refused, refusedRequests }
  })
  expect(again).toEqual(first)
})
