import stringWidth from 'fast-string-width'
import { Dressed, type Text, written } from './line.js'

/**
 * Aligned columns without borders, indented by two; wide characters and colours keep the alignment. The cost grows
 * with the rows: a timeline of years has tens of thousands.
 */
export function columns(rows: readonly (readonly Text[])[]): readonly Dressed[] {
  const widths: number[] = []
  const cells = rows.map((row) =>
    row.map((cell, column) => {
      const text = written(cell)
      const width = stringWidth(text)
      widths[column] = Math.max(widths[column] ?? 1, width)
      return { text, width }
    }),
  )
  return cells.map((row) => {
    const padded = row.map(({ text, width }, column) => text + ' '.repeat(widths[column]! - width))
    return new Dressed(`  ${padded.join('  ')}`.trimEnd())
  })
}
