import { formatShortDay } from '../../domain/moment.js'
import { Zone } from '../../domain/schedule/zone.js'
import type { TimelineAnswer } from '../../domain/simulate.js'
import { joined, line, type Text } from './line.js'
import type { Style } from './style.js'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const LABEL_WIDTH = 14
/** Cells an hour, from the finest that may fit. */
const CELLS_PER_HOUR = [4, 2, 1]
const ONLINE = '█'
const OFFLINE = '·'

/**
 * Draws the mode as one row a day of wall-clock time, midnight to midnight. A cell is online when
 * the widget is online at its middle; a cell outside the stretch is blank.
 */
export function drawTimeline({ from, to, timeZone, changes }: TimelineAnswer, style: Style): readonly Text[] {
  const zone = Zone.of(timeZone)
  const [start, end] = [Date.parse(from), Date.parse(to)]
  const cellsPerHour = CELLS_PER_HOUR.find((count) => LABEL_WIDTH + 24 * count <= style.width) ?? 1
  const cell = HOUR / cellsPerHour
  const instants = changes.map(({ at }) => Date.parse(at))
  const modeAt = (at: number) => changes[instants.findLastIndex((instant) => instant <= at)]?.mode

  const firstDay = Math.floor(zone.toLocal(start) / DAY)
  const lastDay = Math.floor(zone.toLocal(end - 1) / DAY)
  const rows: Text[] = [style.dim(hourScale(cellsPerHour))]
  for (let day = firstDay; day <= lastDay; day++) {
    let bar = ''
    for (let local = day * DAY + cell / 2; local < (day + 1) * DAY; local += cell) {
      const at = zone.toInstant(local)
      bar += at < start || at >= end ? ' ' : modeAt(at) === 'online' ? ONLINE : OFFLINE
    }
    const runs = bar.trimEnd().match(/█+|·+| +/g) ?? []
    const dressed = runs.map((run) => (run[0] === ONLINE ? style.good(run) : run[0] === OFFLINE ? style.dim(run) : run))
    rows.push(line`  ${formatShortDay(day).padEnd(LABEL_WIDTH - 2)}${joined(dressed, '')}`)
  }
  return rows
}

function hourScale(cellsPerHour: number): string {
  const marks = [0, 6, 12, 18].map((hour) => `${String(hour).padStart(2, '0')}:00`.padEnd(6 * cellsPerHour))
  return `${' '.repeat(LABEL_WIDTH)}${marks.join('')}`.trimEnd()
}
