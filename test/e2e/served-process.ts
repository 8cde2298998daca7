import { existsSync } from 'node:fs'
import { execa } from 'execa'
import { newFolder } from '../cli/fake-context.js'
import { BIN } from './run-command.js'

export interface ServedProcess {
  readonly url: string
  /** On the first start of a workspace; empty on every other. */
  readonly adminToken: string
  /** What the process has written to standard error so far: the access log. */
  log(): string
  /** Stops reading standard error. */
  closeLog(): void
  /** Its process. */
  readonly pid: number
  /** Resolves with the exit code, or the signal that ended it. */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | string | undefined>
  /** Sends a signal that it goes on after. */
  signal(signal: 'SIGHUP'): void
  /** Interrupts it and waits for its end. */
  stop(): Promise<void>
}

/** Lets a process open so many files, sockets included, and then becomes the command that follows. */
const withOpenFiles = (most: number) => ['-c', `ulimit -n ${most}; exec "$0" "$@"`]

interface ServeOptions {
  /** Beside those of the tests. */
  readonly env?: Readonly<Record<string, string>>
  /** As many files as the system lets the process open; a POSIX shell sets it. */
  readonly maxOpenFiles?: number
}

/** The real `serve` in a process of its own, on a free port unless told. Whoever starts it ends it. */
export async function serveProcess(
  args: readonly string[],
  { maxOpenFiles, env: more = {} }: ServeOptions = {},
): Promise<ServedProcess> {
  if (!existsSync('dist/cli.cjs')) throw new Error('dist/ is missing: run "npm run build"')
  const env = { DRIFT_STATUS_CONFIG_DIR: newFolder(), ...more }
  const command = [BIN, 'serve', '--json', ...(args.includes('--port') ? [] : ['--port', '0']), ...args]
  const options = { env, reject: false, buffer: false } as const
  const serving =
    maxOpenFiles === undefined
      ? execa(process.execPath, command, options)
      : execa('sh', [...withOpenFiles(maxOpenFiles), process.execPath, ...command], options)
  let logged = ''
  serving.stderr.on('data', (chunk: Buffer) => {
    logged += chunk.toString()
  })
  const ready = await new Promise<string>((resolve, reject) => {
    let text = ''
    serving.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString()
      if (text.includes('\n')) resolve(text)
    })
    void serving.then(() => reject(new Error(`serve ended before it was ready: ${logged}`)))
  })
  const end: ServedProcess['end'] = async (signal) => {
    serving.kill(signal)
    const { exitCode, signal: ended } = await serving
    return exitCode ?? ended
  }
  const { url, adminToken = '' } = JSON.parse(ready) as { url: string; adminToken?: string }
  return {
    url,
    adminToken,
    pid: serving.pid!,
    log: () => logged,
    closeLog: () => void serving.stderr.destroy(),
    end,
    signal: (signal) => void serving.kill(signal),
    stop: async () => void (await end('SIGTERM')),
  }
}
