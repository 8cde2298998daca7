import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'

const PREFIX = 'ds-tests-'

/**
 * Whatever tests and the processes they start leave in the folder for temporary files goes with the
 * run. The name is short: sockets are made below it, and their paths may not be long.
 */
export default function setUp(): () => void {
  // Each project of the configuration sets up: the first one does it for all.
  if (basename(tmpdir()).startsWith(PREFIX)) return () => {}
  const folder = mkdtempSync(join(tmpdir(), PREFIX))
  // Some tests are another user for a while, who has temporary files as well.
  chmodSync(folder, 0o1777)
  process.env.TMPDIR = folder
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
}
