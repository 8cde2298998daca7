import type { Context } from './context.js'
import { horizon } from './flags/values.js'
import type { Lines } from './output/line.js'
import type { Style } from './output/style.js'

/** Live values of the workspace that a shell may offer; zones and profiles are those of the machine. */
export type CompletionSource =
  | 'agents'
  | 'teams'
  | 'holidays'
  | 'shifts'
  | 'rules'
  | 'playbooks'
  | 'revisions'
  | 'tokens'
  | 'exceptions'
  | 'targets'
  | 'topics'
  | 'help'
  | 'days'
  | 'zones'
  | 'profiles'
  | 'files'

/** One flag, as data: parsing, help and completion are made from it. */
export interface OptionSpec {
  /** As commander reads it: `--at <time>`, `--next [count]`, `--json`. */
  readonly flags: string
  readonly summary: string
  readonly choices?: readonly string[]
  readonly completes?: CompletionSource
  /** Whether it may be given more than once; its value is then a list. */
  readonly isRepeatable?: boolean
  /** Whether help and completion leave it out. */
  readonly isHidden?: boolean
  /** Reads the value; what it throws is a usage error that names the flag. */
  readonly parse?: (value: string) => unknown
}

export interface ArgumentSpec {
  /** As commander reads it: `<condition>`, `[count]`, `<ranges...>`. */
  readonly name: string
  readonly summary: string
  readonly choices?: readonly string[]
  readonly completes?: CompletionSource
  readonly parse?: (value: string) => unknown
}

/** What a command answers; only the output module writes. */
export interface CommandResult {
  /** The value of `--json`. */
  readonly json: unknown
  /** The lines a person reads. */
  readonly text: (style: Style) => Lines | Promise<Lines>
  /** Default 0. */
  readonly exitCode?: number
  /** Of a dry run: whether it would change something. */
  readonly wouldChange?: boolean
  /** What `--format svg` prints, where the command's list may be drawn. */
  readonly drawing?: () => Promise<string>
  /** Set where a command that lists has drawn or done something instead: a pipe gets its lines, too. */
  readonly isSentence?: boolean
  /** Whether a command that stays has printed all it had to say. */
  readonly isPrinted?: boolean
}

/** How the items of a list may be printed. */
export const LIST_FORMATS = ['table', 'json', 'yaml', 'csv', 'tsv', 'markdown'] as const
export type ListFormat = (typeof LIST_FORMATS)[number]
/** A list that can be drawn has a picture as well. */
export type Format = ListFormat | 'svg'

/** Where the items of an answer are, and what each of them holds: the columns of a script. */
export interface ListSpec {
  /** The key of the items in the answer; undefined where the answer is the list. */
  readonly key?: string
  readonly fields: readonly string[]
  /** Whether it may be drawn: `--format svg`. */
  readonly isDrawable?: boolean
  /** What of the answer is one more item, at the end. */
  readonly last?: (answer: object) => object | undefined
}

/** A command, as data: help, completion and the reference are made from it. */
export interface CommandSpec {
  /** The words that name it: `hours show`. */
  readonly name: string
  readonly summary: string
  readonly description?: string
  readonly arguments?: readonly ArgumentSpec[]
  readonly options: readonly OptionSpec[]
  readonly examples: readonly string[]
  /** The parts of its JSON answer, which `--json=` may name. */
  readonly fields?: readonly string[]
  /** Set where it answers a list: it then takes `--format`, and goes into a pipe as tab-separated values. */
  readonly list?: ListSpec
  /** Whether the noun alone runs it: `hours` is `hours show`. */
  readonly isDefault?: boolean
  /** Whether help and completion leave it out. */
  readonly isHidden?: boolean
  readonly run: (input: CommandInput, context: Context) => Promise<CommandResult>
}

/** Parsed arguments by name and options by camel-cased flag. */
export type CommandInput = Readonly<Record<string, unknown>>

/** Declares a command whose `run` takes its own typed options. */
export function defineCommand<Options>(
  spec: Omit<CommandSpec, 'run'> & { run: (options: Options, context: Context) => Promise<CommandResult> },
): CommandSpec {
  return spec as unknown as CommandSpec
}

/** Flags that every command takes. */
export interface GlobalOptions {
  /** The words that name the command that runs: `hours set`. */
  readonly commandName?: string
  readonly json?: boolean
  /** The names after `--json=`, parted by commas. */
  readonly jsonFields?: string
  /** Of a list only. */
  readonly format?: Format
  readonly color?: boolean
  readonly quiet?: boolean
  /** False with `--no-input`. */
  readonly input?: boolean
  readonly yes?: boolean
  readonly verbose?: boolean
  /** False with `--no-pager`. */
  readonly pager?: boolean
  readonly utc?: boolean
  readonly profile?: string
  /** The longest that a call may take, set by a command that cannot wait. */
  readonly timeoutMs?: number
}

