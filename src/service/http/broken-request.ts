import type { Socket } from 'node:net'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { PROBLEM_TYPE } from '../../api/contract/http.js'
import { type AccessLog, loggedPath } from './access-log.js'
import { driftErrorReply, isDriftPath } from './mount-drift.js'
import { problem, problemOf } from './problem.js'

const BROKEN: Readonly<Record<string, readonly [status: number, message: string, hint: string]>> = {
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'the request took too long to arrive', 'send it again, all at once'],
  HPE_HEADER_OVERFLOW: [431, 'the headers are too large', 'send fewer or shorter headers'],
}

/** What cannot be read as HTTP is answered on the bare connection, which is then closed. */
export function answerBrokenRequest(error: NodeJS.ErrnoException, socket: Socket, accessLog: AccessLog): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return
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
  log(accessLog, { method: '-', route: '-', status, request: '-' })
}

/** A path that no route can be looked up for: the framework finds it before any hook runs. */
export function answerBadPath(error: Error, request: FastifyRequest, reply: FastifyReply, accessLog: AccessLog): void {
  const problem = problemOf(error)
  const { status, type, body } = isDriftPath(request.url)
    ? { ...driftErrorReply(error), type: 'application/json; charset=utf-8' }
    : { status: problem.status, type: PROBLEM_TYPE, body: problem }
  reply.raw.writeHead(status, { 'content-type': type }).end(JSON.stringify(body))
  log(accessLog, { method: request.method, route: loggedPath(request.url), status, request: request.id })
}

function log(accessLog: AccessLog, what: { method: string; route: string; status: number; request: string }): void {
  accessLog.add({ ms: 0, token: null, ...what })
}
