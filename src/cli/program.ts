import { Argument, Command, CommanderError, Option } from 'commander'
import { DriftStatusError } from '../domain/errors.js'
import { didYouMean } from '../domain/nearest.js'
import {
  type ArgumentSpec,
  type CommandSpec,
  GLOBAL_OPTIONS,
  type GlobalOptions,
  JSON_FIELDS_FLAG,
  type OptionSpec,
  optionsOf,
} from './command.js'
import { COMMANDS, NOUNS } from './commands/index.js'
import type { Context } from './context.js'
import { EXIT_CONDITION, EXIT_OK } from './exit-codes.js'
import { naming, oneOf } from './flags/values.js'
import { VERSION } from './start/installed-package.js'
import { Declined } from './terminal/ask.js'

const NAME = 'drift-status'

/**
 * Parses a command line and runs its command.
 * @returns the exit code
 * @throws DriftStatusError (usage) for an unknown command or flag, and whatever the command throws
 */
export async function runCommandLine(argv: readonly string[], context: Context): Promise<number> {
  checkCommand(argv)
  let exitCode = EXIT_OK
  const program = buildProgram(argv, context, async (spec, input) => {
    const { printerOf } = await import('./output/print.js')
    const print = printerOf(spec, input as GlobalOptions, context)
    if (input.exitCode && !input.dryRun) {
      throw new DriftStatusError('usage', '--exit-code is for a dry run', { hint: 'add --dry-run' })
    }
    const result = await spec.run(input, context).catch(afterNo(context))
    if (!result) return
    await print(result)
    exitCode = input.exitCode && result.wouldChange ? EXIT_CONDITION : (result.exitCode ?? EXIT_OK)
  })
  try {
    await program.parseAsync(withJsonFields(argv), { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    // Help and version were asked for and printed.
    if (error.exitCode === 0) return EXIT_OK
    throw usageError(error, argv)
  }
  return exitCode
}

/** `--json=FIELDS` as a flag with a value, before a `--`. */
function withJsonFields(argv: readonly string[]): string[] {
  const end = argv.indexOf('--')
  return argv.map((word, index) =>
    end !== -1 && index > end ? word : word.replace(/^--json=/, `${JSON_FIELDS_FLAG}=`),
  )
}

/** Nobody did anything wrong by answering no. */
function afterNo({ stderr }: Context): (error: unknown) => undefined {
  return (error) => {
    if (!(error instanceof Declined)) throw error
    stderr.write('Nothing changed\n')
  }
}

type Runner = (spec: CommandSpec, input: Record<string, unknown>) => Promise<void>

function buildProgram(argv: readonly string[], context: Context, run: Runner): Command {
  const program = newCommand(NAME, context)
    .description('Run the availability of a chat workspace: what would a visitor see, who would get the chat, and why.')
    .version(VERSION, '-V, --version', 'print the version')
    .addHelpText('after', `\nExample:\n  $ ${NAME} simulate --file docs/sample/acme.yaml --at "fri 17:30"\n`)
  program.action(() => {
    program.outputHelp()
  })
  const [noun, verb] = argv
  // Building a command costs time: a line that names one needs that one alone, any other a list of all.
  const ofNoun = COMMANDS.filter(({ name }) => name.split(' ')[0] === noun)
  const named = ofNoun.filter(({ name }) => name === `${noun} ${verb}`)
  if (ofNoun.length === 0) listCommands(program, context)
  else addCommands(program, named.length > 0 ? named : ofNoun, context, run)
  return program
}

/** Adds every command by its name and summary, for help. */
function listCommands(program: Command, context: Context): void {
  const nouns = new Map<string, string>()
  for (const { name, summary, isHidden } of COMMANDS) {
    const [noun = '', verb] = name.split(' ')
    if (!isHidden) nouns.set(noun, verb === undefined ? summary : (NOUNS[noun] ?? ''))
  }
  for (const [noun, summary] of nouns) program.addCommand(newCommand(noun, context).description(summary))
}

/** Adds the commands of one noun: the command that it is, or its verbs. */
function addCommands(program: Command, specs: readonly CommandSpec[], context: Context, run: Runner): void {
  const [noun = ''] = specs[0]!.name.split(' ')
  const parent = newCommand(noun, context).description(NOUNS[noun] ?? '')
  for (const spec of specs) {
    const [, verb] = spec.name.split(' ')
    if (verb === undefined) program.addCommand(leafCommand(noun, spec, context, run))
    else parent.addCommand(leafCommand(verb, spec, context, run), { isDefault: spec.isDefault ?? false })
  }
  if (parent.commands.length > 0) program.addCommand(parent)
}

function newCommand(name: string, context: Context): Command {
  return new Command(name)
    .exitOverride()
    .allowExcessArguments(false)
    .helpOption('-h, --help', 'show help')
    .helpCommand(false)
    .configureHelp({ helpWidth: context.stdout.columns, minWidthToWrap: 20, showGlobalOptions: false })
    .configureOutput({
      writeOut: (text) => context.stdout.write(text),
      // Errors are printed once, by main.
      writeErr: () => {},
      getOutHelpWidth: () => context.stdout.columns,
    })
}

function leafCommand(name: string, spec: CommandSpec, context: Context, run: Runner): Command {
  const command = newCommand(name, context)
    .summary(spec.summary)
    .description(flowing(spec.description ?? spec.summary))
  const names = (spec.arguments ?? []).map((argument) => argument.name.replace(/[<>[\].]/g, ''))
  for (const argument of spec.arguments ?? []) command.addArgument(toArgument(argument))
  for (const option of optionsOf(spec)) command.addOption(toOption(option))
  command.addHelpText('after', `\nExamples:\n${spec.examples.map((example) => `  $ ${NAME} ${example}`).join('\n')}\n`)
  command.action(async () => {
    const input: Record<string, unknown> = { ...command.opts(), commandName: spec.name }
    if (input.jsonFields !== undefined) input.json = true
    names.forEach((argument, index) => {
      input[argument] = command.processedArgs[index]
    })
    await run(spec, input)
  })
  return command
}

/** Every paragraph on one line, for the terminal to wrap; one that has columns keeps its lines. */
function flowing(text: string): string {
  const paragraphs = text.split('\n\n')
  return paragraphs.map((lines) => (/\S {2}/.test(lines) ? lines : lines.replaceAll('\n', ' '))).join('\n\n')
}

function toArgument(spec: ArgumentSpec): Argument {
  const argument = new Argument(spec.name, spec.summary)
  const parse = parserOf(spec)
  if (parse) argument.argParser((value: string) => naming(`argument ${spec.name}`, () => parse(value)))
  return argument
}

function toOption(spec: OptionSpec): Option {
  const option = new Option(spec.flags, spec.summary).hideHelp(spec.isHidden ?? false)
  const parse = parserOf(spec)
  const flag = option.long ?? spec.flags
  if (spec.isRepeatable) {
    option.argParser((value: string, all: readonly unknown[] | undefined) => [
      ...(all ?? []),
      naming(flag, () => (parse ? parse(value) : value)),
    ])
  } else if (parse) option.argParser((value: string) => naming(flag, () => parse(value)))
  return option
}

/** A value that is one of several words needs no parser of its own. */
function parserOf({ parse, choices }: OptionSpec | ArgumentSpec): ((value: string) => unknown) | undefined {
  return parse ?? (choices && oneOf(choices))
}

/** Commander's words in the house's: what is wrong, the nearest right thing, what to run next. */
function usageError(error: CommanderError, argv: readonly string[]): DriftStatusError {
  const [words, suggestion] = error.message.replace(/^error: /, '').split('\n')
  const meant = /\(Did you mean (.+)\?\)/.exec(suggestion ?? '')?.[1]
  const message = words!.replaceAll("'", '"').replace(/\.$/, '')
  const flag = /^unknown option "([^"=]+)/.exec(message)?.[1]
  const hint = (flag && verbHint(flag, argv)) ?? (meant && `did you mean ${meant}?`)
  return new DriftStatusError('usage', message, { hint: hint ?? `run ${helpCommand(argv)}` })
}

