import { existsSync } from 'node:fs'
import { DriftStatusError } from '../../domain/errors.js'
import { type Prepared, prepareWorkspace } from '../../service/embedded/first-start.js'
import { parseTrustedProxies } from '../../service/http/access/trusted-proxies.js'
import { checkAddress, isLoopbackHost, startServer } from '../../service/http/server.js'
import { migrateStore, openStore, openStores, type StorePlace } from '../../service/store/open-store.js'
import type { Store } from '../../service/store/store.js'
import type { Context, MigratedDatabase, ServedWorkspace, ServeSettings } from '../context.js'
import { naming } from '../flags/values.js'
import { escapeUnsafe } from '../output/safe-text.js'
import { VERSION } from '../start/version.js'
import { makeFolderOf, profileDatabase, storePlace } from './connect.js'

/** How long a write waits for other processes that write the file: its client should hear before it gives up. */
const WRITE_WAIT_MS = 8_000

/** Brings the schema of a file or a database to this version; makes no workspace in it. */
export async function migrateDatabase(
  settings: Pick<ServeSettings, 'profile' | 'database'>,
  { env }: Pick<Context, 'env'>,
): Promise<MigratedDatabase> {
  const database = settings.database ?? profileDatabase(settings.profile, env)
  const place = await storePlace(database, env)
  if (typeof place === 'string') makeFolderOf(place)
  return { database, version: await migrateStore(place) }
}

/** How long a database that starts together with the service may take. */
const OPEN_MS = 30_000

/** Opens the workspace of a file or a database, made if it is not there, and serves it. */
export async function serveWorkspace(
  settings: ServeSettings,
  { env, now, stderr }: Pick<Context, 'env' | 'now' | 'stderr'>,
): Promise<ServedWorkspace> {
  const {
    host,
    port,
    tls,
    trustProxy,
    insecureHttp,
    requestsPerMinute,
    widgetMaxAgeSeconds,
    readsPrivateFeeds,
    isQuiet,
  } = settings
  if (!tls && !isLoopbackHost(host) && !insecureHttp) {
    throw new DriftStatusError('usage', `over plain http on ${host}, anyone on the way could read the tokens`, {
      hint: 'name a certificate with --tls-cert and --tls-key, or say --insecure-http when a proxy in front has one',
    })
  }
  const proxies = trustProxy === undefined ? undefined : naming('--trust-proxy', () => parseTrustedProxies(trustProxy))
  const database = settings.database ?? profileDatabase(settings.profile, env)
  const place = await storePlace(database, env)
  await checkAddress({ host, port, tls })
  // A document that cannot be read must not leave an empty file behind.
  const document = typeof place === 'string' && !existsSync(place) ? await settings.start() : undefined
  if (typeof place === 'string') makeFolderOf(place)
  const opened = await openAll(place, settings.workspaces)
  try {
    const start = async () => document ?? settings.start()
    const served: [string, Prepared][] = []
    for (const [path, store] of opened.stores) {
      served.push([path, await prepareWorkspace(store, { now, name: database, start })])
    }
    const limits = requestsPerMinute === undefined ? {} : { requestsPerMinute }
    const logged = stderr.isTTY ? ('human' as const) : ('json' as const)
    const write = (lines: string) => stderr.write(escapeUnsafe(lines))
    const log = { write, format: isQuiet ? ('faults' as const) : logged }
    const server = await startServer({
      store: opened.alone ?? opened.stores,
      now,
      version: VERSION,
      host,
      port,
      tls,
      proxies,
      limits,
      widgetMaxAgeSeconds,
      feedNetwork: { env, mayReachPrivate: readsPrivateFeeds },
      log,
    })
    const stopSurviving = surviveFaults(server.logFault)
    // The server closes the stores; the connections that several share are ours.
    const closeShared = opened.alone ? async () => {} : opened.close
    const close = () => server.close().finally(closeShared).finally(stopSurviving)
    const workspaces = served.map(([path, prepared]) => ({
      ...prepared,
      url: path === '' ? server.url : `${server.url}/${path}`,
    }))
    return { ...server, ...workspaces[0]!, workspaces, database, close }
  } catch (error) {
    await opened.close()
    throw error
  }
}

/** The workspaces that are served, by what their paths begin with. */
async function openAll(place: StorePlace, names: readonly string[] | undefined): Promise<OpenedWorkspaces> {
  const limits = { openMs: OPEN_MS, waitMs: WRITE_WAIT_MS }
  if (names === undefined) {
    const name = typeof place === 'string' ? 'the workspace file' : 'the database'
    const alone = await openStore(place, { ...limits, name })
    return { alone, stores: new Map([['', alone]]), close: () => alone.close() }
  }
  if (typeof place !== 'string')
    return { alone: undefined, ...(await openStores(place, names, { ...limits, name: 'the database' })) }
  throw new DriftStatusError('usage', '--workspaces is for a database: a file holds one workspace', {
    hint: 'leave it out, or name a database with --database postgres://USER@HOST/DATABASE',
  })
}

interface OpenedWorkspaces {
  /** The only one. */
  readonly alone: Store | undefined
  readonly stores: ReadonlyMap<string, Store>
  close(): Promise<void>
}

/**
 * A fault that no request waits for is logged, and the server goes on: what it keeps in memory can be
 * made anew, and a transaction is kept as a whole or not at all.
 * @returns ends it
 */
function surviveFaults(log: (error: unknown) => void): () => void {
  const survive = (error: unknown): void => {
    try {
      log(error)
    } catch {
      // A log that cannot be written must not end the server either.
    }
  }
  process.on('uncaughtException', survive).on('unhandledRejection', survive)
  return () => void process.off('uncaughtException', survive).off('unhandledRejection', survive)
}
