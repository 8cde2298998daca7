import type { AgentsClient, Client } from '../api/client.js'
import type { WriteOptions } from '../api/contract/operation.js'
import type { OperationId } from '../api/contract/operations.js'
import type { WorkspaceDocument } from '../domain/document/schema.js'
import { DriftStatusError } from '../domain/errors.js'
import { EXIT_FAILED } from './exit-codes.js'
import { readInput } from './terminal/read-input.js'

/** A stream the command line writes to. */
export interface OutputStream {
  readonly isTTY: boolean
  /** Characters; 80 where nobody says. */
  readonly columns: number
  write(text: string): void
}

/** What a profile names, and how it is used. */
export interface Place {
  /** Undefined when the environment names a service and no profile. */
  readonly profile: string | undefined
  readonly service: 'local' | 'shared' | 'drift'
  /** The file or the URL. */
  readonly place: string
  /** Whether every write asks first. */
  readonly isProtected: boolean
  /** The agent that "me" is, as the profile names it. */
  readonly agent: string | undefined
  /** The workspace document that stands for what the service does not tell. */
  readonly file: string | undefined
}

/** What a profile names, opened: a workspace, or a Drift account, which can be asked less. */
export type Connection =
  | (Place & { readonly service: 'local' | 'shared'; readonly client: Client })
  | (Place & { readonly service: 'drift'; readonly client: AgentsClient })

/** A call on its way to a service. */
export interface Call {
  readonly id: OperationId
  readonly options: WriteOptions
}

/** Does something before and after a call, or stops it. */
export type Around = (call: Call, go: () => Promise<unknown>) => Promise<unknown>

export interface ConnectOptions {
  /** Used instead of the one that the environment or the profile has. */
  readonly token?: string | undefined
  /** Takes a line for each thing that is asked of the service. */
  readonly trace?: ((line: string) => void) | undefined
  /** What every call passes; undefined for nothing. */
  readonly around?: ((place: Place) => Around | undefined) | undefined
}

export interface NewWorkspace {
  readonly profile: string
  /** Default: a file of the profile's name in the folder for data. */
  readonly database?: string | undefined
  /** Who you are in it, as you are named, and by the id. */
  readonly agent?: string | undefined
  readonly agentId?: string | undefined
}

/** A certificate and its private key, PEM. */
export interface Certificate {
  readonly cert: Uint8Array
  readonly key: Uint8Array
}

/** How a workspace is served. */
export interface ServeSettings {
  readonly profile: string | undefined
  /** Default: the file of the profile. */
  readonly database: string | undefined
  /** The document of a first start. */
  readonly start: () => Promise<WorkspaceDocument>
  readonly host: string
  readonly port: number
  readonly tls: Certificate | undefined
  /** How many proxies are in front, or their addresses. */
  readonly trustProxy: string | undefined
  /** Whether plain http may be spoken beyond this machine. */
  readonly insecureHttp: boolean
  readonly requestsPerMinute: number | undefined
  /** The longest that a copy of what visitors see may be kept. */
  readonly widgetMaxAgeSeconds: number | undefined
  /** Without an access log. */
  readonly isQuiet: boolean
}

/** A workspace that is being served. */
export interface ServedWorkspace {
  readonly url: string
  readonly workspace: string
  /** What public addresses call it. */
  readonly id: string
  readonly database: string
  /** Whether the workspace was made just now. */
  readonly isNew: boolean
  /** On the first start only. */
  readonly adminToken: string | undefined
  /** When that token ends, ISO 8601. */
  readonly adminTokenExpiresAt?: string | undefined
  /** Finishes what is running, then ends. */
  close(): Promise<void>
  /** Cuts off what is running. */
  abort(): void
  /**
   * Shows another certificate to connections that open from now on.
   * @throws DriftStatusError (invalid-input) when they are no certificate and its key
   */
  useCertificate(certificate: Certificate): void
  /** Writes a sentence to the log. */
  note(text: string): void
}

/** Asks a person. There is one only where a person can answer. */
export interface Prompter {
  /** Asks again while `problemOf` finds something wrong with the answer, and says what. */
  text(question: string, initial?: string, problemOf?: (answer: string) => string | undefined): Promise<string>
  /** What is typed is not shown. */
  secret(question: string): Promise<string>
  choose(question: string, choices: readonly string[]): Promise<string>
  confirm(question: string): Promise<boolean>
}

/** A text that a person edits, in a file that stays until it is dropped: nothing typed is lost. */
export interface TextDraft {
  readonly path: string
  /**
   * Opens a text in the person's editor; answers what it is when the editor ends.
   * @throws DriftStatusError (failed) when the editor fails
   */
  edit(text: string): Promise<string>
  /** Makes sure that its owner alone may read it; false when it holds nothing but this. */
  keep(initial: string): Promise<boolean>
  drop(): Promise<void>
}

