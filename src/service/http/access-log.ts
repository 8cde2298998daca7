/** One request, as the log says it: no header, no body, no query, no secret. */
export interface AccessEntry {
  /** ISO 8601. */
  readonly time: string
  readonly method: string
  /** The pattern of the route, or the path where there is none. */
  readonly route: string
  readonly status: number
  readonly ms: number
  /** The id of the token. */
  readonly token: string | null
  readonly request: string
}

/** Lines wait this long for more: a write for every request would cost as much as the request. */
const FLUSH_MS = 20
/** Or until they are this long. */
const MOST_BUFFERED = 64 * 1024

/** The access log: one JSON line a request, or a line for a person where a person reads. */
export class AccessLog {
  readonly #write: (text: string) => void
  readonly #format: (entry: AccessEntry) => string
  #buffer = ''
  #timer: NodeJS.Timeout | undefined

  constructor(write: (text: string) => void, format: 'json' | 'human') {
    this.#write = write
    this.#format = format === 'json' ? (entry) => JSON.stringify(entry) : humanLine
  }

  add(entry: AccessEntry): void {
    this.#buffer += `${this.#format(entry)}\n`
    if (this.#buffer.length > MOST_BUFFERED) this.flush()
    else this.#timer ??= setTimeout(() => this.flush(), FLUSH_MS)
  }

  /** What went wrong inside: the caller is told nothing of it. */
  fault(request: string, error: unknown): void {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
    this.#buffer += `${JSON.stringify({ time: new Date().toISOString(), request, fault: withoutTokens(text) })}\n`
    this.flush()
  }

  flush(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const text = this.#buffer
    this.#buffer = ''
    if (text !== '') this.#write(text)
  }
}

function humanLine({ time, method, route, status, ms, token }: AccessEntry): string {
  const who = token === null ? '' : ` ${token}`
  return `${time.slice(11, 19)} ${status} ${method.padEnd(6)} ${route} ${ms.toFixed(1)} ms${who}`
}

/** A path for the log: without the query, and without what someone took for a place to put a token. */
export function loggedPath(url: string): string {
  const path = url.split('?', 1)[0]!
  return withoutTokens(path).slice(0, 200)
}

function withoutTokens(text: string): string {
  return text.replace(/dst_[\w-]*/g, 'dst_…')
}
