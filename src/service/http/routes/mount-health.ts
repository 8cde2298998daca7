import type { FastifyInstance } from 'fastify'
import { DriftStatusError } from '../../../domain/errors.js'
import type { HttpDeps } from '../http-deps.js'

/** `/healthz`: the process answers. `/readyz`: the workspace does, and will for the next request. */
export function mountHealth(app: FastifyInstance, { store, feed, stopping, version }: HttpDeps): void {
  app.get('/healthz', async () => ({ status: 'ok', server: `drift-status/${version}` }))
  app.get('/readyz', async () => {
    if (stopping.aborted) {
      throw new DriftStatusError('interrupted', 'the service is stopping', { hint: 'ask another instance' })
    }
    await store.check()
    return { status: 'ok', revision: await feed.last() }
  })
}
