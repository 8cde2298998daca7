import { beforeAll, describe, expect, test } from 'vitest'
import { CASES, SURROUNDINGS } from './cases.js'
import { type Answers, candidatesOf, completeIn, EVERY, findShell, RUN_SHELLS, titleOf } from './shells.js'

const lineOf = (line: string) => `drift-status ${line}`

describe.each(RUN_SHELLS)('%s', (shell) => {
  const isMissing = findShell(shell) === undefined
  let answers: Answers

  // One shell answers every line: starting one for each would take most of the time.
  beforeAll(async () => {
    if (isMissing) return
    const lines = CASES.map(({ line }) => lineOf(line))
    answers = await completeIn(shell, lines, EVERY, SURROUNDINGS)
  })

  test.skipIf(isMissing).each(CASES.map((row, index) => ({ ...row, index })))(
    titleOf(shell, 'offers $title: $line'),
    ({ index, line, only, offers = [], lacks = [] }) => {
      const candidates = candidatesOf(shell, lineOf(line), answers.written[index]!)
      if (only) expect([...candidates].sort()).toEqual([...only].sort())
      expect(candidates).toEqual(expect.arrayContaining([...offers]))
      expect(candidates.filter((word) => lacks.includes(word))).toEqual([])
    },
  )

  test.skipIf(isMissing)(titleOf(shell, 'asks the executable once for each line'), () => {
    expect(answers.calls).toEqual(CASES.map(() => expect.stringMatching(/^__complete -- /)))
  })

  test.skipIf(isMissing)(titleOf(shell, 'shows nothing of what the executable complains about'), () => {
    expect(answers.screen).not.toMatch(/no workspace|error:|not found|unknown/i)
  })

  test.skipIf(isMissing)(titleOf(shell, 'stays quiet where the executable is not on PATH'), async () => {
    const lines = ['simulate --after ', 'simulate --mode ', 'hours zone '].map(lineOf)
    const { written, screen } = await completeIn(shell, lines, EVERY, { ...SURROUNDINGS, hasExecutable: false })
    expect(screen).not.toMatch(/no such file|error|not found|unknown/i)
    const candidates = lines.map((line, index) => candidatesOf(shell, line, written[index]!).length)
    expect(candidates).toEqual([0, 0, 0])
  })
})
