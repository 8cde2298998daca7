import { existsSync } from 'node:fs'
import { execa } from 'execa'
import { newFolder } from '../cli/fake-context.js'

const BIN = 'bin/drift-status.js'

export interface Run {
  readonly stdout: string
  readonly stderr: string
  readonly exitCode: number | undefined
}

export interface RunOptions {
  readonly input?: string
  readonly env?: Readonly<Record<string, string>>
}

/** Runs the built executable as a user does: no terminal, no colour. */
export async function runExecutable(args: readonly string[], { input = '', env = {} }: RunOptions = {}): Promise<Run> {
  const { stdout, stderr, exitCode } = await execa(process.execPath, [BIN, ...args], { reject: false, input, env })
  return { stdout, stderr, exitCode }
}

export interface ServedProcess {
  readonly url: string
  readonly adminToken: string
  /** What the process has written to standard error so far: the access log. */
  log(): string
  /** Interrupts it and waits for its end. */
  stop(): Promise<void>
}

/** The real `serve` on a free port and a workspace of its own. Whoever starts it stops it. */
export async function serveProcess(args: readonly string[]): Promise<ServedProcess> {
  if (!existsSync('dist/cli.cjs')) throw new Error('dist/ is missing: run "npm run build"')
  const env = { DRIFT_STATUS_CONFIG_DIR: newFolder() }
  const child = execa(process.execPath, [BIN, 'serve', '--port', '0', '--json', ...args], { env, reject: false })
  let logged = ''
  child.stderr.on('data', (chunk: Buffer) => {
    logged += chunk.toString()
  })
  const line = await new Promise<string>((resolve, reject) => {
    child.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString()))
    child.once('exit', () => reject(new Error(`serve ended before it was ready: ${logged}`)))
  })
  return {
    ...(JSON.parse(line) as { url: string; adminToken: string }),
    log: () => logged,
    async stop() {
      child.kill('SIGTERM')
      await child
    },
  }
}
