import type { FastifyInstance } from 'fastify'
import { DEMO_CONTENT_POLICY, demoPage } from '../../public/demo-page.js'
import type { HttpDeps } from '../http-deps.js'

const HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-cache',
  'content-security-policy': DEMO_CONTENT_POLICY,
  'referrer-policy': 'no-referrer',
}

/** `/demo`: a page with the widget of this workspace, that shows what the widget is told. */
export function mountDemo(app: FastifyInstance, { identity, prefix }: HttpDeps): void {
  // A path: it holds whatever scheme and name a proxy in front goes by.
  const page = demoPage(`${prefix}/v1/public/${identity.id}/widget.js`)
  app.get('/demo', async (_, reply) => reply.headers(HEADERS).send(page))
}
