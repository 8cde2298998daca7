import { execa } from 'execa'
import { onTestFinished } from 'vitest'
import { newFolder } from '../cli/fake-context.js'
import { BIN, runCommand } from './run-command.js'
import { type ServedProcess, serveProcess } from './served-process.js'

/** Serves a workspace file, the sample's when it is new, until the test is over. Port 0 takes a free one. */
export async function startServe(database: string, port = 0): Promise<ServedProcess> {
  const served = await serveProcess(['--sample', '--database', database, '--port', String(port)])
  onTestFinished(async () => void (await served.end('SIGKILL')))
  return served
}

export interface Machine {
  readonly folder: string
  readonly env: Readonly<Record<string, string>>
  /** Runs one command line; words are parted by spaces. */
  run(line: string, input?: string): ReturnType<typeof runCommand>
}

/** A machine with a configuration of its own, logged in to a service. */
export async function loggedIn(url: string, token: string): Promise<Machine> {
  const folder = newFolder()
  const env = { DRIFT_STATUS_CONFIG_DIR: folder, DRIFT_STATUS_CREDENTIALS: 'file' }
  const run = (line: string, input = '') => runCommand(line.split(' '), env, input)
  for (const [line, input] of [[`profile add shared --url ${url}`], ['profile login --token-file -', token]] as const) {
    const { exitCode, stderr } = await run(line, input)
    if (exitCode !== 0) throw new Error(`${line}: ${stderr}`)
  }
  return { folder, env, run }
}

export interface Watcher {
  /** The revisions of the statuses that it showed. */
  readonly revisions: () => readonly number[]
  readonly stderr: () => string
  readonly ended: Promise<{ readonly exitCode?: number | undefined }>
  stop(): void
}

/** `status --watch --json` on a machine. */
export function startWatch({ env }: Pick<Machine, 'env'>): Watcher {
  const watching = execa(process.execPath, [BIN, 'status', '--watch', '--json'], { env, reject: false, buffer: false })
  let [stdout, stderr] = ['', '']
  watching.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString()
  })
  watching.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString()
  })
  onTestFinished(() => void watching.kill('SIGKILL'))
  return {
    revisions: () =>
      stdout
        .split('\n')
        .slice(0, -1)
        .map((line) => JSON.parse(line).revision as number),
    stderr: () => stderr,
    ended: watching,
    stop: () => void watching.kill('SIGINT'),
  }
}
