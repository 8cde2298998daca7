import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { FastifyInstance } from 'fastify'
import { openApiDocument } from '../../api/contract/openapi.js'
import type { HttpDeps } from './http-deps.js'

/** `/openapi.json`, and `/docs`: a page to read it, which needs no other host. */
export async function mountReference(app: FastifyInstance, { version }: HttpDeps): Promise<void> {
  const document = openApiDocument(version)
  app.get('/openapi.json', async (_, reply) => reply.header('cache-control', 'no-cache').send(document))
  await app.register(swagger, { mode: 'static', specification: { document: document as never } })
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    staticCSP: true,
    uiConfig: { docExpansion: 'list', deepLinking: true, persistAuthorization: false },
    theme: { title: 'drift-status' },
  })
}
