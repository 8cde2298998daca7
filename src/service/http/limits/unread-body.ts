import type { RequestListener, Server } from 'node:http'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { BODY_BYTES } from '../../../api/contract/body-bytes.js'

/** Of HTTP/1.1; by itself Node invites a body before it asks whether the request is allowed. */
export function holdBackBodies(server: Server, listener: RequestListener): void {
  server.on('checkContinue', listener).on('checkExpectation', listener)
}

/**
 * What a request may do is looked at before its body is read. A client that waits to be asked for the
 * body is asked then; the body of a request that was answered without it is thrown away.
 */
export function mountUnreadBodies(app: FastifyInstance): void {
  app.addHook('preParsing', ({ headers }, reply, _, done) => {
    if (headers.expect?.toLowerCase() === '100-continue') reply.raw.writeContinue()
    done()
  })
  app.addHook('onSend', (request, reply, _, done) => {
    if (isUnread(request)) discardBody(request, reply)
    done()
  })
}

function isUnread({ raw, headers }: FastifyRequest): boolean {
  if (raw.complete || raw.readableFlowing !== null) return false
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0
}

/**
 * A client that sends all of a request before it reads gets its answer so, and may ask again on the
 * same connection. More than any request may send ends the connection.
 */
function discardBody({ raw, headers }: FastifyRequest, reply: FastifyReply): void {
  if (Number(headers['content-length'] ?? 0) > BODY_BYTES.document) reply.header('connection', 'close')
  let bytes = 0
  raw.on('data', (chunk: Buffer) => {
    bytes += chunk.length
    if (bytes > BODY_BYTES.document) raw.destroy()
  })
}
