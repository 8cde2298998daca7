import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Context, Prompter } from '../../src/cli/context.js'
import { main } from '../../src/cli/main.js'
import { connect, createWorkspace, SERVICES, type Services } from '../../src/cli/session/connect.js'
import { newDraft } from '../../src/cli/terminal/edit-text.js'
import { readPath } from '../../src/cli/terminal/read-input.js'
import { writeOutput } from '../../src/cli/terminal/write-output.js'
import { checkedTransport } from '../api/checked-transport.js'

export interface Terminal {
  /** Whether standard output and error are a terminal. */
  readonly isTTY?: boolean
  readonly columns?: number
  /** Lines of the terminal; without it no output is longer than it. */
  readonly rows?: number
  /** Takes what is shown page by page. */
  readonly paged?: (text: string) => void
  readonly env?: Context['env']
  /** What standard input holds. */
  readonly stdin?: string
  /** The clock, ISO 8601. */
  readonly now?: string
  /** What a person answers, in order; without it nobody is there. */
  readonly answers?: readonly unknown[]
  /** Hears each question. */
  readonly asked?: (question: string) => void
  /** What the editor makes of a text. */
  readonly editor?: (text: string) => string
  /** Default: the real ones. */
  readonly services?: Services | undefined
}

export interface Outcome {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

export const NOON_MONDAY = '2026-11-23T15:00:00Z'

/** Runs a command line in this process, with a terminal and a clock of the test's own, on real files. */
export async function runCli(args: readonly string[], terminal: Terminal = {}): Promise<Outcome> {
  const {
    isTTY = false,
    columns = 100,
    rows = 0,
    paged,
    env = {},
    stdin = '',
    now = NOON_MONDAY,
    answers,
    asked = () => {},
    editor = (text) => text,
    services = SERVICES,
  } = terminal
  let [stdout, stderr] = ['', '']
  const stream = (add: (text: string) => void) => ({ isTTY, columns, rows, write: add })
  const world = { env: { DRIFT_STATUS_CONFIG_DIR: newFolder(), ...env }, now: () => Date.parse(now) }
  const context: Context = {
    ...world,
    stdout: stream((text) => {
      stdout += text
    }),
    stderr: stream((text) => {
      stderr += text
    }),
    page: async (text) => {
      stdout += text
      paged?.(text)
    },
    // Whoever watches has seen enough after a while.
    interruption: () => AbortSignal.timeout(700),
    onHangup: () => {},
    newSeed: () => 42,
    read: async (path, maxBytes) => (path === '-' ? new TextEncoder().encode(stdin) : readPath(path, maxBytes)),
    write: writeOutput,
    connect: (profile, options) => connect(profile, world, options, checked(services)),
    createWorkspace: (document, options) => createWorkspace(document, options, world),
    serve: async (settings) =>
      (await import('../../src/cli/session/serve-workspace.js')).serveWorkspace(settings, context),
    copyWorkspace: async (settings) =>
      (await import('../../src/cli/session/copy-workspace.js')).copyWorkspace(settings, context),
    migrate: async (settings) =>
      (await import('../../src/cli/session/serve-workspace.js')).migrateDatabase(settings, context),
    isInteractive: answers !== undefined,
    prompter: async () => scriptedPrompter(answers ?? [], asked),
    newDraft: (name) => newDraft(name, async (path) => writeFileSync(path, editor(readFileSync(path, 'utf8')))),
  }
  const exitCode = await main(args, context)
  return { exitCode, stdout, stderr }
}

/** Services of which every answer is checked; Drift tells less than the contract says. */
function checked({ local, shared, drift }: Services): Services {
  return {
    local: async (...asked) => checkedTransport(await local(...asked)),
    shared: async (...asked) => checkedTransport(await shared(...asked)),
    drift,
  }
}

export function newFolder(): string {
  return mkdtempSync(join(tmpdir(), 'drift-status-test-'))
}

function scriptedPrompter(answers: readonly unknown[], asked: (question: string) => void): Prompter {
  const left = [...answers]
  const next = async <Answer>(question: string) => {
    asked(question)
    if (left.length === 0) throw new Error('asked more than the test answers')
    return left.shift() as Answer
  }
  const text: Prompter['text'] = async (question, _initial, problemOf) => {
    const answer = await next<string>(question)
    return problemOf?.(answer) === undefined ? answer : text(question, _initial, problemOf)
  }
  return { text, secret: next, choose: next, confirm: next }
}
