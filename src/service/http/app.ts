import { randomBytes } from 'node:crypto'
import type { Socket } from 'node:net'
import cors from '@fastify/cors'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { BODY_BYTES } from '../../api/contract/body-bytes.js'
import { PROBLEM_TYPE } from '../../api/contract/http.js'
import { DriftStatusError } from '../../domain/errors.js'
import { authenticator } from './access/authenticate.js'
import { recordRequest } from './access/record-request.js'
import { clientAddress } from './access/trusted-proxies.js'
import { answerBadPath, answerBrokenRequest } from './broken-request.js'
import { createGuardedServer, KEEP_ALIVE_MS, type Tls } from './guarded-server.js'
import type { HttpDeps, ServerDeps } from './http-deps.js'
import { countAddress } from './limits/count-requests.js'
import { readJsonBodies } from './limits/json-bodies.js'
import { mountUnreadBodies } from './limits/unread-body.js'
import { reportProblem } from './problem.js'
import { mountHealth } from './routes/mount-health.js'
import { mountNotFound } from './routes/mount-not-found.js'
import { ROUTE_GROUPS, type RouteGroup } from './routes/route-groups.js'

const MAX_PARAMETER_LENGTH = 500

/** The HTTP application: every route, its limits, its errors and its log. */
export async function createApp(
  deps: ServerDeps,
  workspaces: readonly HttpDeps[],
  tls: Tls | undefined,
): Promise<FastifyInstance> {
  const app = newApp(deps, tls)
  app.decorateRequest('bearer', undefined)
  app.decorateRequest('secret', undefined)
  app.decorateRequest('seen', undefined)
  app.decorateRequest('clientAddress', {
    getter() {
      return clientAddress(this.raw, deps.proxies)
    },
  })
  app.setErrorHandler((error, request, reply) => {
    const answer = reportProblem(error, request, reply, deps)
    return reply.code(answer.status).type(PROBLEM_TYPE).send(answer)
  })
  // These run on every request and wait for nothing: a promise each would be dear.
  app.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id).header('x-content-type-options', 'nosniff')
    if (request.headers.host === undefined && request.raw.httpVersion === '1.1') {
      countAddress(request.clientAddress, deps)
      throw new DriftStatusError('invalid-input', 'the header Host is missing', { hint: 'send "Host: " and the host' })
    }
    done()
  })
  app.addHook('onResponse', (request, reply, done) => {
    recordRequest(request, reply, deps)
    done()
  })
  mountUnreadBodies(app)
  readJsonBodies(app, 'application/json')
  mountNotFound(app, deps)
  if (workspaces.every(({ prefix }) => prefix !== '')) mountHealth(app, workspaces)
  for (const workspace of workspaces) {
    for (const group of ROUTE_GROUPS) {
      await app.register((scope) => mountGroup(scope, group, workspace), { prefix: workspace.prefix })
    }
  }
  return app
}

function newApp(deps: ServerDeps, tls: Tls | undefined): FastifyInstance {
  return Fastify({
    genReqId: requestIds(),
    keepAliveTimeout: KEEP_ALIVE_MS,
    bodyLimit: BODY_BYTES.other,
    // What a connection still asks while the server stops is answered; then the connection is closed.
    return503OnClosing: false,
    routerOptions: { maxParamLength: MAX_PARAMETER_LENGTH, ignoreTrailingSlash: true },
    clientErrorHandler: (error: NodeJS.ErrnoException, socket: Socket) => answerBrokenRequest(error, socket, deps),
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) =>
      answerBadPath(error, request, reply, deps),
    serverFactory: (framework) => createGuardedServer(framework, tls, deps),
  })
}

async function mountGroup(scope: FastifyInstance, { access, mount }: RouteGroup, deps: HttpDeps): Promise<void> {
  if (access === 'token') scope.addHook('onRequest', authenticator(deps))
  else {
    scope.addHook('onRequest', ({ clientAddress }, _, done) => {
      countAddress(clientAddress, deps)
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
