import { randomUUID } from 'node:crypto'
import { linkSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { pause } from '../api/pause.js'
import { DriftStatusError } from '../domain/errors.js'
import { unwritable } from './private-file.js'

const PATIENCE_MS = 10_000
/** A lock of another machine is taken for abandoned after this long: nobody holds one for more than a moment. */
const ABANDONED_MS = 30_000
/** A process of another container may have the name of this machine and a number that means nothing here. */
const SETTLED_MS = 1_000

/**
 * Does work while no other process does work under the same path: reading a file, changing it and
 * writing it back is one step.
 * @throws DriftStatusError (busy) when another process does not let go
 */
export async function withFileLock<Result>(path: string, work: () => Promise<Result> | Result): Promise<Result> {
  const lock = `${path}.lock`
  const holder = `${process.pid} ${hostname()} ${randomUUID()}`
  const giveUpAt = Date.now() + PATIENCE_MS
  while (!tryLock(lock, holder)) {
    removeAbandoned(lock)
    if (Date.now() > giveUpAt) {
      throw new DriftStatusError('busy', `another process is writing ${path}`, {
        hint: `try again; if no other process is running, remove ${lock}`,
      })
    }
    await pause(5 + Math.random() * 20)
  }
  try {
    return await work()
  } finally {
    if (readHolder(lock) === holder) rmSync(lock, { force: true })
  }
}

function tryLock(lock: string, holder: string): boolean {
  try {
    writeFileSync(lock, holder, { flag: 'wx', mode: 0o600 })
    return true
  } catch (error) {
    // Windows answers EPERM while a removed file is still open elsewhere.
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EEXIST' || (code === 'EPERM' && process.platform === 'win32')) return false
    throw unwritable(lock, error)
  }
}

/** Takes away the lock of a process that has ended. */
function removeAbandoned(lock: string): void {
  const holder = readHolder(lock)
  if (holder === undefined || !isAbandoned(lock, holder)) return
  // Renamed first: of two that see it, one takes it away, and what it took can be looked at.
  const taken = `${lock}.${process.pid}`
  try {
    renameSync(lock, taken)
  } catch {
    return
  }
  // Someone else's by now: it goes back, unless a third has locked since.
  if (readHolder(taken) !== holder) putBack(taken, lock)
  rmSync(taken, { force: true })
}

function putBack(taken: string, lock: string): void {
  try {
    linkSync(taken, lock)
  } catch {
    // Whoever holds the lock now keeps it.
  }
}

function isAbandoned(lock: string, holder: string): boolean {
  const [pid = '', host] = holder.split(' ')
  const stats = statSync(lock, { throwIfNoEntry: false })
  const ageMs = stats ? Date.now() - stats.mtimeMs : 0
  // An empty lock is one whose holder is about to write its name.
  if (host !== hostname() || !/^\d+$/.test(pid)) return ageMs > ABANDONED_MS
  return ageMs > SETTLED_MS && !isRunning(Number(pid))
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function readHolder(lock: string): string | undefined {
  try {
    return readFileSync(lock, 'utf8')
  } catch {
    return undefined
  }
}
