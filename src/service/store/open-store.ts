import type { PostgresPlace } from './postgres/postgres-server.js'
import type { Store } from './store.js'

/** Where a workspace is kept: the path of a file, or a workspace of a PostgreSQL database. */
export type StorePlace = string | (PostgresPlace & { readonly password?: (() => Promise<string>) | undefined })

export interface OpenStoreOptions {
  /** How long a write waits for other processes. */
  readonly waitMs?: number | undefined
  /** What errors call the store once it is open; default: where it is, which is for nobody who asks over HTTP. */
  readonly name?: string | undefined
}

/**
 * Opens a workspace, made if it is not there.
 * @throws DriftStatusError (failed) when it cannot be opened or is no workspace, (busy) when a database cannot be reached
 */
export async function openStore(place: StorePlace, { waitMs, name }: OpenStoreOptions = {}): Promise<Store> {
  const limits = waitMs === undefined ? {} : { waitMs }
  if (typeof place === 'string') {
    const { openSqliteStore } = await import('./sqlite/sqlite-store.js')
    return openSqliteStore(place, { ...limits, ...(name !== undefined && { name }) })
  }
  const [{ openPostgres }, { openPostgresStore }] = await Promise.all([
    import('./postgres/postgres-database.js'),
    import('./postgres/postgres-store.js'),
  ])
  const { password, ...server } = place
  const database = await openPostgres({ place: server, password, name })
  try {
    return await openPostgresStore(database, { workspace: server.workspace, ...limits })
  } catch (error) {
    await database.close()
    throw error
  }
}
