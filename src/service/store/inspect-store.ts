import type { StorePlace } from './open-store.js'
import type { StoreInspection } from './store-inspection.js'

/**
 * Opens a store for looking at.
 * @throws DriftStatusError (failed) when it cannot be read, is no workspace, or is of a later version
 */
export async function inspectStore(place: StorePlace): Promise<StoreInspection> {
  if (typeof place === 'string') return (await import('./sqlite/inspect-database.js')).inspectDatabase(place)
  return (await import('./postgres/inspect-postgres.js')).inspectPostgres(place)
}
