import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { isInQuery } from '../../api/contract/http.js'
import { isWrite, type OperationId, operations } from '../../api/contract/operations.js'
import { bearerSecret } from './authenticate.js'
import type { HttpDeps } from './http-deps.js'
import { WIDGET_ROUTE, widgetAnswer } from './mount-public.js'
import type { SentAnswer } from './sent-answer.js'

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

/**
 * Answers what is asked most (what a page asks, and what was answered a moment ago) before the
 * framework sees it, with the same token check, limits, log and headers. Everything else, every
 * error among it, is the framework's.
 */
export function withShortcut(framework: RequestListener, deps: HttpDeps, options: ShortcutOptions): RequestListener {
  const { store, stopping, accessLog } = deps
  const find = finder(deps, options)
  return async (request, response) => {
    // Only a plain connection is always read where the event loop looks.
    if (!('encrypted' in request.socket)) store.arrived()
    const start = performance.now()
    // While it stops, the framework tells clients that their connection will close.
    const found = stopping.aborted ? undefined : await find(request).catch(() => undefined)
    if (!found) return framework(request, response)
    const id = options.nextId()
    send(response, found.sent, id)
    const { route, token } = found
    accessLog.add({
      method: request.method!,
      route,
      status: found.sent.status,
      ms: performance.now() - start,
      token,
      request: id,
    })
  }
}

interface Found {
  readonly sent: SentAnswer
  readonly route: string
  readonly token: string | null
}

function finder(deps: HttpDeps, { trustProxy }: ShortcutOptions) {
  const { store, tokens, requestCounts, recentAnswers, publicWidgets, now } = deps
  let widgetPath: string | undefined

  return async (request: IncomingMessage): Promise<Found | undefined> => {
    const { method, url, headers } = request
    if (method !== 'GET' && !(method === 'POST' && ASKED_BY_POST.has(url!))) return undefined
    if (method === 'GET' && hasBody(request)) return undefined
    if (headers.authorization !== undefined) return recall(request, bearerSecret(headers.authorization))
    widgetPath ??= WIDGET_ROUTE.replace(':workspace', await publicWidgets.id())
    const isWidget =
      url!.startsWith(widgetPath) && (url!.length === widgetPath.length || url![widgetPath.length] === '?')
    return isWidget && !trustProxy ? widget(request) : undefined
  }

  async function widget({ url, headers, socket }: IncomingMessage): Promise<Found | undefined> {
    const address = socket.remoteAddress ?? ''
    if (requestCounts.add(address) > 0) return undefined
    try {
      const sent = await widgetAnswer(deps, url!, headers['if-none-match'])
      return { sent, route: WIDGET_ROUTE, token: null }
    } catch {
      // Answered, and counted, by the framework.
      requestCounts.undo(address)
      return undefined
    }
  }

  async function recall(request: IncomingMessage, secret: string | undefined): Promise<Found | undefined> {
    if (secret === undefined) return undefined
    const snapshot = await store.snapshot()
    const bearer = tokens.recall(secret, snapshot)
    if (!bearer) return undefined
    const body = request.method === 'GET' ? '' : peekAtBody(request)
    if (body === undefined) return undefined
    const text = `${bearer.tokenId} ${request.method} ${request.url}\n${body}`
    const known = recentAnswers.recall(request, { snapshot, text }, now())
    if (!known || requestCounts.add(bearer.tokenId) > 0) return undefined
    return { sent: known.sent, route: known.route, token: bearer.tokenId }
  }
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined
}

/** A short JSON body that is there already, which the framework can read all the same. */
function peekAtBody(request: IncomingMessage): string | undefined {
  const { headers, readableLength } = request
  if (headers['content-type'] !== 'application/json' || headers['content-encoding'] !== undefined) return undefined
  if (!request.complete || readableLength === 0 || readableLength > LONGEST_BODY) return undefined
  // All of it to the byte, and no byte more: asking for more would end the stream.
  const body = request.read(readableLength) as Buffer
  request.unshift(body)
  return body.toString()
}

function send(response: ServerResponse, { status, headers, body }: SentAnswer, id: string): void {
  const length = status === 304 ? {} : { 'content-length': Buffer.byteLength(body) }
  response.writeHead(status, { ...headers, ...length, 'x-request-id': id })
  response.end(body)
}
