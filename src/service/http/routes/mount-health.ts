import type { FastifyInstance } from 'fastify'
import { DriftStatusError } from '../../../domain/errors.js'
import type { HttpDeps } from '../http-deps.js'

/** `/healthz`: the process answers. `/readyz`: its workspaces do, and will for the next request. */
export function mountHealth(app: FastifyInstance, workspaces: readonly HttpDeps[]): void {
  const { stopping, version } = workspaces[0]!
  app.get('/healthz', async () => ({ status: 'ok', server: `drift-status/${version}` }))
  app.get('/readyz', async () => {
    if (stopping.aborted) {
      throw new DriftStatusError('interrupted', 'the service is stopping', { hint: 'ask another instance' })
    }
    await Promise.all(workspaces.map(({ store }) => store.check()))
    const [revision] = workspaces.length === 1 ? [await workspaces[0]!.feed.last()] : []
    return { status: 'ok', ...(revision !== undefined && { revision }) }
  })
}
