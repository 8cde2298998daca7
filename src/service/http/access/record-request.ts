import type { FastifyReply, FastifyRequest } from 'fastify'
import type { HttpDeps } from '../http-deps.js'
import { loggedPath } from './access-log.js'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Whether its answers last as long as their clients stay. */
    isStream?: boolean
  }
}

/** Adds a request that has been answered to the access log, and to the metrics. */
export function recordRequest(
  request: FastifyRequest,
  reply: FastifyReply,
  { accessLog, metrics }: Pick<HttpDeps, 'accessLog' | 'metrics'>,
): void {
  const { method } = request
  const { url, config } = request.routeOptions
  const { statusCode: status, elapsedTime: ms } = reply
  accessLog.add({
    method,
    route: url ?? loggedPath(request.url),
    status,
    ms,
    token: request.bearer?.tokenId ?? null,
    request: request.id,
  })
  metrics.countRequest({
    method,
    route: url,
    status,
    seconds: config.isStream ? undefined : ms / 1000,
  })
}
