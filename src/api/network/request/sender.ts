import { DriftStatusError } from '../../../domain/errors.js'
import { IDEMPOTENCY_HEADER } from '../../contract/http.js'
import { pause } from '../../pause.js'
import { parseServiceUrl } from '../service-url.js'
import { type TokenSource, tokenFrom } from '../token.js'
import { readAnswer, type TextAnswer } from './answer.js'
import type { Connection, WireAnswer } from './connection.js'
import { connectDirectly } from './direct-connection.js'
import { describeFailure } from './failure.js'
import { proxyFor } from './proxy.js'
import { redirectTarget } from './redirect.js'
import { isPassingStatus, jitteredPause, parseRetryAfter, type RetryPolicy } from './retry.js'

export interface ApiRequest {
  readonly method: string
  /** Below the service's address; with the query that the contract wrote, if it has one. */
  readonly path: string
  readonly query?: Readonly<Record<string, string | readonly string[]>>
  readonly headers?: Readonly<Record<string, string>>
  /** Sent as JSON. */
  readonly body?: unknown
  /** It changes nothing, so it can be sent again. */
  readonly isSafe: boolean
  /** The service does it once however often it arrives, so it can be sent again. */
  readonly idempotencyKey?: string
}

export interface OpenRequest {
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  /** How long the answer may fall silent. */
  readonly silenceMs: number
  readonly signal: AbortSignal
}

/** A stream to read, or the whole answer that came in its place. */
export type Opened = { readonly stream: WireAnswer } | { readonly refusal: TextAnswer }

/** What `--verbose` may tell: no header, no query, no body. */
export interface Attempt {
  readonly method: string
  readonly path: string
  /** Undefined when there was no answer; `failure` says why. */
  readonly status: number | undefined
  readonly failure: string | undefined
  readonly milliseconds: number
}

export interface SenderOptions {
  readonly url: string
  readonly token?: TokenSource | undefined
  /** Certificates to trust, PEM, in place of Node's own. */
  readonly ca?: string | undefined
  readonly timeouts?: Partial<Timeouts> | undefined
  readonly retry?: Partial<RetryPolicy> | undefined
  /** For the proxy settings. */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined
  readonly onAttempt?: ((attempt: Attempt) => void) | undefined
  readonly now?: (() => number) | undefined
  readonly sleep?: ((milliseconds: number) => Promise<void>) | undefined
  readonly random?: (() => number) | undefined
}

export interface Timeouts {
  readonly connectMs: number
  /** From the request to the head of the answer. */
  readonly headersMs: number
  /** How long the body may fall silent. */
  readonly bodyMs: number
  /** All tries and pauses together. */
  readonly totalMs: number
}

const TIMEOUTS: Timeouts = { connectMs: 5_000, headersMs: 10_000, bodyMs: 10_000, totalMs: 20_000 }
const RETRY: RetryPolicy = { retries: 4, firstPauseMs: 100, maxPauseMs: 5_000 }
const MAX_REDIRECTS = 5

/** Sends requests to one service, with its token, as often as it takes. */
export class Sender {
  /** The host of the service, for messages. */
  readonly host: string
  readonly #options: SenderOptions
  readonly #url: URL
  readonly #proxy: URL | undefined
  readonly #base: string
  readonly #timeouts: Timeouts
  readonly #retry: RetryPolicy
  readonly #now: () => number
  #connection: Promise<Connection> | undefined
  #isClosed = false

  /** @throws DriftStatusError (usage) for an address that no token may be sent to, or an address of a proxy that cannot be read */
  constructor(options: SenderOptions) {
    this.#options = options
    this.#url = parseServiceUrl(options.url)
    this.host = this.#url.host
    this.#proxy = proxyFor(this.#url, options.env ?? {})
    this.#base = this.#url.pathname.replace(/\/$/, '')
    this.#timeouts = { ...TIMEOUTS, ...options.timeouts }
    this.#retry = { ...RETRY, ...options.retry }
    this.#now = options.now ?? Date.now
  }

