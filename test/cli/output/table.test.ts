import fc from 'fast-check'
import stringWidth from 'fast-string-width'
import { describe, expect, test } from 'vitest'
import { Dressed, type Text, written } from '../../../src/cli/output/line.js'
import { plainStyle } from '../../../src/cli/output/style.js'
import { type Column, table } from '../../../src/cli/output/table.js'
import { cut, wrap, wrapLine } from '../../../src/cli/output/wrap.js'

const colours = { warn: (text: Text) => new Dressed(`\u001b[33m${written(text)}\u001b[39m`) }

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

  test('puts below its row what would be broken within a word, with the title of its column', () => {
    const path = '/home/ana/.config/drift-status/profiles.json'
    const rows = [
      ['away', 'Ana', `in ${path}`, ''],
      ['available', 'Sam', 'here', ''],
    ]
    expect(drawn(50, rows)).toEqual([
      '  status     name  note',
      '  away       Ana',
      '    note  in',
      `      ${path}`,
      '  available  Sam   here',
    ])
  })

  test('gives a word longer than the terminal a line to itself', () => {
    const lines = drawn(40, [['away', 'Ana', `see ${'x'.repeat(60)}`, '']])
    expect(lines).toEqual(['  status  name', '  away    Ana', '    note  see', 'x'.repeat(60)])
  })

  test('ends the styles of a cell at each of its lines', () => {
    const style = { ...plainStyle(24), ...colours }
    const lines = table(
      [{ title: '' }, { title: '', narrow: 'wrap' }],
      [['a', style.warn('one two three four five six')]],
      style,
    )
    for (const line of lines.map(written)) expect(line.split(colours.warn('').written.slice(0, 5))).toHaveLength(2)
    for (const line of lines.map(written)) expect(line.endsWith('\u001b[39m')).toBe(true)
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

  test('is never wider than the terminal, whatever is in it, but for a word alone', () => {
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
          for (const line of drawn(width, rows)) {
            if (/ \S/.test(line.trim())) expect(stringWidth(line)).toBeLessThanOrEqual(width)
          }
        },
      ),
    )
  })
})

test.each([
  ['a few words in a row', 8, ['a few', 'words in', 'a row']],
  ['a word unbroken', 5, ['a', 'word', 'unbroken']],
  ['日本語', 4, ['日本', '語']],
  ['日本語。日本', 6, ['日本', '語。日', '本']],
  ['「日本」語3D', 6, ['「日', '本」', '語3D']],
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
    lines: ['hint: run', '"drift-status agent list"'],
  },
  { title: 'never within a path', line: 'in /a/long/path/to.db', width: 10, lines: ['in', '/a/long/path/to.db'] },
  { title: 'in a script without spaces', line: '  漢漢漢漢漢漢', width: 10, lines: ['  漢漢漢漢', '    漢漢'] },
])('a line breaks $title', ({ line, width, lines }) => {
  expect(wrapLine(line, width)).toEqual(lines)
})
