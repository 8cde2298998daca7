import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { DRY_RUN_PARAMETER, formatEtag, isInQuery } from '../../api/contract/http.js'
import { isWrite, type OperationId, operations } from '../../api/contract/operations.js'
import { DriftStatusError } from '../../domain/errors.js'
import type { HttpDeps } from './http-deps.js'
import { BODY_BYTES } from './limits.js'
import { readRepeatable, readWriteOptions } from './write-headers.js'

const LARGE_BODIES: Partial<Record<OperationId, number>> = {
  putWorkspace: BODY_BYTES.document,
  putHours: BODY_BYTES.section,
  putTeams: BODY_BYTES.section,
  putRouting: BODY_BYTES.section,
  putPlaybooks: BODY_BYTES.section,
}

/** One route for each operation of the contract. */
export function mountOperations(app: FastifyInstance, { service }: HttpDeps): void {
  const texts = new AnswerTexts()
  for (const id of Object.keys(operations) as OperationId[]) {
    const { method, path } = operations[id]
    const hasBody = !isInQuery(method)
    app.route({
      method,
      url: path.replace(/\{(\w+)\}/g, ':$1'),
      bodyLimit: LARGE_BODIES[id] ?? BODY_BYTES.other,
      handler: async (request, reply) => {
        const { actor } = request.bearer!
        const { [DRY_RUN_PARAMETER]: dryRun, ...query } = request.query as Record<string, unknown>
        const fields = { ...(hasBody && bodyOf(request)), ...(request.params as object) }
        if (!isWrite(id))
          return send(reply, await service.call(id, { ...(request.query as object), ...fields }, actor), texts)
        const options = readWriteOptions(request, dryRun)
        return send(
          reply,
          await service.call(id, { ...query, ...fields }, actor, options, readRepeatable(request)),
          texts,
        )
      },
    })
  }
}

function send(reply: FastifyReply, answer: unknown, texts: AnswerTexts): FastifyReply {
  const { revision } = answer as { revision?: unknown }
  if (typeof revision === 'number') reply.header('etag', formatEtag(revision))
  reply.header('content-type', 'application/json; charset=utf-8').header('cache-control', 'no-store')
  return reply.send(texts.of(answer as object))
}

/** The service answers steady questions with the same object: its text is then made once. */
class AnswerTexts {
  readonly #texts = new WeakMap<object, string>()

  of(answer: object): string {
    const text = this.#texts.get(answer) ?? JSON.stringify(answer)
    this.#texts.set(answer, text)
    return text
  }
}

/** @throws DriftStatusError (invalid-input) for JSON that is no object */
function bodyOf({ body }: FastifyRequest): object {
  const fields = body ?? {}
  if (typeof fields === 'object' && !Array.isArray(fields)) return fields
  throw new DriftStatusError('invalid-input', 'the body is not a JSON object', { hint: 'send an object, e.g. {}' })
}
