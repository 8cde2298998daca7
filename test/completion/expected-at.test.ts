import { describe, expect, test } from 'vitest'
import { COMMANDS, NOUNS } from '../../src/cli/commands/index.js'
import { expectedAt } from '../../src/cli/completion/expected-at.js'
import { runCli } from '../cli/fake-context.js'
import { GRAMMAR } from './cases.js'

/** The first word is what comes before the first line: whether a file may stand there. */
async function completed(...words: readonly string[]) {
  const { stdout, stderr, exitCode } = await runCli(['__complete', '--', ...words])
  expect([stderr, exitCode]).toEqual(['', 0])
  const [files, ...lines] = stdout.trimEnd().split('\n')
  return { files, words: lines.map((line) => line.split('\t')[0]!), lines }
}

describe('what may stand at the cursor', () => {
  test.each(GRAMMAR)('$title: $line', async ({ line, only, offers = [], lacks = [] }) => {
    const { words } = await completed(...line.split(' '))
    if (only) expect([...words].sort()).toEqual([...only].sort())
    expect(words).toEqual(expect.arrayContaining([...offers]))
    expect(words.filter((word) => lacks.includes(word))).toEqual([])
  })

  test('every command that help shows is offered', () => {
    for (const { name, isHidden } of COMMANDS) {
      const words = name.split(' ')
      const { candidates } = expectedAt(words.slice(0, -1), '', COMMANDS, (noun) => NOUNS[noun])
      expect(
        candidates.some(([word]) => word === words.at(-1)),
        name,
      ).toBe(!isHidden)
    }
  })

  test('a candidate says what it is', async () => {
    expect((await completed('hours', '')).lines).toContain('next\twhen the business hours open or close next')
  })

  test.each([
    { words: ['lint', '--file', ''], files: 'files' },
    { words: ['lint', '--file=a'], files: 'files' },
    { words: ['lint', '--at', ''], files: 'no-files' },
    { words: [], files: 'no-files' },
  ])('$words: $files', async ({ words, files }) => {
    expect((await completed(...words)).files).toBe(files)
  })
})
