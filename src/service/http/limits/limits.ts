const MB = 1024 * 1024

/** What one caller may ask of the server. */
export interface Limits {
  /** Requests a minute of one token, or of one address without a token; 0 for any number. */
  readonly requestsPerMinute: number
  /** Wrong tokens a minute from one address before it has to wait. */
  readonly failedLoginsPerMinute: number
  /** How long a client may take to begin to speak TLS. */
  readonly handshakeTimeoutMs: number
  /** How long a client may take to send its headers. */
  readonly headersTimeoutMs: number
  /** How long a client may take to send a request. */
  readonly requestTimeoutMs: number
  readonly maxHeaderBytes: number
  /** How long a client may take nothing of what is sent to it. */
  readonly stallTimeoutMs: number
  /** How long a client may take to read an answer. */
  readonly answerTimeoutMs: number
  /** What may wait to be read by all clients together. */
  readonly maxUnsentBytes: number
  /** At once; fewer where the system lets the process open fewer. */
  readonly maxConnections: number
  readonly maxConnectionsPerAddress: number
  /** How often an event stream says that it is there while there is nothing to tell. */
  readonly streamKeepAliveMs: number
  /** Event streams at once. */
  readonly maxStreams: number
  readonly maxStreamsPerAddress: number
  readonly maxStreamsPerToken: number
  /** The metrics are written anew at most so often: thousands of lines, while nobody else is answered. */
  readonly metricsIntervalMs: number
}

export const DEFAULT_LIMITS: Limits = {
  requestsPerMinute: 6000,
  failedLoginsPerMinute: 20,
  handshakeTimeoutMs: 10_000,
  headersTimeoutMs: 10_000,
  requestTimeoutMs: 60_000,
  maxHeaderBytes: 16 * 1024,
  stallTimeoutMs: 30_000,
  answerTimeoutMs: 300_000,
  maxUnsentBytes: 256 * MB,
  maxConnections: 10_000,
  maxConnectionsPerAddress: 1000,
  streamKeepAliveMs: 15_000,
  maxStreams: 1000,
  maxStreamsPerAddress: 400,
  maxStreamsPerToken: 200,
  metricsIntervalMs: 1000,
}
