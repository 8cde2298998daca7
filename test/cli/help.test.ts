import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { COMMANDS } from '../../src/cli/commands/index.js'
import { VERSION } from '../../src/cli/version.js'
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
    'serve --host 0.0.0.0 --tls-cert cert.pem --tls-key key.pem': 1,
    'token rotate k3v9a2xp --overlap 24h': 5,
    'token rotate k3v9a2xp --overlap 0s': 5,
    'token revoke k3v9a2xp --message "laptop lost"': 5,
  }
  /** Examples that leave something behind, or take a port, do so elsewhere. */
  const ELSEWHERE: Readonly<Record<string, () => string>> = {
    'workspace.yaml': () => 'docs/sample/acme.yaml',
    'acme.db': () => join(newFolder(), 'acme.db'),
  }

  // An example that fails teaches the wrong thing: each runs as it stands, against the sample.
  const examples = COMMANDS.flatMap(({ examples: lines }) => lines).map((line) => ({
    line,
    exitCode: NEEDS_MORE[line],
  }))
  test.each(examples)('the example works: $line', async ({ line, exitCode: expected }) => {
    // What follows ">" is for the shell.
    const args = line
      .replace(/ > .*/, '')
      .match(/"[^"]*"|\S+/g)!
      .map((word) => word.replaceAll('"', ''))
    const sample = [
      ...args.map((word) => ELSEWHERE[word]?.() ?? word),
      ...(args[0] === 'serve' ? ['--port', '0'] : []),
      // What comes with a new secret is said beside it.
      ...(line.startsWith('token create') ? ['--quiet'] : []),
    ]
    const run = args[0] === 'init' ? runCli : await sampleWorkspace()
    const { exitCode, stderr } = await run(sample)
    if (expected !== undefined) expect({ exitCode, stderr }).toMatchObject({ exitCode: expected })
    else expect({ stderr, isDone: [0, 3].includes(exitCode) }).toEqual({ stderr: '', isDone: true })
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
