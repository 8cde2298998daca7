import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { isInQuery } from '../../api/contract/http.js'
import { isWrite, type OperationId, operations } from '../../api/contract/operations.js'
import type { Snapshot } from '../store/store.js'
import { bearerSecret } from './authenticate.js'
import type { HttpDeps } from './http-deps.js'
import { queryOf, WIDGET_ROUTE, WidgetAnswers } from './mount-public.js'
import { type SentAnswer, sendAnswer } from './sent-answer.js'

/** Longer questions are not asked twice. */
const LONGEST_BODY = 4096

/** Questions with a body; nothing else with one is looked at. */
const ASKED_BY_POST: ReadonlySet<string> = new Set(
  (Object.keys(operations) as OperationId[])
    .filter((id) => !isWrite(id) && !isInQuery(operations[id].method))
    .map((id) => operations[id].path),
)

interface ShortcutOptions {
  readonly nextId: () => string
  /** Whether a proxy in front says who asks; only the framework knows how to read that. */
  readonly trustProxy: boolean
}

interface Found {
  readonly sent: SentAnswer
  /** The pattern, for the log. */
  readonly route: string
  readonly token: string | null
}

/**
 * Answers what is asked most (what a page asks, and what was answered a moment ago) before the
 * framework sees it, with the same token check, limits, log and headers. Everything else, every
 * error among it, is the framework's.
 */
export function withShortcut(framework: RequestListener, deps: HttpDeps, options: ShortcutOptions): RequestListener {
  const { store, stopping, accessLog } = deps
  const { nextId, trustProxy } = options
  const shortcut = new Shortcut(deps, trustProxy)
  return (request, response) => {
    // While it stops, the framework tells clients that their connection will close.
    if (stopping.aborted || !shortcut.mayKnow(request)) return framework(request, response)
    // Only a plain connection is always read where the event loop looks.
    if (!('encrypted' in request.socket)) store.arrived()
    const start = performance.now()
    const answer = (snapshot: Snapshot): void => {
      const found = shortcut.find(request, snapshot)
      if (found) send(found, request, response, start)
      else framework(request, response)
    }
    // A body comes right after its request, and before what is promised.
    const seen = request.method === 'GET' ? store.seen() : undefined
    if (seen) answer(seen)
    else store.snapshot().then(answer, () => framework(request, response))
  }

  function send({ sent, route, token }: Found, { method }: IncomingMessage, response: ServerResponse, start: number) {
    const id = nextId()
    sendAnswer(response, sent, id)
    accessLog.add({ method: method!, route, status: sent.status, ms: performance.now() - start, token, request: id })
  }
}

class Shortcut {
  readonly #deps: HttpDeps
  readonly #widgets: WidgetAnswers
  readonly #widgetPath: string | undefined

  constructor(deps: HttpDeps, trustProxy: boolean) {
    this.#deps = deps
    this.#widgets = new WidgetAnswers(deps)
    this.#widgetPath = trustProxy ? undefined : WIDGET_ROUTE.replace(':workspace', deps.identity.id)
  }

  /** Whether it is a question at all. */
  mayKnow({ method, url, headers }: IncomingMessage): boolean {
    if (method !== 'GET') return method === 'POST' && ASKED_BY_POST.has(url!)
    return headers['content-length'] === undefined && headers['transfer-encoding'] === undefined
  }

  /** The answer, where it is known; the request can be read all the same where it is not. */
  find(request: IncomingMessage, snapshot: Snapshot): Found | undefined {
    const { url, headers, method } = request
    const path = this.#widgetPath
    if (method === 'GET' && path !== undefined && url!.startsWith(path)) {
      return url!.length === path.length || url![path.length] === '?' ? this.#widget(request, snapshot) : undefined
    }
    return headers.authorization === undefined ? undefined : this.#recall(request, headers.authorization, snapshot)
  }

  #widget({ url, headers, socket }: IncomingMessage, snapshot: Snapshot): Found | undefined {
    const { requestCounts } = this.#deps
    const address = socket.remoteAddress ?? ''
    if (requestCounts.add(address) > 0) return undefined
    const sent = this.#widgets.recall(queryOf(url!), headers['if-none-match'], snapshot)
    if (sent) return { sent, route: WIDGET_ROUTE, token: null }
    // The framework counts it.
    requestCounts.undo(address)
    return undefined
  }

  #recall(request: IncomingMessage, authorization: string, snapshot: Snapshot): Found | undefined {
    const { tokens, recentAnswers, requestCounts, now } = this.#deps
    const secret = bearerSecret(authorization)
    const bearer = secret === undefined ? undefined : tokens.recall(secret, snapshot)
    if (!bearer) return undefined
    const body = request.method === 'GET' ? '' : peekAtBody(request)
    if (body === undefined) return undefined
    const text = `${bearer.tokenId} ${request.method} ${request.url}\n${body}`
    const known = recentAnswers.recall(request, { snapshot, text }, now())
    if (!known || requestCounts.add(bearer.tokenId) > 0) return undefined
    return { sent: known.sent, route: known.route, token: bearer.tokenId }
  }
}

/** A short JSON body that is there already, which the framework can read all the same. */
function peekAtBody(request: IncomingMessage): string | undefined {
  const { headers, readableLength } = request
  if (headers['content-type'] !== 'application/json' || headers['content-encoding'] !== undefined) return undefined
  if (readableLength > LONGEST_BODY || String(readableLength) !== headers['content-length']) return undefined
  // All of it to the byte, and no byte more: asking for more would end the stream.
  const body = request.read(readableLength) as Buffer
  request.unshift(body)
  return body.toString()
}
