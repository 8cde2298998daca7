import { accessSync, constants, statfsSync } from 'node:fs'
import { dirname } from 'node:path'
import { formatInstant } from '../../domain/time/instant.js'
import { Zone } from '../../domain/time/zone.js'
import type { LocalProfile } from '../../profiles/profile.js'
import { type DatabaseInspection, inspectDatabase } from '../../service/store/sqlite/inspect-database.js'
import { type Checks, type Finding, failed, ok, skipped, warning } from './check.js'
import { checkDatabaseFile } from './file-checks.js'
import { zonesFinding } from './findings.js'

const MEGABYTE = 2 ** 20
const LITTLE_SPACE = 50 * MEGABYTE
/** SQLite reads all of it and cannot be stopped: it reads about 400 MB a second. */
const MAX_CHECKED = 512 * MEGABYTE
/** Clocks of machines that share a disk are never quite the same. */
const AHEAD_MS = 60_000

/** The file of a local workspace, as it is on disk: nothing is written, not even a migration. */
export async function checkLocal(
  checks: Checks,
  { database: path, agent, agentId }: LocalProfile,
  now: number,
): Promise<void> {
  await checkDatabaseFile(checks, path)
  await checks.run('disk', { needs: ['database-file'] }, () => diskFinding(path))
  const opened = await checks.run<DatabaseInspection>('database', { needs: ['database-file'] }, async () => {
    const found = await inspectDatabase(path)
    const name = `${path} opens (SQLite ${found.sqliteVersion}, ${found.driver})`
    return isWritable(path)
      ? ok(name, found)
      : warning(`${name}, and may not be written by you`, 'make the file and its folder writable by you', found)
  })
  const needs = { needs: ['database'] }
  try {
    await checks.run('schema', needs, () => schemaFinding(opened!))
    await checks.run('integrity', needs, () => integrityFinding(opened!, path))
    await checks.run('revisions', { needs: ['database', 'integrity'] }, () => revisionFinding(opened!, now))
    await checks.run('workspace-zone', { needs: ['database', 'revisions'] }, () => zonesFinding(opened!.zones()))
    await checks.run('you', { needs: ['database', 'revisions'] }, () => youFinding(opened!, agent, agentId))
  } finally {
    opened?.close()
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

function schemaFinding({ schema: { version, current } }: DatabaseInspection): Finding {
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

function revisionFinding(opened: DatabaseInspection, now: number): Finding {
  const last = opened.lastRevision()
  if (!last) return failed('the file holds no workspace', 'fill it with "drift-status init --database"')
  const text = `revision ${last.number}, made ${formatInstant(last.at, Zone.of('UTC'))}`
  return last.at > now + AHEAD_MS
    ? warning(
        `${text}, is ahead of this machine's clock: it was set back since, or was wrong then`,
        'set the clock; until it has passed that time, timed statuses and overrides may hold longer',
      )
    : ok(text)
}

function youFinding(opened: DatabaseInspection, agent: string | undefined, agentId: string | undefined): Finding {
  if (agent === undefined) return ok('the profile names no agent as you: you act as the owner of the file')
  const found = opened.agentId(agentId ?? agent)
  return found !== undefined && found === (agentId ?? found)
    ? ok(`you are ${agent}`)
    : failed(
        `the profile says you are "${agent}", who is not an agent of this workspace`,
        'run "drift-status profile add NAME --database PATH --agent WHO --replace", WHO by id or email',
      )
}
