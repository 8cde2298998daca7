import type { FastifyReply, FastifyRequest } from 'fastify'
import { DriftStatusError } from '../../domain/errors.js'
import { countAddress, countToken } from './count-requests.js'
import type { HttpDeps } from './http-deps.js'
import { TooManyRequestsError } from './problem.js'

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
      request.bearer = await countingFailures(request.clientAddress, deps, () => deps.tokens.authenticate(secret))
      request.secret = secret
    } catch (error) {
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
 * Looks at a token that an address sent.
 * @throws TooManyRequestsError when wrong ones came from there too often
 */
export async function countingFailures<Answer>(
  address: string,
  { failedLogins }: HttpDeps,
  look: () => Promise<Answer>,
): Promise<Answer> {
  try {
    return await look()
  } catch (error) {
    if (!isNotLoggedIn(error)) throw error
    const wait = failedLogins.add(address)
    if (wait > 0) throw new TooManyRequestsError('too many wrong tokens from this address', wait)
    throw error
  }
}

function isNotLoggedIn(error: unknown): boolean {
  return error instanceof DriftStatusError && error.code === 'not-logged-in'
}

function missing(authorization: string | undefined): DriftStatusError {
  const message = authorization === undefined ? 'this needs a token' : 'the Authorization header holds no bearer token'
  return new DriftStatusError('not-logged-in', message, {
    hint: 'send it as "Authorization: Bearer …"; an admin makes one with "drift-status token create"',
  })
}
