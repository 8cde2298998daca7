/** What one caller may ask of the server. */
export interface Limits {
  /** Requests a minute of one token, or of one address without a token; 0 for any number. */
  readonly requestsPerMinute: number
  /** Wrong tokens a minute from one address before it has to wait. */
  readonly failedLoginsPerMinute: number
  /** How long a client may take to send its headers. */
  readonly headersTimeoutMs: number
  /** How long a client may take to send a request. */
  readonly requestTimeoutMs: number
  readonly maxHeaderBytes: number
  /** Event streams at once. */
  readonly mostWatchers: number
}

export const DEFAULT_LIMITS: Limits = {
  requestsPerMinute: 6000,
  failedLoginsPerMinute: 20,
  headersTimeoutMs: 10_000,
  requestTimeoutMs: 60_000,
  maxHeaderBytes: 16 * 1024,
  mostWatchers: 1000,
}

const KB = 1024
const MB = 1024 * KB

/** A whole document of a hundred thousand agents; a list of rules or members; anything else is small. */
export const BODY_BYTES = { document: 16 * MB, section: MB, other: 64 * KB }
