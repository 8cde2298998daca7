import { readFile } from 'node:fs/promises'
import type { ConnectionOptions } from 'node:tls'
import pg, { type PoolClient } from 'pg'
import { pause } from '../../../api/pause.js'
import { DriftStatusError } from '../../../domain/errors.js'
import { monotonicMs } from '../monotonic-clock.js'
import { isInTheWay, isLost, postgresError } from './postgres-errors.js'
import { migratePostgres, POSTGRES_VERSION, schemaVersion } from './postgres-migrations.js'
import { type PostgresPlace, type SslMode, serverName } from './postgres-server.js'

/** Connections of one process at once: one writes for each workspace, the others read. */
export const MAX_CONNECTIONS = 10
/** How long opening a connection may take. */
const CONNECT_MS = 5_000
/** How long one statement may take: a server that went away without a word is noticed then. */
const STATEMENT_MS = 30_000
/** A connection that nobody needs is closed after this long. */
const IDLE_MS = 30_000
/** How long a server that is not there is waited for when a workspace is opened. */
const OPEN_MS = 2_000
const RETRY_MS = 250

export interface PostgresOptions {
  readonly place: PostgresPlace
  /** Read for every connection, so that a new one is used when it changes; undefined for what libpq finds. */
  readonly password?: (() => string | Promise<string>) | undefined
  /** How long a server that is not there is waited for. */
  readonly openMs?: number | undefined
  /** What errors call it once it is open; default: where it is, which is for nobody who asks over HTTP. */
  readonly name?: string | undefined
}

/** A PostgreSQL database with a pool of connections to it. */
export class PostgresDatabase {
  readonly place: PostgresPlace
  /** What errors call it. */
  readonly name: string
  readonly #pool: pg.Pool

  constructor(place: PostgresPlace, name: string, pool: pg.Pool) {
    this.place = place
    this.name = name
    this.#pool = pool
    // A connection that is lost while nobody uses it is no news: the next one is opened anew.
    pool.on('error', () => {})
  }

  /**
   * Runs work on a connection of its own.
   * @throws what the work does, or what the driver says of a server that is not there
   */
  async connected<Result>(work: (client: PoolClient) => Promise<Result>): Promise<Result> {
    const client = await this.#pool.connect()
    let isBroken = false
    const noteLoss = () => {
      isBroken = true
    }
    client.on('error', noteLoss)
    try {
      return await work(client)
    } catch (error) {
      isBroken ||= isLost(error) || !(await rolledBack(client))
      throw error
    } finally {
      client.off('error', noteLoss)
      client.release(isBroken)
    }
  }

  close(): Promise<void> {
    return this.#pool.end()
  }
}

/** Whether the connection has no transaction any more. */
async function rolledBack(client: PoolClient): Promise<boolean> {
  return client.query('ROLLBACK').then(
    () => true,
    () => false,
  )
}

/**
 * Opens a database.
 * @param makes this version's schema, where it is not there yet
 * @throws DriftStatusError (busy) when it cannot be reached, (failed) when it cannot be used
 */
export async function openPostgres(
  options: PostgresOptions,
  { makes = 'schema' }: { readonly makes?: 'schema' | 'nothing' } = {},
): Promise<PostgresDatabase> {
  const { place, openMs = OPEN_MS } = options
  const name = serverName(place)
  const end = monotonicMs() + openMs
  while (true) {
    const pool = await openPool(options).catch((error: unknown) => {
      throw postgresError(error, name)
    })
    const database = new PostgresDatabase(place, options.name ?? name, pool)
    try {
      await database.connected(async (client) => {
        const isCurrent = (await schemaVersion(client, name)) === POSTGRES_VERSION
        if (!isCurrent && makes === 'schema') await migratePostgres(client, name)
      })
      return database
    } catch (error) {
      await database.close()
      if (!(isLost(error) || isInTheWay(error)) || monotonicMs() >= end) throw postgresError(error, name)
    }
    await pause(RETRY_MS)
  }
}

/** @throws DriftStatusError (failed) when a certificate cannot be read */
async function openPool(options: PostgresOptions): Promise<pg.Pool> {
  const { place, password } = options
  const ways = await waysOf(place)
  for (const [index, ssl] of ways.entries()) {
    const pool = new pg.Pool({
      host: place.host,
      port: place.port,
      database: place.database,
      user: place.user,
      ...(password && { password }),
      ssl,
      max: MAX_CONNECTIONS,
      connectionTimeoutMillis: CONNECT_MS,
      idleTimeoutMillis: IDLE_MS,
      query_timeout: STATEMENT_MS,
      keepAlive: true,
      allowExitOnIdle: true,
      types: { getTypeParser: parserOf as never },
    })
    if (index === ways.length - 1 || (await isAccepted(pool))) return pool
    await pool.end()
  }
  throw new Error('unreachable')
}

/** Whether the server takes connections of this kind; one that is not there is for the last kind to find out. */
async function isAccepted(pool: pg.Pool): Promise<boolean> {
  try {
    ;(await pool.connect()).release()
    return true
  } catch (error) {
    const { code, message } = error as { readonly code?: string; readonly message: string }
    return code !== '28000' && message !== 'The server does not support SSL connections'
  }
}

/** What is tried, in this order, as libpq does: https://www.postgresql.org/docs/current/libpq-ssl.html */
async function waysOf(place: PostgresPlace): Promise<readonly (false | ConnectionOptions)[]> {
  if (place.host.startsWith('/')) return [false]
  const secured = await securedBy(place)
  const ways: Readonly<Record<SslMode, readonly (false | ConnectionOptions)[]>> = {
    disable: [false],
    allow: [false, secured],
    prefer: [secured, false],
    require: [secured],
    'verify-ca': [secured],
    'verify-full': [secured],
  }
  return ways[place.sslMode]
}

async function securedBy({ sslMode, sslRootCert, sslCert, sslKey }: PostgresPlace): Promise<ConnectionOptions> {
  const [ca, cert, key] = await Promise.all(
    [sslRootCert === 'system' ? undefined : sslRootCert, sslCert, sslKey].map(readCertificate),
  )
  // With a root at hand, `require` verifies it as libpq does.
  const verifies = sslMode.startsWith('verify') || (sslMode === 'require' && sslRootCert !== undefined)
  return {
    rejectUnauthorized: verifies,
    ...(sslMode !== 'verify-full' && { checkServerIdentity: () => undefined }),
    ...(ca && { ca }),
    ...(cert && { cert }),
    ...(key && { key }),
  }
}

async function readCertificate(path: string | undefined): Promise<string | undefined> {
  if (path === undefined) return undefined
  try {
    return await readFile(path, 'utf8')
  } catch (cause) {
    throw new DriftStatusError(
      'usage',
      `the certificate ${path} cannot be read (${(cause as NodeJS.ErrnoException).code})`,
      {
        hint: 'check sslrootcert, sslcert and sslkey in the address of the database',
        cause,
      },
    )
  }
}

/** Numbers of 64 bits as numbers: ours are milliseconds and counts. JSON stays text, as SQLite has it. */
function parserOf(oid: number): (text: string) => unknown {
  return NUMBERS.has(oid) ? Number : oid === BOOLEAN ? (text) => text === 't' : String
}

const BOOLEAN = 16
/** int8, int2, int4, numeric. */
const NUMBERS: ReadonlySet<number> = new Set([20, 21, 23, 1700])
