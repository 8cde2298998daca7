import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  type Stats,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join, resolve, sep } from 'node:path'
import { Script } from 'node:vm'
import { DAY_MS } from '../../domain/time/calendar-date.js'
import { baseFolder } from '../../profiles/base-folder.js'
import { replaceFile } from '../../profiles/replace-file.js'

const UNUSED_MS = 30 * DAY_MS
/** What {@link cacheFolderOf} makes: a base that somebody chose may hold anything else. */
const OUR_FOLDER = /^\d[\w.+-]*-[0-9a-f]{12}-v\d+\.\d+\.\d+[\w.-]*$/
/** All that a command compiles is under 1 MB. */
const MAX_BYTES = 16 * 2 ** 20
/** After the code. */
const CHECKSUM_BYTES = 4
/** A link is not followed, and a pipe that nobody writes to is not waited for. Windows has neither. */
const OPEN_SAFELY = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0)

type Environment = Readonly<Record<string, string | undefined>>

/**
 * Keeps the code that V8 compiled for the next start of the same command. V8 believes what it is
 * given: running cached code that somebody else wrote is running their code, and one wrong bit can
 * crash the process. So the code is read only from files and folders that nobody else can write,
 * only when its checksum is right, and not again after a start with it did not come to its end.
 */
export class CodeCache {
  readonly #folder: string | undefined
  readonly #command: string
  /** By the file that each is kept in. */
  readonly #compiled = new Map<string, Script>()
  #isReadable: boolean | undefined
  #isTrusted: boolean | undefined

  constructor(build: string, command: string, env: Environment = process.env) {
    this.#folder = cacheFolderOf(build, env)
    this.#command = command
  }

  /** Compiles a file, or takes what was compiled of it before. */
  compile(path: string, name: string): Script {
    const file = this.#folder === undefined ? undefined : join(this.#folder, `${name}-${hashOf(path)}.bin`)
    const cachedData = file === undefined ? undefined : this.#read(file)
    // The build has made it ASCII, and a function already.
    const source = readFileSync(path, 'latin1')
    const script = new Script(source, { filename: path, ...(cachedData && { cachedData }) })
    if (file !== undefined && script.cachedDataRejected !== false) this.#compiled.set(file, script)
    return script
  }

