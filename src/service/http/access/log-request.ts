import type { FastifyReply, FastifyRequest } from 'fastify'
import { type AccessLog, loggedPath } from './access-log.js'

/** Adds a request that has been answered to the access log. */
export function logRequest(request: FastifyRequest, reply: FastifyReply, accessLog: AccessLog): void {
  accessLog.add({
    method: request.method,
    route: request.routeOptions.url ?? loggedPath(request.url),
    status: reply.statusCode,
    ms: reply.elapsedTime,
    token: request.bearer?.tokenId ?? null,
    request: request.id,
  })
}
