import type { ArgumentSpec, CommandSpec, CompletionSource, OptionSpec } from '../command.js'

/** What may stand at a place: anything, one of some words, a file, or a live value of the workspace. */
export type CompletionValues =
  | { readonly kind: 'any' }
  | { readonly kind: 'words'; readonly words: readonly string[] }
  | { readonly kind: 'files' }
  | { readonly kind: 'live'; readonly source: Exclude<CompletionSource, 'files'> }

export interface CompletionOption {
  /** Every spelling: `-f`, `--file`. */
  readonly names: readonly string[]
  readonly summary: string
  readonly takesValue: 'never' | 'optionally' | 'always'
  /** What the value is called: `path`. */
  readonly valueName: string
  readonly values: CompletionValues
  readonly isRepeatable: boolean
}

export interface CompletionArgument {
  readonly name: string
  readonly values: CompletionValues
  readonly isRequired: boolean
  /** Whether it stands for every word that follows. */
  readonly isRepeatable: boolean
}

export interface CompletionCommand {
  /** The words after the executable's name: `hours next`; empty for the executable itself. */
  readonly path: string
  /** The last of them. */
  readonly word: string
  readonly summary: string
  readonly commands: readonly CompletionCommand[]
  /** Its own flags; for a noun, those of its default verb. */
  readonly options: readonly CompletionOption[]
  readonly takesGlobalOptions: boolean
  readonly arguments: readonly CompletionArgument[]
}

/** Everything a shell may offer, as plain data. */
export interface CompletionModel {
  readonly root: CompletionCommand
  readonly globalOptions: readonly CompletionOption[]
}

const HELP: OptionSpec = { flags: '-h, --help', summary: 'show help' }
const VERSION: OptionSpec = { flags: '-V, --version', summary: 'print the version' }

/** What the command table offers to complete; hidden commands are left out. */
export function completionModel(
  specs: readonly CommandSpec[],
  nouns: Readonly<Record<string, string>>,
  globalOptions: readonly OptionSpec[],
): CompletionModel {
  const shown = specs.filter(({ isHidden }) => !isHidden)
  const words = [...new Set(shown.map(({ name }) => name.split(' ')[0]!))]
  const commands = words.map((word) => {
    const leaf = shown.find(({ name }) => name === word)
    return leaf ? leafCommand(leaf) : nounCommand(word, nouns[word] ?? '', shown)
  })
  const root = { path: '', word: '', summary: '', commands, takesGlobalOptions: false, arguments: [] }
  return {
    root: { ...root, options: [HELP, VERSION].map(toOption) },
    globalOptions: [...globalOptions, HELP].map(toOption),
  }
}

/** The command, then everything below it. */
export function everyCommand(command: CompletionCommand): readonly CompletionCommand[] {
  return [command, ...command.commands.flatMap(everyCommand)]
}

function nounCommand(word: string, summary: string, specs: readonly CommandSpec[]): CompletionCommand {
  const verbs = specs.filter(({ name }) => name.startsWith(`${word} `))
  const byDefault = verbs.find(({ isDefault }) => isDefault)
  const commands = verbs.map(leafCommand)
  if (byDefault) return { ...leafCommand(byDefault), path: word, word, summary, commands }
  return { path: word, word, summary, commands, options: [toOption(HELP)], takesGlobalOptions: false, arguments: [] }
}

function leafCommand(spec: CommandSpec): CompletionCommand {
  return {
    path: spec.name,
    word: spec.name.split(' ').at(-1)!,
    summary: spec.summary,
    commands: [],
    options: spec.options.map(toOption),
    takesGlobalOptions: true,
    arguments: (spec.arguments ?? []).map(toArgument),
  }
}

function toOption(spec: OptionSpec): CompletionOption {
  const [, valueName = ''] = /[<[](.+?)(?:\.\.\.)?[\]>]/.exec(spec.flags) ?? []
  return {
    names: spec.flags.match(/(?<![\w-])--?[\w-]+/g) ?? [],
    summary: spec.summary,
    takesValue: valueName === '' ? 'never' : spec.flags.endsWith(']') ? 'optionally' : 'always',
    valueName,
    values: valuesOf(spec),
    isRepeatable: spec.isRepeatable ?? false,
  }
}

function toArgument(spec: ArgumentSpec): CompletionArgument {
  return {
    name: spec.name.replace(/[<>[\].]/g, ''),
    values: valuesOf(spec),
    isRequired: spec.name.startsWith('<'),
    isRepeatable: spec.name.includes('...'),
  }
}

function valuesOf({ choices, completes }: OptionSpec | ArgumentSpec): CompletionValues {
  if (choices) return { kind: 'words', words: choices }
  if (completes === 'files') return { kind: 'files' }
  return completes ? { kind: 'live', source: completes } : { kind: 'any' }
}
