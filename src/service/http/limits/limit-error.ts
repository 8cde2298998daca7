import { DriftStatusError } from '../../../domain/errors.js'

/** The limits that turn requests or connections away, as the metrics call them. */
export const LIMIT_NAMES = [
  'requests',
  'wrong-tokens',
  'streams',
  'long-questions',
  'documents',
  'body',
  'headers',
  'time',
  'connections',
] as const

export type LimitName = (typeof LIMIT_NAMES)[number]

/** Errors of the HTTP framework and of Node that are limits of ours. */
const LIMIT_OF_CODE: ReadonlyMap<unknown, LimitName> = new Map([
  ['FST_ERR_CTP_BODY_TOO_LARGE', 'body'],
  ['HPE_HEADER_OVERFLOW', 'headers'],
  ['ERR_HTTP_REQUEST_TIMEOUT', 'time'],
])

/** So many do it at once that there is no room for one more (503). */
export class NoRoomError extends DriftStatusError {
  readonly limit: LimitName

  constructor(limit: LimitName, message: string, hint: string) {
    super('busy', message, { hint })
    this.limit = limit
  }
}

/** Asked too often: what HTTP says of it beside the error (429). */
export class TooManyRequestsError extends DriftStatusError {
  readonly limit: LimitName
  readonly retryAfterSeconds: number

  constructor(limit: LimitName, message: string, retryAfterSeconds: number) {
    super('busy', message, { hint: `try again in ${retryAfterSeconds} s` })
    this.limit = limit
    this.retryAfterSeconds = retryAfterSeconds
  }
}

/** The limit that an error is about; undefined for any other error. */
export function limitOf(error: unknown): LimitName | undefined {
  if (error instanceof TooManyRequestsError || error instanceof NoRoomError) return error.limit
  return LIMIT_OF_CODE.get((error as { code?: unknown } | undefined)?.code)
}
