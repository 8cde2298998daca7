import type { Client } from '../../src/api/client.js'
import { DriftStatusError } from '../../src/domain/errors.js'
import { type CompatEndpoint, type CompatOptions, compatEndpoints, replyTo } from '../../src/drift/compat/endpoints.js'
import { errorReply } from '../../src/drift/compat/error-reply.js'
import type { CompatRequest } from '../../src/drift/compat/requests.js'
import { type Asked, serve } from '../api/network/servers.js'

/** Who a bearer token acts as. */
export type Owners = Readonly<Record<string, Client>>

export const ORG = 7042
export const WORKSPACE = '6f1c2a6e-6d0f-4d39-9a3b-0f5f2f1d9c11'

/** The endpoints on a bare server of this process: nothing of a web framework between them and the socket. */
export async function compatServer(owners: Owners, options: Partial<CompatOptions> = {}): Promise<string> {
  const endpoints = compatEndpoints({
    orgId: ORG,
    workspaceId: WORKSPACE,
    tokenFacts: async () => undefined,
    ...options,
  })
  const { url } = await serve(async (request, response) => {
    const { status, body } = await answer(endpoints, owners, request).catch(errorReply)
    response.writeHead(status, { 'content-type': 'application/json' })
    response.end(JSON.stringify(body))
  })
  return url
}

async function answer(endpoints: readonly CompatEndpoint[], owners: Owners, request: Asked) {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1')
  const found = match(endpoints, request.method ?? '', url.pathname.replace(/\/$/, ''))
  if (!found) throw new DriftStatusError('not-found', `there is nothing at ${url.pathname}`)
  const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? ''
  const client = owners[token]
  if (found.endpoint.scope !== null && !client) throw new DriftStatusError('not-logged-in', 'no token of ours')
  return replyTo(
    found.endpoint,
    {
      parameters: found.parameters,
      query: queryOf(url.searchParams),
      body: request.body === '' ? undefined : JSON.parse(request.body),
      address: request.socket.remoteAddress ?? '',
    },
    client as Client,
  )
}

function match(endpoints: readonly CompatEndpoint[], method: string, path: string) {
  for (const endpoint of endpoints) {
    const pattern = new RegExp(`^${endpoint.path.replace('{id}', '(?<id>[^/]+)')}$`)
    const matched = endpoint.method === method ? pattern.exec(path) : null
    if (matched) return { endpoint, parameters: { ...matched.groups } as CompatRequest['parameters'] }
  }
  return undefined
}

/** As web frameworks do it: a name that is there once has its value, one that is there more often a list. */
function queryOf(parameters: URLSearchParams): CompatRequest['query'] {
  const names = [...new Set(parameters.keys())]
  return Object.fromEntries(
    names.map((name) => {
      const values = parameters.getAll(name)
      return [name, values.length === 1 ? values[0] : values]
    }),
  )
}
