import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Whatever tests and the processes they start leave in the folder for temporary files goes with the run. */
export default function setUp(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'drift-status-tests-'))
  // Some tests are another user for a while, who has temporary files as well.
  chmodSync(folder, 0o1777)
  process.env.TMPDIR = folder
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
}
