import type { LookupFunction } from 'node:net'

/** A way to one service, over one or a few sockets. */
export interface Connection {
  /**
   * Sends a request and waits for the head of its answer.
   * @throws whatever broke: the socket's error, undici's, or {@link LimitError}
   */
  open(request: WireRequest): Promise<WireAnswer>
  /** Ends every socket at once, so that the process can end. */
  close(): Promise<void>
}

export interface WireRequest {
  readonly method: string
  /** With the query. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string | undefined
  /** How long the head of the answer may take; zero is forever. */
  readonly headersMs: number
  /** How long the body may fall silent; zero is forever. */
  readonly silenceMs: number
  /** How long everything may take, the body included; zero is forever. */
  readonly deadlineMs: number
  readonly signal?: AbortSignal | undefined
}

export interface WireAnswer {
  readonly status: number
  readonly headers: WireHeaders
  /** The body as it comes; leaving the loop early breaks the connection. */
  readonly chunks: AsyncIterable<Uint8Array>
}

/** Names are in lower case. */
export type WireHeaders = Readonly<Record<string, string | readonly string[] | undefined>>

/** Where a service is, and how to trust it. */
export interface ConnectionOptions {
  readonly url: URL
  /** Certificates to trust, PEM, in place of Node's own. */
  readonly ca?: string | undefined
  readonly connectMs: number
  /** Finds the addresses of a name; default: as the system does. */
  readonly lookup?: LookupFunction | undefined
}

/** A request went beyond what it was given, or its answer was cut short. */
export class LimitError extends Error {
  readonly code: 'CONNECT' | 'HEAD' | 'SILENCE' | 'DEADLINE' | 'TOO_LONG' | 'CUT'

  constructor(code: LimitError['code']) {
    super(code)
    this.code = code
  }
}

/** The first of a header's values. */
export function headerOf(headers: WireHeaders, name: string): string | undefined {
  const value = headers[name]
  return typeof value === 'object' ? value[0] : value
}
