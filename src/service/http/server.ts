import { once, setMaxListeners } from 'node:events'
import { Server as SecureServer } from 'node:https'
import { BlockList, createServer, isIP } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { DriftStatusError } from '../../domain/errors.js'
import type { Instant } from '../../domain/time/zone.js'
import { syncDaily } from '../feeds/daily-sync.js'
import type { FeedNetwork } from '../feeds/download.js'
import { PublicWidgets } from '../public/public-widgets.js'
import { createService, type Service } from '../service.js'
import type { Store } from '../store/store.js'
import { TokenDirectory } from '../tokens/token-directory.js'
import { AccessLog, type LogFormat } from './access/access-log.js'
import { NO_PROXIES, type TrustedProxies } from './access/trusted-proxies.js'
import { createApp } from './app.js'
import { RevisionFeed, watchStore } from './events/revision-feed.js'
import { secured, type Tls } from './guarded-server.js'
import type { HttpDeps, ServerDeps } from './http-deps.js'
import { DEFAULT_LIMITS, type Limits } from './limits/limits.js'
import { MinuteCounts } from './limits/minute-counts.js'
import { measuredService } from './metrics/measured-service.js'
import { measuredStore } from './metrics/measured-store.js'
import { ServerMetrics } from './metrics/server-metrics.js'

export interface ServerOptions {
  /** A workspace, or several by the first part of the path that each is served under. */
  readonly store: Store | ReadonlyMap<string, Store>
  readonly now: () => Instant
  /** Of drift-status. */
  readonly version: string
  readonly host: string
  /** 0 takes a free one. */
  readonly port: number
  readonly tls?: Tls | undefined
  /** Whose X-Forwarded-For is believed; default: nobody's. */
  readonly proxies?: TrustedProxies | undefined
  readonly limits?: Partial<Limits>
  /** The longest that a copy of what visitors see may be kept. */
  readonly widgetMaxAgeSeconds?: number | undefined
  /** How often it is looked whether the store can still be written. */
  readonly checkStoreMs?: number | undefined
  /** How feeds of holiday calendars are reached; without it, on the public internet alone. */
  readonly feedNetwork?: FeedNetwork | undefined
  readonly log: { readonly write: (text: string) => void; readonly format: LogFormat }
}

export interface RunningServer {
  /** Without a slash at the end. */
  readonly url: string
  /** Finishes what is running, ends the event streams, and closes the store. */
  close(): Promise<void>
  /** Ends every connection, finished or not. */
  abort(): void
  /**
   * Shows another certificate to connections that open from now on.
   * @throws DriftStatusError (invalid-input) when they are not a certificate and its key
   */
  useCertificate(certificate: Tls): void
  /** Writes a sentence to the log. */
  note(text: string): void
  /** Logs what went wrong where no request could be told. */
  logFault(error: unknown): void
}

/** The other metrics wait no longer for a store that does not answer. */
const MAX_REVISION_WAIT_MS = 1000
const DEFAULT_CHECK_STORE_MS = 2000
const CLOSE_IDLE_MS = 20
/** How soon a change by hand shows on every page, at the latest. */
const DEFAULT_WIDGET_MAX_AGE_SECONDS = 10

/**
 * Serves a stored workspace over HTTP.
 * @throws DriftStatusError (failed) when the address is taken or not this machine's
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { store, now, version, host, port, tls, proxies = NO_PROXIES, log } = options
  const limits = { ...DEFAULT_LIMITS, ...options.limits }
  const stores = storesOf(store)
  const feeds = stores.map(([, one]) => new RevisionFeed(one, now))
  const metrics = new ServerMetrics({ version, lastRevision: () => lastRevision(feeds) })
  const accessLog = new AccessLog(log.write, log.format)
  const stopping = new AbortController()
  // Every write that runs and every watcher listens to it.
  setMaxListeners(0, stopping.signal)
  const shared: ServerDeps = {
    widgetMaxAgeSeconds: options.widgetMaxAgeSeconds ?? DEFAULT_WIDGET_MAX_AGE_SECONDS,
    accessLog,
    metrics,
    limits,
    version,
    now,
    failedLogins: new MinuteCounts(limits.failedLoginsPerMinute, now),
    requestCounts: new MinuteCounts(limits.requestsPerMinute || Infinity, now),
    stopping: stopping.signal,
    proxies,
  }
  const workspaces = await Promise.all(
    stores.map(async ([prefix, one], index) => ({
      ...shared,
      prefix,
      service: newService(options, one, feeds[index]!, metrics),
      store: one,
      identity: await one.read((transaction) => transaction.identity()),
      feed: feeds[index]!,
      publicWidgets: new PublicWidgets(one, now),
      tokens: new TokenDirectory(one, now),
    })),
  )
  const app = await createApp(shared, workspaces, tls)
  try {
    await app.listen({ host, port })
  } catch (error) {
    await app.close()
    throw listenError(error as NodeJS.ErrnoException, host, port)
  }
  const stopJobs = workspaces.map((workspace) => startJobs(workspace, options))
  const address = app.server.address()
  const actualPort = typeof address === 'object' && address ? address.port : port
  return {
    url: `${tls ? 'https' : 'http'}://${host.includes(':') ? `[${host}]` : host}:${actualPort}`,
    async close() {
      stopping.abort()
      for (const stop of stopJobs) await stop()
      // One that is answered while the server stops would stay open as long as its client likes.
      const idle = setInterval(() => app.server.closeIdleConnections(), CLOSE_IDLE_MS)
      await app.close().finally(() => clearInterval(idle))
      accessLog.flush()
      for (const { tokens, service } of workspaces) {
        await tokens.flush()
        await service.close()
      }
    },
    abort: () => app.server.closeAllConnections(),
    useCertificate(certificate) {
      const files = secured(certificate)
      if (app.server instanceof SecureServer) app.server.setSecureContext(files)
    },
    note: (text) => accessLog.note(text),
    logFault: (error) => accessLog.fault(null, error),
  }
}

/** Each store, and what the paths of its workspace begin with. */
function storesOf(store: ServerOptions['store']): readonly (readonly [prefix: string, store: Store])[] {
  return 'read' in store ? [['', store]] : [...store].map(([name, one]) => [`/${name}`, one])
}

