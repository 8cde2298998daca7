/** Sends one HTTP request to one origin; whoever makes it knows the origin, the proxies and the timeouts. */
export type Send = (request: SendRequest) => Promise<SendReply>

export interface SendRequest {
  readonly method: string
  /** Without a query. */
  readonly path: string
  /** A name with a list is there once for each of its values. */
  readonly query?: Record<string, string | readonly string[]>
  readonly headers?: Record<string, string>
  /** Sent as JSON. */
  readonly body?: unknown
  /** Whether sending it twice does what sending it once does, so that it may be tried again. */
  readonly isSafe: boolean
}

/**
 * A reply of any status. A request that got none throws DriftStatusError: `unreachable` when there
 * was no connection or it broke, `busy` when the answer took too long.
 */
export interface SendReply {
  readonly status: number
  /** By names in small letters. */
  readonly headers: Record<string, string | undefined>
  readonly text: string
}
