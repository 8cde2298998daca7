import { describe, expect, test } from 'vitest'
import type { CommandSpec, OptionSpec } from '../../src/cli/command.js'
import { GLOBAL_OPTIONS } from '../../src/cli/command.js'
import { COMMANDS, NOUNS } from '../../src/cli/commands/index.js'
import { type CompletionCommand, completionModel, everyCommand } from '../../src/cli/completion/model.js'
import { argumentNotation, optionNotation } from '../../src/cli/completion/notation.js'
import { command } from './command-spec.js'

function commandsOf(...specs: readonly CommandSpec[]): Readonly<Record<string, CompletionCommand>> {
  const { root } = completionModel(specs, { hours: 'business hours' }, [])
  return Object.fromEntries(everyCommand(root).map((each) => [each.path, each]))
}

describe('commands', () => {
  const week: OptionSpec = { flags: '--week <time>', summary: 'the week' }
  const show = command('hours show', { isDefault: true, options: [week], arguments: [{ name: '[day]', summary: '' }] })

  test('a noun holds its verbs, and offers what its default verb takes', () => {
    const { hours, 'hours show': verb } = commandsOf(show, command('hours next'))
    expect(hours!.commands.map(({ word }) => word)).toEqual(['show', 'next'])
    expect(hours).toMatchObject({ summary: 'business hours', takesGlobalOptions: true, arguments: verb!.arguments })
    expect(hours!.options).toEqual(verb!.options)
  })

  test('a noun without a default verb takes only help', () => {
    const { hours } = commandsOf(command('hours next', { options: [week] }))
    expect(hours!.options.map(({ names }) => names)).toEqual([['-h', '--help']])
    expect(hours!.takesGlobalOptions).toBe(false)
  })

  test('hidden commands, and nouns whose verbs are all hidden, are left out', () => {
    const hidden = { isHidden: true }
    const paths = Object.keys(
      commandsOf(command('lint'), command('__complete', hidden), command('hours debug', hidden)),
    )
    expect(paths).toEqual(['', 'lint'])
  })

  test('every command that help shows is offered', () => {
    const { root } = completionModel(COMMANDS, NOUNS, GLOBAL_OPTIONS)
    const paths = everyCommand(root).map(({ path }) => path)
    for (const { name, isHidden } of COMMANDS) expect(paths.includes(name), name).toBe(!isHidden)
  })
})

describe('the notation of the tables', () => {
  const FLAGS: readonly (readonly [string, Partial<OptionSpec>, string])[] = [
    ['--json', {}, '--json'],
    ['--no-color', {}, '--no-color'],
    ['-y, --yes', {}, '-y,--yes'],
    ['--at <time>', {}, '--at='],
    ['--next [count]', {}, '--next:='],
    ['--auto-offline <on|off>', {}, '--auto-offline='],
    ['--visitor <key=value>', { isRepeatable: true }, '--visitor+='],
    ['--mode <mode>', { choices: ['online', 'offline'] }, '--mode=online|offline'],
    ['--after <agent>', { completes: 'agents' }, '--after=@agents'],
    ['--member <who>', { completes: 'agents', isRepeatable: true }, '--member+=@agents'],
    ['-f, --file <path>', { completes: 'files' }, '-f,--file=@files'],
  ]

  test.each(FLAGS)('%s with %o is written %s', (flags, rest, notation) => {
    const { lint } = commandsOf(command('lint', { options: [{ flags, summary: '', ...rest }] }))
    expect(lint!.options.map(optionNotation)).toEqual([notation])
  })

  test.each([
    ['[count]', {}, '-'],
    ['<condition>', { choices: ['open', 'staffed'] }, 'open|staffed'],
    ['<who>', { completes: 'agents' as const }, '@agents'],
    ['<ranges...>', {}, '-...'],
    ['[who...]', { completes: 'agents' as const }, '@agents...'],
  ])('%s with %o is written %s', (name, rest, notation) => {
    const { lint } = commandsOf(command('lint', { arguments: [{ name, summary: '', ...rest }] }))
    expect(lint!.arguments.map(argumentNotation)).toEqual([notation])
  })

  // The tables write these words bare: a space or a quote in one would part it.
  test('commands, flags and choices are words that need no quotes', () => {
    const { root, globalOptions } = completionModel(COMMANDS, NOUNS, GLOBAL_OPTIONS)
    const commands = everyCommand(root)
    const options = [...globalOptions, ...commands.flatMap((each) => each.options)]
    const choices = [...options, ...commands.flatMap((each) => each.arguments)].flatMap(({ values }) =>
      values.kind === 'words' ? values.words : [],
    )
    const words = [...commands.map(({ word }) => word).slice(1), ...options.flatMap(({ names }) => names), ...choices]
    expect(words.filter((word) => !/^[\w./:-]+$/.test(word))).toEqual([])
  })
})
