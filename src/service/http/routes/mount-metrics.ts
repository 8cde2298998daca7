import type { FastifyInstance } from 'fastify'
import { requireScope } from '../../actor.js'
import type { HttpDeps } from '../http-deps.js'
import { METRICS_TYPE } from '../metrics/server-metrics.js'
import { inPieces } from './mount-operations.js'

/** `/metrics`: what this server counted, in the text format of Prometheus. */
export function mountMetrics(app: FastifyInstance, { metrics, limits, prefix }: HttpDeps): void {
  // What a process counts is of all its workspaces: a token of one must not tell of the others.
  if (prefix !== '') return
  const text = atMostEvery(limits.metricsIntervalMs, async () => Buffer.from(await metrics.text()))
  app.get('/metrics', {
    onRequest({ bearer }, _, done) {
      requireScope(bearer!.actor, 'read', 'read the metrics')
      done()
    },
    handler: async (request, reply) => {
      request.seen = undefined
      const body = await text()
      reply.headers({ 'content-type': METRICS_TYPE, 'cache-control': 'no-store', 'content-length': body.length })
      return reply.send(inPieces(body))
    },
  })
}

/** Makes something when it is asked for, and again at the earliest so much later: who asks between gets the same. */
function atMostEvery<Made>(intervalMs: number, make: () => Promise<Made>): () => Promise<Made> {
  let made: Promise<Made> | undefined
  let madeAt = 0
  return () => {
    const now = performance.now()
    if (made && now - madeAt < intervalMs) return made
    madeAt = now
    made = make()
    return made
  }
}
