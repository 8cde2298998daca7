import { beforeAll, describe, expect, test } from 'vitest'
import { SURROUNDINGS } from './cases.js'
import { type Answers, completeIn, EVERY, findShell, TAB, titleOf } from './shells.js'

/** A line, and the line after the press of Tab. */
const INSERTIONS = [
  ['sim', 'simulate '],
  ['is st', 'is staffed '],
  ['simulate --mode=a', 'simulate --mode=automatic '],
  ['simulate --after Sa', 'simulate --after Sam\\ Reed '],
  ['simulate --after=Sa', 'simulate --after=Sam\\ Reed '],
  ['simulate --after Sam\\ ', 'simulate --after Sam\\ Reed '],
  ['simulate --after "Sam R', 'simulate --after "Sam Reed" '],
  ["simulate --after 'Sam R", "simulate --after 'Sam Reed' "],
  ['simulate --after "O', 'simulate --after "O\'Brien" '],
  ['simulate --after O', "simulate --after O\\'Brien "],
  ['simulate --after Jos', 'simulate --after José\\ Núñez '],
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

describe.each(['bash', 'zsh'] as const)('%s', (shell) => {
  const isMissing = findShell(shell) === undefined
  let answers: Answers

  beforeAll(async () => {
    if (isMissing) return
    const lines = INSERTIONS.map(([line]) => `drift-status ${line}`)
    answers = await completeIn(shell, lines, TAB, SURROUNDINGS)
  })

  test.skipIf(isMissing).each(INSERTIONS.map(([line, completed], index) => ({ line, completed, index })))(
    titleOf(shell, 'Tab makes of $line: $completed'),
    ({ completed, index }) => {
      expect(answers.written[index]).toBe(`drift-status ${completed}`)
    },
  )
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
