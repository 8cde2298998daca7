import { expect, test } from 'vitest'
import { columns } from '../../../src/cli/output/columns.js'
import { Dressed, type Text, writtenLines } from '../../../src/cli/output/line.js'

const red = (text: string) => new Dressed(`\u001b[31m${text}\u001b[39m`)

test.each<readonly [title: string, rows: readonly (readonly Text[])[], text: string]>([
  ['nothing', [], ''],
  ['one row', [['a', 'b']], '  a  b\n'],
  [
    'the widest cell',
    [
      ['a', 'b'],
      ['wide', 'c'],
    ],
    '  a     b\n  wide  c\n',
  ],
  ['rows of different lengths', [['a'], ['b', 'c'], []], '  a\n  b  c\n\n'],
  [
    'colours have no width',
    [
      [red('a'), 'b'],
      ['wide', 'c'],
    ],
    `  ${red('a').written}     b\n  wide  c\n`,
  ],
  [
    'wide characters have two',
    [
      ['木', 'b'],
      ['wide', 'c'],
    ],
    '  木    b\n  wide  c\n',
  ],
  [
    'an emoji of several characters',
    [
      ['👩‍💻', 'b'],
      ['wide', 'c'],
    ],
    '  👩‍💻    b\n  wide  c\n',
  ],
  ['an empty column', [['a', '', 'b']], '  a     b\n'],
])('columns are aligned: %s', (_, rows, text) => {
  expect(writtenLines(columns(rows))).toBe(text)
})

test('the cost grows with the rows: each cell is looked at once', () => {
  let looks = 0
  const watched = () => Object.defineProperty(new Dressed(''), 'written', { get: () => `cell ${looks++}` })
  const rows = Array.from({ length: 30_000 }, () => [watched(), watched()])
  expect(columns(rows)).toHaveLength(30_000)
  expect(looks).toBe(60_000)
})
