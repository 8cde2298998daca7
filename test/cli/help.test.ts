import { describe, expect, test } from 'vitest'
import { COMMANDS } from '../../src/cli/commands/index.js'
import { VERSION } from '../../src/cli/version.js'
import { runCli } from './fake-context.js'

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

  // An example that fails teaches the wrong thing: each runs as it stands, against the sample.
  const examples = COMMANDS.flatMap(({ examples: lines }) => lines).map((line) => ({ line }))
  test.each(examples)('the example works: $line', async ({ line }) => {
    const args = line.match(/"[^"]*"|\S+/g)!.map((word) => word.replaceAll('"', ''))
    const sample = args.map((word) => (word === 'workspace.yaml' ? 'docs/sample/acme.yaml' : word))
    const { exitCode, stderr } = await runCli(sample)
    expect(stderr).toBe('')
    expect([0, 3]).toContain(exitCode)
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