  /** @throws DriftStatusError (unreachable, busy, usage) when there is no answer to read */
  async send(request: ApiRequest): Promise<TextAnswer> {
    const { method, path, query, body, isSafe, idempotencyKey } = request
    const { sleep = pause, random = Math.random } = this.#options
    const headers = await this.#headers({
      accept: 'application/json, application/problem+json',
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(idempotencyKey !== undefined && { [IDEMPOTENCY_HEADER]: idempotencyKey }),
      ...request.headers,
    })
    const text = body === undefined ? undefined : JSON.stringify(body)
    const mayRepeat = isSafe || idempotencyKey !== undefined
    const until = this.#now() + this.#timeouts.totalMs
    let target = withQuery(this.#base + path, query)
    for (let [tries, redirects] = [0, 0]; ; ) {
      const began = this.#now()
      const { answer, failure } = await this.#attempt(method, target, headers, text, Math.max(1, until - began))
      const location = answer && redirectTarget(answer, { url: this.#url, method, target })
      if (location !== undefined) {
        if (++redirects > MAX_REDIRECTS) throw circling(this.host)
        target = location
        continue
      }
      if (answer && !isPassingStatus(answer.status)) return answer
      const now = this.#now()
      const waitMs =
        (answer && parseRetryAfter(answer.headers['retry-after'], now)) ?? jitteredPause(tries, this.#retry, random)
      const isWorthIt = !this.#isClosed && mayRepeat && (answer !== undefined || failure?.isPassing)
      // One that would be cut off tells less than the answer that is there.
      const hasTime = now + waitMs + (now - began) < until
      if (isWorthIt && tries++ < this.#retry.retries && hasTime) {
        await sleep(waitMs)
        if (!this.#isClosed) continue
      }
      if (answer) return answer
      throw failure
    }
  }

  /** One request, once, for an answer that is read as it comes. */
  async open({ path, headers: more, silenceMs, signal }: OpenRequest): Promise<Opened> {
    const headers = await this.#headers(more)
    const { open } = await this.#connect()
    const limits = { headersMs: this.#timeouts.headersMs, silenceMs, deadlineMs: 0 }
    const fail = (thrown: unknown): never => {
      throw this.#describe(thrown)
    }
    const answer = await open({ method: 'GET', path: this.#base + path, headers, ...limits, signal }).catch(fail)
    if (answer.status !== 200) return { refusal: await readAnswer(answer, tokenOf(headers)).catch(fail) }
    return { stream: { ...answer, chunks: failing(answer.chunks, fail) } }
  }

  async close(): Promise<void> {
    this.#isClosed = true
    await (await this.#connection)?.close()
  }

  /** One try: an answer, whatever its status, or the reason why there is none. */
  async #attempt(
    method: string,
    path: string,
    headers: Record<string, string>,
    body: string | undefined,
    deadlineMs: number,
  ) {
    const began = this.#now()
    const { open } = await this.#connect()
    // A token may have been pasted where a name belongs.
    const told = withoutToken(path.split('?', 1)[0]!, tokenOf(headers))
    const tell = (status: number | undefined, failure: string | undefined) =>
      this.#options.onAttempt?.({ method, path: told, status, failure, milliseconds: this.#now() - began })
    try {
      const limits = { headersMs: this.#timeouts.headersMs, silenceMs: this.#timeouts.bodyMs, deadlineMs }
      const answer = await readAnswer(await open({ method, path, headers, body, ...limits }), tokenOf(headers))
      tell(answer.status, undefined)
      return { answer }
    } catch (thrown) {
      const failure = this.#describe(thrown)
      tell(undefined, failure.message)
      return { failure }
    }
  }

  /** Connects with the first request; undici loads for a proxy only. */
  #connect(): Promise<Connection> {
    const proxy = this.#proxy
    const place = { url: this.#url, ca: this.#options.ca, connectMs: this.#timeouts.connectMs }
    this.#connection ??= proxy
      ? import('./proxied-connection.js').then(({ connectThrough }) => connectThrough(proxy, place))
      : Promise.resolve(connectDirectly(place))
    return this.#connection
  }

  async #headers(more: Readonly<Record<string, string>>): Promise<Record<string, string>> {
    const secret = await tokenFrom(this.#options.token)
    return { 'user-agent': 'drift-status', ...(secret !== undefined && { authorization: `Bearer ${secret}` }), ...more }
  }

  #describe(thrown: unknown) {
    return describeFailure(thrown, { url: this.#url, proxy: this.#proxy })
  }
}

function tokenOf({ authorization }: Readonly<Record<string, string>>): string | undefined {
  return authorization?.slice('Bearer '.length)
}

function withoutToken(text: string, token: string | undefined): string {
  return token === undefined ? text : text.replaceAll(token, '(token)')
}

function withQuery(path: string, query: ApiRequest['query'] = {}): string {
  const pairs = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    for (const one of typeof value === 'string' ? [value] : value) pairs.append(name, one)
  }
  return pairs.size === 0 ? path : `${path}${path.includes('?') ? '&' : '?'}${pairs}`
}

/** The chunks of a stream, its failure in words. */
async function* failing(chunks: AsyncIterable<Uint8Array>, fail: (thrown: unknown) => never) {
  try {
    yield* chunks
  } catch (thrown) {
    fail(thrown)
  }
}

function circling(host: string): DriftStatusError {
  return new DriftStatusError('unreachable', `${host} redirects again and again`, {
    hint: 'check the address of the service',
  })
}
