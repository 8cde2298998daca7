// A disk that is full and a file that may not be written: one clear error each, and nothing is lost. Needs `npm run build`;
// as root on Linux it tries every way, else those that are allowed: node bench/run.mjs test/soak/disk.ts
import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Client } from '../../src/api/client.js'
import { DriftStatusError } from '../../src/domain/errors.js'
import { type Acknowledged, findLosses, reportViolations } from './acknowledged.js'
import { makeWorkspace, openWorkspace, readLog, withFolder } from './stored-workspace.js'
import { say } from './worker.js'

const DISK = '1m'
/** In blocks of 512 bytes, as `ulimit -f` counts in sh. */
const FILE_BLOCKS = 600
// With its number, no longer than a note may be.
const NOTE = 'n'.repeat(900)
const NOBODY = 65_534

/** Takes the writing away from a folder or a file, and gives it back; answers whether that is permitted here. */
interface Way {
  readonly name: string
  readonly set: (folder: string, file: string) => boolean
  readonly lift: (folder: string, file: string) => void
  /** What the processes that write run under. */
  readonly shell?: string
  readonly uid?: number
}

const FULL: readonly Way[] = [
  {
    name: `a file system of ${DISK}`,
    set: (folder) => succeeds('mount', '-t', 'tmpfs', '-o', `size=${DISK}`, 'tmpfs', folder),
    lift: (folder) => succeeds('mount', '-o', 'remount,size=64m', folder),
  },
  {
    name: `ulimit -f ${FILE_BLOCKS}`,
    set: () => process.platform !== 'win32',
    lift: () => {},
    shell: `ulimit -f ${FILE_BLOCKS}; exec "$0" "$@"`,
  },
]

const READ_ONLY: readonly Way[] = [
  {
    name: 'chattr +i',
    set: (_, file) => succeeds('chattr', '+i', file),
    lift: (_, file) => succeeds('chattr', '-i', file),
  },
  {
    name: 'a read-only mount',
    set: (folder) => succeeds('mount', '--bind', folder, folder) && succeeds('mount', '-o', 'remount,bind,ro', folder),
    lift: (folder) => succeeds('umount', '--lazy', folder),
  },
  {
    name: 'mode 0444 of another user',
    set: (folder, file) => {
      chmodSync(file, 0o444)
      chmodSync(folder, 0o555)
      return process.getuid?.() === 0
    },
    lift: (folder, file) => {
      chmodSync(folder, 0o755)
      chmodSync(file, 0o644)
    },
    uid: NOBODY,
  },
]

const violations: string[] = []
const { argv } = process
const [kind, path = '', name = ''] = argv.slice(2)
if (kind === 'maker') await makeWorkspace(path)
else if (kind === 'filler') await writeUntilRefused(path, name)
else {
  for (const way of FULL) await withFolder((folder) => tryFull(way, folder))
  for (const way of READ_ONLY) await withFolder((folder) => tryReadOnly(way, folder))
  reportViolations(violations)
}

/** In a process of its own: while a process that opened a file lives, files beside it that a reader needs may stay. */
function makeElsewhere(folder: string): string {
  spawnSync(process.execPath, [argv[1]!, 'maker', folder], { stdio: 'inherit' })
  return join(folder, 'workspace.db')
}

async function writeUntilRefused(file: string, name: string): Promise<void> {
  let client: Client | undefined
  try {
    client = await openWorkspace(file)
    for (let index = 0; ; index++) {
      const note = `${name}.${index} ${NOTE}`
      const status = { id: '1', status: 'away', note: `${name}.${index}` } as const
      const { changed, revision, changes } = await client.putStatus(status, { note })
      say({ note, changed, revision, changes } satisfies Acknowledged)
    }
  } catch (error) {
    const isExpected = error instanceof DriftStatusError
    say({ code: isExpected ? error.code : 'unexpected', message: (error as Error).message })
  }
  await client?.close()
}

function fill(way: Way, file: string, process: number): { acknowledged: readonly Acknowledged[]; message: string } {
  const { stdout, stderr } = run(way, [argv[1]!, 'filler', file, `${process}`])
  const lines = stdout.split('\n').filter(Boolean)
  const { code, message } = JSON.parse(lines.pop() ?? '{}')
  if (code !== 'failed' || stderr !== '') violations.push(`${way.name}: ${code} ${message} ${stderr}`)
  return { acknowledged: lines.map((line) => JSON.parse(line)), message }
}

