import type { Instant } from '../../domain/time/zone.js'
import type { PublicWidgets } from '../public/public-widgets.js'
import type { Service } from '../service.js'
import type { Identity, Snapshot, Store } from '../store/store.js'
import type { Bearer, TokenDirectory } from '../tokens/token-directory.js'
import type { AccessLog } from './access/access-log.js'
import type { TrustedProxies } from './access/trusted-proxies.js'
import type { RevisionFeed } from './events/revision-feed.js'
import type { Limits } from './limits/limits.js'
import type { MinuteCounts } from './limits/minute-counts.js'
import type { ServerMetrics } from './metrics/server-metrics.js'

/** What every workspace of a server shares. */
export interface ServerDeps {
  /** Wrong tokens of each address. */
  readonly failedLogins: MinuteCounts
  /** Requests of each token, or of each address without one. */
  readonly requestCounts: MinuteCounts
  /** The longest that a copy of what is public may be kept. */
  readonly widgetMaxAgeSeconds: number
  readonly accessLog: AccessLog
  readonly metrics: ServerMetrics
  readonly proxies: TrustedProxies
  readonly limits: Limits
  /** Aborted when the server begins to stop: what would stay open ends. */
  readonly stopping: AbortSignal
  /** Of drift-status. */
  readonly version: string
  readonly now: () => Instant
}

/** What the routes of a workspace are made of. */
export interface HttpDeps extends ServerDeps {
  /** What every path of the workspace begins with; nothing where it is the only one. */
  readonly prefix: string
  readonly service: Service
  readonly store: Store
  /** What the workspace is called where neither its file nor its name is known. */
  readonly identity: Identity
  readonly tokens: TokenDirectory
  readonly feed: RevisionFeed
  readonly publicWidgets: PublicWidgets
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Who calls; undefined where no token is needed. */
    bearer: Bearer | undefined
    /** What was stored when the token was looked at; taken by what answers, so that no long answer holds it. */
    seen: Snapshot | undefined
    /** The token as it was sent, for what has to ask again whether it works. */
    secret: string | undefined
    /** Whom limits count it for: who is connected, or whom a trusted proxy asks for. */
    readonly clientAddress: string
  }
}
