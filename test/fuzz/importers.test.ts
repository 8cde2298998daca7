import { expect, test } from 'vitest'
import { fuzzImporter, IMPORTERS } from './importers.js'

test.each(IMPORTERS)('R5: any text that %s is given is read, or refused with one clear error', (importer) => {
  const { accepted, refused, failures } = fuzzImporter(importer, { runs: 1500, seed: 20_261_126 })
  expect(failures.slice(0, 3)).toEqual([])
  expect([accepted, refused].map((count) => count > 50)).toEqual([true, true])
})
