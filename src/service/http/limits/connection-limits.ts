import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import { networkOf, readAddress } from '../access/network.js'
import type { ServerDeps } from '../http-deps.js'

/** What connections are held to, and where it is told that they are. */
export type ConnectionGuard = Pick<ServerDeps, 'proxies' | 'limits' | 'accessLog' | 'metrics'>

/** Descriptors left for the database, files that are loaded late, and connections being closed. */
const RESERVED_FILES = 64
const MIN_CONNECTIONS = 16
/** What went wrong with connections is logged at most so often: it happens many times a second, or never. */
const LOG_EVERY_MS = 60_000

/**
 * Caps the connections of each address and of all together, below what the system lets this process open. A proxy that
 * is trusted carries the connections of many and is not capped by address.
 */
export function limitConnections(server: Server, { limits, proxies, accessLog, metrics }: ConnectionGuard): void {
  const most = Math.min(limits.maxConnections, Math.max(MIN_CONNECTIONS, openFilesLimit() - RESERVED_FILES))
  // One address never takes all that there are.
  const mostOfOne = Math.min(limits.maxConnectionsPerAddress, Math.ceil(most / 2))
  const open = new OpenCounts()
  const note = seldom((text) => accessLog.note(text))
  const refuse = (whose: string) => {
    metrics.countRefusedConnection()
    note(`more than ${whose}: the newest are refused`)
  }

  server.maxConnections = most
  server.on('drop', () => refuse(`${most} connections`))
  // Without a listener, an accept that fails would end the process. The next one is tried when the system has room.
  server.on('error', (error: NodeJS.ErrnoException) => {
    if (error.syscall === 'accept') note(`a connection could not be accepted: ${error.code}`)
  })
  server.on('connection', (socket: Socket) => {
    const address = readAddress(socket.remoteAddress ?? '')
    // It has gone already.
    if (address === undefined) return void socket.destroy()
    if (proxies.trusts(address, 0)) return
    const network = networkOf(address)
    if (open.of(network) >= mostOfOne) {
      refuse(`${mostOfOne} connections from ${network}`)
      return void socket.destroy()
    }
    open.add(network)
    socket.once('close', () => open.remove(network))
  })
}

/** How many files and connections the system lets this process open; Infinity where it sets no limit. */
function openFilesLimit(): number {
  const report = process.report.getReport() as { readonly userLimits?: { readonly open_files?: { soft?: unknown } } }
  const soft = report.userLimits?.open_files?.soft
  return typeof soft === 'number' ? soft : Infinity
}

function seldom(say: (text: string) => void): (text: string) => void {
  let last = Number.NEGATIVE_INFINITY
  return (text) => {
    if (performance.now() - last < LOG_EVERY_MS) return
    last = performance.now()
    say(text)
  }
}

/** Counts what is open at once for each of many keys; a key of which nothing is open is not kept. */
export class OpenCounts {
  readonly #counts = new Map<string, number>()

  of(key: string): number {
    return this.#counts.get(key) ?? 0
  }

  add(key: string): void {
    this.#counts.set(key, this.of(key) + 1)
  }

  remove(key: string): void {
    const left = this.of(key) - 1
    if (left > 0) this.#counts.set(key, left)
    else this.#counts.delete(key)
  }
}
