import type { FastifyInstance, FastifyRequest } from 'fastify'
import { PROBLEM_TYPE } from '../../../api/contract/http.js'
import { DriftStatusError } from '../../../domain/errors.js'
import { nearest } from '../../../domain/nearest.js'
import { loggedPath } from '../access/access-log.js'
import type { ServerDeps } from '../http-deps.js'
import { countAddress } from '../limits/count-requests.js'
import { problem } from '../problem.js'
import { isDriftPath } from './mount-drift.js'

interface KnownRoute {
  readonly method: string
  readonly url: string
}

/**
 * What is answered where there is no route: 405 and the methods there are, or 404 and the nearest
 * route. Must be called before the routes are added.
 */
export function mountNotFound(app: FastifyInstance, deps: ServerDeps): void {
  const known: KnownRoute[] = []
  app.addHook('onRoute', ({ method, url }) => {
    for (const one of [method].flat()) known.push({ method: one, url })
  })
  app.addHook('onRequest', (request, _, done) => {
    // Beneath Drift's paths, the token is counted.
    if (request.is404 && !isDriftPath(request.url)) countAddress(request.clientAddress, deps)
    done()
  })
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?', 1)[0]!.replace(/(?<=.)\/$/, '')
    const methods = known.flatMap(({ method, url }) => (matches(url, path) ? [method] : []))
    if (methods.length === 0) throw unknownRoute(request, known)
    const allow = [...new Set([...methods, 'OPTIONS'])].join(', ')
    reply.header('allow', allow)
    if (request.method === 'OPTIONS') return reply.code(204).send()
    return reply
      .code(405)
      .type(PROBLEM_TYPE)
      .send(problem(405, 'invalid-input', `${loggedPath(path)} does not take ${request.method}`, `it takes ${allow}`))
  })
}

function unknownRoute({ method, url }: FastifyRequest, known: readonly KnownRoute[]): DriftStatusError {
  const wanted = `${method} ${loggedPath(url)}`
  // Of several workspaces, those that nobody named are nobody's business.
  const [, first] = url.split('/')
  const isAlone = known.some((route) => route.url.startsWith('/v1/'))
  const own = isAlone ? known : known.filter((route) => route.url.startsWith(`/${first}/`))
  const candidates = own.map((route) => `${route.method} ${route.url.replace(/:(\w+)/g, '{$1}')}`)
  const meant = nearest(wanted, candidates)
  return new DriftStatusError('not-found', `there is no ${wanted}`, {
    hint: meant === undefined ? 'see /docs for what there is' : `did you mean ${meant}?`,
  })
}

function matches(template: string, path: string): boolean {
  const [names, parts] = [template.split('/'), path.split('/')]
  return names.length === parts.length && names.every((name, index) => name.startsWith(':') || name === parts[index])
}
