import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseWorkspace } from '../../src/domain/workspace/parse.js'
import { createLocalWorkspace } from '../../src/service/open-workspace.js'

/** A new workspace file, made from a document; the sample by default. */
export async function temporaryWorkspace(document = readFileSync('docs/sample/acme.yaml', 'utf8')): Promise<string> {
  const path = join(mkdtempSync(join(tmpdir(), 'drift-status-soak-')), 'workspace.db')
  await createLocalWorkspace(path, parseWorkspace(document, 'document'), Date.now())
  return path
}

export interface Ended {
  readonly code: number | null
  readonly stdout: string
}

/** Runs this very bundle again as a worker; ends it with SIGKILL after a while, when asked. */
export function runWorker(args: readonly string[], killAfterMs?: number): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [process.argv[1]!, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
    let stdout = ''
    child.stdout.on('data', (chunk: Buffer) => {
      stdout += chunk.toString()
    })
    const timer = killAfterMs === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), killAfterMs)
    child.on('close', (code) => {
      clearTimeout(timer)
      resolve({ code, stdout })
    })
  })
}

/** Fails the run, and says why. */
export function check(holds: boolean, message: string): void {
  if (holds) return
  process.stderr.write(`violated: ${message}\n`)
  process.exitCode = 1
}
