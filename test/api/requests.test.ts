import { describe, expect, test } from 'vitest'
import { type OperationId, operations } from '../../src/api/contract/operations.js'
import { parseBy } from '../../src/service/validate.js'

/** What a request of an operation is read as, or the message it is refused with. */
function read(id: OperationId, request: unknown): unknown {
  try {
    return parseBy(operations[id].request(), request)
  } catch (error) {
    return (error as Error).message
  }
}

describe('numbers arrive over HTTP as text', () => {
  const cases: readonly { id: OperationId; request: object; expected: unknown }[] = [
    { id: 'listAgents', request: { limit: '5' }, expected: { limit: 5 } },
    { id: 'listAgents', request: { limit: 5 }, expected: { limit: 5 } },
    { id: 'listAgents', request: {}, expected: {} },
    { id: 'listAgents', request: { limit: 'five' }, expected: 'limit: "five" is not a whole number' },
    { id: 'listAgents', request: { limit: '1.5' }, expected: 'limit: "1.5" is not a whole number' },
    { id: 'listAgents', request: { limit: 1.5 }, expected: 'limit: 1.5 is not a whole number' },
    { id: 'listAgents', request: { limit: '' }, expected: 'limit: "" is not a whole number' },
    { id: 'listAgents', request: { limit: '0' }, expected: 'limit: "0" is below 1' },
    { id: 'listAgents', request: { limit: '1001' }, expected: 'limit: "1001" is above 1000' },
    { id: 'listAgents', request: { limti: '5' }, expected: 'limti: unknown key "limti"' },
    { id: 'getRevision', request: { number: '12' }, expected: { number: 12 } },
    { id: 'getRevision', request: {}, expected: 'number: is missing' },
    { id: 'getRevision', request: { number: 'last' }, expected: 'number: "last" is not a whole number' },
    { id: 'endAssignment', request: { id: '7' }, expected: { id: 7 } },
    { id: 'listRevisions', request: { before: '9', limit: '2' }, expected: { before: 9, limit: 2 } },
    { id: 'nextHours', request: { count: '3' }, expected: { count: 3 } },
    { id: 'nextHours', request: { count: '10001' }, expected: 'count: "10001" is above 10000' },
  ]
  test.each(cases)('$id $request', ({ id, request, expected }) => {
    expect(read(id, request)).toEqual(expected)
  })
})

test('a value of any type that is missing is told without a type', () => {
  const missing = expect.objectContaining({ message: 'document: is missing', hint: undefined })
  expect(() => parseBy(operations.putWorkspace.request(), {})).toThrow(missing)
})

describe('a simulation is bounded, so that one call cannot keep a service busy', () => {
  const from = '2026-01-01T00:00:00Z'
  const cases: readonly { id: OperationId; request: object; expected: unknown }[] = [
    { id: 'simulate', request: { sequence: 10_000, next: 10_000 }, expected: { sequence: 10_000, next: 10_000 } },
    { id: 'simulate', request: { sequence: 10_001 }, expected: 'sequence: 10001 is above 10000' },
    { id: 'simulate', request: { next: 0 }, expected: 'next: 0 is below 1' },
    { id: 'simulate', request: { seed: -1 }, expected: 'seed: -1 is below 0' },
    { id: 'simulate', request: { at: 'noon' }, expected: expect.stringContaining('at: "noon" is not') },
    {
      id: 'simulate',
      request: { assumptions: { agents: { '1': 'gone' } } },
      expected: 'assumptions.agents["1"]: "gone" is not one of available, away',
    },
    { id: 'coverage', request: { from, to: from, min: 0 }, expected: 'min: 0 is below 1' },
    { id: 'coverage', request: { from }, expected: 'to: is missing' },
    {
      id: 'simulateTimeline',
      request: { from, to: '2027-01-02T00:00:00Z' },
      expected: { from, to: '2027-01-02T00:00:00Z' },
    },
    {
      id: 'simulateTimeline',
      request: { from, to: '2027-01-02T00:00:01Z' },
      expected: 'to: is more than 366 days after "from"',
    },
    { id: 'simulateTimeline', request: { from, to: from }, expected: 'to: is not after "from"' },
    {
      id: 'simulateTimeline',
      request: { from: '2026-01-01T00:00:00,5Z', to: '2026-01-01T00:00:00,4Z' },
      expected: 'to: is not after "from"',
    },
    {
      id: 'simulateTimeline',
      request: { from: 'x', to: 'y' },
      expected: 'from: "x" is not an instant; to: "y" is not an instant',
    },
    { id: 'simulateTimeline', request: { from, to: 'later' }, expected: expect.stringContaining('to: "later" is not') },
  ]
  test.each(cases)('$id $request', ({ id, request, expected }) => {
    expect(read(id, request)).toEqual(expected)
  })
})
