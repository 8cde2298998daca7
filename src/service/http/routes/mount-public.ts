import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { DriftStatusError } from '../../../domain/errors.js'
import { maxAgeSeconds } from '../../public/public-widget.js'
import { type PublicCopy, widgetScript } from '../../public/widget-script.js'
import type { HttpDeps } from '../http-deps.js'
import { isKnownEtag } from './known-etag.js'

const WIDGET_ROUTE = '/v1/public/:workspace/widget'
const SCRIPT = `${WIDGET_ROUTE}.js`
const JSON_TYPE = 'application/json; charset=utf-8'
const SCRIPT_TYPE = 'text/javascript; charset=utf-8'
const SCRIPT_MAX_AGE_SECONDS = 3600

/** Any page may read what is public, the age that a shared cache tells included; it carries no cookie. */
const FOR_ANY_PAGE = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'age, etag',
  'cross-origin-resource-policy': 'cross-origin',
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
  const { publicWidgets, identity, widgetMaxAgeSeconds, now } = deps
  app.addHook('onRequest', (_, reply, done) => {
    reply.headers(FOR_ANY_PAGE)
    done()
  })
  app.get(WIDGET_ROUTE, async (request: PublicRequest, reply) => {
    checkWorkspace(request, identity.id)
    const copy = await publicWidgets.copy(queryOf(request.url))
    return send(request, reply, copy, maxAgeSeconds(copy.until, now(), widgetMaxAgeSeconds), JSON_TYPE)
  })
  app.get(SCRIPT, async (request: PublicRequest, reply) => {
    checkWorkspace(request, identity.id)
    return send(request, reply, await widgetScript(), SCRIPT_MAX_AGE_SECONDS, SCRIPT_TYPE)
  })
  for (const path of [WIDGET_ROUTE, SCRIPT]) {
    app.options(path, async (_, reply) => reply.code(204).headers(PREFLIGHT).send())
  }
}

function send(
  request: FastifyRequest,
  reply: FastifyReply,
  { body, etag }: PublicCopy,
  maxAge: number,
  type: string,
): FastifyReply {
  reply.header('cache-control', `public, max-age=${maxAge}`)
  reply.header('etag', etag)
  if (isKnownEtag(request, etag)) return reply.code(304).send()
  return reply.type(type).send(body)
}

function queryOf(url: string): string {
  const start = url.indexOf('?')
  return start === -1 ? '' : url.slice(start + 1)
}

function checkWorkspace({ params }: PublicRequest, id: string): void {
  if (params.workspace === id) return
  throw new DriftStatusError('not-found', 'no workspace with this id is served here', {
    hint: '/demo shows the address of the one that is served',
  })
}
