import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import type { Client } from '../../src/api/client.js'
import { DriftStatusError } from '../../src/domain/errors.js'
import { type CompatEndpoint, type CompatOptions, compatEndpoints, replyTo } from '../../src/drift/compat/endpoints.js'
import { errorReply } from '../../src/drift/compat/error-answer.js'
import type { CompatRequest } from '../../src/drift/compat/requests.js'

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
  return listen(async (request, response) => {
    const { status, body } = await answer(endpoints, owners, request).catch(errorReply)
    response.writeHead(status, { 'content-type': 'application/json' })
    response.end(JSON.stringify(body))
  })
}

/** Serves on a free port of this machine until the test ends. */
export async function listen(
  handle: (request: IncomingMessage, response: ServerResponse) => void | Promise<void>,
): Promise<string> {
  const server = createServer((request, response) => void handle(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  )
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

export async function readBody(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of request.setEncoding('utf8')) text += chunk
  return text
}

async function answer(endpoints: readonly CompatEndpoint[], owners: Owners, request: IncomingMessage) {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1')
  const found = match(endpoints, request.method ?? '', url.pathname.replace(/\/$/, ''))
  if (!found) throw new DriftStatusError('not-found', `there is nothing at ${url.pathname}`)
  const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? ''
  const client = owners[token]
  if (found.endpoint.scope !== null && !client) throw new DriftStatusError('not-logged-in', 'no token of ours')
  const text = await readBody(request)
  return replyTo(
    found.endpoint,
    {
      parameters: found.parameters,
      query: queryOf(url.searchParams),
      body: text === '' ? undefined : JSON.parse(text),
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
