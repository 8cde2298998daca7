import type { BasisAnswer } from '../../../domain/questions/basis.js'
import type { TimelineAnswer } from '../../../domain/questions/simulate-timeline.js'
import { basisLines } from '../basis-lines.js'
import { line, type Text } from '../line.js'
import { formatInFull, formatNear, shownZone } from '../local-time.js'
import type { Style } from '../style.js'
import { type Column, table } from '../table.js'
import { drawTimeline } from './timeline-chart.js'

const COLUMNS = (style: Style): readonly Column[] => [
  { title: 'from' },
  { title: 'widget' },
  { title: 'because', narrow: 'drop', dress: style.dim },
  { title: 'shows', narrow: 'cut' },
  { title: 'chat', narrow: 'wrap' },
  { title: 'available', narrow: 'drop', dress: style.dim },
]

export interface TimelineView {
  readonly style: Style
  /** Whether to draw a row a day above the list. */
  readonly isDrawn: boolean
  /** Who is assumed to stay as they are, where that was asked. */
  readonly assumed?: BasisAnswer['people'] | undefined
}

/** The lines of a simulated stretch of time: one row an instant at which something changes. */
export function renderTimeline(
  answer: TimelineAnswer,
  name: string,
  { style, isDrawn, assumed }: TimelineView,
): readonly Text[] {
  const { from, to, changes } = answer
  const timeZone = shownZone(answer.timeZone, style)
  const hasTeams = changes.some(({ offlineTeams = [] }) => offlineTeams.length > 0)
  const rows = changes.map(
    ({ at, mode, source, promised, visible, playbook, assigneeName, available, offlineTeams }) => [
      formatNear(at, from, timeZone),
      mode === 'online' ? style.good('online') : style.bad('offline'),
      promised === undefined ? source : `${source} hides ${promised}`,
      visible ? (playbook ?? 'greeting') : 'hidden',
      assigneeName === null ? style.dim('nobody') : `→ ${assigneeName}`,
      available,
      ...(hasTeams ? [(offlineTeams ?? []).join(', ')] : []),
    ],
  )
  const stretch = `${name}, ${formatInFull(from, timeZone)} to ${formatInFull(to, timeZone)} (${timeZone})`
  return [
    line`${style.bold('Timeline')} ${style.dim(stretch)}`,
    ...(isDrawn ? [...drawTimeline({ ...answer, timeZone }, style), ''] : []),
    ...table(
      [...COLUMNS(style), ...(hasTeams ? [{ title: 'teams offline', narrow: 'wrap' as const }] : [])],
      rows,
      style,
    ),
    ...basisLines(answer.basis, assumed, style),
  ]
}
