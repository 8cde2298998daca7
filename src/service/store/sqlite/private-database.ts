import { chmodSync, closeSync, openSync, statSync } from 'node:fs'

const OTHERS_ANYTHING = 0o077

/**
 * Makes an empty file that its owner alone may read, whatever the umask, where there is none; takes
 * from others what they may do with one of ours. SQLite gives the files beside it the same mode.
 * What cannot be made or changed fails when it is opened.
 */
export function makePrivate(path: string): void {
  try {
    closeSync(openSync(path, 'ax', 0o600))
  } catch {
    for (const file of [path, `${path}-wal`, `${path}-shm`]) closeToOthers(file)
  }
}

function closeToOthers(path: string): void {
  try {
    const stats = statSync(path, { throwIfNoEntry: false })
    if (!stats?.isFile() || stats.uid !== process.getuid?.() || (stats.mode & OTHERS_ANYTHING) === 0) return
    chmodSync(path, stats.mode & ~OTHERS_ANYTHING)
  } catch {
    // On a read-only disk the mode stays.
  }
}
