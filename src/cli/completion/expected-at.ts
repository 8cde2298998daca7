import type { ArgumentSpec, CommandSpec, OptionSpec } from '../command.js'
import { knownFields, optionsOf, SHARED_OPTIONS } from '../command.js'

/** A word that may stand at the cursor, and what it is. */
export type Candidate = readonly [word: string, meaning?: string | undefined]

/** What may stand at the cursor. */
export interface Expected {
  /** Words of the command line itself. */
  readonly candidates: readonly Candidate[]
  /** Where further values come from: the workspace, the machine, or the files of the folder. */
  readonly values?: Pick<OptionSpec, 'choices' | 'completes'> | undefined
  /** What stands before each value: `--mode=`. */
  readonly prefix: string
  /** The profile that the line names. */
  readonly profile?: string | undefined
  /** The team whose values are asked for, where an argument names one. */
  readonly team?: string | undefined
}

const HELP: OptionSpec = { flags: '-h, --help', summary: 'show help' }
const VERSION: OptionSpec = { flags: '-V, --version', summary: 'print the version' }

/**
 * What may follow some words of a command line.
 *
 * @param words those before the cursor, without the name of the executable
 * @param typed the word at the cursor, as far as it is typed
 * @example
 * expectedAt(['hours', 'zone'], 'Eu', COMMANDS, (noun) => NOUNS[noun])
 * // { candidates: [], values: { completes: 'zones' }, prefix: '' }
 */
export function expectedAt(
  words: readonly string[],
  typed: string,
  commands: readonly CommandSpec[],
  aboutNoun: (noun: string) => string | undefined,
): Expected {
  const line = readWords(words, commands, aboutNoun)
  if (!line) return { candidates: [], prefix: '' }
  const { place, used, awaited, isLiteral, isCommandDue, given, profile } = line
  const assigned = isLiteral ? null : /^(--[^=]+)=/.exec(typed)
  const unused = place.options
    .filter((option) => option.isRepeatable || !used.has(option))
    .flatMap((option) => namesOf(option).map((name) => [name, option.summary] as const))
  const team = given[place.arguments.findIndex(({ name }) => name === '<team>')]
  const values = (spec: Expected['values'], prefix = '') => {
    return { candidates: [], values: spec, prefix, profile, ...(team !== undefined && { team }) }
  }
  if (awaited && takesValue(awaited) === 'always') return values(awaited)
  // Fields stand one after the other, parted by commas.
  if (assigned?.[1] === '--json')
    return values({ choices: place.fields }, typed.slice(0, Math.max(typed.lastIndexOf(','), typed.indexOf('=')) + 1))
  if (assigned) return values(findOption(place, assigned[1]!), assigned[0])
  // Flags only where one is begun: they all begin with "-", which a Tab at nothing would insert.
  if (!isLiteral && typed.startsWith('-')) return { candidates: unused, prefix: '' }
  if (isCommandDue && place.commands.length > 0) return { candidates: place.commands, prefix: '' }
  const argument = place.arguments[given.length] ?? place.arguments.find(({ name }) => name.includes('...'))
  const spec = awaited && isListed(awaited) ? awaited : argument
  return values(spec)
}

/** What the first words of a line name: the executable, a noun, or a command. */
interface Place {
  readonly commands: readonly Candidate[]
  readonly options: readonly OptionSpec[]
  readonly arguments: readonly ArgumentSpec[]
  /** What `--json=` may name. */
  readonly fields: readonly string[]
}

interface Line {
  readonly place: Place
  /** The flags that were given. */
  readonly used: ReadonlySet<OptionSpec>
  /** The flag before the cursor, where it takes a value. */
  readonly awaited: OptionSpec | undefined
  /** Whether `--` has ended the flags. */
  readonly isLiteral: boolean
  /** Whether the next word may still name a command: after a flag a noun means its default verb. */
  readonly isCommandDue: boolean
  /** The arguments before the cursor. */
  readonly given: readonly string[]
  readonly profile: string | undefined
}

function readWords(
  words: readonly string[],
  commands: readonly CommandSpec[],
  aboutNoun: (noun: string) => string | undefined,
): Line | undefined {
  const used = new Set<OptionSpec>()
  let path = ''
  let place = placeAt(path, commands, aboutNoun)!
  let [awaited, profile]: [OptionSpec?, string?] = []
  let [isLiteral, isCommandDue] = [false, true]
  const given: string[] = []
  for (const word of words) {
    if (awaited && (takesValue(awaited) === 'always' || !word.startsWith('-'))) {
      if (isProfile(awaited)) profile = word
      awaited = undefined
    } else if (!isLiteral && word.startsWith('-') && word !== '-') {
      // Shared flags may stand before the command.
      isCommandDue = path === ''
      isLiteral = word === '--'
      const [name, ...value] = word.split('=')
      const option = isLiteral ? undefined : findOption(place, name!)
      if (option) used.add(option)
      awaited = value.length === 0 && option && takesValue(option) !== 'never' ? option : undefined
      if (value.length > 0 && option && isProfile(option)) profile = value.join('=')
    } else if (isCommandDue && place.commands.length > 0) {
      path = path === '' ? word : `${path} ${word}`
      const next = placeAt(path, commands, aboutNoun)
      if (!next) return undefined
      place = next
    } else given.push(word)
  }
  return { place, used, awaited, isLiteral, isCommandDue, given, profile }
}

function placeAt(
  path: string,
  commands: readonly CommandSpec[],
  aboutNoun: (noun: string) => string | undefined,
): Place | undefined {
  const shown = commands.filter(({ isHidden }) => !isHidden)
  if (path === '') {
    const words = new Map(
      shown.map(({ name, summary }) => {
        const [noun = '', verb] = name.split(' ')
        return [noun, verb === undefined ? summary : aboutNoun(noun)]
      }),
    )
    return { commands: [...words], options: [HELP, VERSION, ...SHARED_OPTIONS], arguments: [], fields: [] }
  }
  const verbs = shown.filter(({ name }) => name.startsWith(`${path} `))
  const command = shown.find(({ name }) => name === path) ?? verbs.find(({ isDefault }) => isDefault)
  if (!command && verbs.length === 0) return undefined
  return {
    commands: [
      ...new Map(
        verbs.map(({ name, summary }) => {
          const [verb = '', more] = name.slice(path.length + 1).split(' ')
          return [verb, more === undefined ? summary : aboutNoun(`${path} ${verb}`)]
        }),
      ),
    ],
    options: [...(command ? optionsOf(command).filter(({ isHidden }) => !isHidden) : []), HELP],
    arguments: command?.arguments ?? [],
    fields: command ? knownFields(command) : [],
  }
}

function findOption({ options }: Place, name: string): OptionSpec | undefined {
  return options.find((option) => namesOf(option).includes(name))
}

/** Every spelling: `-f`, `--file`. */
function namesOf({ flags }: OptionSpec): readonly string[] {
  return flags.match(/(?<![\w-])--?[\w-]+/g) ?? []
}

function takesValue({ flags }: OptionSpec): 'never' | 'optionally' | 'always' {
  return flags.endsWith('>') ? 'always' : flags.endsWith(']') ? 'optionally' : 'never'
}

function isProfile(option: OptionSpec): boolean {
  return namesOf(option).includes('--profile')
}

function isListed({ choices, completes }: OptionSpec | ArgumentSpec): boolean {
  return choices !== undefined || completes !== undefined
}
