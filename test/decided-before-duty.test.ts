import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { decidedCases } from './decided-cases.js'

/** What the version before there was any duty decided: made once with it, and never again. */
const BEFORE = JSON.parse(readFileSync('test/cases/decided-before-duty.json', 'utf8'))

test('R32: documents without duty decide exactly as before', () => {
  const decided = decidedCases()
  expect(Object.keys(decided).length).toBeGreaterThan(50)
  expect(decided).toEqual(BEFORE)
})
