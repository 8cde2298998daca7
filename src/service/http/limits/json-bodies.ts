import { finished } from 'node:stream'
import type { FastifyInstance, onRequestHookHandler } from 'fastify'
import { DriftStatusError } from '../../../domain/errors.js'
import { isJsonTooDeep, MAX_DEPTH } from '../../../domain/nesting.js'
import { NoRoomError } from './limit-error.js'

/** A document and what is made of it take many times its 16 MB: only so many are read at once. */
const MAX_DOCUMENTS_AT_ONCE = 4

/**
 * Reads the bodies of a scope as JSON, and nothing else.
 * @param contentType `*` reads whatever a client calls it
 */
export function readJsonBodies(app: FastifyInstance, contentType: 'application/json' | '*'): void {
  const parse = app.getDefaultJsonParser('error', 'error')
  app.removeContentTypeParser('text/plain')
  app.addContentTypeParser(contentType, { parseAs: 'string' }, (request, body: string, done) => {
    const encoding = request.headers['content-encoding'] ?? 'identity'
    if (encoding !== 'identity') return done(refused('the body is compressed', 'send it without Content-Encoding'))
    if (isJsonTooDeep(body)) {
      return done(refused(`the body is nested deeper than ${MAX_DEPTH} levels`, 'no request needs more than ten'))
    }
    return parse(request, body, done)
  })
}

function refused(message: string, hint: string): DriftStatusError {
  return new DriftStatusError('invalid-input', message, { hint })
}

/** A hook that reads a few documents at once: they would fill the memory together. */
export function limitDocuments(): onRequestHookHandler {
  let reading = 0
  return (_, reply, done) => {
    if (reading >= MAX_DOCUMENTS_AT_ONCE) {
      throw new NoRoomError('documents', `${MAX_DOCUMENTS_AT_ONCE} documents are being written`, 'try again')
    }
    reading++
    // Called as well when the client left while its token was looked at: the event of it has passed then.
    finished(reply.raw, () => reading--)
    done()
  }
}
