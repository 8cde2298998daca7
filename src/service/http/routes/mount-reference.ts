import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { FastifyInstance } from 'fastify'
import { openApiDocument } from '../../../api/contract/openapi.js'
import type { HttpDeps } from '../http-deps.js'

/** The page takes everything from this server, and may not be framed. */
const CONTENT_POLICY =
  "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'"

/** `/openapi.json`, and `/docs`: a page to read it, which needs no other host. */
export async function mountReference(app: FastifyInstance, { version }: HttpDeps): Promise<void> {
  const document = openApiDocument(version)
  // Anyone may ask for it: put into JSON once.
  const body = Buffer.from(JSON.stringify(document))
  app.get('/openapi.json', async (_, reply) =>
    reply.header('cache-control', 'no-cache').type('application/json; charset=utf-8').send(body),
  )
  await app.register(swagger, { mode: 'static', specification: { document: document as never } })
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    staticCSP: CONTENT_POLICY,
    uiConfig: { docExpansion: 'list', deepLinking: true, persistAuthorization: false },
    theme: { title: 'drift-status' },
  })
}
