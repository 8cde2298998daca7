import { createServer } from 'node:net'
import type { TestProject } from 'vitest/node'
import { type PostgresServer, startPostgres, whyNoPostgres } from './postgres-server.js'

declare module 'vitest' {
  interface ProvidedContext {
    /** The port of the PostgreSQL server that the tests share, or why there is none. */
    postgres: { readonly port: number } | { readonly missing: string }
  }
}

let server: PostgresServer | undefined

export async function setup(project: TestProject): Promise<void> {
  const missing = whyNoPostgres()
  if (missing !== undefined) {
    console.warn(`Not run on PostgreSQL: ${missing}`)
    project.provide('postgres', { missing })
    return
  }
  const port = await freePort()
  server = await startPostgres({ port, password: PASSWORD })
  project.provide('postgres', { port })
}

export async function teardown(): Promise<void> {
  await server?.close()
}

export const PASSWORD = 'a secret'

export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
