import stringWidth from 'fast-string-width'
import { Dressed, type Text, written } from './line.js'
import type { Style } from './style.js'
import { cut, widestWord, wrap, wrapLine } from './wrap.js'

/** A column, and what happens to it where the terminal is too narrow. */
export interface Column {
  /** Above the column, dimmed; an empty one for what needs no name. */
  readonly title: string
  /**
   * `keep` (the default): as wide as it is, since it decides or is needed to act; it wraps where nothing else is left to give.
   * `wrap`: goes on in further lines. `cut`: ends in `…`, and goes where that is not enough. `drop`: goes first. What would have
   * to be broken within a word stands below its row.
   */
  readonly narrow?: 'keep' | 'wrap' | 'cut' | 'drop'
  /** Applied after the cell has been fitted; a cell with styles of its own is never cut. */
  readonly dress?: (text: Text) => Dressed
}

const INDENT = '  '
/** Before what stands below its row. */
const BELOW = '    '
const GAP = 2
/** A column is not cut below this. */
const MIN_WIDTH = 10
/** Two columns cut below this tell less than one. */
const MIN_READABLE = 16
/** A column keeps room for its words up to this width. */
const MAX_ROOM = 24

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
  const { inRow, below, widths } = layoutOf(columns, cells, style)
  const shown = [...widths.keys()]
  const lines = (row: readonly string[], dress: (index: number) => ((text: Text) => Dressed) | undefined) =>
    rowLines(
      shown.map((index) => cellLines(row[index]!, widths.get(index)!, columns[index]!, dress(index))),
      shown.map((index) => widths.get(index)!),
    )
  const titles = columns.map(({ title }) => title)
  return [
    ...(shown.some((index) => titles[index] !== '') ? lines(titles, () => style.dim) : []),
    ...inRow.flatMap((row, number) => [
      ...(row.every((text) => text === '') && below[number]!.some((text) => text !== '')
        ? []
        : lines(row, (index) => columns[index]!.dress)),
      ...columns.flatMap((column, index) => linesBelow(below[number]![index]!, column, style)),
    ]),
  ]
}

/** Labels with their texts, one a row. */
export function labelled(rows: readonly (readonly [label: Text, text: Text])[], style: Style): readonly Dressed[] {
  return table([{ title: '' }, { title: '', narrow: 'wrap' }], rows, style)
}

interface Layout {
  /** The cells of each row, and those that stand below it: one of both is empty. */
  readonly inRow: readonly (readonly string[])[]
  readonly below: readonly (readonly string[])[]
  /** The width of each column that is shown. */
  readonly widths: ReadonlyMap<number, number>
}

/** Cells that would be broken within a word go below their row, and then the others have more room. */
function layoutOf(columns: readonly Column[], cells: readonly (readonly string[])[], style: Style): Layout {
  const inRow = cells.map((row) => [...row])
  const below = cells.map((row) => row.map(() => ''))
  const moveBelow = (index: number, isMoved: (text: string) => boolean) => {
    let count = 0
    for (const [number, row] of inRow.entries()) {
      const text = row[index]!
      if (text === '' || !isMoved(text)) continue
      below[number]![index] = text
      row[index] = ''
      count++
    }
    return count > 0
  }
  for (;;) {
    const natural = naturalWidths(columns, inRow)
    const shown = columns.map((_, index) => index).filter((index) => natural[index]! > 0)
    const widths = new Map(shown.map((index) => [index, natural[index]!]))
    if (!style.isTerminal) return { inRow, below, widths }
    const isFitting = fitWidths(columns, widths, { natural, cells: inRow }, style.width - INDENT.length)
    const whole = [...widths.keys()].filter((index) => !isCut(columns[index]!))
    if (!isFitting && widths.size > 1) {
      const last = whole.findLast((index) => columns[index]!.narrow === 'wrap') ?? whole.at(-1)
      if (last !== undefined && moveBelow(last, () => true)) continue
    }
    const isBroken = (index: number) => (text: string) =>
      stringWidth(text) > widths.get(index)! && widestWord(text) > widths.get(index)!
    // The only column has nothing beside it that could stand above.
    const isMoved = widths.size > 1 && whole.map((index) => moveBelow(index, isBroken(index))).includes(true)
    if (!isMoved) return { inRow, below, widths }
  }
}

