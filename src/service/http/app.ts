import { randomBytes } from 'node:crypto'
import type { Socket } from 'node:net'
import { createSecureContext } from 'node:tls'
import cors from '@fastify/cors'
import rateLimit from '@fastify/rate-limit'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { PROBLEM_TYPE } from '../../api/contract/http.js'
import { DriftStatusError } from '../../domain/errors.js'
import { authenticator } from './authenticate.js'
import { answerBadPath, answerBrokenRequest } from './broken-request.js'
import type { HttpDeps } from './http-deps.js'
import { logRequest } from './log-request.js'
import { mountNotFound } from './mount-not-found.js'
import { reportProblem, TooManyRequestsError } from './problem.js'
import { ROUTE_GROUPS, type RouteGroup } from './route-groups.js'

/** A certificate and its key, PEM. */
export interface Tls {
  readonly cert: Uint8Array
  readonly key: Uint8Array
}

export interface AppOptions {
  readonly tls?: Tls | undefined
  /** Whether a proxy in front says in X-Forwarded-For whom it asks for. */
  readonly trustProxy?: boolean | undefined
}

/** How often slow clients are looked for. */
const CHECK_INTERVAL_MS = 1000
const LONGEST_PARAMETER = 500
const MINUTE_MS = 60_000
const QUIET = { 'x-ratelimit-limit': false, 'x-ratelimit-remaining': false, 'x-ratelimit-reset': false }

/** The HTTP application: every route, its limits, its errors and its log. */
export async function createApp(deps: HttpDeps, options: AppOptions): Promise<FastifyInstance> {
  const app = newApp(deps, options)
  app.decorateRequest('bearer', undefined)
  app.decorateRequest('secret', undefined)
  app.setErrorHandler((error, request, reply) => {
    const answer = reportProblem(error, request, reply, deps.accessLog)
    return reply.code(answer.status).type(PROBLEM_TYPE).send(answer)
  })
  // These two run on every request and wait for nothing: a promise each would be dear.
  app.addHook('onRequest', ({ id }, reply, done) => {
    reply.header('x-request-id', id)
    done()
  })
  app.addHook('onResponse', (request, reply, done) => {
    logRequest(request, reply, deps.accessLog)
    done()
  })
  mountNotFound(app)
  for (const group of ROUTE_GROUPS) await app.register((scope) => mountGroup(scope, group, deps))
  return app
}

function newApp({ limits, accessLog }: HttpDeps, { tls, trustProxy = false }: AppOptions): FastifyInstance {
  const server = {
    headersTimeout: limits.headersTimeoutMs,
    connectionsCheckingInterval: Math.min(CHECK_INTERVAL_MS, limits.headersTimeoutMs),
    maxHeaderSize: limits.maxHeaderBytes,
  }
  const options = {
    trustProxy,
    genReqId: requestIds(),
    requestTimeout: limits.requestTimeoutMs,
    // What a connection still asks while the server stops is answered; then the connection is closed.
    return503OnClosing: false,
    routerOptions: { maxParamLength: LONGEST_PARAMETER, ignoreTrailingSlash: true },
    clientErrorHandler: (error: NodeJS.ErrnoException, socket: Socket) => answerBrokenRequest(error, socket, accessLog),
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) =>
      answerBadPath(error, request, reply, accessLog),
  }
  // The framework tells the two kinds of server apart by type; nothing here depends on which it is.
  return tls
    ? (Fastify({ ...options, https: { ...server, ...secured(tls) } } as object) as FastifyInstance)
    : Fastify({ ...options, http: server } as object)
}

/** @throws DriftStatusError (invalid-input) when they are no certificate and its key */
export function secured({ cert, key }: Tls): { cert: Buffer; key: Buffer } {
  const files = { cert: Buffer.from(cert), key: Buffer.from(key) }
  try {
    createSecureContext(files)
    return files
  } catch (cause) {
    throw new DriftStatusError('invalid-input', 'the certificate and the key are not a pair that TLS can use', {
      hint: 'name PEM files: the certificate with its chain, and its private key without a password',
      cause,
    })
  }
}

async function mountGroup(scope: FastifyInstance, { access, mount }: RouteGroup, deps: HttpDeps): Promise<void> {
  if (access === 'token') scope.addHook('onRequest', authenticator(deps))
  await limitRate(scope, deps)
  // A page may read, and needs no leave for it: there is nothing to ask beforehand.
  if (access === 'any-page') await scope.register(cors, { origin: '*', preflight: false, exposedHeaders: ['etag'] })
  await mount(scope, deps)
}

async function limitRate(app: FastifyInstance, { limits }: HttpDeps): Promise<void> {
  if (limits.requestsPerMinute === 0) return
  await app.register(rateLimit, {
    max: limits.requestsPerMinute,
    timeWindow: MINUTE_MS,
    // Who may ask more hears nothing of it: three headers on every answer would help nobody.
    addHeadersOnExceeding: QUIET,
    addHeaders: QUIET,
    keyGenerator: ({ bearer, ip }: FastifyRequest) => bearer?.tokenId ?? ip,
    errorResponseBuilder: (_, { max, ttl }) =>
      new TooManyRequestsError(`more than ${max} requests in a minute`, Math.ceil(ttl / 1000)),
  })
}

/** Ids that tell the requests of one process apart, and those of two. */
function requestIds(): () => string {
  const process = randomBytes(4).toString('hex')
  let count = 0
  return () => `${process}-${(++count).toString(36)}`
}
