import { join } from 'node:path'
import { afterAll } from 'vitest'
import { type Client, createClient } from '../../../src/api/client.js'
import { actorOf } from '../../../src/service/actor.js'
import { inProcessTransport } from '../../../src/service/embedded/in-process-transport.js'
import { createLocalWorkspace } from '../../../src/service/embedded/open-workspace.js'
import type { TrustedProxies } from '../../../src/service/http/access/trusted-proxies.js'
import type { Tls } from '../../../src/service/http/guarded-server.js'
import type { Limits } from '../../../src/service/http/limits/limits.js'
import { startServer } from '../../../src/service/http/server.js'
import { createService } from '../../../src/service/service.js'
import { openSqliteStore } from '../../../src/service/store/sqlite/sqlite-store.js'
import type { Store } from '../../../src/service/store/store.js'
import { newFolder } from '../../cli/fake-context.js'
import { documentOf, OPEN } from '../../domain/workspace-builder.js'

/** What was answered over the wire. */
export interface Answered {
  readonly status: number
  readonly headers: Headers
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  readonly body: any
}

export interface Asked {
  readonly token?: string | undefined
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  /** Aborted when the client goes away. */
  readonly signal?: AbortSignal
}

export interface ServedWorkspace {
  readonly url: string
  readonly path: string
  readonly store: Store
  /** The owner of the file, on a connection to it of its own: another process would be no different. */
  readonly owner: Client
  ask(method: string, path: string, asked?: Asked): Promise<Answered>
  /** The secret of a new token. */
  token(request: Parameters<Client['createToken']>[0]): Promise<string>
  /** Moves the clock. */
  clock(to: number): void
  /** The lines of the access log so far. */
  log(): Promise<string>
  close(): Promise<void>
}

export const AGENTS = [
  { id: '1', name: 'Sam', email: 'sam@acme.example', role: 'admin', status: 'available' },
  { id: '2', name: 'Ana', email: 'ana@acme.example', role: 'agent', status: 'available' },
]

/** A workspace on a real port, with a clock that the test moves. Closed after the tests of the file. */
export async function serveWorkspace({
  parts = { agents: AGENTS },
  limits = {},
  widgetMaxAgeSeconds,
  waitMs,
  checkStoreMs,
  tls,
  proxies,
}: {
  readonly parts?: object
  readonly limits?: Partial<Limits>
  readonly widgetMaxAgeSeconds?: number
  /** How long a write waits for other processes. */
  readonly waitMs?: number
  /** How often it is looked whether the file is in its place. */
  readonly checkStoreMs?: number
  readonly tls?: Tls
  readonly proxies?: TrustedProxies
} = {}): Promise<ServedWorkspace> {
  let now = OPEN
  let logged = ''
  const path = join(newFolder(), 'workspace.db')
  await createLocalWorkspace(path, documentOf(parts), now)
  const store = await openSqliteStore(path, waitMs === undefined ? {} : { waitMs })
  const write = (text: string) => {
    logged += text
  }
  const server = await startServer({
    store,
    now: () => now,
    version: '0.0.0',
    host: '127.0.0.1',
    port: 0,
    limits,
    widgetMaxAgeSeconds,
    checkStoreMs,
    tls,
    proxies,
    log: { write, format: 'json' },
  })
  const own = await openSqliteStore(path)
  const owner = createClient(
    inProcessTransport(createService({ store: own, now: () => now }), actorOf('owner', undefined, 'admin')),
  )
  let closing: Promise<void> | undefined
  const close = () => {
    closing ??= Promise.all([server.close(), owner.close()]).then(() => {})
    return closing
  }
  afterAll(close)
  return {
    url: server.url,
    path,
    store,
    owner,
    async ask(method, target, { token, body, headers = {}, signal } = {}) {
      const response = await fetch(`${server.url}${target}`, {
        method,
        ...(signal && { signal }),
        headers: {
          ...(token !== undefined && { authorization: `Bearer ${token}` }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      })
      const text = await response.text()
      const isJson = response.headers.get('content-type')?.includes('json') && text !== ''
      return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text }
    },
    token: async (request) => (await owner.createToken(request)).secret!,
    clock(to) {
      now = to
    },
    async log() {
      // Lines are kept back for a moment.
      await new Promise((resolve) => setTimeout(resolve, 50))
      return logged
    },
    close,
  }
}
