import { startServer } from '../../src/service/http/server.js'
import { openSqliteStore } from '../../src/service/store/sqlite-store.js'
import { hear, say, startWorker, type Worker } from './worker.js'

/** What a serving process says of itself. */
export interface ServerFigures {
  readonly megabytes: number
  readonly cpuSeconds: number
}

/** Serves a workspace file until it is told to stop: the part of the process that {@link startServing} starts. */
export async function serveUntilTold(path: string, port: number): Promise<void> {
  const store = await openSqliteStore(path)
  const log = { write: () => {}, format: 'json' as const }
  const limits = { requestsPerMinute: 0 }
  const server = await startServer({ store, now: Date.now, version: '0', host: '127.0.0.1', port, limits, log })
  say(server.url)
  for await (const word of hear()) {
    if (word === 'stop') break
    const { user, system } = process.cpuUsage()
    const figures: ServerFigures = {
      megabytes: Math.round(process.memoryUsage.rss() / 2 ** 20),
      cpuSeconds: (user + system) / 1e6,
    }
    say(figures)
  }
  await server.close()
  process.stdin.destroy()
}

export interface Serving {
  readonly url: string
  readonly worker: Worker
  figures(): Promise<ServerFigures>
}

/** Starts this script again as a server; its first argument is `server`. */
export async function startServing(path: string, port = 0): Promise<Serving> {
  const worker = startWorker(['server', path, `${port}`])
  const url = await worker.next()
  if (typeof url !== 'string') throw new Error(`the server did not start: ${(await worker.ended).errors}`)
  return {
    url,
    worker,
    async figures() {
      worker.tell('figures')
      return (await worker.next()) as ServerFigures
    },
  }
}
