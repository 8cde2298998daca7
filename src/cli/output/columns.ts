import Table from 'cli-table3'
import { Dressed, type Text, written } from './line.js'

const NO_BORDERS = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '  ',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '  ',
}

/** Aligned columns without borders, indented by two; wide characters and colours keep the alignment. */
export function columns(rows: readonly (readonly Text[])[]): readonly Dressed[] {
  const table = new Table({ chars: NO_BORDERS, style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [] } })
  for (const row of rows) table.push(row.map(written))
  return table
    .toString()
    .split('\n')
    .map((line) => new Dressed(line.trimEnd()))
}