/** What goes on beside the requests. */
function startJobs(
  { store, service, accessLog, now, prefix }: HttpDeps,
  { checkStoreMs }: ServerOptions,
): () => Promise<void> {
  const note = (text: string) => accessLog.note(prefix === '' ? text : `${prefix.slice(1)}: ${text}`)
  const stopWatching = watchStore(store, note, checkStoreMs ?? DEFAULT_CHECK_STORE_MS)
  const stopSyncing = syncDaily({ service, store, now, note, fault: (error) => accessLog.fault(null, error) })
  return () => {
    stopWatching()
    return stopSyncing()
  }
}

/** The service of the store, measured at both its edges. */
function newService(
  { now, feedNetwork }: ServerOptions,
  store: Store,
  feed: RevisionFeed,
  metrics: ServerMetrics,
): Service {
  const service = createService({
    store: measuredStore(store, (seconds) => metrics.countWriteWait(seconds)),
    now,
    keepsAnswers: true,
    onWrite: () => feed.wake(),
    feedNetwork: feedNetwork ?? { env: {}, mayReachPrivate: false },
  })
  return measuredService(service, (outcome) => metrics.countWrite(outcome))
}

/** How many revisions there are of all workspaces together; undefined when a store does not say soon. */
async function lastRevision(feeds: readonly RevisionFeed[]): Promise<number | undefined> {
  const all = Promise.all(feeds.map((feed) => feed.last())).then((numbers) =>
    numbers.reduce((sum, one) => sum + one, 0),
  )
  return Promise.race([all.catch(() => undefined), sleep(MAX_REVISION_WAIT_MS, undefined, { ref: false })])
}

/**
 * Finds out whether an address can be served, before a first start makes the token that is shown once.
 * @throws DriftStatusError what {@link startServer} would
 */
export async function checkAddress({ host, port, tls }: Pick<ServerOptions, 'host' | 'port' | 'tls'>): Promise<void> {
  if (tls) secured(tls)
  const probe = createServer()
  try {
    await once(probe.listen({ host, port }), 'listening')
  } catch (error) {
    throw listenError(error as NodeJS.ErrnoException, host, port)
  }
  await new Promise((resolve) => probe.close(resolve))
}

const LISTEN_FAILURES: Readonly<Record<string, readonly [message: string, hint: string]>> = {
  EADDRINUSE: ['is in use', 'stop the program that uses it, or take port 0 for any free one'],
  EADDRNOTAVAIL: ['is not an address of this machine', 'use 127.0.0.1, or 0.0.0.0 for every address'],
  ENOTFOUND: ['is not a known host', 'use 127.0.0.1, or 0.0.0.0 for every address'],
  EACCES: ['needs more rights than you have', 'use a port above 1023, e.g. 4730'],
}

function listenError(error: NodeJS.ErrnoException, host: string, port: number): unknown {
  const failure = LISTEN_FAILURES[error.code ?? '']
  if (!failure) return error
  const [message, hint] = failure
  return new DriftStatusError('failed', `${host}:${port} ${message}`, { hint, cause: error })
}

const LOOPBACK = new BlockList()
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4')
LOOPBACK.addAddress('::1', 'ipv6')

/** Whether only this machine can reach a host. */
export function isLoopbackHost(host: string): boolean {
  const version = isIP(host)
  return version === 0 ? host === 'localhost' : LOOPBACK.check(host, version === 4 ? 'ipv4' : 'ipv6')
}
