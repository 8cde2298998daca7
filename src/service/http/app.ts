import { randomBytes } from 'node:crypto'
import type { Socket } from 'node:net'
import cors from '@fastify/cors'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { PROBLEM_TYPE } from '../../api/contract/http.js'
import { authenticator, countRequest } from './authenticate.js'
import { answerBadPath, answerBrokenRequest } from './broken-request.js'
import { createGuardedServer, KEEP_ALIVE_MS, type Tls } from './guarded-server.js'
import type { HttpDeps } from './http-deps.js'
import { logRequest } from './log-request.js'
import { mountNotFound } from './mount-not-found.js'
import { networkOf } from './network.js'
import { reportProblem } from './problem.js'
import { ROUTE_GROUPS, type RouteGroup } from './route-groups.js'
import { clientAddress, type TrustedProxies } from './trusted-proxies.js'

export interface AppOptions {
  readonly tls?: Tls | undefined
  readonly proxies: TrustedProxies
}

const LONGEST_PARAMETER = 500

/** The HTTP application: every route, its limits, its errors and its log. */
export async function createApp(deps: HttpDeps, options: AppOptions): Promise<FastifyInstance> {
  const app = newApp(deps, options)
  app.decorateRequest('bearer', undefined)
  app.decorateRequest('secret', undefined)
  const { proxies } = options
  app.decorateRequest('clientAddress', {
    getter() {
      return clientAddress(this.raw, proxies)
    },
  })
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

function newApp({ limits, accessLog }: HttpDeps, { tls, proxies }: AppOptions): FastifyInstance {
  return Fastify({
    genReqId: requestIds(),
    keepAliveTimeout: KEEP_ALIVE_MS,
    // What a connection still asks while the server stops is answered; then the connection is closed.
    return503OnClosing: false,
    routerOptions: { maxParamLength: LONGEST_PARAMETER, ignoreTrailingSlash: true },
    clientErrorHandler: (error: NodeJS.ErrnoException, socket: Socket) => answerBrokenRequest(error, socket, accessLog),
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) =>
      answerBadPath(error, request, reply, accessLog),
    serverFactory: (framework) => createGuardedServer(framework, { tls, proxies, limits, accessLog }),
  })
}

async function mountGroup(scope: FastifyInstance, { access, mount }: RouteGroup, deps: HttpDeps): Promise<void> {
  if (access === 'token') scope.addHook('onRequest', authenticator(deps))
  else {
    scope.addHook('onRequest', ({ clientAddress }, _, done) => {
      countRequest(networkOf(clientAddress), deps)
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
