import { expect, test } from 'vitest'
import { createClient } from '../../src/api/client.js'
import { type OperationId, operations } from '../../src/api/contract/operations.js'
import { exitCodeOf } from '../../src/cli/exit-codes.js'
import { DriftStatusError } from '../../src/domain/errors.js'
import { driftTransport } from '../../src/drift/adapter/drift-transport.js'

const SUPPORTED: readonly OperationId[] = [
  'getSettings',
  'getStatus',
  'listAgents',
  'getAgent',
  'putStatus',
  'getTeams',
]
const REFUSED = (Object.keys(operations) as OperationId[]).filter((id) => !SUPPORTED.includes(id))

const transport = driftTransport({
  send: async () => {
    throw new Error('sent')
  },
  token: 't',
  now: () => 0,
})

test.each(REFUSED)('%s is refused in one sentence with what to do instead, and nothing is sent', async (id) => {
  const error = await transport.call(id, {}, {}).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(DriftStatusError)
  const { message, hint } = error as DriftStatusError
  expect(exitCodeOf(error)).toBe(2)
  expect(message).toMatch(/Drift/)
  expect(message).not.toMatch(/[.;]/)
  expect(hint).toMatch(/\w{3}/)
  expect(message).not.toContain('nothing of the kind')
})

test('an operation that nobody has is refused too', async () => {
  const error = await transport.call('toString' as OperationId, {}, {}).catch((thrown: unknown) => thrown)
  expect(exitCodeOf(error)).toBe(2)
})

test('changes are not told: whoever listens is told that', async () => {
  const events = createClient(transport).events(0, new AbortController().signal)
  const error = await events[Symbol.asyncIterator]()
    .next()
    .catch((thrown: unknown) => thrown)
  expect(exitCodeOf(error)).toBe(2)
})
