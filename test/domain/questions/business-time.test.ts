import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compileWorkspace } from '../../../src/domain/decision/compile-workspace.js'
import { parseWorkspace } from '../../../src/domain/document/parse-workspace.js'
import { openTimeAfter, openTimeBetween } from '../../../src/domain/questions/business-time.js'

const MINUTE = 60_000

function workspaceOf(hours: object, timeZone = 'Europe/Berlin') {
  return compileWorkspace(parseWorkspace(JSON.stringify({ version: 1, timeZone, hours }), 'hours.json'))
}

const OFFICE = { weekly: { mon: '09:00-17:00', fri: ['09:00-12:00', '13:00-17:00'], sat: '22:00-02:00' } }

describe('R3, R4: open time after an instant', () => {
  test.each([
    { at: '2026-11-27T16:00+01:00', minutes: 60, reached: '2026-11-27T17:00:00.000+01:00', why: 'ends at the close' },
    { at: '2026-11-27T16:00+01:00', minutes: 61, reached: '2026-11-28T22:01:00.000+01:00', why: 'goes on as it opens' },
    { at: '2026-11-27T11:30+01:00', minutes: 60, reached: '2026-11-27T13:30:00.000+01:00', why: 'skips lunch' },
    { at: '2026-11-28T22:00+01:00', minutes: 240, reached: '2026-11-29T02:00:00.000+01:00', why: 'over midnight' },
    { at: '2026-11-29T12:00+01:00', minutes: 1, reached: '2026-11-30T09:01:00.000+01:00', why: 'begins while closed' },
    {
      at: '2026-10-24T23:00+02:00',
      minutes: 240,
      reached: '2026-10-26T10:00:00.000+01:00',
      why: 'over a clock change',
    },
  ])('$minutes min after $at: $why', ({ at, minutes, reached }) => {
    expect(openTimeAfter(workspaceOf(OFFICE), Date.parse(at), minutes).reached).toBe(reached)
  })

  test('hours that never open reach nothing', () => {
    expect(openTimeAfter(workspaceOf({ weekly: {} }), 0, 1).reached).toBeNull()
  })
})

test('what is added is what is between, for any hours, zone and instant', () => {
  const range = fc.tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 1, max: 20 })).map(([start, length]) => {
    const two = (hour: number) => String(hour % 24).padStart(2, '0')
    return `${two(start)}:00-${two(start + length)}:00`
  })
  fc.assert(
    fc.property(
      fc.dictionary(fc.constantFrom('mon', 'wed', 'sat', 'sun'), range, { minKeys: 1 }),
      fc.constantFrom('Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'UTC'),
      fc.integer({ min: Date.parse('2026-01-01T00:00Z') / MINUTE, max: Date.parse('2027-01-01T00:00Z') / MINUTE }),
      fc.integer({ min: 1, max: 20_000 }),
      (weekly, zone, minute, minutes) => {
        const workspace = workspaceOf({ weekly }, zone)
        const at = minute * MINUTE
        const reached = Date.parse(openTimeAfter(workspace, at, minutes).reached!)
        expect(openTimeBetween(workspace, at, reached).openMinutes).toBe(minutes)
        expect(openTimeBetween(workspace, at, reached - MINUTE).openMinutes).toBe(minutes - 1)
      },
    ),
    { numRuns: 300 },
  )
})

test('a time that ends before it begins is an error', () => {
  expect(() => openTimeBetween(workspaceOf(OFFICE), 1, 0)).toThrow('ends before it begins')
})
