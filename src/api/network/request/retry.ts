/** How often and how long a request is tried again. */
export interface RetryPolicy {
  /** Tries after the first one. */
  readonly retries: number
  /** The longest first pause; each one after it may be twice as long, up to {@link maxPauseMs}. */
  readonly firstPauseMs: number
  readonly maxPauseMs: number
}

/** Answers that say "not now": the rate limit, a gateway without its service, a service that starts or stops. */
const PASSING_STATUS: readonly number[] = [429, 502, 503, 504]

export function isPassingStatus(status: number): boolean {
  return PASSING_STATUS.includes(status)
}

/** Full jitter: anything from nothing to the limit, so that clients that failed together do not return together. */
export function jitteredPause(
  tries: number,
  { firstPauseMs, maxPauseMs }: Omit<RetryPolicy, 'retries'>,
  random: () => number,
) {
  return Math.round(random() * Math.min(maxPauseMs, firstPauseMs * 2 ** tries))
}

/** `Retry-After` in milliseconds from now: it is written in seconds, or as a date. Undefined for anything else. */
export function parseRetryAfter(value: string | undefined, now: number): number | undefined {
  if (value === undefined) return undefined
  const text = value.trim()
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000
  const date = /[a-z]/i.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(date) ? undefined : Math.max(0, date - now)
}
