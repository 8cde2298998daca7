import { expect, test } from 'vitest'
import { compileWorkspace } from '../../../src/domain/decision/compile-workspace.js'
import { documentOf } from '../workspace-builder.js'

const NINE_IN_BERLIN = Date.parse('2026-11-23T08:00:00Z')

test('R1: hours that two documents share are read in the zone of each', () => {
  const berlin = { ...documentOf({ hours: { weekly: { mon: '09:00-17:00' } } }), timeZone: 'Europe/Berlin' }
  const newYork = { ...berlin, timeZone: 'America/New_York' }
  expect(compileWorkspace(berlin).schedule.isOpen(NINE_IN_BERLIN)).toBe(true)
  expect(compileWorkspace(newYork).schedule.isOpen(NINE_IN_BERLIN)).toBe(false)
  expect(compileWorkspace(berlin).schedule.isOpen(NINE_IN_BERLIN)).toBe(true)
})
