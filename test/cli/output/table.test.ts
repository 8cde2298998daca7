import fc from 'fast-check'
import stringWidth from 'fast-string-width'
import { describe, expect, test } from 'vitest'
import { written } from '../../../src/cli/output/line.js'
import { plainStyle } from '../../../src/cli/output/style.js'
import { type Column, table } from '../../../src/cli/output/table.js'
import { cut, wrap, wrapLine } from '../../../src/cli/output/wrap.js'

const COLUMNS: readonly Column[] = [
  { title: 'status' },
  { title: 'name', narrow: 'cut' },
  { title: 'note', narrow: 'wrap' },
  { title: 'email', narrow: 'drop' },
]
const ROW = ['away', 'Ana Flores de la Cruz', 'at the dentist until four, then at home', 'ana.flores@acme.example']
const drawn = (width: number, rows = [ROW], isTerminal = true) =>
  table(COLUMNS, rows, plainStyle(width, { isTerminal })).map(written)

describe('a table', () => {
  test('has dim headers, and each column as wide as its widest value', () => {
    expect(drawn(200)).toEqual([
      '  status  name                   note                                     email',
      '  away    Ana Flores de la Cruz  at the dentist until four, then at home  ana.flores@acme.example',
    ])
  })

  test('wraps even what is never cut where a terminal is too narrow for it', () => {
    const lines = drawn(40, [['x'.repeat(60), 'Ana', '', '']])
    expect(lines.slice(1).join('').replaceAll(' ', '')).toContain('x'.repeat(30))
    for (const row of lines) expect(stringWidth(row)).toBeLessThanOrEqual(40)
  })

  test('leaves out first what may go', () => {
    expect(drawn(80)).toEqual([
      '  status  name                   note',
      '  away    Ana Flores de la Cruz  at the dentist until four, then at home',
    ])
  })

  test('then cuts and wraps the widest, and never a value that decides', () => {
    expect(drawn(50)).toEqual([
      '  status  name                 note',
      '  away    Ana Flores de la C…  at the dentist',
      '                               until four, then at',
      '                               home',
    ])
  })

  test('leaves out what is cut where even that is not enough', () => {
    expect(drawn(25)).toEqual([
      '  status  note',
      '  away    at the dentist',
      '          until four,',
      '          then at home',
    ])
  })

  test('is not fitted into a pipe', () => {
    expect(drawn(30, [ROW], false)).toEqual(drawn(200))
  })

  test('leaves out a column without values', () => {
    expect(drawn(80, [['away', 'Ana', '', '']])).toEqual(['  status  name', '  away    Ana'])
  })

  test('is never wider than the terminal, whatever is in it', () => {
    const cell = fc.oneof(
      fc.string({
        unit: fc.constantFrom(...'abcdefgh ÄÖÜßéñø-_.@→…', '日', '本', '한', '😀', '👩‍👩‍👧‍👦'),
        maxLength: 60,
      }),
      fc.constantFrom('日本語のとても長い名前です', '👩‍👩‍👧‍👦 family', 'x'.repeat(90)),
    )
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom('away', 'available'), cell, cell, cell), { minLength: 1 }),
        fc.integer({ min: 30, max: 200 }),
        (rows, width) => {
          for (const line of drawn(width, rows)) expect(stringWidth(line)).toBeLessThanOrEqual(width)
        },
      ),
    )
  })
})

test.each([
  ['a few words in a row', 8, ['a few', 'words in', 'a row']],
  ['unbreakable', 5, ['unbre', 'akabl', 'e']],
  ['日本語', 4, ['日本', '語']],
])('%s wrapped to %d', (text, width, lines) => {
  expect(wrap(text, width)).toEqual(lines)
})

test.each([
  ['Ana Flores', 10, 'Ana Flores'],
  ['Ana Flores', 6, 'Ana F…'],
  ['日本語', 4, '日…'],
])('%s cut to %d is %s', (text, width, expected) => {
  expect(cut(text, width)).toBe(expected)
})

test.each([
  { title: 'between words', line: 'hint: one two three four', width: 14, lines: ['hint: one two', '  three four'] },
  {
    title: 'never within a command to copy',
    line: 'hint: run "drift-status agent list"',
    width: 16,
    lines: ['hint: run', '  "drift-status agent list"'],
  },
  { title: 'never within a path', line: 'in /a/long/path/to.db', width: 10, lines: ['in', '  /a/long/path/to.db'] },
  { title: 'in a script without spaces', line: '  漢漢漢漢漢漢', width: 10, lines: ['  漢漢漢', '    漢漢漢'] },
])('a line breaks $title', ({ line, width, lines }) => {
  expect(wrapLine(line, width)).toEqual(lines)
})
