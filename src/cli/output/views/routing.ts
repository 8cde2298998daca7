import type { CursorListAnswer, Versioned } from '../../../api/contract/answers.js'
import type { WorkspaceDocument } from '../../../domain/document/schema.js'
import { namesIn } from '../change-lines.js'
import { describeConditions, describeTarget } from '../condition-words.js'
import { type Lines, line, type Text } from '../line.js'
import type { Style } from '../style.js'
import { type Column, table } from '../table.js'

/** The lines of `routing list`: the waterfall, one row a rule. */
export function renderRouting(answer: Versioned<WorkspaceDocument['routing']>, style: Style): readonly Text[] {
  const { rules, default: fallback } = answer.value
  const { agent } = namesIn(answer, style)
  const columns: readonly Column[] = [
    { title: '', dress: style.dim },
    { title: 'rule', dress: style.bold },
    { title: 'name', narrow: 'drop' },
    { title: 'who', narrow: 'wrap' },
    { title: 'to', narrow: 'wrap' },
  ]
  const rows: Text[][] = rules.map(({ id, name, when, to }, index) => [
    index + 1,
    id,
    name ?? '',
    when ? describeConditions(when) : 'everyone',
    `→ ${describeTarget(to, agent)}`,
  ])
  rows.push(['', 'default', '', 'everyone else', fallback ? `→ ${describeTarget(fallback.to, agent)}` : 'nobody'])
  return table(columns, rows, style)
}

/** The lines of `routing cursor`. */
export function renderCursors(
  answer: CursorListAnswer,
  style: Style,
  { dryRun = false }: { readonly dryRun?: boolean } = {},
): Lines {
  const { workspace, cursors } = answer
  const place = style.dim(dryRun ? `(${workspace}, dry run: nothing was changed)` : `(${workspace})`)
  if (cursors.length === 0) return line`no group has had a turn ${place}`
  const names = namesIn(answer, style)
  const rows = cursors.map(({ group, agent }) => [group, names.agent(agent)])
  return [
    line`Routed last ${place}`,
    ...table(
      [
        { title: 'group', dress: style.bold },
        { title: 'last routed', narrow: 'cut' },
      ],
      rows,
      style,
    ),
  ]
}
