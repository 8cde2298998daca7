import type { Context } from './context.js'
import type { Style } from './output/style.js'

/** One flag, as data: parsing, help and completion are made from it. */
export interface OptionSpec {
  /** As commander reads it: `--at <time>`, `--next [count]`, `--json`. */
  readonly flags: string
  readonly summary: string
  readonly choices?: readonly string[]
  /** Whether it may be given more than once; its value is then a list. */
  readonly isRepeatable?: boolean
  /** Reads the value; what it throws is a usage error that names the flag. */
  readonly parse?: (value: string) => unknown
}

export interface ArgumentSpec {
  /** As commander reads it: `<condition>`, `[count]`, `<ranges...>`. */
  readonly name: string
  readonly summary: string
  readonly choices?: readonly string[]
  readonly parse?: (value: string) => unknown
}

/** What a command answers; only the output module writes. */
export interface CommandResult {
  /** The value of `--json`. */
  readonly json: unknown
  /** The lines a person reads. */
  readonly text: (style: Style) => string | Promise<string>
  /** Default 0. */
  readonly exitCode?: number
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
  /** Whether the noun alone runs it: `hours` is `hours show`. */
  readonly isDefault?: boolean
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
  readonly json?: boolean
  readonly color?: boolean
}

export const GLOBAL_OPTIONS: readonly OptionSpec[] = [
  { flags: '--json', summary: 'print the answer as JSON, stable and documented' },
  { flags: '--no-color', summary: 'print without colour' },
]
