import type { Check, CheckStatus } from '../../doctor/check.js'
import { line, type Text } from '../line.js'
import type { Dress, Style } from '../style.js'
import { type Column, table } from '../table.js'

const DRESS: Readonly<Record<CheckStatus, Dress>> = {
  ok: 'good',
  warning: 'warn',
  failed: 'bad',
  skipped: 'dim',
}

/** One row a check, its hint below it, and a line that sums them up. */
export function renderChecks(checks: readonly Check[], style: Style): readonly Text[] {
  const rows = checks.flatMap(({ check, status, message, hint }) => [
    [style[DRESS[status]](status), check, message],
    ...(hint === null ? [] : [['', '', `  hint: ${hint}`]]),
  ])
  const columns: readonly Column[] = [{ title: '' }, { title: '' }, { title: '', narrow: 'wrap' }]
  return [...table(columns, rows, style), '', summary(checks, style)]
}

function summary(checks: readonly Check[], style: Style): Text {
  const count = (status: CheckStatus) => checks.filter((one) => one.status === status).length
  const [failures, warnings] = [count('failed'), count('warning')]
  const warned = `${warnings} ${warnings === 1 ? 'warning' : 'warnings'}`
  if (failures > 0) return line`${style.bad(`${failures} of ${checks.length} checks failed`)}, ${warned}`
  return warnings > 0 ? line`${style.warn(warned)}, nothing failed` : style.good('Everything is well')
}
