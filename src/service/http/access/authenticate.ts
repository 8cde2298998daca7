import type { FastifyReply, FastifyRequest } from 'fastify'
import { DriftStatusError } from '../../../domain/errors.js'
import type { HttpDeps } from '../http-deps.js'
import { countAddress, countToken } from '../limits/count-requests.js'
import { TooManyRequestsError } from '../limits/limit-error.js'
import { networkOf } from './network.js'

/**
 * The hook of every route that needs a token, and counts what it asks. What the token allows is
 * decided by the service.
 */
export function authenticator(deps: HttpDeps) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const { authorization } = request.headers
    const secret = authorization && bearerSecret(authorization)
    try {
      if (!secret) throw missing(authorization)
      const { tokenId, actor, snapshot } = await deps.tokens.authenticate(secret)
      request.bearer = { tokenId, actor }
      request.secret = secret
      request.seen = snapshot
    } catch (cause) {
      const error = secret ? countFailure(cause, request.clientAddress, deps) : cause
      if (isNotLoggedIn(error) || error instanceof TooManyRequestsError) reply.header('www-authenticate', 'Bearer')
      countAddress(request.clientAddress, deps)
      throw error
    }
    countToken(request.bearer.tokenId, deps)
  }
}

/** The secret of an Authorization header; undefined when it holds none. */
export function bearerSecret(header: string): string | undefined {
  return /^Bearer +(\S+) *$/i.exec(header)?.[1]
}

/**
 * What to throw when an address sent a token that failed: too many requests, when wrong ones came from there too often.
 * A right token always works: it is not a guess, and its owner may share the address (an office, a proxy) with someone who guesses.
 */
export function countFailure(error: unknown, address: string, { failedLogins }: HttpDeps): unknown {
  const wait = isNotLoggedIn(error) ? failedLogins.add(networkOf(address)) : 0
  return wait > 0 ? new TooManyRequestsError('wrong-tokens', 'too many wrong tokens from this address', wait) : error
}

export function isNotLoggedIn(error: unknown): boolean {
  return error instanceof DriftStatusError && error.code === 'not-logged-in'
}

function missing(authorization: string | undefined): DriftStatusError {
  const message = authorization === undefined ? 'this needs a token' : 'the Authorization header holds no bearer token'
  return new DriftStatusError('not-logged-in', message, {
    reason: 'token-missing',
    hint: 'send it as "Authorization: Bearer …"',
  })
}
