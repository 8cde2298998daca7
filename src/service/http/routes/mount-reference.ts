import type { FastifyInstance } from 'fastify'
import { openApiDocument } from '../../../api/contract/openapi.js'
import type { HttpDeps } from '../http-deps.js'
import { REFERENCE_CONTENT_POLICY, referencePage } from './reference-page.js'

const PAGE_HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-cache',
  'content-security-policy': REFERENCE_CONTENT_POLICY,
  'referrer-policy': 'no-referrer',
}

/** `/openapi.json`, and `/docs`: a page to read it, which needs no other host. */
export function mountReference(app: FastifyInstance, { version, prefix }: HttpDeps): void {
  const document = openApiDocument(version)
  // Anyone may ask for them: written once.
  const [body, page] = [JSON.stringify(document), referencePage(document, prefix)].map((text) => Buffer.from(text))
  app.get('/openapi.json', async (_, reply) =>
    reply.header('cache-control', 'no-cache').type('application/json; charset=utf-8').send(body),
  )
  app.get('/docs', async (_, reply) => reply.headers(PAGE_HEADERS).send(page))
}
