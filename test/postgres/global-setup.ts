import { createServer } from 'node:net'
import type { TestProject } from 'vitest/node'
import { POSTGRES_PASSWORD } from './password.js'
import { type PostgresServer, startPostgres } from './postgres-server.js'

declare module 'vitest' {
  interface ProvidedContext {
    /** The PostgreSQL server that the tests of a lane share. */
    postgres: { readonly port: number }
  }
}

let server: PostgresServer | undefined

export async function setup(project: TestProject): Promise<void> {
  const port = await freePort()
  server = await startPostgres({ port, password: POSTGRES_PASSWORD })
  project.provide('postgres', { port })
}

export async function teardown(): Promise<void> {
  await server?.close()
}

export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