/** Everything outside the process that a command may touch, so that a test can hand in its own. */
export interface Context {
  readonly stdout: OutputStream
  readonly stderr: OutputStream
  readonly env: Readonly<Record<string, string | undefined>>
  /** Milliseconds since 1970-01-01T00:00Z. */
  now(): number
  /** Aborts when the person interrupts the command, or the system ends it: for commands that stay. */
  interruption(): AbortSignal
  /** Calls the listener at every SIGHUP, which then no longer ends the command. */
  onHangup(listener: () => void): void
  /** An unpredictable seed for strategy `random`. */
  newSeed(): number
  /**
   * The bytes of a file, or of standard input for `-`.
   * @throws DriftStatusError (invalid-input) when it cannot be read or is longer than `maxBytes`
   */
  read(path: string, maxBytes: number): Promise<Uint8Array>
  /**
   * Opens the workspace of a profile; undefined is the one in use.
   * @throws DriftStatusError when there is none, or it cannot be opened
   */
  connect(profile: string | undefined, options?: ConnectOptions): Promise<Connection>
  /** Makes a workspace from a document, and the profile that uses it. */
  createWorkspace(document: WorkspaceDocument, options: NewWorkspace): Promise<{ readonly database: string }>
  /** Serves a workspace over HTTP, until it is closed. */
  serve(settings: ServeSettings): Promise<ServedWorkspace>
  /** Whether a person is at standard input. */
  readonly isInteractive: boolean
  prompter(): Promise<Prompter>
  /** A file of this name for a text that the person edits. */
  openDraft(name: string): Promise<TextDraft>
}

/** The real terminal, clock and files. */
export function processContext(): Context {
  const stderr = outputStream(() => process.stderr)
  const stdout = outputStream(
    () => process.stdout,
    (error) => void reportLostOutput(error, stderr),
  )
  return {
    stdout,
    stderr,
    env: process.env,
    now: Date.now,
    interruption,
    onHangup: (listener) => void process.on('SIGHUP', listener),
    newSeed: () => Math.floor(Math.random() * 2 ** 32),
    read: readInput,
    connect: async (profile, options) =>
      (await import('./session/connect.js')).connect(profile, { env: process.env, now: Date.now }, options),
    createWorkspace: async (document, options) =>
      (await import('./session/connect.js')).createWorkspace(document, options, { env: process.env, now: Date.now }),
    serve: async (settings) =>
      (await import('./session/open-server.js')).openServer(settings, {
        env: process.env,
        now: Date.now,
        stderr,
      }),
    get isInteractive() {
      return process.stdin.isTTY === true && process.stderr.isTTY === true && !process.env.CI
    },
    prompter: async () => (await import('./terminal/prompts.js')).inquirerPrompter(),
    openDraft: async (name) => {
      const { openDraft, openEditor } = await import('./terminal/edit-text.js')
      return openDraft(name, (path) => openEditor(path, process.env))
    },
  }
}

/** Aborts when nobody takes the output any more: a command that stays has no reason to. */
const outputLost = new AbortController()

function interruption(): AbortSignal {
  const controller = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => controller.abort())
  return AbortSignal.any([controller.signal, outputLost.signal])
}

/** Says once that the output did not arrive: the disk is full, for one. The command itself may have done its work. */
async function reportLostOutput(cause: NodeJS.ErrnoException, stderr: OutputStream): Promise<void> {
  if (outputLost.signal.aborted) return
  outputLost.abort()
  // A reader that has seen enough (`| head`) closes the pipe: that is no failure.
  if (cause.code === 'EPIPE') return
  process.once('exit', () => {
    process.exitCode = EXIT_FAILED
  })
  const reason = cause.code === 'ENOSPC' ? 'no space is left there' : (cause.code ?? cause.message)
  const error = new DriftStatusError('failed', `standard output cannot be written: ${reason}`, {
    hint: 'a write may be done all the same: look with "drift-status log"',
    cause,
  })
  const { printError } = await import('./output/print-error.js')
  const argv = process.argv.slice(2)
  await printError(error, { json: argv.includes('--json') }, { stderr, env: process.env })
}

/** A stream of the process, opened when it is first used: most commands write to one of the two. */
function outputStream(
  open: () => NodeJS.WriteStream,
  onLost: (error: NodeJS.ErrnoException) => void = () => {},
): OutputStream {
  let opened: NodeJS.WriteStream | undefined
  const stream = () => {
    opened ??= open().on('error', onLost)
    return opened
  }
  return {
    get isTTY() {
      return stream().isTTY === true
    },
    get columns() {
      return stream().columns ?? 80
    },
    write: (text) => void stream().write(text),
  }
}
