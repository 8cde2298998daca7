import { readFile } from 'node:fs/promises'
import type { Context } from '../../src/cli/context.js'
import { main } from '../../src/cli/main.js'

export interface Terminal {
  /** Whether standard output and error are a terminal. */
  readonly isTTY?: boolean
  readonly columns?: number
  readonly env?: Context['env']
  /** What standard input holds. */
  readonly stdin?: string
  /** The clock, ISO 8601. */
  readonly now?: string
}

export interface Outcome {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs a command line in this process, with a terminal and a clock of the test's own. */
export async function runCli(args: readonly string[], terminal: Terminal = {}): Promise<Outcome> {
  const { isTTY = false, columns = 100, env = {}, stdin = '', now = '2026-11-23T15:00:00Z' } = terminal
  let [stdout, stderr] = ['', '']
  const stream = (add: (text: string) => void) => ({ isTTY, columns, write: add })
  const context: Context = {
    stdout: stream((text) => {
      stdout += text
    }),
    stderr: stream((text) => {
      stderr += text
    }),
    env,
    now: () => Date.parse(now),
    newSeed: () => 42,
    read: async (path) => (path === '-' ? new TextEncoder().encode(stdin) : readFile(path)),
  }
  const exitCode = await main(args, context)
  return { exitCode, stdout, stderr }
}
