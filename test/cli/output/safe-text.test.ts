import { describe, expect, test } from 'vitest'
import { Dressed, joined, line, writtenLines } from '../../../src/cli/output/line.js'
import { escapeUnsafe, safeText, toSafeJson } from '../../../src/cli/output/safe-text.js'

describe('a text of anyone is one line that acts on nothing', () => {
  test.each([
    { title: 'colours are not theirs to choose', text: '\u001b[32mon\u001b[39m', shown: '\ufffd[32mon\ufffd[39m' },
    { title: 'nothing clears the screen', text: 'a\u001b[2Jb', shown: 'a\ufffd[2Jb' },
    { title: 'nothing sets the title', text: '\u001b]0;x\u0007', shown: '\ufffd]0;x\ufffd' },
    { title: 'nor in one byte', text: '\u009b2J', shown: '\ufffd2J' },
    { title: 'nothing goes back to the start of the line', text: 'good\rbad', shown: 'good bad' },
    { title: 'line ends and tabs are a space', text: 'a\r\nb\tc\u2028d\u2029e\u0085f\vg', shown: 'a b c d e f g' },
    { title: 'U+0000 is no end', text: 'a\0b\u007f', shown: 'a\ufffdb\ufffd' },
    {
      title: 'nothing turns the direction',
      text: 'Cy\u202egnp.exe\u2066\u061c\u200f',
      shown: 'Cy\ufffdgnp.exe\ufffd\ufffd\ufffd',
    },
    { title: 'nothing hides', text: 's\u200ba\ufeffm\u00ad\u2060\u3164', shown: 's\ufffda\ufffdm\ufffd\ufffd\ufffd' },
    { title: 'nor a message in tags', text: 'a\u{e0041}\u{e007f}b', shown: 'a\ufffd\ufffdb' },
    { title: 'half a pair is no character', text: 'a\ud83db', shown: 'a\ufffdb' },
    { title: 'a joiner behind an ASCII letter hides', text: 'sam\u200d \u200cx', shown: 'sam\ufffd \ufffdx' },
    {
      title: 'emoji stay whole',
      text: '\u{1f469}\u200d\u{1f4bb} \u2764\ufe0f',
      shown: '\u{1f469}\u200d\u{1f4bb} \u2764\ufe0f',
    },
    {
      title: 'a script keeps its joiners',
      text: '\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645',
      shown: '\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645',
    },
    {
      title: 'letters with marks stay',
      text: 'e\u0301 \u092e\u0930\u093e\u0920\u0940',
      shown: 'e\u0301 \u092e\u0930\u093e\u0920\u0940',
    },
  ])('$title', ({ text, shown }) => {
    expect(safeText(text)).toBe(shown)
  })
})

test('a line cleans what it is given, and keeps what is dressed', () => {
  const dressed = new Dressed('\u001b[1mSam\u001b[22m')
  const { written } = line`${dressed} (${'\u001b[1mx\n'}) of ${2}, ${joined([dressed, 'a\rb'], '; ')}`
  expect(written).toBe('\u001b[1mSam\u001b[22m (\ufffd[1mx ) of 2, \u001b[1mSam\u001b[22m; a b')
  expect(writtenLines(['a\nb', dressed, ''])).toBe('a b\n\u001b[1mSam\u001b[22m\n\n')
  expect(writtenLines('')).toBe('')
})

test('JSON acts on no terminal and reads as the same value', () => {
  const value = { note: '\u001b\u009b\u007f\u0085\u202e\u2028\u200b\ufeff\u{e0041}\u{1f469}\u200d\u{1f4bb}é"\\\n' }
  const text = toSafeJson(value, 2)
  expect(text).not.toMatch(/[^\n -~é\u{1f469}\u{1f4bb}\p{Join_Control}]/u)
  expect(JSON.parse(text)).toEqual(value)
  expect(text.split('\n')).toHaveLength(3)
  expect(escapeUnsafe('GET /a\u009b\n{"a":1}\n')).toBe('GET /a\\u009b\n{"a":1}\n')
})