/** A noun alone runs its default command: a flag that only its other verbs take was meant for one of them. */
function verbHint(flag: string, [noun, verb]: readonly string[]): string | undefined {
  if (verb !== undefined && !verb.startsWith('-')) return undefined
  const verbs = COMMANDS.filter(({ name }) => name.startsWith(`${noun} `)).filter(({ options }) =>
    options.some(({ flags }) => flags.split(/[, ]+/).includes(flag)),
  )
  return verbs.length === 0
    ? undefined
    : `${flag} is a flag of ${verbs.map(({ name }) => `"${NAME} ${name}"`).join(', ')}`
}

/** Commander takes an unknown verb for an argument, and an unknown command's flags for its own. */
function checkCommand([noun = '', verb]: readonly string[]): void {
  if (isGlobalFlag(noun)) {
    throw new DriftStatusError('usage', `${noun} comes after the command`, {
      hint: `e.g. "${NAME} status ${noun}${noun === '--profile' ? ' NAME' : ''}"`,
    })
  }
  if (noun === '' || noun.startsWith('-')) return
  const names = COMMANDS.map(({ name }) => name.split(' '))
  const nouns = [...new Set(names.map(([first]) => first!))]
  if (!nouns.includes(noun)) throw unknownCommand(`"${noun}" is not a command`, noun, nouns, '')
  const verbs = names.flatMap(([first, second]) => (first === noun && second !== undefined ? [second] : []))
  if (verbs.length === 0 || verb === undefined || verb.startsWith('-') || verbs.includes(verb)) return
  throw unknownCommand(`"${verb}" is not a command of ${noun}`, verb, verbs, ` ${noun}`)
}

function isGlobalFlag(word: string): boolean {
  return GLOBAL_OPTIONS.some(({ flags }) => flags.split(/,? /).includes(word.replace(/=.*/, '')))
}

function unknownCommand(message: string, word: string, known: readonly string[], parent: string): DriftStatusError {
  return new DriftStatusError('usage', message, {
    hint: didYouMean(word, known) ?? `run "${NAME}${parent} --help"`,
  })
}

function helpCommand(argv: readonly string[]): string {
  const [noun = '', verb] = argv.filter((word) => !word.startsWith('-'))
  const name = [`${noun} ${verb}`, noun].find((words) =>
    COMMANDS.some((known) => known.name === words || known.name.startsWith(`${words} `)),
  )
  return `"${[NAME, name, '--help'].filter(Boolean).join(' ')}"`
}
