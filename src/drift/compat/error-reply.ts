import { DriftStatusError, type ErrorCode } from '../../domain/errors.js'
import type { DriftErrorAnswer, DriftErrorType } from '../documents.js'

/** Drift's own table: it knows no other statuses. */
const STATUS: Readonly<Record<DriftErrorType, number>> = {
  validation_error: 400,
  authentication_error: 403,
  not_found: 404,
  rate_limit: 429,
  internal_error: 500,
}

const TYPE: Readonly<Record<ErrorCode, DriftErrorType>> = {
  usage: 'validation_error',
  'invalid-input': 'validation_error',
  condition: 'validation_error',
  conflict: 'validation_error',
  'not-logged-in': 'authentication_error',
  'not-allowed': 'authentication_error',
  'not-found': 'not_found',
  busy: 'rate_limit',
  unreachable: 'internal_error',
  unreadable: 'internal_error',
  interrupted: 'internal_error',
  failed: 'internal_error',
}

/** The type of an error that a web framework made of a request, by its status. */
const TYPE_OF_STATUS: Readonly<Record<number, DriftErrorType>> = {
  401: 'authentication_error',
  403: 'authentication_error',
  404: 'not_found',
  429: 'rate_limit',
}

export interface ErrorReply {
  readonly status: number
  readonly body: DriftErrorAnswer
}

/**
 * Anything thrown, in the shape of Drift's errors. A bug shows nothing of the inside, and hints are
 * left out: they name commands of ours, and the reader writes for Drift.
 */
export function errorReply(error: unknown): ErrorReply {
  if (error instanceof DriftStatusError) return reply(TYPE[error.code], error.message)
  const status = (error as { readonly statusCode?: unknown } | null | undefined)?.statusCode
  if (typeof status === 'number' && status >= 400 && status < 500) {
    return reply(TYPE_OF_STATUS[status] ?? 'validation_error', (error as Error).message)
  }
  return reply('internal_error', 'something went wrong in the service')
}

function reply(type: DriftErrorType, message: string): ErrorReply {
  return { status: STATUS[type], body: { error: { type, message } } }
}
