import { accessSync, constants, statfsSync } from 'node:fs'
import { dirname } from 'node:path'
import { formatInstant } from '../../domain/time/instant.js'
import { Zone } from '../../domain/time/zone.js'
import { databasePassword } from '../../profiles/database-password.js'
import { isPostgresAddress, parsePostgresAddress } from '../../profiles/postgres-address.js'
import type { LocalProfile } from '../../profiles/profile.js'
import type { Environment } from '../../profiles/profiles.js'
import { inspectStore } from '../../service/store/inspect-store.js'
import { type DatabaseInspection, inspectDatabase } from '../../service/store/sqlite/inspect-database.js'
import type { StoreInspection } from '../../service/store/store-inspection.js'
import { type Checks, type Finding, failed, ok, skipped, warning } from './check.js'
import { checkDatabaseFile } from './file-checks.js'
import { zonesFinding } from './findings.js'

const MEGABYTE = 2 ** 20
const LITTLE_SPACE = 50 * MEGABYTE
/** SQLite reads all of it and cannot be stopped: it reads about 400 MB a second. */
const MAX_CHECKED = 512 * MEGABYTE
/** Clocks of machines that share a disk are never quite the same. */
const AHEAD_MS = 60_000
/** Opening a connection has limits of its own. */
const DATABASE_MS = 15_000

/** Where a local workspace is kept, as it is: nothing is written, not even a migration. */
export async function checkLocal(
  checks: Checks,
  profile: LocalProfile,
  { env, now }: { readonly env: Environment; readonly now: number },
): Promise<void> {
  if (isPostgresAddress(profile.database)) await checkPostgres(checks, profile, { env, now })
  else await checkFile(checks, profile, now)
}

async function checkPostgres(
  checks: Checks,
  { database, agent, agentId }: LocalProfile,
  { env, now }: { readonly env: Environment; readonly now: number },
): Promise<void> {
  const opened = await checks.run<StoreInspection>('database', { limitMs: DATABASE_MS }, async () => {
    const found = await inspectStore({ ...parsePostgresAddress(database, env), password: databasePassword(env) })
    return ok(`${database} answers (${found.engine})`, found)
  })
  await checks.run('schema', { needs: ['database'] }, () => schemaFinding(opened!))
  await checkWorkspace(checks, opened, { now, agent, agentId, needs: ['database'] })
}

async function checkFile(checks: Checks, { database: path, agent, agentId }: LocalProfile, now: number): Promise<void> {
  await checkDatabaseFile(checks, path)
  await checks.run('disk', { needs: ['database-file'] }, () => diskFinding(path))
  const opened = await checks.run<DatabaseInspection>('database', { needs: ['database-file'] }, async () => {
    const found = await inspectDatabase(path)
    const name = `${path} opens (${found.engine})`
    return isWritable(path)
      ? ok(name, found)
      : warning(`${name}, and may not be written by you`, 'make the file and its folder writable by you', found)
  })
  await checks.run('schema', { needs: ['database'] }, () => schemaFinding(opened!))
  await checks.run('integrity', { needs: ['database'] }, () => integrityFinding(opened!, path))
  await checkWorkspace(checks, opened, { now, agent, agentId, needs: ['database', 'integrity'] })
}

/** What the workspace itself says, wherever it is kept. */
async function checkWorkspace(
  checks: Checks,
  opened: StoreInspection | undefined,
  {
    now,
    agent,
    agentId,
    needs,
  }: { now: number; agent: string | undefined; agentId: string | undefined; needs: readonly string[] },
): Promise<void> {
  try {
    await checks.run('revisions', { needs }, () => revisionFinding(opened!, now))
    await checks.run('workspace-zone', { needs: ['database', 'revisions'] }, async () =>
      zonesFinding(await opened!.zones()),
    )
    await checks.run('you', { needs: ['database', 'revisions'] }, () => youFinding(opened!, agent, agentId))
  } finally {
    await opened?.close()
  }
}

function isWritable(path: string): boolean {
  try {
    for (const one of [path, dirname(path)]) accessSync(one, constants.W_OK)
    return true
  } catch {
    return false
  }
}

function diskFinding(path: string): Finding {
  const { bavail, bsize } = statfsSync(dirname(path))
  const free = bavail * bsize
  const text = `${Math.floor(free / MEGABYTE)} MB are free where ${path} is`
  return free < LITTLE_SPACE ? warning(text, 'free some space: a full disk refuses every write') : ok(text)
}

function schemaFinding({ schema: { version, current } }: StoreInspection): Finding {
  return version === current
    ? ok(`version ${version}, which is this program's`)
    : ok(`version ${version}: the next command migrates it to ${current}, and earlier programs then refuse it`)
}

function integrityFinding(opened: DatabaseInspection, path: string): Finding {
  if (opened.bytes > MAX_CHECKED) {
    return skipped(
      `${Math.round(opened.bytes / MEGABYTE)} MB take long: run "sqlite3 ${path} 'PRAGMA quick_check'" when there is time`,
    )
  }
  const damage = opened.damage()
  return damage.length === 0
    ? ok('SQLite finds nothing wrong in it')
    : failed(`the file is damaged: ${damage.join('; ')}`, `restore it from a copy; keep ${path} until you have`)
}

async function revisionFinding(opened: StoreInspection, now: number): Promise<Finding> {
  const last = await opened.lastRevision()
  if (!last) return failed('it holds no workspace', 'fill it with "drift-status init --database"')
  const text = `revision ${last.number}, made ${formatInstant(last.at, Zone.of('UTC'))}`
  return last.at > now + AHEAD_MS
    ? warning(
        `${text}, is ahead of this machine's clock: it was set back since, or was wrong then`,
        'set the clock; until it has passed that time, timed statuses and overrides may hold longer',
      )
    : ok(text)
}

async function youFinding(
  opened: StoreInspection,
  agent: string | undefined,
  agentId: string | undefined,
): Promise<Finding> {
  if (agent === undefined) return ok('the profile names no agent as you: you act as the owner of the file')
  const found = await opened.agentId(agentId ?? agent)
  return found !== undefined && found === (agentId ?? found)
    ? ok(`you are ${agent}`)
    : failed(
        `the profile says you are "${agent}", who is not an agent of this workspace`,
        'run "drift-status profile add NAME --database PATH --agent WHO --replace", WHO by id or email',
      )
}