/** `--json=FIELDS`, as the parser gets it: an optional value would swallow the argument after `--json`. */
export const JSON_FIELDS_FLAG = '--json-fields'

export const GLOBAL_OPTIONS: readonly OptionSpec[] = [
  { flags: '--json', summary: 'print the answer as JSON; --json=id,status prints only these fields' },
  { flags: `${JSON_FIELDS_FLAG} <fields>`, summary: 'what stands behind --json=', isHidden: true },
  { flags: '-q, --quiet', summary: 'print nothing but errors' },
  { flags: '--no-color', summary: 'print without colour' },
  {
    flags: '--profile <name>',
    summary: 'the profile to use (default: the current one)',
    completes: 'profiles',
  },
  { flags: '--no-pager', summary: 'print long output at once, not page by page' },
  { flags: '--utc', summary: 'show times in UTC, not in the zone of the workspace' },
  { flags: '--no-input', summary: 'never ask' },
  { flags: '-y, --yes', summary: 'answer every question with yes' },
  { flags: '--verbose', summary: 'print each request and its duration on standard error' },
]

/** Those of them that people see. */
export const SHARED_OPTIONS = GLOBAL_OPTIONS.filter(({ isHidden }) => !isHidden)

const FORMAT_OPTION: OptionSpec = {
  flags: '--format <format>',
  summary: "table (a terminal's default), tsv (a pipe's), csv, json, yaml or markdown",
  choices: LIST_FORMATS,
}

const DRAWABLE_FORMAT_OPTION: OptionSpec = {
  flags: '--format <format>',
  summary: 'table (the default), csv, tsv, json, yaml, markdown, or svg: a picture',
  choices: [...LIST_FORMATS, 'svg'] satisfies readonly Format[],
}

/** Every flag that a command takes. */
export function optionsOf(spec: Pick<CommandSpec, 'options' | 'list'>): readonly OptionSpec[] {
  return [...spec.options, ...formatOptions(spec), ...GLOBAL_OPTIONS]
}

function formatOptions({ list }: Pick<CommandSpec, 'list'>): readonly OptionSpec[] {
  if (!list) return []
  return [list.isDrawable ? DRAWABLE_FORMAT_OPTION : FORMAT_OPTION]
}

/** What `--json=` may name. */
export function knownFields({ fields = [], list }: Pick<CommandSpec, 'fields' | 'list'>): readonly string[] {
  return [...new Set([...(list?.fields ?? []), ...fields])]
}

/** Flags of every command that writes. */
export interface WriteFlags extends GlobalOptions {
  readonly message?: string
  readonly dryRun?: boolean
  /** Days that a dry run looks ahead. */
  readonly horizon?: number
  readonly exitCode?: boolean
}

const EXIT_CODE_OPTION: OptionSpec = {
  flags: '--exit-code',
  summary: 'with --dry-run: exit 3 when something would change',
}

export const WRITE_OPTIONS: readonly OptionSpec[] = [
  { flags: '-m, --message <text>', summary: 'why, for the log' },
  { flags: '--dry-run', summary: 'show what would change, and what visitors would see, and change nothing' },
  { flags: '--horizon <duration>', summary: 'how far ahead --dry-run looks (default: 7d)', parse: horizon },
  EXIT_CODE_OPTION,
]

/** The parts of what every write answers. */
export const WRITE_FIELDS: readonly string[] = [
  'profile',
  'file',
  'workspace',
  'timeZone',
  'changed',
  'revision',
  'dryRun',
  'changes',
  'names',
  'effect',
  'preview',
  'basis',
  'findings',
  'agent',
]

/** Flags of a command that edits a text. */
export interface EditFlags extends WriteFlags {
  /** A file that holds the text, instead of the editor. */
  readonly from?: string
}

export const FROM_OPTION: OptionSpec = {
  flags: '--from <path>',
  summary: 'take the text from a file instead of the editor; - is standard input',
  completes: 'files',
}

/** The flags of what moves chats: that is in no log, and shows in nothing that visitors see. */
export const DRY_RUN_OPTIONS: readonly OptionSpec[] = [
  { flags: '--dry-run', summary: 'show what would happen, and change nothing' },
  EXIT_CODE_OPTION,
]
