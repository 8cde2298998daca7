import { execFileSync, spawn } from 'node:child_process'
import { chmodSync, chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { POSTGRES_PASSWORD } from './password.js'
import { listening, userOf, whyNoPostgres } from './postgres-server.js'

/** A real pgbouncer, which lends connections for one transaction at a time. */
export interface Pgbouncer {
  readonly port: number
  close(): Promise<void>
}

/** Debian has it where only root looks. */
const PATH = `${process.env.PATH}:/usr/sbin`

/** Why there is none to be had; undefined when there is one. */
export function whyNoPgbouncer(): string | undefined {
  try {
    execFileSync('pgbouncer', ['--version'], { stdio: 'ignore', env: { PATH } })
    return whyNoPostgres()
  } catch {
    return 'there is no "pgbouncer" on PATH (Debian: apt-get install pgbouncer)'
  }
}

export async function startPgbouncer({ port, server }: { port: number; server: number }): Promise<Pgbouncer> {
  const user = userOf()!
  const folder = mkdtempSync(join(tmpdir(), 'drift-status-pgbouncer-'))
  const [users, settings] = [join(folder, 'users.txt'), join(folder, 'pgbouncer.ini')]
  writeFileSync(users, `"drift" "${POSTGRES_PASSWORD}"\n`)
  writeFileSync(
    settings,
    `[databases]
* = host=127.0.0.1 port=${server}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = scram-sha-256
auth_file = ${users}
pool_mode = transaction
default_pool_size = 10
max_client_conn = 1000
`,
  )
  for (const path of [folder, users, settings]) {
    if (user.uid !== undefined) chownSync(path, user.uid, user.gid!)
    chmodSync(path, path === folder ? 0o700 : 0o600)
  }
  const child = spawn('pgbouncer', [settings], { ...user, cwd: folder, env: { PATH }, stdio: 'ignore' })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  await listening(port)
  return {
    port,
    async close() {
      child.kill('SIGINT')
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
