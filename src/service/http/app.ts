import { randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { Socket } from 'node:net'
import { createSecureContext } from 'node:tls'
import cors from '@fastify/cors'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { PROBLEM_TYPE } from '../../api/contract/http.js'
import { DriftStatusError } from '../../domain/errors.js'
import { authenticator, countRequest } from './authenticate.js'
import { answerBadPath, answerBrokenRequest } from './broken-request.js'
import type { HttpDeps } from './http-deps.js'
import { logRequest } from './log-request.js'
import { mountNotFound } from './mount-not-found.js'
import { reportProblem } from './problem.js'
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
/** Longer than proxies in front keep theirs, so that none sends into a connection that just closed. */
const KEEP_ALIVE_MS = 72_000

/** The HTTP application: every route, its limits, its errors and its log. */
export async function createApp(deps: HttpDeps, options: AppOptions): Promise<FastifyInstance> {
  const app = newApp(deps, options)
  app.decorateRequest('bearer', undefined)
  app.decorateRequest('secret', undefined)
  app.setErrorHandler((error, request, reply) => {
    const answer = reportProblem(error, request, reply, deps.accessLog)
    return reply.code(answer.status).type(PROBLEM_TYPE).send(answer)
  })
  // These run on every request and wait for nothing: a promise each would be dear.
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

function newApp(deps: HttpDeps, { tls, trustProxy = false }: AppOptions): FastifyInstance {
  const { limits, accessLog } = deps
  const limited = {
    headersTimeout: limits.headersTimeoutMs,
    connectionsCheckingInterval: Math.min(CHECK_INTERVAL_MS, limits.headersTimeoutMs),
    maxHeaderSize: limits.maxHeaderBytes,
    requestTimeout: limits.requestTimeoutMs,
    keepAliveTimeout: KEEP_ALIVE_MS,
  }
  const certified = tls && secured(tls)
  return Fastify({
    trustProxy,
    genReqId: requestIds(),
    keepAliveTimeout: KEEP_ALIVE_MS,
    // What a connection still asks while the server stops is answered; then the connection is closed.
    return503OnClosing: false,
    routerOptions: { maxParamLength: LONGEST_PARAMETER, ignoreTrailingSlash: true },
    clientErrorHandler: (error: NodeJS.ErrnoException, socket: Socket) => answerBrokenRequest(error, socket, accessLog),
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) =>
      answerBadPath(error, request, reply, accessLog),
    serverFactory(framework) {
      return certified ? createSecureServer({ ...limited, ...certified }, framework) : createServer(limited, framework)
    },
  })
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
  else {
    scope.addHook('onRequest', ({ ip }, _, done) => {
      countRequest(ip, deps)
      done()
    })
  }
  // A page may read, and needs no leave for it: there is nothing to ask beforehand.
  if (access === 'any-page') await scope.register(cors, { origin: '*', preflight: false, exposedHeaders: ['etag'] })
  await mount(scope, deps)
}

/** Ids that tell the requests of one process apart, and those of two. */
function requestIds(): () => string {
  const process = randomBytes(4).toString('hex')
  let count = 0
  return () => `${process}-${(++count).toString(36)}`
}
