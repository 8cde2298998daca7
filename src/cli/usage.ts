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
export function checkCommand([noun = '', verb]: readonly string[]): void {
  if (globalFlag(noun)) {
    throw new DriftStatusError('usage', 'a command is missing', { hint: `run "${NAME} help" to see all` })
  }
  if (noun === '' || noun.startsWith('-')) return
  const names = COMMANDS.map(({ name }) => name.split(' '))
  const nouns = [...new Set(names.map(([first]) => first!))]
  if (!nouns.includes(noun)) throw unknownCommand(`"${noun}" is not a command`, noun, nouns, '')
  const verbs = names.flatMap(([first, second]) => (first === noun && second !== undefined ? [second] : []))
  if (verbs.length === 0 || verb === undefined || verb.startsWith('-') || verbs.includes(verb)) return
  throw unknownCommand(`"${verb}" is not a command of ${noun}`, verb, verbs, ` ${noun}`)
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
function namedCommand([noun, verb]: readonly string[]): CommandSpec | undefined {
  const named = (name: string) => COMMANDS.find((spec) => spec.name === name)
  const byDefault = () => COMMANDS.find(({ name, isDefault }) => isDefault && name.startsWith(`${noun} `))
  return named(`${noun} ${verb}`) ?? named(`${noun}`) ?? byDefault()
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
