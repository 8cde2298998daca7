import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { describe, expect, test } from 'vitest'
import { GLOBAL_OPTIONS } from '../../src/cli/command.js'
import { completion } from '../../src/cli/commands/completion.js'
import { COMMANDS } from '../../src/cli/commands/index.js'
import { bashCompletion } from '../../src/cli/completion/bash.js'
import { completionFiles } from '../../src/cli/completion/files.js'
import { fishCompletion } from '../../src/cli/completion/fish.js'
import { completionModel } from '../../src/cli/completion/model.js'
import { powershellCompletion } from '../../src/cli/completion/powershell.js'
import { completionScript } from '../../src/cli/completion/script.js'
import { SHELLS } from '../../src/cli/completion/shells.js'
import { zshCompletion } from '../../src/cli/completion/zsh.js'
import { writtenLines } from '../../src/cli/output/line.js'
import { plainStyle } from '../../src/cli/output/style.js'
import { processContext } from '../../src/cli/start/process-context.js'
import { command } from './command-spec.js'
import { completeIn, EVERY, findShell, titleOf } from './shells.js'

const CHECKS = [
  { shell: 'bash', check: '-n', print: bashCompletion },
  { shell: 'zsh', check: '-n', print: zshCompletion },
  { shell: 'fish', check: '--no-execute', print: fishCompletion },
] as const

/** Whatever a summary says, it is text. */
const ODD = 'it\'s "odd" [a]: $(echo error: run) `echo error: run` \\ % ’'
const ODD_MODEL = completionModel(
  [command('odd', { summary: ODD, options: [{ flags: '--odd <value>', summary: ODD }] })],
  {},
  GLOBAL_OPTIONS,
)

describe.each(CHECKS)('the script for $shell', ({ shell, check, print }) => {
  const isMissing = findShell(shell) === undefined

  test.skipIf(isMissing)(titleOf(shell, `${check} accepts it, and would not accept any text`), async () => {
    const folder = await mkdtemp(join(tmpdir(), 'drift-status-completion-'))
    const accepts = async (script: string) => {
      await writeFile(join(folder, 'script'), script)
      return (await execa(findShell(shell)!, [check, join(folder, 'script')], { reject: false })).exitCode === 0
    }
    expect(await accepts(completionScript(shell))).toBe(true)
    expect(await accepts(`${completionScript(shell)}\nif (`)).toBe(false)
    await rm(folder, { recursive: true })
  })

  test.skipIf(isMissing)(titleOf(shell, 'a summary is text, whatever it holds'), async () => {
    const lines = ['drift-status ', 'drift-status odd --o']
    const surroundings = { live: {}, files: [], script: print(ODD_MODEL) }
    const { written, screen } = await completeIn(shell, lines, EVERY, surroundings)
    expect(screen).not.toMatch(/error: run\r?\n/)
    if (shell === 'fish') expect(written).toEqual([`odd\t${ODD}\x1f`, `--odd\t${ODD}\x1f`])
    else
      expect(written.map((line) => line.trim().replace(/=$/, ''))).toEqual([
        'drift-status odd',
        'drift-status odd --odd',
      ])
  })
})

describe('zsh', () => {
  test.skipIf(!findShell('zsh')).each(['source <(print -r -- $SCRIPT)', 'eval "$SCRIPT"'])(
    titleOf('zsh', '%s registers the completion'),
    async (load) => {
      const lines = `autoload -Uz compinit; compinit -u -D; ${load}; print -r -- $_comps[drift-status]`
      const { stdout, stderr } = await execa(findShell('zsh')!, ['-f', '-c', lines], {
        env: { SCRIPT: completionScript('zsh') },
      })
      expect({ stdout, stderr }).toEqual({ stdout: '_drift-status', stderr: '' })
    },
  )
})

describe('the script for PowerShell, by its text alone: PowerShell does not run here', () => {
  const script = completionScript('powershell')
  const bare = withoutText(script)

  test('quotes and brackets are balanced', () => {
    const open: string[] = []
    for (const mark of bare.match(/[()[\]{}]/g)!) {
      if ('([{'.includes(mark)) open.push(mark)
      else expect(`${open.pop()}${mark}`).toMatch(/^(\(\)|\[\]|\{\})$/)
    }
    expect(open).toEqual([])
    expect(bare).not.toMatch(/['"]/)
  })

  test('the table has each command once', () => {
    const keys = [...script.matchAll(/^ {8}'(.*)' = @\{$/gm)].map((match) => match[1]!)
    expect(new Set(keys).size).toBe(keys.length)
    expect(keys).toEqual(expect.arrayContaining(COMMANDS.flatMap(({ name, isHidden }) => (isHidden ? [] : [name]))))
  })

  test('an apostrophe in a summary, typographic or not, is doubled', () => {
    const odd = powershellCompletion(ODD_MODEL)
    expect(odd).toContain(`'odd it''s "odd" [a]: $(echo error: run) \`echo error: run\` \\ % ’’'`)
  })

  test('it registers a native completer, and asks the executable for live values', () => {
    expect(script).toMatch(/^Register-ArgumentCompleter -Native -CommandName 'drift-status' -ScriptBlock \{$/m)
    expect(script).toContain('drift-status __complete $offered.Substring(1) @chosen 2>$null')
  })
})

/** The script without its strings and comments. */
function withoutText(script: string): string {
  return script.replace(/'(?:[^']|'')*'|"(?:`.|[^"`])*"|#.*$/gm, '')
}

describe('drift-status completion', () => {
  test.each(SHELLS)('%s prints its script', async (shell) => {
    const { json, text } = await completion.run({ shell }, processContext())
    expect(json).toEqual({ shell, script: completionScript(shell) })
    expect(writtenLines(await text(plainStyle(80)))).toBe(completionScript(shell))
    expect(completion.description).toContain(`drift-status completion ${shell}`)
  })

  test('each script is kept under the name that its shell looks for', () => {
    const [bash, zsh, fish, powershell] = SHELLS.map(completionScript)
    expect(completionFiles()).toEqual({
      'completions/drift-status.bash': bash,
      'completions/_drift-status': zsh,
      'completions/drift-status.fish': fish,
      'completions/drift-status.ps1': powershell,
    })
    expect(zsh).toMatch(/^#compdef drift-status\n/)
  })
})
