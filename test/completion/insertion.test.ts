import { mkdtemp, readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { beforeAll, describe, expect, test } from 'vitest'
import { SURROUNDINGS } from './cases.js'
import { type Answers, completeIn, EVERY, findShell, TAB, titleOf } from './shells.js'

/** A line, and the line after the press of Tab. */
const INSERTIONS = [
  ['sim', 'simulate '],
  ['is st', 'is staffed '],
  ['simulate --mode=a', 'simulate --mode=automatic '],
  ['simulate --after "O', 'simulate --after "O\'Brien" '],
  ['simulate --after O', "simulate --after O\\'Brien "],
  ['simulate --after Jos', 'simulate --after José '],
  // Readline cuts words at @ and : as well.
  ['simulate --after sam@', 'simulate --after sam@acme.example '],
  ['simulate --after sam@ac', 'simulate --after sam@acme.example '],
  ['simulate --after=sam@ac', 'simulate --after=sam@acme.example '],
  ['simulate --after b', 'simulate --after b:'],
  ['simulate --after b:', 'simulate --after b:'],
  ['token create --scope status:s', 'token create --scope status:self '],
  ['lint --file ac', 'lint --file acme.yaml '],
  ['lint --file my', 'lint --file my\\ file.yaml '],
  ['lint --file=su', 'lint --file=sub/'],
] as const

/** The same for a value with a space. */
const SPACED = [
  ['simulate --after Sa', 'simulate --after Sam\\ Reed '],
  ['simulate --after=Sa', 'simulate --after=Sam\\ Reed '],
  ['simulate --after Sam\\ ', 'simulate --after Sam\\ Reed '],
  ['simulate --after "Sam R', 'simulate --after "Sam Reed" '],
  ["simulate --after 'Sam R", "simulate --after 'Sam Reed' "],
] as const

describe.each(['bash', 'zsh'] as const)('%s', (shell) => {
  describe.each([
    { lines: INSERTIONS, surroundings: SURROUNDINGS },
    { lines: SPACED, surroundings: { ...SURROUNDINGS, answer: ['Sam Reed', '--after=Sam Reed'] } },
  ])('%#', ({ lines, surroundings }) => {
    const isMissing = findShell(shell) === undefined
    let answers: Answers

    beforeAll(async () => {
      if (isMissing) return
      const typed = lines.map(([line]) => `drift-status ${line}`)
      answers = await completeIn(shell, typed, TAB, surroundings)
    })

    test.skipIf(isMissing).each(lines.map(([line, completed], index) => ({ line, completed, index })))(
      titleOf(shell, 'Tab makes of $line: $completed'),
      ({ completed, index }) => {
        expect(answers.written[index]).toBe(`drift-status ${completed}`)
      },
    )
  })
})

/** What somebody may call a team or a rule, to run something where others complete it. */
const HOSTILE = [
  '0$(touch pwned)',
  '1`touch pwned`',
  '2;touch pwned',
  '3&touch pwned',
  '4|touch pwned',
  '5>pwned',
  '6"$(touch pwned)"',
  "7'$(touch pwned)'",
  '8*?[a-z]{a,b}~',
  '9!!#$HOME\\',
  '~root',
  '=ls',
  '#x',
  '-rf',
  '%1',
  'a\u00a0b',
]

describe.each(['bash', 'zsh'] as const)('%s', (shell) => {
  test.skipIf(!findShell(shell))(titleOf(shell, 'a hostile name is completed as one inert word'), async () => {
    // Typed bare, ~ and = mean a folder and a program to zsh.
    const typedOf = (name: string) => (shell === 'zsh' ? name.charAt(0).replace(/[~=]/, '\\$&') : name.charAt(0))
    const lines = HOSTILE.map((name) => `drift-status simulate --after ${typedOf(name)}`)
    const surroundings = { ...SURROUNDINGS, answer: HOSTILE }
    const { written } = await completeIn(shell, lines, TAB, surroundings)
    const words = written.map((line) => line.replace('drift-status simulate --after ', '').trimEnd())
    const folder = await mkdtemp(join(tmpdir(), 'hostile-'))
    const { stdout } = await execa(shell, ['-c', `printf '%s\\n' ${words.join(' ')}`], { cwd: folder })
    expect(stdout.split('\n')).toEqual(HOSTILE)
    expect(await readdir(folder)).toEqual([])
  })
})

describe('descriptions', () => {
  const lines = ['drift-status hours ', 'drift-status lint --', 'drift-status simulate --after ']
  const shown = ['when the business hours open or close next', 'never ask', 'away: lunch']

  test.skipIf(!findShell('fish'))(titleOf('fish', 'verbs, flags and live values say what they are'), async () => {
    const { written } = await completeIn('fish', lines, EVERY, SURROUNDINGS)
    expect(written).toEqual(shown.map((text) => expect.stringContaining(`\t${text}\x1f`)))
  })

  test.skipIf(!findShell('zsh'))(titleOf('zsh', 'verbs, flags and live values say what they are'), async () => {
    const { screen } = await completeIn('zsh', lines, TAB, SURROUNDINGS)
    for (const text of shown) expect(screen).toContain(`-- ${text}`)
  })
})
