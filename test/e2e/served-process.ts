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
  /** Resolves with the exit code, or the signal that ended it. */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | string | undefined>
  /** Interrupts it and waits for its end. */
  stop(): Promise<void>
}

/** The real `serve` in a process of its own, on a free port unless told. Whoever starts it ends it. */
export async function serveProcess(args: readonly string[]): Promise<ServedProcess> {
  if (!existsSync('dist/cli.cjs')) throw new Error('dist/ is missing: run "npm run build"')
  const env = { DRIFT_STATUS_CONFIG_DIR: newFolder() }
  const serving = execa(
    process.execPath,
    [BIN, 'serve', '--json', ...(args.includes('--port') ? [] : ['--port', '0']), ...args],
    {
      env,
      reject: false,
      buffer: false,
    },
  )
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
  return { url, adminToken, log: () => logged, end, stop: async () => void (await end('SIGTERM')) }
}
