import type { FastifyRequest } from 'fastify'
import { DRY_RUN_PARAMETER, IDEMPOTENCY_HEADER, NOTE_HEADER, parseIfMatch } from '../../../api/contract/http.js'
import type { WriteOptions } from '../../../api/contract/operation.js'
import { DriftStatusError } from '../../../domain/errors.js'
import type { Repeatable } from '../../revisions/idempotency.js'

const MAX_KEY_LENGTH = 255

/** Of the query. */
interface WriteParameters {
  readonly dryRun: unknown
  readonly horizon: unknown
}

/**
 * What a write carries beside its request.
 * @throws DriftStatusError (invalid-input) for a header that is not what it should be
 */
export function readWriteOptions({ headers }: FastifyRequest, { dryRun, horizon }: WriteParameters): WriteOptions {
  const note = headers[NOTE_HEADER]
  const ifMatch = headers['if-match']
  return {
    ...(note !== undefined && { note: decodeNote(String(note)) }),
    ...(dryRun !== undefined && { dryRun: readDryRun(dryRun) }),
    // The service refuses what is not a number of days.
    ...(horizon !== undefined && { horizonDays: /^\d+$/.test(String(horizon)) ? Number(horizon) : Number.NaN }),
    ...(ifMatch !== undefined && ifMatch !== '*' && { ifMatch: readIfMatch(ifMatch) }),
  }
}

/** The write as one that may come again, when the caller says so. */
export function readRepeatable({ headers, bearer, secret }: FastifyRequest): Repeatable | undefined {
  const key = headers[IDEMPOTENCY_HEADER]
  if (key === undefined) return undefined
  if (typeof key === 'string' && key !== '' && key.length <= MAX_KEY_LENGTH) {
    return { key, token: bearer!.tokenId, secret: secret! }
  }
  throw new DriftStatusError('invalid-input', 'the header Idempotency-Key is empty or too long', {
    hint: `send a new random text with every new request, at most ${MAX_KEY_LENGTH} characters`,
  })
}

function decodeNote(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch (cause) {
    throw new DriftStatusError('invalid-input', 'the header Drift-Status-Note is not percent-encoded', {
      hint: 'write encodeURIComponent(note)',
      cause,
    })
  }
}

function readDryRun(value: unknown): boolean {
  if (value === 'true' || value === 'false') return value === 'true'
  throw new DriftStatusError('invalid-input', `the parameter ${DRY_RUN_PARAMETER} is neither true nor false`)
}

function readIfMatch(text: string): readonly number[] {
  const revisions = parseIfMatch(text)
  if (revisions !== undefined) return revisions
  throw new DriftStatusError('invalid-input', 'the header If-Match is not a list of ETags', {
    hint: 'send the ETag of what was read, e.g. "12" with its quotes',
  })
}
