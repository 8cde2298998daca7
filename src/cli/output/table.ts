import stringWidth from 'fast-string-width'
import { Dressed, type Text, written } from './line.js'
import type { Style } from './style.js'
import { cut, wrap } from './wrap.js'

/** A column, and what happens to it where the terminal is too narrow. */
export interface Column {
  /** Above the column, dimmed; an empty one for what needs no name. */
  readonly title: string
  /**
   * `keep` (the default): never cut, as it decides or is needed to act; where nothing else is left to give, it wraps. `wrap`: goes on in further lines. `cut`: ends in `…`, and goes where
   * that is not enough. `drop`: goes first.
   */
  readonly narrow?: 'keep' | 'wrap' | 'cut' | 'drop'
  /** Applied after the cell has been fitted; a cell with styles of its own is never cut. */
  readonly dress?: (text: Text) => Dressed
}

const INDENT = '  '
const GAP = 2
/** A column is not cut below this. */
const MIN_WIDTH = 10
/** Words up to this width stay whole while there is room elsewhere. */
const MAX_WHOLE_WORD = 24

/**
 * Rows below headers, without borders. On a terminal the lines are fitted to its width; into a pipe they are as long as they are.
 * The cost grows with the rows.
 */
export function table(
  columns: readonly Column[],
  rows: readonly (readonly Text[])[],
  style: Style,
): readonly Dressed[] {
  const cells = rows.map((row) => columns.map((_, index) => written(row[index] ?? '')))
  const natural = columns.map(({ title }, index) =>
    // A column without values is left out, whatever its title.
    cells.some((row) => row[index] !== '')
      ? cells.reduce((widest, row) => Math.max(widest, stringWidth(row[index]!)), stringWidth(title))
      : 0,
  )
  const shown = columns.map((_, index) => index).filter((index) => natural[index]! > 0)
  const widths = style.isTerminal
    ? fitWidths(columns, shown, { natural, least: leastWidths(columns, cells) }, style.width - INDENT.length)
    : new Map(shown.map((index) => [index, natural[index]!]))
  const indexes = [...widths.keys()]
  const header = columns.map(({ title }) => title)
  const lines = (row: readonly string[], dress: (index: number) => ((text: Text) => Dressed) | undefined) =>
    rowLines(
      indexes.map((index) => cellLines(row[index]!, widths.get(index)!, columns[index]!, dress(index))),
      indexes.map((index) => widths.get(index)!),
    )
  return [
    ...(header.some((title) => title !== '') ? lines(header, () => style.dim) : []),
    ...cells.flatMap((row) => lines(row, (index) => columns[index]!.dress)),
  ]
}

/** Labels with their texts, one a row. */
export function labelled(rows: readonly (readonly [label: Text, text: Text])[], style: Style): readonly Dressed[] {
  return table([{ title: '' }, { title: '', narrow: 'wrap' }], rows, style)
}

/**
 * The width of each column that is shown. Where there is too little room, the columns that may go do, the last one first; then the
 * widest that may shrink does; and where even that is not enough, the last one that is cut goes.
 */
function fitWidths(
  columns: readonly Column[],
  shown: readonly number[],
  { natural, least }: { readonly natural: readonly number[]; readonly least: readonly number[] },
  available: number,
): ReadonlyMap<number, number> {
  const widths = new Map(shown.map((index) => [index, natural[index]!]))
  const total = () => [...widths.values()].reduce((sum, width) => sum + width, 0) + GAP * (widths.size - 1)
  const isTooWide = () => total() > available
  const dropLast = (narrow: Column['narrow']) => {
    const last = [...widths.keys()].findLast((index) => columns[index]!.narrow === narrow)
    return last !== undefined && widths.delete(last)
  }
  while (isTooWide() && dropLast('drop'));
  do {
    for (const index of widths.keys()) widths.set(index, natural[index]!)
    while (isTooWide()) {
      const flexible = [...widths].filter(([index, width]) => isFlexible(columns[index]!) && width > least[index]!)
      const [widest] = flexible.toSorted(([, a], [, b]) => b - a)
      if (!widest) break
      const [index, width] = widest
      const second = Math.max(least[index]!, ...flexible.filter(([other]) => other !== index).map(([, other]) => other))
      widths.set(index, Math.max(least[index]!, Math.min(width - 1, Math.max(second, width - (total() - available)))))
    }
  } while (isTooWide() && dropLast('cut'))
  while (isTooWide()) {
    const [index, width] = [...widths].toSorted(([, a], [, b]) => b - a)[0]!
    if (width <= MIN_WIDTH) break
    widths.set(index, Math.max(MIN_WIDTH, width - (total() - available)))
  }
  return widths
}

/** How narrow a column may become before another goes: in one that wraps, as wide as its longest word. */
function leastWidths(columns: readonly Column[], cells: readonly (readonly string[])[]): readonly number[] {
  return columns.map(({ narrow }, index) => {
    if (narrow !== 'wrap') return MIN_WIDTH
    const words = cells.flatMap((row) => row[index]!.split(' ').map((word) => stringWidth(word)))
    return Math.max(MIN_WIDTH, ...words.filter((width) => width <= MAX_WHOLE_WORD))
  })
}

function isFlexible({ narrow = 'keep' }: Column): boolean {
  return narrow !== 'keep'
}

/** A cell in the lines that it takes, each with its width. */
function cellLines(
  text: string,
  width: number,
  { narrow }: Column,
  dress?: (text: Text) => Dressed,
): readonly string[] {
  const isCut = narrow === 'cut' || narrow === 'drop'
  const parts = stringWidth(text) <= width ? [text] : isCut ? [cut(text, width)] : wrap(text, width)
  return parts.map((part) => (dress && part !== '' ? dress(new Dressed(part)).written : part))
}

function rowLines(cells: readonly (readonly string[])[], widths: readonly number[]): readonly Dressed[] {
  const height = Math.max(...cells.map((lines) => lines.length))
  return Array.from({ length: height }, (_, lineIndex) => {
    const padded = cells.map((lines, index) => {
      const text = lines[lineIndex] ?? ''
      return text + ' '.repeat(Math.max(0, widths[index]! - stringWidth(text)))
    })
    return new Dressed(`${INDENT}${padded.join(' '.repeat(GAP))}`.trimEnd())
  })
}
