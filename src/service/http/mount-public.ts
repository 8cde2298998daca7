import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { DriftStatusError } from '../../domain/errors.js'
import { maxAgeSeconds } from '../public/public-widget.js'
import type { CopyNow, PublicCopy } from '../public/public-widgets.js'
import { widgetScript } from '../public/widget-script.js'
import type { Snapshot } from '../store/store.js'
import type { HttpDeps } from './http-deps.js'
import type { SentAnswer } from './sent-answer.js'

export const WIDGET_ROUTE = '/v1/public/:workspace/widget'
const SCRIPT = `${WIDGET_ROUTE}.js`
const JSON_TYPE = 'application/json; charset=utf-8'
const SCRIPT_MAX_AGE_SECONDS = 3600

/** Any page may read what is public, the age that a shared cache tells included; it carries no cookie. */
const FOR_ANY_PAGE = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'age, etag',
  'cross-origin-resource-policy': 'cross-origin',
  'x-content-type-options': 'nosniff',
  // An error is nothing to keep; an answer says how long it holds.
  'cache-control': 'no-store',
}
const PREFLIGHT = {
  allow: 'GET, HEAD, OPTIONS',
  'access-control-allow-methods': 'GET, HEAD',
  'access-control-allow-headers': '*',
  'access-control-max-age': 86_400,
}

type PublicRequest = FastifyRequest<{ Params: { workspace: string } }>

/** What a page needs to show the widget, without a token: the state, and the script that shows it. */
export function mountPublic(app: FastifyInstance, deps: HttpDeps): void {
  const { publicWidgets } = deps
  const widgets = new WidgetAnswers(deps)
  app.addHook('onRequest', (_, reply, done) => {
    reply.headers(FOR_ANY_PAGE)
    done()
  })
  app.get(WIDGET_ROUTE, async (request: PublicRequest, reply) => {
    checkWorkspace(request, await publicWidgets.id())
    return send(reply, await widgets.answer(queryOf(request.url), request.headers['if-none-match']))
  })
  app.get(SCRIPT, async (request: PublicRequest, reply) => {
    checkWorkspace(request, await publicWidgets.id())
    const known = request.headers['if-none-match']
    return send(reply, sentCopy(await widgetScript(), SCRIPT_MAX_AGE_SECONDS, 'text/javascript; charset=utf-8', known))
  })
  for (const path of [WIDGET_ROUTE, SCRIPT]) {
    app.options(path, async (_, reply) => reply.code(204).headers(PREFLIGHT).send())
  }
}

/** What a page is answered that asks for the widget. */
export class WidgetAnswers {
  readonly #deps: HttpDeps
  /** Of each copy, for those who do not have it yet; made anew when it may be kept less long. */
  readonly #sent = new WeakMap<PublicCopy, { readonly maxAge: number; readonly sent: SentAnswer }>()

  constructor(deps: HttpDeps) {
    this.#deps = deps
  }

  /**
   * @param known the ETags that the page has
   * @throws DriftStatusError (invalid-input) for a query that cannot be read
   */
  async answer(query: string, known: string | undefined): Promise<SentAnswer> {
    return this.#sentOf(await this.#deps.publicWidgets.copy(query), known)
  }

  /** The same at once; undefined where something is to be loaded, or refused. */
  recall(query: string, known: string | undefined, snapshot: Snapshot): SentAnswer | undefined {
    try {
      const copy = this.#deps.publicWidgets.recall(query, snapshot)
      return copy && this.#sentOf(copy, known)
    } catch {
      return undefined
    }
  }

  #sentOf({ copy, now }: CopyNow, known: string | undefined): SentAnswer {
    const maxAge = maxAgeSeconds(copy.until, now, this.#deps.widgetMaxAgeSeconds)
    if (known !== undefined) return sentCopy(copy, maxAge, JSON_TYPE, known)
    const before = this.#sent.get(copy)
    if (before?.maxAge === maxAge) return before.sent
    const sent = sentCopy(copy, maxAge, JSON_TYPE)
    this.#sent.set(copy, { maxAge, sent })
    return sent
  }
}

function sentCopy(
  { body, etag }: { readonly body: string; readonly etag: string },
  maxAge: number,
  type: string,
  known?: string,
): SentAnswer {
  const headers = { ...FOR_ANY_PAGE, 'cache-control': `public, max-age=${maxAge}`, etag }
  if (known !== undefined && isKnown(known, etag)) return { status: 304, headers, body: '' }
  return { status: 200, headers: { ...headers, 'content-type': type }, body }
}

function send(reply: FastifyReply, { status, headers, body }: SentAnswer): FastifyReply {
  return reply
    .code(status)
    .headers(headers)
    .send(status === 304 ? undefined : body)
}

/** A cache may have weakened the ETag, and may know several. */
function isKnown(header: string, etag: string): boolean {
  return header === '*' || header.split(',').some((one) => one.trim().replace(/^W\//, '') === etag)
}

export function queryOf(url: string): string {
  const start = url.indexOf('?')
  return start === -1 ? '' : url.slice(start + 1)
}

function checkWorkspace({ params }: PublicRequest, id: string): void {
  if (params.workspace === id) return
  throw new DriftStatusError('not-found', 'there is no workspace of this id here', {
    hint: '/demo shows the address of the one that is served',
  })
}