async function tryFull(way: Way, folder: string): Promise<void> {
  const disk = join(folder, 'disk')
  mkdirSync(disk)
  if (!way.set(disk, '')) return report(way, 'not permitted here')
  try {
    const file = makeElsewhere(disk)
    const said: Acknowledged[] = []
    let message: string
    // What waits beside the file goes into it at the end of a process: there is room again until both are full.
    for (let process = 0; ; process++) {
      const filled = fill(way, file, process)
      message = filled.message
      said.push(...filled.acknowledged)
      if (filled.acknowledged.length === 0) break
    }
    const refused = command(way, folder, file, ['playbook', 'add', 'full', '--type', 'bot', '--text', NOTE.repeat(11)])
    const read = command(way, folder, file, ['log', '--limit', '1'])
    if (read.status !== 0) violations.push(`${way.name}: the log cannot be read: ${read.stderr}`)
    way.lift(disk, file)
    await checkKept(way, file, said)
    report(way, `${said.length} acknowledged, then "${message}"`, refused)
  } finally {
    succeeds('umount', '--lazy', disk)
  }
}

async function tryReadOnly(way: Way, folder: string): Promise<void> {
  const disk = join(folder, 'disk')
  mkdirSync(disk)
  chmodSync(folder, 0o755)
  const file = makeElsewhere(disk)
  const isSet = way.set(disk, file)
  try {
    if (!isSet) return report(way, 'not permitted here')
    const refused = command(way, folder, file, ['agent', 'away'])
    const read = command(way, folder, file, ['log', '--limit', '1'])
    if (read.status !== 0) violations.push(`${way.name}: the log cannot be read: ${read.stderr}`)
    report(way, read.status === 0 ? 'can be read' : `cannot be read: ${read.stderr.trim()}`, refused)
  } finally {
    way.lift(disk, file)
  }
  await checkKept(way, file, [])
}

/** One sentence of what happened and one of what to do; nothing on standard output. */
function report({ name }: Way, text: string, refused?: ReturnType<typeof run>): void {
  process.stdout.write(`${name}: ${text}\n${refused ? `${refused.stderr.trimEnd().replace(/^/gm, '  ')}\n` : ''}`)
  if (!refused) return
  const isClear =
    /^error: .+ (cannot grow|cannot be read or written|may not be written|cannot be opened).*\nhint: .+\n$/
  if (refused.status === 1 && refused.stdout === '' && isClear.test(refused.stderr)) return
  violations.push(`${name}: exit ${refused.status}, ${JSON.stringify(refused.stderr)}`)
}

async function checkKept({ name }: Way, file: string, acknowledged: readonly Acknowledged[]): Promise<void> {
  const client = await openWorkspace(file)
  violations.push(...findLosses(await readLog(client), acknowledged).map((loss) => `${name}: ${loss}`))
  const { changed } = await client.putStatus({ id: '2', status: 'away', note: 'afterwards' })
  if (!changed) violations.push(`${name}: a write afterwards changed nothing`)
  await client.close()
}

function command(way: Way, folder: string, file: string, args: readonly string[]) {
  const profiles = { current: 'local', profiles: { local: { service: 'local', database: file, agent: '1' } } }
  writeFileSync(join(folder, 'profiles.json'), JSON.stringify(profiles))
  return run(way, ['bin/drift-status.js', ...args], { DRIFT_STATUS_CONFIG_DIR: folder })
}

function run({ shell, uid }: Way, args: readonly string[], env: Record<string, string> = {}) {
  const options = {
    encoding: 'utf8',
    env: { ...process.env, ...env },
    ...(uid !== undefined && { uid, gid: uid }),
  } as const
  if (shell === undefined) return spawnSync(process.execPath, args, options)
  return spawnSync('sh', ['-c', shell, process.execPath, ...args], options)
}

function succeeds(name: string, ...args: readonly string[]): boolean {
  return spawnSync(name, args).status === 0
}
