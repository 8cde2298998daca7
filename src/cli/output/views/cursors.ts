import type { CursorListAnswer } from '../../../api/contract/answers.js'
import { columns } from '../columns.js'
import { type Lines, line } from '../line.js'
import type { Style } from '../style.js'

/** The lines of `routing cursor`. */
export function renderCursors(
  { workspace, cursors }: CursorListAnswer,
  style: Style,
  { dryRun = false }: { readonly dryRun?: boolean } = {},
): Lines {
  const place = style.dim(dryRun ? `(${workspace}, dry run: nothing was changed)` : `(${workspace})`)
  if (cursors.length === 0) return line`no group has had a turn ${place}`
  const rows = cursors.map(({ group, agent }) => [style.bold(group), `last routed: ${agent}`])
  return [line`Routed last ${place}`, ...columns(rows)]
}
