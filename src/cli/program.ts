import { Argument, Command, CommanderError, Option } from 'commander'
import { DriftStatusError } from '../domain/errors.js'
import {
  type ArgumentSpec,
  type CommandSpec,
  type GlobalOptions,
  JSON_FIELDS_FLAG,
  type OptionSpec,
  optionsOf,
  SHARED_OPTIONS,
  type WriteFlags,
} from './command.js'
import { TOPICS } from './commands/help.js'
import { COMMANDS, HELP_GROUPS, NOUNS } from './commands/index.js'
import type { Context } from './context.js'
import { EXIT_CONDITION, EXIT_OK } from './exit-codes.js'
import { fitHelp } from './fit-help.js'
import { naming, oneOf } from './flags/values.js'
import { VERSION } from './start/version.js'
import { Declined } from './terminal/ask.js'
import { checkCommand, checkValues, globalFlag, NAME, namesIn, usageError } from './usage.js'

const ABOUT = `Run the availability of a chat workspace: what would a
visitor see, who would get the chat, and why.`

/** What to type first, and what it shows. */
const START = `  $ ${NAME} init --sample              the sample workspace on this machine
  $ ${NAME} status                     what visitors see now, and why
  $ ${NAME} simulate --at "fri 17:30"  what they would see then
  $ ${NAME} help times                 a topic; "help help" names all`

/**
 * Parses a command line and runs its command.
 * @returns the exit code
 * @throws DriftStatusError (usage) for an unknown command or flag, and whatever the command throws
 */
