import type { TextAnswer } from '../../api/network/request/answer.js'
import type { ApiRequest } from '../../api/network/request/sender.js'
import { DriftStatusError, type ErrorCode, type ErrorReason } from '../../domain/errors.js'

/** How much of what Drift says is repeated. */
const MAX_CHARACTERS = 200

/** What a status means for the one who asked; any other 4xx and 5xx is Drift's failure. */
const CODES: Readonly<Record<number, ErrorCode>> = {
  400: 'invalid-input',
  401: 'not-logged-in',
  403: 'not-allowed',
  404: 'not-found',
  409: 'conflict',
  422: 'invalid-input',
  429: 'busy',
  503: 'busy',
}

/**
 * The error that a reply other than 2xx is. What Drift says is repeated where it says it in one of
 * the shapes it documents or is known to use; pages of a proxy or a gateway are not.
 */
export function driftError(request: ApiRequest, reply: TextAnswer, now: number): DriftStatusError {
  const { status } = reply
  const said = readMessage(reply.text)
  const code = CODES[status] ?? 'failed'
  const suffix = said === undefined ? '' : `: ${withoutSecrets(said, request)}`
  return new DriftStatusError(code, `${sentence(status, request)}${suffix}`, {
    reason: reasonOf(status),
    hint: hintOf(status, request, reply, now),
  })
}

function sentence(status: number, { method, path }: ApiRequest): string {
  switch (status) {
    case 401:
      return 'Drift does not accept the token'
    case 403:
      return `Drift does not let the token ${method === 'PATCH' ? 'change this' : 'read this'} (${method} ${path})`
    case 404:
      return `Drift has nothing at ${method} ${path}`
    case 429:
      return 'Drift takes no more requests of this token for now'
    case 503:
      return 'Drift is busy or being maintained'
    default:
      if (status >= 500) return `Drift failed to answer ${method} ${path} (${status})`
      if (status >= 300 && status < 400)
        return `Drift sends ${method} ${path} elsewhere (${status}), which is not followed`
      return `Drift refused ${method} ${path} (${status})`
  }
}

function reasonOf(status: number): ErrorReason | undefined {
  if (status === 401) return 'drift-token'
  if (status === 403) return 'drift-scope'
  return status < 300 || (status >= 400 && status < 500 && status !== 429) ? 'drift-mismatch' : undefined
}

function hintOf(status: number, { method }: ApiRequest, { headers }: TextAnswer, now: number): string {
  switch (status) {
    case 401:
      return 'make a new token at dev.drift.com'
    case 403:
      return `log in again if the token is old; else give its app the scope ${method === 'PATCH' ? 'user_write' : 'user_read'} at dev.drift.com`
    case 404:
      return 'check the address of the service'
    case 429:
    case 503: {
      const seconds = retryAfterSeconds(headers['retry-after'], now)
      return seconds === undefined
        ? 'try again in a minute'
        : `try again in ${seconds} ${seconds === 1 ? 'second' : 'seconds'}`
    }
    default:
      if (status >= 500) return 'try again later'
      if (status >= 300 && status < 400)
        return 'see whether the address of the service is right, or a proxy answers in its place'
      return 'check that token and service belong together'
  }
}

/** `Retry-After` is seconds or a date; undefined for neither. */
export function retryAfterSeconds(text: string | undefined, now: number): number | undefined {
  if (text === undefined) return undefined
  if (/^\d{1,9}$/.test(text.trim())) return Number(text)
  const date = Date.parse(text)
  return Number.isNaN(date) ? undefined : Math.max(0, Math.ceil((date - now) / 1000))
}

/** What Drift says: `{error: {type, message}}`, or the plainer `{error: "…"}` and `{message: "…"}`. */
function readMessage(text: string): string | undefined {
  let body: unknown
  try {
    body = JSON.parse(text)
  } catch {
    return undefined
  }
  const { error, message } = (body ?? {}) as { readonly error?: unknown; readonly message?: unknown }
  const inner = (error as { readonly message?: unknown } | null | undefined)?.message
  const said = [inner, error, message].find((value): value is string => typeof value === 'string' && value !== '')
  // One line: what a terminal would obey is left out.
  return said?.replace(/\p{Cc}+/gu, ' ').slice(0, MAX_CHARACTERS)
}

/** A service that repeats the token in its error does not make us print it. */
function withoutSecrets(text: string, { headers }: ApiRequest): string {
  const token = /^Bearer (.+)$/.exec(headers?.authorization ?? '')?.[1]
  return token === undefined ? text : text.replaceAll(token, '…')
}
