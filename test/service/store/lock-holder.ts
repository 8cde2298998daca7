import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { driverName } from '../../../src/service/store/sqlite/sqlite-driver.js'

/** Another process that has the lock of a file. */
export interface LockHolder {
  /** Lets go of it, and waits until the process has ended. */
  release(): Promise<void>
}

const SCRIPT = `
import { DatabaseSync } from '${driverName()}'
const database = new DatabaseSync(process.argv[1])
database.exec('PRAGMA busy_timeout = 5000')
database.exec(process.argv[2])
process.stdout.write('held')
process.stdin.on('end', () => { database.exec('ROLLBACK'); database.close() }).resume()
`

/** Starts a process that takes the lock of a file with a statement and keeps it. */
export async function holdLock(path: string, begin = 'BEGIN IMMEDIATE'): Promise<LockHolder> {
  const child: ChildProcess = spawn(
    process.execPath,
    ['--no-warnings', '--input-type=module', '-e', SCRIPT, path, begin],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  )
  const ended = once(child, 'exit')
  await Promise.race([once(child.stdout!, 'data'), ended.then(() => Promise.reject(new Error('took no lock')))])
  return {
    async release() {
      child.stdin!.end()
      await ended
    },
  }
}
