import type { Basis, BasisAnswer } from '../../../domain/questions/basis.js'
import type { LintFinding } from '../../../domain/questions/lint/lint-finding.js'
import { basisLines } from '../basis-lines.js'
import { type Lines, line, type Text } from '../line.js'
import type { Style } from '../style.js'

export interface LintView {
  readonly findings: readonly LintFinding[]
  readonly workspace: string
  readonly basis: Basis
}

/** The lines of `lint`. */
export function renderLint(
  { findings, workspace, basis }: LintView,
  people: BasisAnswer['people'],
  style: Style,
): Lines {
  const foundation = basisLines(basis, people, style)
  if (findings.length === 0) return [line`${style.good('nothing found')} in ${workspace}`, ...foundation]
  const errors = findings.filter(({ severity }) => severity === 'error').length
  const warnings = findings.length - errors
  const summary = [count(errors, 'error'), count(warnings, 'warning')].filter(Boolean).join(', ')
  return [
    ...findings.flatMap((finding) => renderFinding(finding, style)),
    '',
    `${summary} in ${workspace}`,
    ...foundation,
  ]
}

/** `error  empty-rule  routing.rules[2]` and its sentence. */
export function renderFinding({ severity, code, path, text }: LintFinding, style: Style): readonly Text[] {
  const label = severity === 'error' ? style.bad('error') : style.warn('warning')
  return [line`${label} ${style.bold(code)} ${style.dim(path)}`, `  ${text}`]
}

function count(amount: number, noun: string): string | undefined {
  return amount === 0 ? undefined : `${amount} ${noun}${amount === 1 ? '' : 's'}`
}
