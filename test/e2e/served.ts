import { execa } from 'execa'
import { onTestFinished } from 'vitest'
import { newFolder } from '../cli/fake-context.js'

const BIN = 'bin/drift-status.js'

/** `drift-status serve` in a process of its own. */
export interface ServeProcess {
  readonly url: string
  /** On the first start only. */
  readonly adminToken: string | undefined
  /** The access log so far, and what else is on standard error. */
  readonly log: () => string
  /** Resolves with the exit code, or the signal that ended it. */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | string | undefined>
}

/** Serves a workspace file, the sample's when it is new. Port 0 takes a free one. */
export async function startServe(database: string, port = 0): Promise<ServeProcess> {
  const args = [BIN, 'serve', '--json', '--sample', '--database', database, '--port', String(port)]
  const env = { DRIFT_STATUS_CONFIG_DIR: newFolder() }
  const serving = execa(process.execPath, args, { env, reject: false, buffer: false })
  let log = ''
  serving.stderr.on('data', (chunk: Buffer) => {
    log += chunk.toString()
  })
  const ready = new Promise<string>((resolve, reject) => {
    let text = ''
    serving.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString()
      if (text.includes('\n')) resolve(text)
    })
    serving.then(() => reject(new Error(`serve ended before it was ready: ${log}`)))
  })
  onTestFinished(() => void serving.kill('SIGKILL'))
  const { url, adminToken } = JSON.parse(await ready)
  return {
    url,
    adminToken,
    log: () => log,
    async end(signal) {
      serving.kill(signal)
      const { exitCode, signal: ended } = await serving
      return exitCode ?? ended
    },
  }
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

/** One command line, as a user runs it: no terminal, no colour. */
export function runCommand(args: readonly string[], env: Readonly<Record<string, string>>, input = '') {
  return execa(process.execPath, [BIN, ...args], { env, input, reject: false })
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
