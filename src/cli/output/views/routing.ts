import type { CursorListAnswer } from '../../../api/contract/answers.js'
import type { TargetDocument, WorkspaceDocument } from '../../../domain/document/schema.js'
import { columns } from '../columns.js'
import { type Lines, line, type Text } from '../line.js'
import type { Style } from '../style.js'

/** The lines of `routing list`: the waterfall, one row a rule. */
export function renderRouting(
  { rules, default: fallback }: WorkspaceDocument['routing'],
  style: Style,
): readonly Text[] {
  const rows: Text[][] = rules.map(({ id, name, when, to }, index) => [
    style.dim(String(index + 1)),
    style.bold(id),
    name ?? '',
    when ? describeConditions(when) : style.dim('everyone'),
    `→ ${describeTarget(to)}`,
  ])
  rows.push(['', style.bold('default'), '', '', fallback ? `→ ${describeTarget(fallback.to)}` : style.dim('nobody')])
  return columns(rows)
}

/** `team sales (least-open)`. */
export function describeTarget(target: TargetDocument): string {
  if (typeof target === 'string') return target
  const { agent, team, strategy } = target
  const who =
    agent !== undefined
      ? `agent ${agent}`
      : team !== undefined
        ? `team ${team}`
        : `round robin of ${(target['round-robin'] ?? []).join(', ')}`
  return strategy === undefined || strategy === 'in-order' ? who : `${who} (${strategy})`
}

/** `company.size gte 500 and country in DE, AT`; a value that a comma would part has quotes around it. */
export function describeConditions(conditions: Readonly<Record<string, unknown>>): string {
  return Object.entries(conditions)
    .map(([attribute, condition]) => {
      if (typeof condition !== 'object' || condition === null) return `${attribute} = ${written(condition)}`
      return describeOperators(attribute, condition)
    })
    .join(' and ')
}

function describeOperators(attribute: string, operators: object): string {
  return Object.entries(operators)
    .flatMap(([operator, value]) =>
      operator === 'all'
        ? (value as readonly object[]).map((each) => describeOperators(attribute, each))
        : [`${attribute} ${operator} ${[value].flat().map(written).join(', ')}`],
    )
    .join(' and ')
}

function written(value: unknown): string {
  const text = String(value)
  return text === '' || /[,"]|^\s|\s$/.test(text) ? JSON.stringify(text) : text
}

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
