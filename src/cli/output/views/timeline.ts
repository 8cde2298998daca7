import type { TimelineAnswer } from '../../../domain/questions/simulate.js'
import { columns } from '../columns.js'
import { line, type Text } from '../line.js'
import { formatInFull, formatNear } from '../local-time.js'
import type { Style } from '../style.js'
import { drawTimeline } from './timeline-chart.js'

export interface TimelineView {
  readonly style: Style
  /** Whether to draw a row a day above the list. */
  readonly isDrawn: boolean
}

/** The lines of a simulated stretch of time: one row an instant at which something changes. */
export function renderTimeline(
  answer: TimelineAnswer,
  name: string,
  { style, isDrawn }: TimelineView,
): readonly Text[] {
  const { from, to, timeZone, changes } = answer
  const rows = changes.map(({ at, mode, source, visible, playbook, assignee, available }) => [
    formatNear(at, from, timeZone),
    mode === 'online' ? style.good('online') : style.bad('offline'),
    style.dim(source),
    visible ? (playbook ?? 'greeting') : 'hidden',
    assignee === null ? style.dim('nobody') : `→ ${assignee}`,
    style.dim(`${available} available`),
  ])
  const stretch = `${name}, ${formatInFull(from, timeZone)} to ${formatInFull(to, timeZone)} (${timeZone})`
  return [
    line`${style.bold('Timeline')} ${style.dim(stretch)}`,
    ...(isDrawn ? [...drawTimeline(answer, style), ''] : []),
    ...columns(rows),
  ]
}
