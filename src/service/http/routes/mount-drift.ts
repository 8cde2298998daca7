import type { FastifyInstance, FastifyRequest } from 'fastify'
import { createClient } from '../../../api/client.js'
import { BODY_BYTES } from '../../../api/contract/body-bytes.js'
import { DriftStatusError } from '../../../domain/errors.js'
import { type CompatEndpoint, compatEndpoints } from '../../../drift/compat/endpoints.js'
import { type ErrorReply, errorReply } from '../../../drift/compat/error-reply.js'
import type { CompatRequest } from '../../../drift/compat/requests.js'
import type { TokenFacts } from '../../../drift/compat/token-document.js'
import { requireScope } from '../../actor.js'
import { inProcessTransport } from '../../embedded/in-process-transport.js'
import type { Identity } from '../../store/store.js'
import { loggedPath } from '../access/access-log.js'
import { countFailure } from '../access/authenticate.js'
import type { HttpDeps } from '../http-deps.js'
import { readJsonBodies } from '../limits/json-bodies.js'
import { problemOf, reportProblem } from '../problem.js'

/** Everything beneath these belongs to Drift's API, what does not exist there included. */
const ROOTS = ['/users', '/teams', '/playbooks', '/app']

/** The endpoints of Drift's public API for holders of a token. */
export function mountDrift(app: FastifyInstance, deps: HttpDeps): void {
  mountEndpoints(app, deps, ({ scope }) => scope !== null)
}

/** Those that are asked about a token, which stands in the body: no header is needed beside it. */
export function mountDriftTokenInfo(app: FastifyInstance, deps: HttpDeps): void {
  mountEndpoints(app, deps, ({ scope }) => scope === null)
}

/** Whether clients of Drift's API asked for it: they read errors in Drift's shape alone. */
export function isDriftPath(url: string): boolean {
  return ROOTS.some((root) => isBeneath(root, url))
}

function isBeneath(root: string, url: string): boolean {
  return url.startsWith(root) && ['/', '?', undefined].includes(url[root.length])
}

/** Any error in Drift's shape. What the HTTP framework made of a request is said in the house's words. */
export function driftErrorReply(error: unknown): ErrorReply {
  const { status, detail } = problemOf(error)
  if (error instanceof DriftStatusError && status !== 500) return errorReply(error)
  return errorReply({ statusCode: status, message: detail })
}

function mountEndpoints(app: FastifyInstance, deps: HttpDeps, isHere: (endpoint: CompatEndpoint) => boolean): void {
  app.setErrorHandler((error, request, reply) => {
    reportProblem(error, request, reply, deps)
    const { status, body } = driftErrorReply(error)
    return reply.code(status).send(body)
  })
  // Some clients send JSON and do not say so, or call it text.
  readJsonBodies(app, '*')
  const endpoints = compatEndpoints({
    orgId: deps.identity.number,
    workspaceId: workspaceUuid(deps.identity),
    tokenFacts: (secret, address) => readFacts(secret, address, deps),
  }).filter(isHere)
  for (const root of ROOTS) {
    const beneath = endpoints.filter(({ path }) => isBeneath(root, path))
    if (beneath.length > 0) app.register(async (scope) => mountRoot(scope, root, beneath, deps), { prefix: root })
  }
}

function mountRoot(
  app: FastifyInstance,
  root: string,
  endpoints: readonly CompatEndpoint[],
  { service }: HttpDeps,
): void {
  app.setNotFoundHandler(({ method, url }) => {
    throw new DriftStatusError('not-found', `there is no ${method} ${loggedPath(url)}`)
  })
  for (const { method, path, scope, summary, handle } of endpoints) {
    app.route({
      method,
      url: path.slice(root.length).replace(/\{(\w+)\}/g, ':$1'),
      bodyLimit: BODY_BYTES.other,
      onRequest({ bearer }, _, done) {
        if (scope !== null) requireScope(bearer!.actor, scope, summary)
        done()
      },
      handler: async (request, reply) => {
        const { bearer } = request
        // Without a token nothing is asked of the workspace: the table says so by its scope.
        const client = createClient(inProcessTransport(service, bearer?.actor ?? NOBODY))
        const answer = await handle(compatRequest(request), client)
        return reply.header('cache-control', 'no-store').send(answer)
      },
    })
  }
}

const NOBODY = { name: 'nobody', agent: undefined, scopes: new Set<never>() }

function compatRequest({ params, query, body, clientAddress, bearer }: FastifyRequest): CompatRequest {
  return {
    parameters: params as CompatRequest['parameters'],
    query: query as CompatRequest['query'],
    body,
    address: clientAddress,
    agent: bearer?.actor.agent,
  }
}

async function readFacts(secret: string, address: string, deps: HttpDeps): Promise<TokenFacts> {
  const { token, actor, endsAt } = await deps.tokens.describe(secret).catch((error: unknown) => {
    throw countFailure(error, address, deps)
  })
  const { id, name, createdAt } = token
  const scopes = [...actor.scopes]
  return { id, name, scopes, createdAt, expiresAt: Number.isFinite(endsAt) ? endsAt : undefined }
}

/** Drift's workspaces have UUIDs: ours is of the version for ids that are made elsewhere (RFC 9562, 5.8). */
function workspaceUuid({ id }: Identity): string {
  return `00000000-0000-8000-8000-${id}`
}
