import type { AgentsClient, Client } from '../api/client.js'
import type { WriteOptions } from '../api/contract/operation.js'
import type { OperationId } from '../api/contract/operations.js'
import type { WorkspaceDocument } from '../domain/document/schema.js'

/** A stream the command line writes to. */
export interface OutputStream {
  readonly isTTY: boolean
  /** Characters; 80 where nobody says. */
  readonly columns: number
  /** Lines of the terminal; 0 where there is none. */
  readonly rows: number
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
export type OpenedProfile =
  | (Place & { readonly service: 'local' | 'shared'; readonly client: Client })
  | (Place & { readonly service: 'drift'; readonly client: AgentsClient })

/** A call on its way to a service. */
export interface Call {
  readonly id: OperationId
  readonly options: WriteOptions
}

/** Does something before and after a call, or stops it; it goes with other options than the caller's where some are given. */
export type Around = (call: Call, go: (options?: WriteOptions) => Promise<unknown>) => Promise<unknown>

export interface OpenOptions {
  /** Used instead of the one that the environment or the profile has. */
  readonly token?: string | undefined
  /** The longest that a call over the network may take. */
  readonly timeoutMs?: number | undefined
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
  /** Whether its profile is in use from now on. */
  readonly isUsed: boolean
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
  /** Several of a database, each under its name; undefined for the one that the address names. */
  readonly workspaces: readonly string[] | undefined
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
  /** Whether holiday calendars may be read from addresses of private networks. */
  readonly readsPrivateFeeds: boolean
  /** Without an access log. */
  readonly isQuiet: boolean
}

/** Which workspace is copied where. */
export interface CopySettings {
  readonly profile: string | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
  /** Whether a workspace that is there is replaced. */
  readonly replaces: boolean
}

export interface CopiedWorkspace {
  readonly from: string
  readonly to: string
  readonly workspace: string
  /** The last revision. */
  readonly revision: number
  /** How many there are in each table. */
  readonly rows: Readonly<Record<string, number>>
}

/** A database whose schema is that of this version. */
export interface MigratedDatabase {
  readonly database: string
  readonly version: number
}

/** A workspace as it is served. */
export interface ServedPlace {
  readonly url: string
  readonly workspace: string
  /** What public addresses call it. */
  readonly id: string
  /** Whether the workspace was made just now. */
  readonly isNew: boolean
  /** On the first start only. */
  readonly adminToken: string | undefined
  /** When that token ends, ISO 8601. */
  readonly adminTokenExpiresAt?: string | undefined
}

/** What is being served: the first workspace, and all of them. */
export interface ServedWorkspace extends ServedPlace {
  readonly workspaces: readonly ServedPlace[]
  readonly database: string
  /** Finishes what is running, then ends. */
  close(): Promise<void>
  /** Cuts off what is running. */
  abort(): void
  /**
   * Shows another certificate to connections that open from now on.
   * @throws DriftStatusError (invalid-input) when they are not a certificate and its key
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
  /** Shows a text page by page, in the person's pager; at once where there is none. */
  page(text: string): Promise<void>
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
   * Puts a text into a file: whole, or not at all.
   * @param expected what the file was read as: where it holds something else by now, nothing is written
   * @throws DriftStatusError (invalid-input) when it cannot be written, (conflict) when it was changed
   */
  write(path: string, text: string, expected?: string): Promise<void>
  /**
   * Opens the workspace of a profile; undefined is the one in use.
   * @throws DriftStatusError when there is none, or it cannot be opened
   */
  connect(profile: string | undefined, options?: OpenOptions): Promise<OpenedProfile>
  /** Makes a workspace from a document, and the profile that uses it. */
  createWorkspace(document: WorkspaceDocument, options: NewWorkspace): Promise<{ readonly database: string }>
  /** Serves a workspace over HTTP, until it is closed. */
  serve(settings: ServeSettings): Promise<ServedWorkspace>
  /** Copies a workspace whole; what is left out is the place of the profile. */
  copyWorkspace(settings: CopySettings): Promise<CopiedWorkspace>
  /** Makes or migrates the schema of a database, and does no more. */
  migrate(settings: Pick<ServeSettings, 'profile' | 'database'>): Promise<MigratedDatabase>
  /** Whether a person is at standard input. */
  readonly isInteractive: boolean
  prompter(): Promise<Prompter>
  /** A file of this name for a text that the person edits. */
  newDraft(name: string): Promise<TextDraft>
}
