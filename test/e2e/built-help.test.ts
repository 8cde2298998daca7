import { readFileSync } from 'node:fs'
import { execa } from 'execa'
import { describe, expect, test } from 'vitest'
import { COMMANDS, NOUNS } from '../../src/cli/commands/index.js'
import { fitHelp } from '../../src/cli/fit-help.js'
import { runCli } from '../cli/fake-context.js'
import { BIN, runCommand } from './run-command.js'

const pages: Record<string, string> = JSON.parse(readFileSync('dist/help.json', 'utf8'))
const commands = COMMANDS.filter(({ isHidden }) => !isHidden).map(({ name }) => name)

describe('the help that is built', () => {
  test('is that of all, and of every noun and command', () => {
    expect(new Set(Object.keys(pages))).toEqual(new Set(['', ...Object.keys(NOUNS), ...commands]))
  })

  test.each([20, 60, 80, 100, 120, 200])('says what the program says, at %d columns', async (columns) => {
    for (const [name, page] of Object.entries(pages)) {
      const { stdout } = await runCli([...name.split(' ').filter(Boolean), '--help'], { isTTY: true, columns })
      expect(fitHelp(page, columns), name).toBe(stdout)
    }
  })

  test.each(['', 'help', '-h', '--help', 'hours --help', 'agent away -h', 'help --help'])(
    'is what the executable prints: %s',
    async (line) => {
      const args = line.split(' ').filter(Boolean)
      const { stdout, stderr, exitCode } = await execa(process.execPath, [BIN, ...args], { stripFinalNewline: false })
      expect({ stdout, stderr, exitCode }).toEqual(await runCli(args, { columns: 80 }))
    },
  )

  test.each([
    { args: ['help', 'agent', 'away'] },
    { args: ['agent', 'away', '--help', '--json'] },
    { args: ['--utc', 'status', '--help'] },
    { args: ['help', 'times'] },
    { args: ['nonsense', '--help'] },
    { args: ['agent away', '--help'] },
    { args: ['constructor', '--help'] },
    { args: ['--', '--help'] },
  ])('leaves anything else to the program: $args', async ({ args }) => {
    const { stdout, stderr, exitCode } = await runCommand(args)
    const told = await runCli(args, { columns: 80 })
    expect({ stdout, stderr, exitCode }).toEqual({
      ...told,
      stdout: told.stdout.replace(/\n$/, ''),
      stderr: told.stderr.replace(/\n$/, ''),
    })
  })
})
