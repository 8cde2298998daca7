import { expect } from 'vitest'
import * as z from 'zod/mini'
import type { Transport } from '../../src/api/client.js'
import { errorsOf, type OperationId } from '../../src/api/contract/operations.js'
import { responses } from '../../src/api/contract/responses.js'
import { DriftStatusError } from '../../src/domain/errors.js'

/**
 * A transport that fails the test when an answer is not what the contract declares, or an error is
 * none of those it names: whatever a test calls is checked on the way.
 */
export function checkedTransport(transport: Transport): Transport {
  return {
    async call(id, request, options) {
      const answer = await transport.call(id, request, options).catch((error: unknown) => {
        if (error instanceof DriftStatusError && id in responses) {
          expect(errorsOf(id), `the errors of ${id}`).toContain(error.code)
        }
        throw error
      })
      checkAnswer(id, answer)
      return answer
    },
    events: (after, signal) => transport.events(after, signal),
    close: () => transport.close(),
  }
}

/** Nothing undeclared, nothing of another type, and nothing missing that a default would fill in. */
export function checkAnswer(id: OperationId, answer: unknown): void {
  const parsed = z.safeParse<z.ZodMiniType>(responses[id](), answer)
  expect(parsed.error?.issues ?? [], `the answer of ${id}`).toEqual([])
  expect(parsed.data, `the answer of ${id}`).toEqual(answer)
}
