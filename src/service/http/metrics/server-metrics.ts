import { Counter, Gauge, Histogram, prometheusContentType, Registry } from 'prom-client'
import { LIMIT_NAMES, limitOf } from '../limits/limit-error.js'
import { addProcessMetrics } from './process-metrics.js'

export const METRICS_TYPE = prometheusContentType

/** How a write ended: on disk; refused for what it asks; or failed, because of the disk, of other processes or of a bug. */
export type WriteOutcome = (typeof OUTCOMES)[number]
const OUTCOMES = ['kept', 'refused', 'failed'] as const

/** Methods that routes take; whatever else a client makes up is one more. */
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])
const OTHER_METHOD = 'other'
const UNKNOWN_ROUTE = 'unknown'

/** From an answer that is kept to what a person no longer waits for. */
const REQUEST_SECONDS = [0.001, 0.0025, 0.01, 0.025, 0.1, 0.25, 1, 2.5, 10]
/** A write waits for other processes up to 8 s. */
const WAIT_SECONDS = [0.001, 0.005, 0.025, 0.1, 0.5, 1, 2.5, 5, 10]

/** A request that was answered, in words of which there are only so many: never its path, nor anything else of the client. */
export interface CountedRequest {
  readonly method: string
  /** The pattern of the route; undefined where there is none. */
  readonly route: string | undefined
  readonly status: number
  /** Undefined where it says nothing: an event stream lasts as long as somebody watches. */
  readonly seconds: number | undefined
}

export interface MetricsOptions {
  /** Of drift-status. */
  readonly version: string
  /** The number of the last revision; undefined when the store does not say. */
  readonly lastRevision: () => Promise<number | undefined>
}

/** What one server counts, for Prometheus. */
export class ServerMetrics {
  readonly #registry = new Registry()
  readonly #own = { registers: [this.#registry] }
  readonly #requests = new Counter({
    ...this.#own,
    name: 'drift_status_http_requests_total',
    help: 'Requests that were answered, by method, pattern of the route and status.',
    labelNames: ['method', 'route', 'status'],
  })
  readonly #durations = new Histogram({
    ...this.#own,
    name: 'drift_status_http_request_duration_seconds',
    help: 'How long requests took to answer, by pattern of the route; event streams are left out.',
    labelNames: ['route'],
    buckets: REQUEST_SECONDS,
  })
  readonly #turnedAway = new Counter({
    ...this.#own,
    name: 'drift_status_turned_away_total',
    help: 'Requests and connections that a limit of the server turned away, by limit.',
    labelNames: ['limit'],
  })
  readonly #writes = new Counter({
    ...this.#own,
    name: 'drift_status_writes_total',
    help: 'Writes, dry runs left out: kept, refused for what they ask, or failed because of the disk, other processes or a bug.',
    labelNames: ['outcome'],
  })
  readonly #writeWaits = new Histogram({
    ...this.#own,
    name: 'drift_status_write_wait_seconds',
    help: 'How long writes waited for the store until their work began, or until they gave up; dry runs included.',
    buckets: WAIT_SECONDS,
  })
  readonly #watchers = new Gauge({
    ...this.#own,
    name: 'drift_status_open_watchers',
    help: 'Event streams that are open.',
  })

  constructor({ version, lastRevision }: MetricsOptions) {
    for (const limit of LIMIT_NAMES) this.#turnedAway.inc({ limit }, 0)
    for (const outcome of OUTCOMES) this.#writes.inc({ outcome }, 0)
    new Gauge({
      ...this.#own,
      name: 'drift_status_last_revision',
      help: 'The number of the last revision of the workspace, whichever process wrote it; absent when the store does not say.',
      async collect() {
        const last = await lastRevision()
        if (last === undefined) this.remove()
        else this.set(last)
      },
    })
    const buildInfo = new Gauge({
      ...this.#own,
      name: 'drift_status_build_info',
      help: 'Always 1: the versions of drift-status and of Node.js are in the labels.',
      labelNames: ['version', 'node_version'],
    })
    buildInfo.set({ version, node_version: process.version }, 1)
    addProcessMetrics(this.#registry)
  }

  countRequest({ method, route = UNKNOWN_ROUTE, status, seconds }: CountedRequest): void {
    this.#requests.inc({ method: METHODS.has(method) ? method : OTHER_METHOD, route, status })
    if (seconds !== undefined) this.#durations.observe({ route }, seconds)
  }

  /** Counts a request that failed because of a limit; other errors are not counted. */
  countTurnedAway(error: unknown): void {
    const limit = limitOf(error)
    if (limit !== undefined) this.#turnedAway.inc({ limit })
  }

  countRefusedConnection(): void {
    this.#turnedAway.inc({ limit: 'connections' })
  }

  countWrite(outcome: WriteOutcome): void {
    this.#writes.inc({ outcome })
  }

  countWriteWait(seconds: number): void {
    this.#writeWaits.observe(seconds)
  }

  /** @returns counts it as closed */
  countWatcher(): () => void {
    this.#watchers.inc()
    return () => this.#watchers.dec()
  }

  /** All of them, in the text format of Prometheus. */
  text(): Promise<string> {
    return this.#registry.metrics()
  }
}
