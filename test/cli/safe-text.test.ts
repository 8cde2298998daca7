import { expect, test } from 'vitest'
import { safeText } from '../../src/cli/output/safe-text.js'

test.each([
  {
    title: 'colours, line ends and tabs pass',
    text: '\u001b[32mon\u001b[39m\ta\nb',
    shown: '\u001b[32mon\u001b[39m\ta\nb',
  },
  { title: 'nothing clears the screen', text: 'a\u001b[2Jb', shown: 'a\ufffd[2Jb' },
  { title: 'nothing sets the title', text: '\u001b]0;x\u0007', shown: '\ufffd]0;x\ufffd' },
  { title: 'nothing goes back to the start of the line', text: 'good\rbad', shown: 'good\ufffdbad' },
  { title: 'nor in one byte', text: '\u009b2J', shown: '\ufffd2J' },
])('$title', ({ text, shown }) => {
  expect(safeText(text)).toBe(shown)
})
