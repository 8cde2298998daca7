import { join } from 'node:path'
import { startServer } from '../../src/service/http/server.js'
import { openSqliteStore } from '../../src/service/store/sqlite/sqlite-store.js'
import type { Store } from '../../src/service/store/store.js'
import { newFolder } from './fake-context.js'

/** A server on a real port that can be given one workspace file after another. */
export interface FileServer {
  readonly url: string
  /** Serves another file from now on. */
  serve(path: string): Promise<void>
  /** Sets the clock; milliseconds. */
  clock(to: number): void
  close(): Promise<void>
}

/** Starting a server takes longer than most tests: the tests of one file share it, one after another. */
export async function startFileServer(): Promise<FileServer> {
  let now = 0
  // A server asks its workspace who it is before anyone is served.
  let current = await openSqliteStore(join(newFolder(), 'empty.db'))
  const store: Store = {
    read: (work, options) => current.read(work, options),
    write: (work, wait) => current.write(work, wait),
    snapshot: () => current.snapshot(),
    check: () => current.check(),
    close: () => current.close(),
  }
  const log = { write: () => {}, format: 'json' as const }
  const feedNetwork = { env: {}, mayReachPrivate: true }
  const server = await startServer({
    store,
    now: () => now,
    version: '0.0.0',
    host: '127.0.0.1',
    port: 0,
    feedNetwork,
    log,
  })
  return {
    url: server.url,
    async serve(path) {
      await current.close()
      current = await openSqliteStore(path)
    },
    clock(to) {
      now = to
    },
    close: server.close,
  }
}
