import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { describe, expect, test } from 'vitest'
import { completion, SCRIPT_FILES, SHELLS, type Shell } from '../../src/cli/commands/completion.js'
import { writtenLines } from '../../src/cli/output/line.js'
import { plainStyle } from '../../src/cli/output/style.js'
import { processContext } from '../../src/cli/start/process-context.js'
import { findShell, titleOf } from './shells.js'

const CHECKS = [
  { shell: 'bash', check: '-n' },
  { shell: 'zsh', check: '-n' },
  { shell: 'fish', check: '--no-execute' },
] as const

const scriptOf = (shell: Shell) => readFile(`completions/${SCRIPT_FILES[shell]}`, 'utf8')

describe.each(CHECKS)('the script for $shell', ({ shell, check }) => {
  test.skipIf(!findShell(shell))(titleOf(shell, `${check} accepts it, and would not accept any text`), async () => {
    const folder = await mkdtemp(join(tmpdir(), 'drift-status-completion-'))
    const accepts = async (script: string) => {
      await writeFile(join(folder, 'script'), script)
      return (await execa(findShell(shell)!, [check, join(folder, 'script')], { reject: false })).exitCode === 0
    }
    expect(await accepts(await scriptOf(shell))).toBe(true)
    expect(await accepts(`${await scriptOf(shell)}\nif (`)).toBe(false)
    await rm(folder, { recursive: true })
  })
})

describe('zsh', () => {
  test.skipIf(!findShell('zsh')).each(['source <(print -r -- $SCRIPT)', 'eval "$SCRIPT"'])(
    titleOf('zsh', '%s registers the completion'),
    async (load) => {
      const lines = `autoload -Uz compinit; compinit -u -D; ${load}; print -r -- $_comps[drift-status]`
      const { stdout, stderr } = await execa(findShell('zsh')!, ['-f', '-c', lines], {
        env: { SCRIPT: await scriptOf('zsh') },
      })
      expect({ stdout, stderr }).toEqual({ stdout: '_drift-status', stderr: '' })
    },
  )
})

test('the script for PowerShell, by its text alone (PowerShell does not run here): quotes and brackets are balanced', async () => {
  const bare = (await scriptOf('powershell')).replace(/'(?:[^']|'')*'|"(?:`.|[^"`])*"|#.*$/gm, '')
  const open: string[] = []
  for (const mark of bare.match(/[()[\]{}]/g)!) {
    if ('([{'.includes(mark)) open.push(mark)
    else expect(`${open.pop()}${mark}`).toMatch(/^(\(\)|\[\]|\{\})$/)
  }
  expect(open).toEqual([])
  expect(bare).not.toMatch(/['"]/)
})

describe('drift-status completion', () => {
  test.each(SHELLS)('%s prints its script, and says how to install it', async (shell) => {
    const { json, text } = await completion.run({ shell }, processContext())
    expect(json).toEqual({ shell, script: await scriptOf(shell) })
    expect(writtenLines(await text(plainStyle(80)))).toBe(await scriptOf(shell))
    expect(completion.description).toContain(`drift-status completion ${shell}`)
  })
})
