import type { CommanderError } from 'commander'
import { DriftStatusError } from '../domain/errors.js'
import { didYouMean } from '../domain/nearest.js'
import { type CommandSpec, GLOBAL_OPTIONS, type OptionSpec, optionsOf } from './command.js'
import { COMMANDS } from './commands/index.js'

/** What is typed to run the program. */
export const NAME = 'drift-status'

/** The flag of every command that a word is, if it is one. */
export function globalFlag(word: string | undefined): OptionSpec | undefined {
  const name = word?.replace(/=.*/, '')
  return GLOBAL_OPTIONS.find(({ flags }) => flags.split(/,? /).includes(name ?? ''))
}

/** Commander's words in the house's: what is wrong, the nearest right thing, what to run next. */
export function usageError(error: CommanderError, argv: readonly string[]): DriftStatusError {
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
export function checkCommand(argv: readonly string[]): void {
  const [noun = ''] = argv
  if (globalFlag(noun)) {
    throw new DriftStatusError('usage', 'a command is missing', { hint: `run "${NAME} help" to see all` })
  }
  if (noun === '' || noun.startsWith('-')) return
  for (let depth = 0; ; depth++) {
    const [parent, word] = [argv.slice(0, depth).join(' '), argv[depth]]
    const known = verbsOf(parent)
    if (known.length === 0 || word === undefined || (depth > 0 && word.startsWith('-'))) return
    if (known.includes(word)) continue
    const message = `"${word}" is not a command${parent && ` of ${parent}`}`
    throw unknownCommand(message, word, known, parent && ` ${parent}`)
  }
}

/** The words that may follow some words of a command. */
function verbsOf(parent: string): readonly string[] {
  const begin = parent === '' ? '' : `${parent} `
  const longer = COMMANDS.filter(({ name }) => name.startsWith(begin))
  return [...new Set(longer.map(({ name }) => name.slice(begin.length).split(' ')[0]!))]
}

/** The names of commands that the first words may be, the longest first. */
export function namesIn(argv: readonly string[]): readonly string[] {
  const names = [3, 2, 1].map((count) => argv.slice(0, count).join(' '))
  return names.filter((name) => COMMANDS.some((spec) => spec.name === name))
}

/**
 * Commander takes whatever follows a flag for its value: `--note --dry-run` would be a write with a note.
 * @throws DriftStatusError (usage) for a flag whose value is left out before another flag
 */
export function checkValues(argv: readonly string[]): void {
  const spec = namedCommand(argv)
  if (!spec) return
  const options = optionsOf(spec)
  const flagOf = (word: string | undefined) =>
    options.find(({ flags }) => flags.split(/[, ]+/).includes(word?.replace(/=.*/s, '') ?? ''))
  for (let index = 0; index < argv.length && argv[index] !== '--'; index++) {
    const word = argv[index]!
    const option = word.startsWith('-') && !word.includes('=') ? flagOf(word) : undefined
    if (!option?.flags.endsWith('>')) continue
    const value = argv[++index]
    if (!value?.startsWith('-') || !flagOf(value)) continue
    const isText = word.startsWith('--') && !option.parse && !option.choices
    throw new DriftStatusError('usage', `${word} has no value: "${value}" after it is a flag`, {
      hint: isText ? `if that is its value, write ${word}=${value}` : `run ${helpCommand(argv)}`,
    })
  }
}

/** The command that the first words name; a noun alone names its default verb. */
function namedCommand(argv: readonly string[]): CommandSpec | undefined {
  const [named] = namesIn(argv)
  if (named !== undefined) return COMMANDS.find(({ name }) => name === named)
  return COMMANDS.find(({ name, isDefault }) => isDefault && name.startsWith(`${argv[0]} `))
}

function unknownCommand(message: string, word: string, known: readonly string[], parent: string): DriftStatusError {
  return new DriftStatusError('usage', message, {
    hint: didYouMean(word, known) ?? `run "${NAME}${parent} --help"`,
  })
}

function helpCommand(argv: readonly string[]): string {
  const words = argv.filter((word) => !word.startsWith('-'))
  const name = [3, 2, 1]
    .map((count) => words.slice(0, count).join(' '))
    .find((begin) => COMMANDS.some((known) => known.name === begin || known.name.startsWith(`${begin} `)))
  return `"${[NAME, name, '--help'].filter(Boolean).join(' ')}"`
}
