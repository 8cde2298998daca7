import { accessSync, constants, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { shellWord } from '../../domain/shell-word.js'
import { cacheFolderOf, isFolderOfOurs } from '../start/code-cache.js'
import { type Checks, type Finding, failed, ok, warning } from './check.js'

/** What runs this program. */
export interface Runtime {
  /** E.g. `20.20.2`. */
  readonly node: string
  readonly executable: string
  /** The version of the time-zone data, e.g. `2025c`; undefined where the engine does not say. */
  readonly tz: string | undefined
  readonly icu: string | undefined
  /** The system's time zone. */
  readonly zone: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** Milliseconds since 1970. */
  readonly now: number
}

const LEAST_NODE = [20, 19] as const
/** Governments change their zones several times a year. */
const OLD_ZONE_DATA_YEARS = 2

/** Node, its time-zone data, and where compiled code is kept. */
export async function checkProcess(checks: Checks, runtime: Runtime): Promise<void> {
  await checks.run('node', {}, () => nodeFinding(runtime))
  await checks.run('time-zones', {}, () => zoneDataFinding(runtime))
  await checks.run('compile-cache', {}, () => compileCacheFinding(runtime.env))
}

function nodeFinding({ node, executable }: Runtime): Finding {
  const [major = 0, minor = 0] = node.split('.').map(Number)
  const [leastMajor, leastMinor] = LEAST_NODE
  const isEnough = major > leastMajor || (major === leastMajor && minor >= leastMinor)
  const least = LEAST_NODE.join('.')
  return isEnough
    ? ok(`Node ${node} (${executable})`)
    : failed(`Node ${node} (${executable}) is older than ${least}`, `install Node ${least} or later`)
}

function zoneDataFinding({ tz, icu, zone, now }: Runtime): Finding {
  const name = `time-zone data ${tz ?? 'of an unknown version'}${icu === undefined ? '' : `, ICU ${icu}`}; here it is ${zone}`
  if (tz === undefined) return warning(name, 'use a Node that brings its own time-zone data (full ICU)')
  const age = new Date(now).getUTCFullYear() - Number.parseInt(tz, 10)
  if (!(age > OLD_ZONE_DATA_YEARS)) return ok(name)
  return warning(`${name}: ${age} years old`, 'update Node: zones that changed since are computed as they were')
}

function compileCacheFinding(env: Runtime['env']): Finding {
  const cache = cacheFolderOf('doctor', env)
  if (cache === undefined) {
    return ok('compiled code is not kept (NODE_DISABLE_COMPILE_CACHE): every start takes a little longer')
  }
  const folder = dirname(cache)
  try {
    const existing = nearestExisting(folder)
    if (existing === folder && !isFolderOfOurs(folder)) {
      return warning(
        `compiled code is not kept in ${folder}, where others could change it: every start takes longer`,
        `run "chmod 700 ${shellWord(folder)}" if it is yours, or set DRIFT_STATUS_CACHE_DIR to a folder that is`,
      )
    }
    accessSync(existing, constants.W_OK)
    if (statSync(existing).isDirectory()) return ok(`compiled code is kept in ${folder}`)
  } catch {
    // Said below.
  }
  return warning(
    `compiled code cannot be kept in ${folder}: every start takes longer`,
    'make the folder writable, or set DRIFT_STATUS_CACHE_DIR to one that is',
  )
}

function nearestExisting(path: string): string {
  const above = dirname(path)
  return above === path || statSync(path, { throwIfNoEntry: false }) ? path : nearestExisting(above)
}