  /** Keeps what was compiled in this run, with the functions that it called. */
  keep(): void {
    for (const [file, script] of this.#compiled) writeCache(file, script.createCachedData())
  }

  #read(file: string): Buffer | undefined {
    this.#isReadable ??= areFoldersOfOurs(dirname(file))
    const bytes = this.#isReadable ? readOurs(file) : undefined
    const code = bytes?.subarray(0, -CHECKSUM_BYTES)
    if (!bytes || !code || !bytes.subarray(-CHECKSUM_BYTES).equals(checksumOf(code, file))) return undefined
    this.#isTrusted ??= beginStart(join(dirname(file), `${this.#command}.running`))
    if (this.#isTrusted) return code
    remove(file)
    return undefined
  }
}

/**
 * Where the code of a build is kept. V8 itself compares only the length of the source, so the build
 * is in the path, and so are the versions of Node and the machine.
 *
 * @returns undefined when nothing is to be kept
 */
export function cacheFolderOf(build: string, env: Environment): string | undefined {
  const { version, arch } = process
  // Node's own switch for its own cache of this kind.
  const base = env.NODE_DISABLE_COMPILE_CACHE ? undefined : cacheBase(env)
  return base === undefined ? undefined : join(base, `${build}-${version}-${arch}`)
}

function cacheBase(env: Environment): string | undefined {
  try {
    const base = resolve(env.DRIFT_STATUS_CACHE_DIR || join(baseFolder(env, 'XDG_CACHE_HOME'), 'drift-status'))
    // Windows does not say whose a folder is: there, the user's own is trusted and no other.
    return process.platform === 'win32' && !base.startsWith(homedir() + sep) ? undefined : base
  } catch {
    // A user without a home.
    return undefined
  }
}

/** Tells two copies of one build apart: the code keeps the path that it was compiled from, and stack traces show it. */
function hashOf(path: string): string {
  return zlib().crc32(path).toString(16)
}

/** Loaded here: "--version" reads no cache. */
function zlib(): typeof import('node:zlib') {
  return require('node:zlib')
}

/** Of the code, its path, which names the build, and the flags, which change what V8 compiles. */
function checksumOf(code: Uint8Array, file: string): Buffer {
  const { crc32 } = zlib()
  const sum = Buffer.alloc(CHECKSUM_BYTES)
  sum.writeUInt32LE(crc32(code, crc32(`${file} ${process.execArgv} ${process.env.NODE_OPTIONS}`)))
  return sum
}

/** Whether a path is a folder, and no link to one, that nobody else can write. */
export function isFolderOfOurs(path: string): boolean {
  try {
    const stats = lstatSync(path)
    return stats.isDirectory() && isWrittenByUs(stats)
  } catch {
    return false
  }
}

function areFoldersOfOurs(folder: string): boolean {
  return isFolderOfOurs(dirname(folder)) && isFolderOfOurs(folder)
}

function isWrittenByUs({ uid, mode }: Stats): boolean {
  return process.geteuid === undefined || (uid === process.geteuid() && (mode & 0o022) === 0)
}

/** A file that nobody else can have written. */
function readOurs(file: string): Buffer | undefined {
  let opened: number | undefined
  try {
    // What is asked and what is read is one file, even if another takes its name meanwhile.
    opened = openSync(file, OPEN_SAFELY)
    const stats = fstatSync(opened)
    const isSound = stats.isFile() && isWrittenByUs(stats) && stats.size <= MAX_BYTES
    return isSound ? readFileSync(opened) : undefined
  } catch {
    return undefined
  } finally {
    if (opened !== undefined) closeSync(opened)
  }
}

/**
 * Marks that a start with cached code has begun, until the process ends by itself.
 *
 * @returns false when an earlier start has begun and was ended from outside: it may have crashed
 */
function beginStart(marker: string): boolean {
  try {
    writeFileSync(marker, `${process.pid}`, { flag: 'wx', mode: 0o600 })
  } catch (error) {
    // Where nothing can be written, the code is older than the mark, and its checksum is right.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return true
    if (isRunning(Number(readOurs(marker)))) return true
    remove(marker)
    return false
  }
  process.once('exit', () => remove(marker))
  return true
}

/** Another process: one of our own number was there before us, and is gone. */
function isRunning(pid: number): boolean {
  if (!(pid > 0) || pid === process.pid) return false
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Keeps compiled code; whatever prevents it, a command goes on without. */
function writeCache(file: string, code: Buffer): void {
  const folder = dirname(file)
  try {
    makeFolder(folder)
    if (!areFoldersOfOurs(folder)) return
    // Two commands may write at once, one may be killed, and the power may go.
    replaceFile(file, Buffer.concat([code, checksumOf(code, file)]))
    removeUnused(dirname(folder), folder)
  } catch {
    // A cache that cannot be written costs time and nothing else.
  }
}

function remove(file: string): void {
  try {
    unlinkSync(file)
  } catch {
    // There is none, or it stays.
  }
}

/**
 * Step by step: asked to make all of a path at once, Node tries for ever where a system makes no
 * folders (`/proc`). Nothing is made in the home of somebody else, where sudo may leave us.
 */
function makeFolder(folder: string): void {
  const stats = statSync(folder, { throwIfNoEntry: false })
  if (!stats) {
    makeFolder(dirname(folder))
    mkdirSync(folder, { mode: 0o700 })
  } else if (process.geteuid !== undefined && ![0, process.geteuid()].includes(stats.uid)) {
    throw new Error(`${folder} belongs to somebody else`)
  }
}

/** Folders of other builds that nobody has written for a month. */
function removeUnused(base: string, current: string): void {
  for (const name of readdirSync(base)) {
    if (!OUR_FOLDER.test(name)) continue
    const folder = join(base, name)
    if (folder !== current && Date.now() - lstatSync(folder).mtimeMs > UNUSED_MS) rmSync(folder, { recursive: true })
  }
}
