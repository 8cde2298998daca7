import { DriftStatusError } from '../../domain/errors.js'
import { addressOf, type PostgresPlace } from './postgres/postgres-server.js'
import type { Store } from './store.js'

/** Where a workspace is kept: the path of a file, or a workspace of a PostgreSQL database. */
export type StorePlace = string | (PostgresPlace & { readonly password?: (() => Promise<string>) | undefined })

/** What people call where a workspace is kept. */
export function placeName(place: StorePlace): string {
  return typeof place === 'string' ? place : addressOf(place)
}

export interface OpenStoreOptions {
  /** Whether it is an error that the database has no such workspace; default: it is made. */
  readonly isThere?: boolean | undefined
  /** How long a server that is not there is waited for; default 2 s. */
  readonly openMs?: number | undefined
  /** How long a write waits for other processes. */
  readonly waitMs?: number | undefined
  /** What errors call the store once it is open; default: where it is, which is for nobody who asks over HTTP. */
  readonly name?: string | undefined
}

/**
 * Opens a workspace, made if it is not there.
 * @throws DriftStatusError (failed) when it cannot be opened or is no workspace, (busy) when a database cannot be reached
 */
export async function openStore(
  place: StorePlace,
  { isThere = false, openMs, waitMs, name }: OpenStoreOptions = {},
): Promise<Store> {
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
  const database = await openPostgres({ place: server, password, name, openMs })
  try {
    const store = await openPostgresStore(database, { workspace: server.workspace, creates: !isThere, ...limits })
    if (store) return store
    throw new DriftStatusError('not-found', `there is no workspace "${server.workspace}" at ${addressOf(server)}`, {
      reason: 'workspace-missing',
      subject: addressOf(server),
      hint: 'name another workspace in the address (?workspace=NAME)',
    })
  } catch (error) {
    await database.close()
    throw error
  }
}

/**
 * Opens several workspaces of one database, over one pool of connections.
 * @throws DriftStatusError as opening one does
 */
export async function openStores(
  { password, ...server }: Exclude<StorePlace, string>,
  names: readonly string[],
  { openMs, waitMs, name }: Omit<OpenStoreOptions, 'isThere'>,
): Promise<{ readonly stores: ReadonlyMap<string, Store>; close(): Promise<void> }> {
  const [{ openPostgres }, { openPostgresStore }] = await Promise.all([
    import('./postgres/postgres-database.js'),
    import('./postgres/postgres-store.js'),
  ])
  const database = await openPostgres({ place: server, password, name, openMs })
  const stores = new Map<string, Store>()
  try {
    for (const workspace of names) {
      const limits = waitMs === undefined ? {} : { waitMs }
      stores.set(workspace, (await openPostgresStore(database, { workspace, ownsDatabase: false, ...limits }))!)
    }
  } catch (error) {
    await database.close()
    throw error
  }
  return { stores, close: () => database.close() }
}

/**
 * Brings a file or a database to the schema of this version, and makes no workspace in it.
 * @returns the version of the schema
 * @throws DriftStatusError as opening it does
 */
export async function migrateStore(place: StorePlace): Promise<number> {
  if (typeof place === 'string') {
    const [{ openSqliteStore }, { SCHEMA_VERSION }] = await Promise.all([
      import('./sqlite/sqlite-store.js'),
      import('./sqlite/sqlite-migrations.js'),
    ])
    await (await openSqliteStore(place)).close()
    return SCHEMA_VERSION
  }
  const [{ openPostgres }, { POSTGRES_VERSION }] = await Promise.all([
    import('./postgres/postgres-database.js'),
    import('./postgres/postgres-migrations.js'),
  ])
  const { password, ...server } = place
  await (await openPostgres({ place: server, password })).close()
  return POSTGRES_VERSION
}
