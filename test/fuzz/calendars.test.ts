import { expect, test } from 'vitest'
import { fuzzCalendars } from './calendars.js'

test('R40: any calendar is refused with the place of its problems, or every event of it is told', () => {
  const { read, refused, closing, skipped, failures } = fuzzCalendars({ runs: 5000, seed: 20_261_127 })
  expect(failures).toEqual([])
  // A fuzz that only ever sees one side proves little.
  expect([read, refused, closing, skipped].map((count) => count > 500)).toEqual([true, true, true, true])
})
