import type { TimelineAnswer } from '../../../domain/questions/simulate-timeline.js'
import { DAY_MS, HOUR_MS } from '../../../domain/time/calendar-date.js'
import { formatShortDay } from '../../../domain/time/moment.js'
import { countUpTo } from '../../../domain/time/schedule.js'
import { type Instant, Zone } from '../../../domain/time/zone.js'
import { joined, line, type Text } from '../line.js'
import type { Style } from '../style.js'

const LABEL_WIDTH = 14
/** Cells an hour, from the finest that may fit. */
const CELLS_PER_HOUR = [4, 2, 1]
const ONLINE = '█'
const OFFLINE = '·'
/** Online by the policy, and hidden by auto-offline (R36). */
const HIDDEN = '▒'

/**
 * Draws the mode as one row a day of wall-clock time, midnight to midnight. A cell is online when the widget is
 * online at its middle. It is blank outside the stretch, and where the clock skips it; hours that the clock shows
 * a second time have a row of their own (R4).
 */
export function drawTimeline({ from, to, timeZone, changes }: TimelineAnswer, style: Style): readonly Text[] {
  const zone = Zone.of(timeZone)
  const [start, end] = [Date.parse(from), Date.parse(to)]
  const cellsPerHour = CELLS_PER_HOUR.find((count) => LABEL_WIDTH + 24 * count <= style.width) ?? 1
  const instants = Float64Array.from(changes, ({ at }) => Date.parse(at))
  const cellAt = (at: Instant | undefined): string => {
    if (at === undefined || at < start || at >= end) return ' '
    const change = changes[countUpTo(instants, at) - 1]
    if (change?.promised !== undefined) return HIDDEN
    return change?.mode === 'online' ? ONLINE : OFFLINE
  }

  const firstDay = Math.floor(zone.toLocal(start) / DAY_MS)
  const lastDay = Math.floor(zone.toLocal(end - 1) / DAY_MS)
  const rows: Text[] = [style.dim(hourScale(cellsPerHour))]
  // A clock that goes back over midnight shows a day before the first, or after the last, for a moment.
  for (let day = firstDay - 1; day <= lastDay + 1; day++) {
    const shown = Array.from({ length: 24 * cellsPerHour }, (_, cell) =>
      zone.instantsOf(day * DAY_MS + ((cell + 0.5) * HOUR_MS) / cellsPerHour),
    )
    const once = shown.map(([first]) => cellAt(first)).join('')
    const isWithin = day >= firstDay && day <= lastDay
    if (isWithin || once.trim() !== '') rows.push(drawRow(formatShortDay(day), once, style))
    const repeated = shown.map(([, second]) => cellAt(second)).join('')
    if (repeated.trim() !== '') rows.push(drawRow('  again', repeated, style))
  }
  if (changes.some(({ promised }) => promised !== undefined)) {
    rows.push(style.dim(`  ${HIDDEN} hours that auto-offline hides: nobody is available`))
  }
  return rows
}

function drawRow(label: string, cells: string, style: Style): Text {
  const dressOf: Record<string, (run: string) => Text> = {
    [ONLINE]: style.good,
    [OFFLINE]: style.dim,
    [HIDDEN]: style.warn,
  }
  const runs = cells.trimEnd().match(/█+|·+|▒+| +/g) ?? []
  const dressed = runs.map((run) => dressOf[run[0]!]?.(run) ?? run)
  return line`  ${label.padEnd(LABEL_WIDTH - 2)}${joined(dressed, '')}`
}

function hourScale(cellsPerHour: number): string {
  const marks = [0, 6, 12, 18].map((hour) => `${String(hour).padStart(2, '0')}:00`.padEnd(6 * cellsPerHour))
  return `${' '.repeat(LABEL_WIDTH)}${marks.join('')}`.trimEnd()
}
