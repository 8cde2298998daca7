import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { COMMANDS } from '../../src/cli/commands/index.js'
import { VERSION } from '../../src/cli/start/installed-package.js'
import { newFolder, runCli } from './fake-context.js'
import { sampleWorkspace } from './sample-workspace.js'

describe('help', () => {
  test.each(COMMANDS.map(({ name, examples }) => ({ name, examples })))(
    '$name explains itself, with examples',
    async ({ name, examples }) => {
      const { stdout, exitCode } = await runCli([...name.split(' '), '--help'])
      expect(exitCode).toBe(0)
      expect(stdout).toContain(`Usage: drift-status ${name}`)
      expect(stdout).toContain('--json')
      for (const example of examples) expect(stdout).toContain(`$ drift-status ${example}`)
    },
  )

  /** Examples that speak of what only a workspace with a history has. */
  const NEEDS_MORE: Readonly<Record<string, number>> = {
    'show 12': 5,
    'revert 12': 5,
    'revert 12 --dry-run': 5,
    'route end 17': 5,
    // Editing asks before it writes, and nobody can answer in a test.
    'hours edit': 2,
    'routing edit': 2,
    'playbook edit': 2,
    'playbook add leadbot --type bot --text "Talk to sales?" --url "/pricing*" --route team:sales --calendar': 6,
    'team add sales --name Sales --member 1 --member ana@acme.example': 6,
    'routing add enterprise --when "company.size>=500" --to team:sales': 6,
    'team remove sales': 2,
    'profile login': 2,
    'profile login prod --token-file token.txt': 5,
    'profile logout prod': 5,
    'profile remove staging --yes': 5,
    'agent remove 12': 5,
    // There is no such certificate.
    'serve --host 0.0.0.0 --tls-cert cert.pem --tls-key key.pem': 2,
  }

  /** A new secret goes to standard output alone; all that is said of it goes beside it. */
  const SAYS_MORE = /^token (create|rotate)/

  type Run = (args: readonly string[]) => ReturnType<typeof runCli>

  /** What examples name of a reader's own machine or workspace, and what stands for it here. */
  const STAND_INS: Readonly<Record<string, (run: Run) => Promise<string>>> = {
    'workspace.yaml': async () => 'docs/sample/acme.yaml',
    'hours.yaml': async () => {
      const path = join(newFolder(), 'hours.yaml')
      writeFileSync(path, 'hours: { weekly: { mon: "09:00-17:00" }, exceptions: [] }\n')
      return path
    },
    'acme.db': async () => join(newFolder(), 'acme.db'),
    k3v9a2xp: async (run) => {
      const { stdout } = await run(['token', 'create', '--name', 'ci', '--scope', 'read', '--json'])
      return JSON.parse(stdout).token.id
    },
  }

  /** The arguments of a line, as a shell would hand them over: where its output goes is not one of them. */
  async function argumentsOf(line: string, run: Run): Promise<string[]> {
    const [command = ''] = line.split(' > ')
    const words = command.match(/"[^"]*"|\S+/g)!.map((word) => word.replaceAll('"', ''))
    const args = await Promise.all(words.map(async (word) => (await STAND_INS[word]?.(run)) ?? word))
    // The usual port may be in use on this machine.
    return args[0] === 'serve' ? [...args, '--port', '0'] : args
  }

  // An example that fails teaches the wrong thing: each runs as it stands, against the sample.
  const examples = COMMANDS.flatMap(({ examples: lines }) => lines).map((line) => ({
    line,
    exitCode: NEEDS_MORE[line],
  }))
  test.each(examples)('the example works: $line', async ({ line, exitCode: expected }) => {
    const run = line.startsWith('init') ? runCli : await sampleWorkspace()
    const { exitCode, stderr } = await run(await argumentsOf(line, run))
    if (expected !== undefined) expect({ exitCode, stderr }).toMatchObject({ exitCode: expected })
    else {
      const said = SAYS_MORE.test(line) ? expect.stringContaining('The secret is shown this once') : ''
      expect({ stderr, isDone: [0, 3].includes(exitCode) }).toEqual({ stderr: said, isDone: true })
    }
  })

  test.each([['--version'], ['-V']])('%s prints the version alone', async (flag) => {
    expect(await runCli([flag])).toEqual({ exitCode: 0, stdout: `${VERSION}\n`, stderr: '' })
  })

  test('nothing at all shows help', async () => {
    const { stdout, exitCode } = await runCli([])
    expect(exitCode).toBe(0)
    expect(stdout).toContain('Commands:')
  })
})
