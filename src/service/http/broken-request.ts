import type { Socket } from 'node:net'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { PROBLEM_TYPE } from '../../api/contract/http.js'
import { loggedPath } from './access/access-log.js'
import { clientAddress } from './access/trusted-proxies.js'
import type { ServerDeps } from './http-deps.js'
import { countAddress } from './limits/count-requests.js'
import { problem, problemOf } from './problem.js'
import { driftErrorReply, isDriftPath } from './routes/mount-drift.js'

const BROKEN: Readonly<Record<string, readonly [status: number, message: string, hint: string]>> = {
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'the request took too long to arrive', 'send it again, all at once'],
  HPE_HEADER_OVERFLOW: [431, 'the headers are too large', 'send fewer or shorter headers'],
}

/**
 * What cannot be read as HTTP is answered on the bare connection, which is then closed; without a word
 * where the address has asked too much.
 */
export function answerBrokenRequest(error: NodeJS.ErrnoException, socket: Socket, deps: ServerDeps): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return
  const excess = excessOf(socket.remoteAddress, deps)
  deps.metrics.countTurnedAway(excess ?? error)
  if (excess) return void socket.destroy()
  const [status, message, hint] = BROKEN[error.code ?? ''] ?? [400, 'this is not HTTP', 'speak HTTP/1.1, or HTTPS']
  const answer = problem(status, 'invalid-input', message, hint)
  const body = JSON.stringify(answer)
  const head = [
    `HTTP/1.1 ${status} ${answer.title}`,
    `Content-Type: ${PROBLEM_TYPE}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ]
  if (socket.writable) socket.write(`${head.join('\r\n')}\r\n\r\n${body}`)
  socket.destroySoon()
  record(deps, { method: '-', route: '-', status, request: '-' })
}

/** A path that no route can be looked up for: the framework finds it before any hook runs. */
export function answerBadPath(cause: Error, request: FastifyRequest, reply: FastifyReply, deps: ServerDeps): void {
  const error = excessOf(clientAddress(request.raw, deps.proxies), deps) ?? cause
  deps.metrics.countTurnedAway(error)
  const problem = problemOf(error)
  const { status, type, body } = isDriftPath(request.url)
    ? { ...driftErrorReply(error), type: 'application/json; charset=utf-8' }
    : { status: problem.status, type: PROBLEM_TYPE, body: problem }
  // A body that comes with it is not read.
  reply.raw.writeHead(status, { 'content-type': type, connection: 'close' }).end(JSON.stringify(body))
  record(deps, { method: request.method, route: loggedPath(request.url), status, request: request.id })
}

/** Counts a request that no hook will see; answers why it is one too many. */
function excessOf(address: string | undefined, deps: ServerDeps): unknown {
  try {
    return countAddress(address ?? '', deps)
  } catch (error) {
    return error
  }
}

function record(
  { accessLog, metrics }: ServerDeps,
  what: { method: string; route: string; status: number; request: string },
): void {
  accessLog.add({ ms: 0, token: null, ...what })
  // There was no time to measure.
  metrics.countRequest({ ...what, route: undefined, seconds: undefined })
}
