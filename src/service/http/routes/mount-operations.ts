import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest, onRequestHookHandler } from 'fastify'
import { BODY_BYTES, bodyBytesOf } from '../../../api/contract/body-bytes.js'
import { DRY_RUN_PARAMETER, formatEtag, HORIZON_PARAMETER, isInQuery } from '../../../api/contract/http.js'
import { isWrite, type OperationId, operations } from '../../../api/contract/operations.js'
import { DriftStatusError } from '../../../domain/errors.js'
import { isLongQuestion, type JsonAnswer, jsonAnswer, requireScopeOf } from '../../service.js'
import type { HttpDeps } from '../http-deps.js'
import { limitDocuments } from '../limits/json-bodies.js'
import { LongQuestions } from '../limits/long-questions.js'
import { readRepeatable, readWriteOptions } from './write-headers.js'

type Fields = Readonly<Record<string, unknown>>

/** One route for each operation of the contract. */
export function mountOperations(app: FastifyInstance, { service, stopping }: HttpDeps): void {
  const limit = limitDocuments()
  const longQuestions = new LongQuestions()
  for (const id of Object.keys(operations) as OperationId[]) {
    const { method, path } = operations[id]
    const bodyLimit = bodyBytesOf(id)
    // Before a body is read: what is not allowed costs nothing.
    const allow: onRequestHookHandler = ({ bearer }, _, done) => {
      requireScopeOf(operations[id], bearer!.actor)
      done()
    }
    const url = path.replace(/\{(\w+)\}/g, ':$1')
    const hasBody = !isInQuery(method)
    const asksOnly = !isWrite(id)
    const isLong = isLongQuestion(id)
    app.route({
      method,
      url,
      bodyLimit,
      onRequest: bodyLimit < BODY_BYTES.document ? allow : [allow, limit],
      handler: async (request, reply) => {
        const { actor } = request.bearer!
        const { seen } = request
        request.seen = undefined
        const fields = { ...(hasBody && bodyOf(request)), ...(request.params as object) }
        if (asksOnly) {
          const question = { ...(request.query as object), ...fields }
          if (!isLong) return send(reply, await service.read(id, question, actor, { seen }))
          const signal = untilGone(reply, stopping)
          const ask = () => service.read(id, question, actor, { seen, signal })
          return send(reply, await longQuestions.ask(request.bearer!.tokenId, ask))
        }
        const { [DRY_RUN_PARAMETER]: dryRun, [HORIZON_PARAMETER]: horizon, ...query } = request.query as Fields
        const options = { ...readWriteOptions(request, { dryRun, horizon }), repeatable: readRepeatable(request) }
        const signal = untilGone(reply, stopping)
        const answer = await service.call(id, { ...query, ...fields }, actor, { ...options, signal })
        return send(reply, jsonAnswer(answer))
      },
    })
  }
}

/** Aborted when the client has gone away, or the server stops. */
function untilGone({ raw }: FastifyReply, stopping: AbortSignal): AbortSignal {
  const gone = new AbortController()
  const abort = () => gone.abort()
  stopping.addEventListener('abort', abort)
  raw.on('close', () => {
    stopping.removeEventListener('abort', abort)
    abort()
  })
  if (raw.destroyed || stopping.aborted) abort()
  return gone.signal
}

function send(reply: FastifyReply, { answer, body }: JsonAnswer): FastifyReply {
  const { revision } = answer as { revision?: unknown }
  if (typeof revision === 'number') reply.header('etag', formatEtag(revision))
  reply.header('content-type', 'application/json; charset=utf-8')
  reply.header('cache-control', 'no-store')
  reply.header('content-length', body.length)
  return reply.send(inPieces(body))
}

/** @throws DriftStatusError (invalid-input) for JSON that is not an object */
function bodyOf({ body }: FastifyRequest): object {
  const fields = body ?? {}
  if (typeof fields === 'object' && !Array.isArray(fields)) return fields
  throw new DriftStatusError('invalid-input', 'the body is not a JSON object', { hint: 'send an object, e.g. {}' })
}

const PIECE_BYTES = 64 * 1024

/**
 * A long answer that is sent as fast as it is read. Sent whole over TLS, each client that reads slowly would hold a copy
 * of it; pieces are taken when there is room for them, and over plain HTTP they are no copies.
 * @returns the bytes themselves when they are few
 */
export function inPieces(body: Buffer): Buffer | Readable {
  if (body.length <= PIECE_BYTES) return body
  let start = 0
  return new Readable({
    read() {
      if (start >= body.length) return void this.push(null)
      this.push(body.subarray(start, start + PIECE_BYTES))
      start += PIECE_BYTES
    },
  })
}
