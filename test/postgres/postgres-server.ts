import { execFileSync, spawn } from 'node:child_process'
import { chmodSync, chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { PostgresPlace } from '../../src/service/store/postgres/postgres-server.js'
import { POSTGRES_PASSWORD } from './password.js'

/** Only what a test machine needs: the rest is as it comes. Every commit reaches the disk. */
const SETTINGS = { max_connections: '200', shared_buffers: '64MB', max_wal_size: '256MB', unix_socket_directories: '' }

/** A real PostgreSQL server of its own. */
export interface PostgresServer {
  readonly place: PostgresPlace
  /** As `kill` does it: SIGKILL ends every process of the server. */
  kill(signal: NodeJS.Signals): Promise<void>
  /** Starts it again, on the same data and port. */
  start(): Promise<void>
  close(): Promise<void>
  /** Its data. */
  readonly folder: string
}

/** Why there is no server to be had; undefined when there is one. */
export function whyNoPostgres(): string | undefined {
  try {
    execFileSync('postgres', ['--version'], { stdio: 'ignore' })
    execFileSync('initdb', ['--version'], { stdio: 'ignore' })
    return userOf() === undefined
      ? 'PostgreSQL does not run as root, and there is no user "postgres" or "nobody"'
      : undefined
  } catch {
    return 'there is no "postgres" and "initdb" on PATH: install PostgreSQL (Debian: apt-get install postgresql)'
  }
}

/** Who runs the server: PostgreSQL refuses root. */
export function userOf(): { readonly uid?: number; readonly gid?: number } | undefined {
  if (process.getuid?.() !== 0) return {}
  for (const name of ['postgres', 'nobody']) {
    try {
      const [uid, gid] = ['-u', '-g'].map((flag) =>
        Number(execFileSync('id', [flag, name], { stdio: ['ignore', 'pipe', 'ignore'] })),
      )
      return { uid: uid!, gid: gid! }
    } catch {
      // No such user.
    }
  }
  return undefined
}

/** @param password of the user `drift`, who may create databases */
export async function startPostgres({
  port,
  password = 'a secret',
}: {
  port: number
  password?: string
}): Promise<PostgresServer> {
  const user = userOf()!
  const folder = mkdtempSync(join(tmpdir(), 'drift-status-postgres-'))
  if (user.uid !== undefined) chownSync(folder, user.uid, user.gid!)
  chmodSync(folder, 0o700)
  const [data, secret] = [join(folder, 'data'), join(folder, 'secret')]
  writeFileSync(secret, `${password}\n`, { mode: 0o644 })
  const run = { ...user, cwd: folder, env: { PATH: process.env.PATH ?? '', LC_ALL: 'C' } }
  execFileSync(
    'initdb',
    ['-D', data, '-U', 'drift', '-A', 'scram-sha-256', `--pwfile=${secret}`, '-E', 'UTF8', '--no-locale', '--no-sync'],
    {
      ...run,
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  )
  const flags = Object.entries(SETTINGS).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  let ended = Promise.resolve()
  let child: ReturnType<typeof spawn> | undefined
  const place = {
    host: '127.0.0.1',
    port,
    database: 'postgres',
    user: 'drift',
    workspace: 'default',
    sslMode: 'disable' as const,
  }
  const start = async () => {
    child = spawn('postgres', ['-D', data, '-h', '127.0.0.1', '-p', String(port), ...flags], {
      ...run,
      stdio: 'ignore',
      detached: true,
    })
    ended = new Promise((resolve) => child!.once('exit', () => resolve()))
    await listening(port)
  }
  const kill = async (signal: NodeJS.Signals) => {
    // SIGKILL of the first process alone would leave the others, which hold the data.
    const pid = signal === 'SIGKILL' ? -child!.pid! : child!.pid!
    process.kill(pid, signal)
    await ended
  }
  await start()
  return {
    place,
    folder: data,
    kill,
    start,
    async close() {
      await kill('SIGQUIT').catch(() => {})
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export async function listening(port: number): Promise<void> {
  for (let tries = 0; tries < 400; tries++) {
    const isOpen = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => resolve(true)).on('error', () => resolve(false))
      socket.on('connect', () => socket.destroy())
    })
    if (isOpen) return
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  throw new Error(`nobody listens on port ${port}`)
}

export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

/** Runs SQL as a user of the database. */
export async function query(
  place: PostgresPlace,
  sql: string,
  password: string = POSTGRES_PASSWORD,
): Promise<unknown[]> {
  const client = new pg.Client({ ...place, password })
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}
