import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { atMostTimesTheReference, type Contender, measure, printTable, wallClock } from './measure.js'

const EXECUTABLE = 'bin/drift-status.js'
const BUILT = 'dist/cli.cjs'
const TAB = [EXECUTABLE, '__complete', '--']
const SIMULATE = ['simulate', '--file', 'docs/sample/acme.yaml', '--at', 'fri 17:30']

// Node reads the file it names at every start, which would make every ratio smaller.
const { NODE_EXTRA_CA_CERTS, ...env } = process.env

if (existsSync(EXECUTABLE) && existsSync(BUILT)) await benchStart()
else {
  process.stderr.write(`${BUILT} is missing: run "npm run build" first\n`)
  process.exitCode = 1
}

/** A workspace of its own, made from the sample, for the commands that use a live one. */
function makeWorkspace(): void {
  env.DRIFT_STATUS_CONFIG_DIR = mkdtempSync(join(tmpdir(), 'drift-status-bench-'))
  spawnSync(process.execPath, [EXECUTABLE, 'init', '--sample'], { env })
}

/** The same workspace, shared by a server of its own: where it is and a token for it. */
async function shareWorkspace(): Promise<{ readonly server: ChildProcess; readonly shared: NodeJS.ProcessEnv }> {
  const server = spawn(process.execPath, [EXECUTABLE, 'serve', '--port', '0', '--json', '--quiet'], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  for await (const line of createInterface({ input: server.stdout })) {
    const { url, adminToken } = JSON.parse(line)
    return { server, shared: { ...env, DRIFT_STATUS_URL: url, DRIFT_STATUS_TOKEN: adminToken } }
  }
  throw new Error('the server ended before it was ready')
}

async function benchStart(): Promise<void> {
  makeWorkspace()
  const { server, shared } = await shareWorkspace()
  const figures = measure(
    [
      startContender('node -e 0', ['-e', '0']),
      { ...startContender('--version', [EXECUTABLE, '--version']), aim: atMostTimesTheReference(1.3) },
      { ...startContender('--help', [EXECUTABLE, '--help']), aim: atMostTimesTheReference(1.2) },
      { ...startContender('simulate', [EXECUTABLE, ...SIMULATE]), aim: atMostTimesTheReference(2.5) },
      { ...startContender('simulate --json', [EXECUTABLE, ...SIMULATE, '--json']), aim: atMostTimesTheReference(2.5) },
      { ...startContender('status', [EXECUTABLE, 'status']), aim: atMostTimesTheReference(2.5) },
      {
        ...startContender('agent away, durable', away),
        aim: atMostTimesTheReference(2.5),
      },
      {
        ...startContender('agent away over HTTP', away, shared),
        aim: atMostTimesTheReference(3.2),
      },
      { ...startContender('Tab: flags', [...TAB, 'simulate', '--']), aim: atMostTimesTheReference(2) },
      { ...startContender('Tab: agents', [...TAB, 'agent', 'show', '']), aim: atMostTimesTheReference(2) },
    ],
    { rounds: 41, roundMs: 0, clock: wallClock },
  )
  printTable('A whole process, from its start to its end', figures)
  server.kill()
  await once(server, 'exit')
  rmSync(env.DRIFT_STATUS_CONFIG_DIR!, { recursive: true, force: true })
}

/** Another note each time: every one of them is a write. */
function away(): readonly string[] {
  return [EXECUTABLE, 'agent', 'away', '--note', `${Math.random()}`]
}

function startContender(
  name: string,
  args: readonly string[] | (() => readonly string[]),
  environment: NodeJS.ProcessEnv = env,
): Contender {
  return {
    name,
    run(times) {
      let bytes = 0
      for (let index = 0; index < times; index++) {
        const { status, stdout, stderr } = spawnSync(process.execPath, typeof args === 'function' ? args() : args, {
          env: environment,
          encoding: 'utf8',
        })
        if (status !== 0) throw new Error(`${name} ended with ${status}: ${stderr}`)
        bytes += stdout.length
      }
      return bytes
    },
  }
}