export async function runCommandLine(given: readonly string[], context: Context): Promise<number> {
  const argv = asCommandHelp(withFlagsBehind(given))
  checkCommand(argv)
  checkValues(argv)
  let exitCode = EXIT_OK
  const program = buildProgram(argv, context, async (spec, input) => {
    const { printerOf } = await import('./output/print.js')
    const print = printerOf(spec, input as GlobalOptions, context)
    checkDryRun(spec, input)
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

/** Who asks how far a preview looks, or whether it holds a change, wants no write; a question has other exit codes. */
function checkDryRun({ options }: CommandSpec, { dryRun, exitCode, horizon }: WriteFlags): void {
  if (!options.some(({ flags }) => flags === '--dry-run')) return
  const flag = exitCode ? '--exit-code' : horizon === undefined ? undefined : '--horizon'
  if (dryRun || flag === undefined) return
  throw new DriftStatusError('usage', `${flag} is for a dry run`, { hint: 'add --dry-run' })
}

/** Flags of every command that stand before it, behind its words. */
function withFlagsBehind(argv: readonly string[]): readonly string[] {
  let count = 0
  for (let flag = globalFlag(argv[0]); flag; flag = globalFlag(argv[count])) {
    count += flag.flags.endsWith('>') && !argv[count]!.includes('=') ? 2 : 1
  }
  const [flags, words] = [argv.slice(0, count), argv.slice(count)]
  const depth = namesIn(words)[0]?.split(' ').length ?? 1
  return [...words.slice(0, depth), ...flags, ...words.slice(depth)]
}

/** `help hours set` is `hours set --help`, and `help` alone the help of all. */
function asCommandHelp(argv: readonly string[]): readonly string[] {
  if (argv[0] !== 'help' || argv.some((word) => word === '-h' || word === '--help')) return argv
  const words = argv.slice(1).filter((word) => !word.startsWith('-'))
  const isCommand = COMMANDS.some(({ name }) => name === words.join(' ') || name.startsWith(`${words.join(' ')} `))
  // Hours are a topic as well: its page names the help of the command.
  const isTopic = words.length === 1 && TOPICS.includes(words[0]!)
  return words.length === 0 || (isCommand && !isTopic) ? [...words, '--help'] : argv
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

/** What every command takes as well. */
const SHARED_LINE = `Shared flags (--json, …): see "${NAME} help flags"`

type Runner = (spec: CommandSpec, input: Record<string, unknown>) => Promise<void>

function buildProgram(argv: readonly string[], context: Context, run: Runner): Command {
  const program = newCommand(NAME, context)
    .version(VERSION, '-V, --version', 'print the version')
    .addHelpText('before', `${ABOUT}\n\nStart here:\n${START}\n`)
  program.action(() => {
    program.outputHelp()
  })
  const [noun] = argv
  // Building a command costs time: a line that names one needs that one alone, any other a list of all.
  const ofNoun = COMMANDS.filter(({ name }) => name.split(' ')[0] === noun)
  const [first] = namesIn(argv)
  const named = ofNoun.filter(({ name }) => name === first && name !== noun)
  if (ofNoun.length === 0) listCommands(program, context)
  else addCommands(program, named.length > 0 ? named : ofNoun, context, run)
  return program
}

/** Adds every command by its name and summary, under what people come for. */
function listCommands(program: Command, context: Context): void {
  for (const [title, names] of HELP_GROUPS) {
    for (const name of names) {
      const summary = COMMANDS.find((spec) => spec.name === name)?.summary ?? NOUNS[name] ?? ''
      program.addCommand(newCommand(name, context).description(summary).helpGroup(`${title}:`))
    }
  }
}

/** Adds the commands of one noun: the command that it is, or its verbs, which may have verbs of their own. */
function addCommands(program: Command, specs: readonly CommandSpec[], context: Context, run: Runner): void {
  for (const spec of specs) {
    const words = spec.name.split(' ')
    const parent = words.slice(0, -1).reduce((group, _, depth) => {
      const known = group.commands.find((command) => command.name() === words[depth])
      if (known) return known
      const about = NOUNS[words.slice(0, depth + 1).join(' ')] ?? ''
      const added = newCommand(words[depth]!, context).summary(about).description(about)
      if (depth > 0) added.action(() => added.outputHelp())
      group.addCommand(added)
      return added
    }, program)
    parent.addCommand(leafCommand(words.at(-1)!, spec, context, run), { isDefault: spec.isDefault ?? false })
  }
}

function newCommand(name: string, context: Context): Command {
  return new Command(name)
    .exitOverride()
    .allowExcessArguments(false)
    .helpOption('-h, --help', 'show help')
    .helpCommand(false)
    .configureHelp({ showGlobalOptions: false })
    .configureOutput({
      writeOut: (text) => context.stdout.write(fitHelp(text, context.stdout.columns)),
      // Errors are printed once, by main.
      writeErr: () => {},
      getOutHelpWidth: () => Infinity,
      // Help has no colour; commander would open the stream to ask.
      getOutHasColors: () => false,
    })
}

function leafCommand(name: string, spec: CommandSpec, context: Context, run: Runner): Command {
  const command = newCommand(name, context)
    .summary(spec.summary)
    .description(flowing(spec.description ?? spec.summary))
  const names = (spec.arguments ?? []).map((argument) => argument.name.replace(/[<>[\].]/g, ''))
  for (const argument of spec.arguments ?? []) command.addArgument(toArgument(argument))
  for (const option of optionsOf(spec)) {
    command.addOption(toOption(option).hideHelp(option.isHidden || SHARED_OPTIONS.includes(option)))
  }
  command.addHelpText(
    'after',
    `\n${SHARED_LINE}\n\nExamples:\n${spec.examples.map((example) => `  $ ${NAME} ${example}`).join('\n')}\n`,
  )
  command.action(async () => {
    const input: Record<string, unknown> = { ...command.opts(), commandName: spec.name }
    if (input.jsonFields !== undefined) input.json = true
    names.forEach((argument, index) => {
      const value = command.processedArgs[index]
      // At a Tab, a word that is not begun is one as well.
      if (!spec.isHidden) refuseEmpty(value, `argument ${spec.arguments![index]!.name}`, spec)
      input[argument] = value
    })
    for (const { flags, completes } of spec.options) {
      // What names something of the workspace; a text may well be empty.
      const option = new Option(flags)
      if (completes) refuseEmpty(input[option.attributeName()], option.long!, spec)
    }
    await run(spec, input)
  })
  return command
}

/**
 * An empty word is what a shell makes of a variable that is not set.
 * @throws DriftStatusError (usage)
 */
function refuseEmpty(value: unknown, place: string, { name }: CommandSpec): void {
  if (![value].flat().includes('')) return
  throw new DriftStatusError('usage', `${place}: is empty`, { hint: `run "${NAME} ${name} --help"` })
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
  const option = new Option(spec.flags, spec.summary)
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
