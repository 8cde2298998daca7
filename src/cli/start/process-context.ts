import { DriftStatusError } from '../../domain/errors.js'
import type { Context, OutputStream } from '../context.js'
import { EXIT_FAILED } from '../exit-codes.js'
import { readInput } from '../terminal/read-input.js'
import { outputStream } from './output-stream.js'

/** The real terminal, clock and files. */
export function processContext(): Context {
  const stderr = outputStream({ fd: 2, open: () => process.stderr, mayWait, onLost: () => {} })
  const stdout = outputStream({
    fd: 1,
    open: () => process.stdout,
    mayWait,
    onLost: (error) => void reportLostOutput(error, stderr),
  })
  return {
    stdout,
    stderr,
    page: async (text) => {
      const { showInPager } = await import('../terminal/pager.js')
      if (!(await showInPager(text, process.env))) stdout.write(text)
    },
    env: process.env,
    now: Date.now,
    interruption,
    onHangup: (listener) => void process.on('SIGHUP', listener),
    newSeed: () => Math.floor(Math.random() * 2 ** 32),
    read: readInput,
    write: async (path, text, expected) =>
      (await import('../terminal/write-output.js')).writeOutput(path, text, expected),
    connect: async (profile, options) =>
      (await import('../session/connect.js')).connect(profile, { env: process.env, now: Date.now }, options),
    createWorkspace: async (document, options) =>
      (await import('../session/connect.js')).createWorkspace(document, options, { env: process.env, now: Date.now }),
    serve: async (settings) =>
      (await import('../session/serve-workspace.js')).serveWorkspace(settings, {
        env: process.env,
        now: Date.now,
        stderr,
      }),
    copyWorkspace: async (settings) =>
      (await import('../session/copy-workspace.js')).copyWorkspace(settings, { env: process.env }),
    migrate: async (settings) =>
      (await import('../session/serve-workspace.js')).migrateDatabase(settings, { env: process.env }),
    get isInteractive() {
      return process.stdin.isTTY === true && process.stderr.isTTY === true && !process.env.CI
    },
    prompter: async () => (await import('../terminal/prompts.js')).inquirerPrompter(),
    newDraft: async (name) => {
      const { newDraft, runEditor } = await import('../terminal/edit-text.js')
      return newDraft(name, (path) => runEditor(path, process.env))
    },
  }
}

/** Aborts when nobody takes the output any more: a command that stays has no reason to. */
const outputLost = new AbortController()

/** A command that stays serves others, or waits for Ctrl-C, while nobody reads what it wrote. */
let isStaying = false
const mayWait = () => !isStaying

function interruption(): AbortSignal {
  isStaying = true
  const controller = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => controller.abort())
  return AbortSignal.any([controller.signal, outputLost.signal])
}

/** Says once that the output did not arrive: the disk is full, for one. The command itself may have done its work. */
async function reportLostOutput(cause: NodeJS.ErrnoException, stderr: OutputStream): Promise<void> {
  if (outputLost.signal.aborted) return
  outputLost.abort()
  // A reader that has seen enough (`| head`) closes the pipe: that is not a failure.
  if (cause.code === 'EPIPE') return
  process.once('exit', () => {
    process.exitCode = EXIT_FAILED
  })
  const reason = cause.code === 'ENOSPC' ? 'no space is left there' : (cause.code ?? cause.message)
  const error = new DriftStatusError('failed', `cannot write to standard output: ${reason}`, {
    hint: 'the write may have been made: check with "drift-status log"',
    cause,
  })
  const { printError } = await import('../output/print-error.js')
  const argv = process.argv.slice(2)
  await printError(
    error,
    { json: argv.some((word) => /^--json(?:=|$)/.test(word)) },
    { stderr, env: process.env, now: Date.now },
  )
}
