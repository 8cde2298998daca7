import type { ReportAnswer } from '../../../api/contract/answers.js'
import { joined, line, type Text } from '../line.js'
import { formatInFull, shownZone } from '../local-time.js'
import type { Style } from '../style.js'
import { type Column, table } from '../table.js'
import { formatDuration } from './hours.js'

/** The lines of `report`. */
export function renderReport(answer: ReportAnswer, style: Style): readonly Text[] {
  const { workspace, people, totals, from, to, knownFrom } = answer
  const timeZone = shownZone(answer.timeZone, style)
  const hours = (minutes: number) => formatDuration(Math.round(minutes))
  const columns: readonly Column[] = [
    { title: 'agent', narrow: 'cut' },
    { title: 'available' },
    { title: 'while open' },
    { title: '', narrow: 'wrap', dress: style.dim },
  ]
  const rows = people.map(({ name, availableMinutes, openMinutes, removed }) => [
    name,
    hours(availableMinutes),
    hours(openMinutes),
    removed ? 'removed' : '',
  ])
  const { openMinutes, staffedMinutes, nobodyMinutes, maskedMinutes, onlineMinutes } = totals
  const nobody = (minutes: number) => (minutes > 0 ? style.warn(hours(minutes)) : hours(minutes))
  return [
    line`${style.bold('Report')} ${style.dim(`${workspace}, ${formatInFull(from, timeZone)} to ${formatInFull(to, timeZone)} (${timeZone})`)}`,
    ...(Date.parse(knownFrom) > Date.parse(from)
      ? [style.warn(`  known from ${formatInFull(knownFrom, timeZone)} on: the log says nothing of the time before`)]
      : []),
    ...(people.length === 0 ? ['  no agents'] : table(columns, rows, style)),
    line`  ${joined(
      [
        line`open ${hours(openMinutes)}`,
        line`staffed ${style.good(hours(staffedMinutes))}`,
        line`nobody there ${nobody(nobodyMinutes)}`,
        ...(maskedMinutes > 0 ? [line`masked by auto-offline ${nobody(maskedMinutes)}`] : []),
      ],
      ', ',
    )}`,
    style.dim(`  the widget was online for ${hours(onlineMinutes)}`),
  ]
}
