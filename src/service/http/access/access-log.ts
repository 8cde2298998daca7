/** One request, as the log says it: no header, no body, no query, no secret. */
export interface AccessEntry {
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
/** Or until there are this many. */
const MAX_WAITING = 500

/** One JSON line a request, a line for a person where a person reads, or no more than what went wrong. */
export type LogFormat = 'json' | 'human' | 'faults'

/** The access log of a server. */
export class AccessLog {
  readonly #write: (text: string) => void
  readonly #format: LogFormat
  /** Put into words together, when nobody waits for it: one at a time costs many times as much. */
  #waiting: { readonly entry: AccessEntry; readonly at: number }[] = []
  #timer: NodeJS.Timeout | undefined

  constructor(write: (text: string) => void, format: LogFormat) {
    this.#write = write
    this.#format = format
  }

  add(entry: AccessEntry): void {
    if (this.#format === 'faults') return
    this.#waiting.push({ entry, at: Date.now() })
    if (this.#waiting.length >= MAX_WAITING) this.flush()
    else this.#timer ??= setTimeout(() => this.flush(), FLUSH_MS)
  }

  /**
   * What went wrong inside: the caller is told nothing of it.
   * @param request its id; null for what no request was seen to cause
   */
  fault(request: string | null, error: unknown): void {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
    this.flush()
    this.#write(`${JSON.stringify({ time: new Date().toISOString(), request, fault: withoutTokens(text) })}\n`)
  }

  /** What the operator of the service should know, in a sentence. */
  note(text: string): void {
    this.flush()
    const time = new Date().toISOString()
    if (this.#format === 'faults') return
    const isJson = this.#format === 'json'
    this.#write(isJson ? `${JSON.stringify({ time, note: text })}\n` : `${time.slice(11, 19)} ${text}\n`)
  }

  flush(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const waiting = this.#waiting
    if (waiting.length === 0 || this.#format === 'faults') return
    this.#waiting = []
    const format = this.#format === 'json' ? jsonLine : humanLine
    let text = ''
    let last = 0
    let time = ''
    for (const { entry, at } of waiting) {
      // Many requests end in one millisecond.
      if (at !== last) time = new Date(at).toISOString()
      last = at
      text += format(entry, time)
    }
    this.#write(text)
  }
}

/** Put together by hand: what needs quoting is quoted, and the rest is numbers and ids of our own. */
function jsonLine({ method, route, status, ms, token, request }: AccessEntry, time: string): string {
  const who = token === null ? 'null' : `"${token}"`
  return `{"time":"${time}","method":"${method}","route":${JSON.stringify(route)},"status":${status},"ms":${roundMs(ms)},"token":${who},"request":"${request}"}\n`
}

function humanLine({ method, route, status, ms, token }: AccessEntry, time: string): string {
  const who = token === null ? '' : ` ${token}`
  return `${time.slice(11, 19)} ${status} ${method.padEnd(6)} ${route} ${ms.toFixed(1)} ms${who}\n`
}

function roundMs(ms: number): number {
  return Math.round(ms * 10) / 10
}

/** A path for the log: without the query, and without what someone took for a place to put a token. */
export function loggedPath(url: string): string {
  const path = url.split('?', 1)[0]!
  return withoutTokens(path).slice(0, 200)
}

function withoutTokens(text: string): string {
  return text.replace(/dst_[\w-]*/g, 'dst_…')
}
