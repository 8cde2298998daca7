import type { FastifyInstance } from 'fastify'
import { mountEvents } from '../events/mount-events.js'
import type { HttpDeps } from '../http-deps.js'
import { mountCalendar } from './mount-calendar.js'
import { mountDemo } from './mount-demo.js'
import { mountDrift, mountDriftTokenInfo } from './mount-drift.js'
import { mountHealth } from './mount-health.js'
import { mountMetrics } from './mount-metrics.js'
import { mountOperations } from './mount-operations.js'
import { mountPublic } from './mount-public.js'
import { mountReference } from './mount-reference.js'

/** Routes that belong together: in a scope of their own, where they may set hooks and errors of their own. */
export interface RouteGroup {
  /** Who may ask: holders of a token; anyone; or any web page as well (CORS). */
  readonly access: 'token' | 'anyone' | 'any-page'
  readonly mount: (app: FastifyInstance, deps: HttpDeps) => void | Promise<void>
}

export const ROUTE_GROUPS: readonly RouteGroup[] = [
  { access: 'anyone', mount: (app, deps) => mountHealth(app, [deps]) },
  { access: 'any-page', mount: mountReference },
  { access: 'anyone', mount: mountPublic },
  { access: 'anyone', mount: mountDemo },
  { access: 'anyone', mount: mountCalendar },
  { access: 'token', mount: mountOperations },
  { access: 'token', mount: mountEvents },
  { access: 'token', mount: mountMetrics },
  { access: 'token', mount: mountDrift },
  { access: 'anyone', mount: mountDriftTokenInfo },
]