function naturalWidths(columns: readonly Column[], cells: readonly (readonly string[])[]): readonly number[] {
  return columns.map(({ title }, index) =>
    // A column without values is left out, whatever its title.
    cells.some((row) => row[index] !== '')
      ? cells.reduce((widest, row) => Math.max(widest, stringWidth(row[index]!)), stringWidth(title))
      : 0,
  )
}

/**
 * Narrows columns to the room that there is. The columns that may go do, the last one first; then the widest that may shrink does;
 * where that is not enough, the last one that is cut goes; and at last the others wrap.
 * @returns whether there is room for all that is left
 */
function fitWidths(
  columns: readonly Column[],
  widths: Map<number, number>,
  { natural, cells }: { readonly natural: readonly number[]; readonly cells: readonly (readonly string[])[] },
  available: number,
): boolean {
  const excess = () => [...widths.values()].reduce((sum, width) => sum + width, 0) + GAP * (widths.size - 1) - available
  const dropLast = (narrow: Column['narrow']) => {
    const last = [...widths.keys()].findLast((index) => columns[index]!.narrow === narrow)
    return last !== undefined && widths.delete(last)
  }
  const shrink = (least: readonly number[], mayShrink: (column: Column) => boolean) => {
    while (excess() > 0) {
      const flexible = [...widths].filter(([index, width]) => mayShrink(columns[index]!) && width > least[index]!)
      const [widest] = flexible.toSorted(([, a], [, b]) => b - a)
      if (!widest) break
      const [index, width] = widest
      const second = Math.max(least[index]!, ...flexible.filter(([other]) => other !== index).map(([, other]) => other))
      widths.set(index, Math.max(least[index]!, Math.min(width - 1, Math.max(second, width - excess()))))
    }
  }
  const isShort = () => {
    const cuts = [...widths].filter(([index]) => columns[index]!.narrow === 'cut')
    return cuts.length > 1 && cuts.some(([index, width]) => width < Math.min(natural[index]!, MIN_READABLE))
  }
  while (excess() > 0 && dropLast('drop'));
  if (excess() <= 0) return true
  const least = leastWidths(columns, cells)
  do {
    for (const index of widths.keys()) widths.set(index, natural[index]!)
    shrink(least, ({ narrow = 'keep' }) => narrow !== 'keep')
  } while ((excess() > 0 || isShort()) && dropLast('cut'))
  shrink(least, () => true)
  return excess() <= 0
}

/** How narrow a column may become before another goes: as wide as its longest word, where it is not cut. */
function leastWidths(columns: readonly Column[], cells: readonly (readonly string[])[]): readonly number[] {
  return columns.map((column, index) => {
    if (isCut(column)) return MIN_WIDTH
    const words = cells.map((row) => widestWord(row[index]!))
    const isKept = column.narrow !== 'wrap'
    return Math.max(MIN_WIDTH, ...words.filter((width) => isKept || width <= MAX_ROOM))
  })
}

function isCut({ narrow }: Column): boolean {
  return narrow === 'cut' || narrow === 'drop'
}

/** A cell in the lines that it takes, each with its width. */
function cellLines(text: string, width: number, column: Column, dress?: (text: Text) => Dressed): readonly string[] {
  const parts = stringWidth(text) <= width ? [text] : isCut(column) ? [cut(text, width)] : wrap(text, width)
  return parts.map((part) => dressed(part, dress))
}

/** What has no room in its row, with the title of its column. */
function linesBelow(text: string, { title, dress }: Column, style: Style): readonly Dressed[] {
  if (text === '') return []
  const label = title.trim() === '' ? '' : `${style.dim(title.trim()).written}  `
  return wrapLine(`${BELOW}${label}${dressed(text, dress)}`, style.width).map((part) => new Dressed(part))
}

function dressed(text: string, dress: ((text: Text) => Dressed) | undefined): string {
  return dress && text !== '' ? dress(new Dressed(text)).written : text
}

function rowLines(cells: readonly (readonly string[])[], widths: readonly number[]): readonly Dressed[] {
  const height = Math.max(0, ...cells.map((lines) => lines.length))
  return Array.from({ length: height }, (_, lineIndex) => {
    const padded = cells.map((lines, index) => {
      const text = lines[lineIndex] ?? ''
      return text + ' '.repeat(Math.max(0, widths[index]! - stringWidth(text)))
    })
    return new Dressed(`${INDENT}${padded.join(' '.repeat(GAP))}`.trimEnd())
  })
}
