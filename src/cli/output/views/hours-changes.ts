import type { HoursNextAnswer } from '../../../domain/questions/hours-view.js'
import { columns } from '../columns.js'
import { line, type Text } from '../line.js'
import { formatNear } from '../local-time.js'
import type { Style } from '../style.js'

/** The lines of `hours next`. */
export function renderHoursChanges(
  { at, timeZone, open, changes }: HoursNextAnswer,
  name: string,
  style: Style,
): readonly Text[] {
  const state = open ? style.good(style.bold('OPEN')) : style.bad(style.bold('CLOSED'))
  const rows = changes.map((change) => [
    formatNear(change.at, at, timeZone),
    change.open ? style.good('opens') : style.bad('closes'),
    style.dim(change.at),
  ])
  const heading = line`${state} ${style.dim(`${name}, ${formatNear(at, at, timeZone)} (${timeZone})`)}`
  return [heading, ...(rows.length > 0 ? columns(rows) : ['  the hours never change again'])]
}
