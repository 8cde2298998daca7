import { startServer } from '../../src/service/http/server.js'
import { openSqliteStore } from '../../src/service/store/sqlite/sqlite-store.js'
import { hearOnce, say, startWorker, type Worker } from './worker.js'

/** Serves a workspace file until a word comes: what the process that {@link startServing} starts has to do. */
export async function serveUntilTold(path: string, port: number): Promise<void> {
  const store = await openSqliteStore(path)
  const log = { write: () => {}, format: 'json' as const }
  const limits = { requestsPerMinute: 0 }
  const server = await startServer({ store, now: Date.now, version: '0', host: '127.0.0.1', port, limits, log })
  say(server.url)
  await hearOnce()
  await server.close()
  process.stdin.destroy()
}

export interface Serving {
  readonly url: string
  readonly worker: Worker
}

/** Starts this script again as a server; its first argument is `server`. */
export async function startServing(path: string, port = 0): Promise<Serving> {
  const worker = startWorker(['server', path, `${port}`])
  const url = await worker.next()
  if (typeof url !== 'string') throw new Error(`the server did not start: ${(await worker.ended).errors}`)
  return { url, worker }
}
