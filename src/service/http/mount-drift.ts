import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { createClient } from '../../api/client.js'
import { DriftStatusError } from '../../domain/errors.js'
import { type CompatEndpoint, compatEndpoints } from '../../drift/compat/endpoints.js'
import { errorReply } from '../../drift/compat/error-answer.js'
import type { CompatRequest } from '../../drift/compat/requests.js'
import type { Actor } from '../actor.js'
import { inProcessTransport } from '../service.js'
import type { HttpDeps } from './http-deps.js'
import { BODY_BYTES } from './limits.js'
import { TooManyRequestsError } from './problem.js'

/** Asks where no token is needed, and may do nothing. */
const NOBODY: Actor = { name: 'nobody', agent: undefined, scopes: new Set() }

/** Drift's public API for whoever has a token of ours, so that clients written for Drift work unchanged. */
export function mountDrift(app: FastifyInstance, deps: HttpDeps): void {
  mount(app, deps, ({ scope }) => scope !== null)
}

/** The part of it where the token is in the body. */
export function mountDriftTokenInfo(app: FastifyInstance, deps: HttpDeps): void {
  mount(app, deps, ({ scope }) => scope === null)
}

function mount(app: FastifyInstance, deps: HttpDeps, isWanted: (endpoint: CompatEndpoint) => boolean): void {
  const { service, identity, tokens, failedLogins } = deps
  answerErrorsAsDrift(app, deps)
  const endpoints = compatEndpoints({
    orgId: identity.number,
    tokenFacts: async (secret) => {
      const { token, endsAt } = await tokens.describe(secret)
      return { ...token, expiresAt: endsAt === Infinity ? undefined : endsAt }
    },
  })
  for (const { method, path, handle } of endpoints.filter(isWanted)) {
    app.route({
      method,
      url: path.replace('{id}', ':id'),
      bodyLimit: BODY_BYTES.other,
      handler: async (request, reply) => {
        const client = createClient(inProcessTransport(service, request.bearer?.actor ?? NOBODY))
        const { params, query, body } = request
        const answer = await handle({ parameters: params, query, body } as CompatRequest, client).catch((error) => {
          // A token in a body is a login like one in a header: guesses are counted.
          const wait = request.bearer === undefined && isRefusal(error) ? failedLogins.add(request.ip) : 0
          throw wait > 0 ? new TooManyRequestsError('too many wrong tokens from this address', wait) : error
        })
        return reply.header('cache-control', 'no-store').send(answer)
      },
    })
  }
}

function answerErrorsAsDrift(app: FastifyInstance, { accessLog }: HttpDeps): void {
  app.setErrorHandler((error, request: FastifyRequest, reply: FastifyReply) => {
    const { status, body } = errorReply(error)
    if (status === 500) accessLog.fault(request.id, error)
    if (status === 429) reply.header('retry-after', error instanceof TooManyRequestsError ? error.retryAfterSeconds : 1)
    return reply.code(status).type('application/json').send(body)
  })
}

function isRefusal(error: unknown): boolean {
  return error instanceof DriftStatusError && error.code === 'not-logged-in'
}
