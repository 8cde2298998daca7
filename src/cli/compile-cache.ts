import {
  closeSync,
  existsSync,
  fstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'

const UNUSED_MS = 30 * 86_400_000
/** What {@link cacheFolderOf} makes: a base that somebody chose may hold anything else. */
const OUR_FOLDER = /^\d[\w.+-]*-[0-9a-f]{12}-v\d+\.\d+\.\d+[\w.-]*$/

/**
 * Where the code that V8 compiled of a build is kept. V8 itself compares only the length of the
 * source, so the build is in the path, and so are the versions of Node and the machine.
 *
 * @returns undefined when nothing is to be kept
 */
export function cacheFolderOf(
  build: string,
  env: Readonly<Record<string, string | undefined>> = process.env,
): string | undefined {
  const { version, arch } = process
  // Node's own switch for its own cache of this kind.
  if (env.NODE_DISABLE_COMPILE_CACHE) return undefined
  const base = env.DRIFT_STATUS_CACHE_DIR || join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'drift-status')
  return join(base, `${build}-${version}-${arch}`)
}

/** Compiled code, and in how many runs it was compiled. */
export interface CachedCode {
  readonly code: Buffer
  readonly runs: number
}

/** So many runs of a command add what they compiled. */
export const LEARNING_RUNS = 3

/** The compiled code, unless somebody else could have written it: running it is running their code. */
export function readCache(file: string): CachedCode | undefined {
  let opened: number | undefined
  try {
    // What is asked and what is read is one file, even if another takes its name meanwhile.
    opened = openSync(file, 'r')
    const { uid, mode } = fstatSync(opened)
    const isOurs = process.geteuid === undefined || (uid === process.geteuid() && (mode & 0o022) === 0)
    if (!isOurs) return undefined
    const bytes = readFileSync(opened)
    // The last byte is the number of runs.
    return bytes.length > 1 ? { code: bytes.subarray(0, -1), runs: bytes.at(-1)! } : undefined
  } catch {
    return undefined
  } finally {
    if (opened !== undefined) closeSync(opened)
  }
}

/** Keeps compiled code; whatever prevents it, a command goes on without. */
export function writeCache(file: string, { code, runs }: CachedCode): void {
  const folder = dirname(file)
  const draft = `${file}.${process.pid}`
  try {
    makeFolder(folder)
    // Whole or not at all: two commands may write at once, one may be killed, and after a power cut a
    // file whose blocks never reached the disk would crash V8, which trusts them, at every start.
    writeFileSync(draft, Buffer.concat([code, Buffer.of(runs)]), { mode: 0o600, flush: true })
    renameSync(draft, file)
    removeUnused(dirname(folder), folder)
  } catch {
    // A cache that cannot be written costs time and nothing else.
    removeDraft(draft)
  }
}

function removeDraft(draft: string): void {
  try {
    rmSync(draft, { force: true })
  } catch {
    // Where none could be written there is none.
  }
}

/** Step by step: asked to make all of a path at once, Node tries for ever where a system makes no folders (`/proc`). */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return
  if (dirname(folder) !== folder) makeFolder(dirname(folder))
  mkdirSync(folder, { mode: 0o700 })
}

/** Folders of other builds that nobody has written for a month. */
function removeUnused(base: string, current: string): void {
  for (const name of readdirSync(base)) {
    if (!OUR_FOLDER.test(name)) continue
    const folder = join(base, name)
    if (folder !== current && Date.now() - statSync(folder).mtimeMs > UNUSED_MS) rmSync(folder, { recursive: true })
  }
}
