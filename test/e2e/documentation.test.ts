import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { execa } from 'execa'
import { describe, expect, test } from 'vitest'
import { newFolder } from '../cli/fake-context.js'

const PAGES = ['README.md', 'docs/tutorial.md', ...readdirSync('docs/how-to').map((name) => join('docs/how-to', name))]

interface Step {
  readonly line: string
  /** What it exits with. */
  readonly exitCode: number
}

/**
 * The commands of a page, in order. A comment before a block says that it is not run, and why; one before or after it what its
 * commands exit with where that is not 0.
 */
function stepsOf(page: string): readonly Step[] {
  const blocks = page.matchAll(
    /(<!-- [^>]* -->\n)?```sh\n(.*?)```(?:\n\n[^\n]*\n(<!-- exit codes of the block above[^>]*-->))?/gs,
  )
  return [...blocks].flatMap(([, before = '', code = '', after = '']) => {
    if (before.includes('not run:')) return []
    const codes = /exit codes[^:]*: ([\d ]+)/
      .exec(before + after)?.[1]
      ?.trim()
      .split(' ')
      .map(Number)
    return code
      .trim()
      .split('\n')
      .map((line, index) => ({ line, exitCode: codes?.[index] ?? 0 }))
  })
}

const BIN = join(process.cwd(), 'bin/drift-status.js')

describe.each(PAGES.map((path) => ({ path, steps: stepsOf(readFileSync(path, 'utf8')) })))(
  '$path',
  ({ path, steps }) => {
    test('every command runs as printed, on the sample workspace', async () => {
      const home = newFolder()
      const env = { HOME: home, DRIFT_STATUS_CONFIG_DIR: join(home, 'config'), DRIFT_STATUS_CREDENTIALS: 'file' }
      const run = (line: string) =>
        execa('bash', ['-c', `drift-status() { "${process.execPath}" "${BIN}" "$@"; }; ${line}`], {
          env,
          cwd: home,
          reject: false,
        })
      await execa('cp', ['-r', 'docs', join(home, 'docs')])
      await execa('cp', ['docs/sample/acme.yaml', home])
      if (path.startsWith('docs/how-to')) await run('drift-status init --sample')
      expect(steps.length).toBeGreaterThan(0)
      for (const { line, exitCode } of steps) {
        const outcome = await run(line)
        expect(outcome.exitCode, `${line}\n${outcome.stdout}${outcome.stderr}`).toBe(exitCode)
      }
    })
  },
)
