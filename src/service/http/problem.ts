import { STATUS_CODES } from 'node:http'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { BODY_LIMITS } from '../../api/contract/body-bytes.js'
import { ERROR_STATUS, type ProblemAnswer } from '../../api/contract/http.js'
import { DriftStatusError, type ErrorCode } from '../../domain/errors.js'
import { StaleWriteError } from '../revisions/edit.js'
import { StoreFault } from '../store/store-errors.js'
import type { HttpDeps } from './http-deps.js'
import { TooManyRequestsError } from './limits/limit-error.js'

/** The HTTP framework's own errors in the house's words: what happened, and what to do. */
const FRAMEWORK_ERRORS: Readonly<Record<string, readonly [message: string, hint: string]>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: ['the body is too large', BODY_LIMITS],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: ['the body is not JSON', 'send JSON, with "Content-Type: application/json"'],
  FST_ERR_CTP_INVALID_JSON_BODY: ['the body is not valid JSON', 'check it with a JSON parser'],
  FST_ERR_CTP_EMPTY_JSON_BODY: ['the body is empty', 'send a JSON object, e.g. {}'],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: ['the body is not as long as Content-Length says', 'send the request again'],
  FST_ERR_BAD_URL: ['the path is not properly encoded', 'encode special characters as %XX'],
  FST_ERR_MAX_PARAM_LENGTH: ['a part of the path is too long', 'ids and emails are shorter'],
}

/** Any error as a problem (RFC 9457). An error that is not ours shows nothing of the inside. */
export function problemOf(error: unknown): ProblemAnswer {
  if (error instanceof StoreFault) {
    return problem(500, 'failed', `the workspace ${error.problem}`, 'the log of the service says more')
  }
  if (error instanceof DriftStatusError) {
    const { code, message, hint = null, rule, reason, subject } = error
    return {
      ...problem(statusOf(error), code, message, hint),
      ...(rule !== undefined && { rule }),
      ...(reason !== undefined && { reason }),
      ...(subject !== undefined && { subject }),
    }
  }
  const { code = '', statusCode = 500 } = error as { code?: string; statusCode?: number }
  const [message, hint] = FRAMEWORK_ERRORS[code] ?? ['the request is not understood', 'see /docs for what can be asked']
  if (statusCode >= 400 && statusCode < 500) return problem(statusCode, 'invalid-input', message, hint)
  return problem(500, 'failed', 'unexpected: the service failed', 'this is a bug: please report it with the request id')
}

/** What an error is, in whatever shape it is answered: logs a bug, counts what a limit turned away, and says when to ask again. */
export function reportProblem(
  error: unknown,
  { id }: FastifyRequest,
  reply: FastifyReply,
  { accessLog, metrics }: Pick<HttpDeps, 'accessLog' | 'metrics'>,
): ProblemAnswer {
  const answer = problemOf(error)
  metrics.countTurnedAway(error)
  if (answer.status === 500) accessLog.fault(id, error)
  if (error instanceof TooManyRequestsError) reply.header('retry-after', error.retryAfterSeconds)
  else if (answer.status === 503) reply.header('retry-after', 1)
  return answer
}

export function problem(status: number, code: ErrorCode, detail: string, hint: string | null): ProblemAnswer {
  return { type: 'about:blank', title: STATUS_CODES[status] ?? 'Error', status, detail, code, hint }
}

function statusOf(error: DriftStatusError): number {
  if (error instanceof TooManyRequestsError) return 429
  return error instanceof StaleWriteError ? 412 : ERROR_STATUS[error.code]
}
