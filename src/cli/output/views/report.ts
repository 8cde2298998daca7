import type { ReportAnswer } from '../../../api/contract/answers.js'
import { joined, line, type Text } from '../line.js'
import { formatInFull, shownZone } from '../local-time.js'
import type { Style } from '../style.js'
import { type Column, table } from '../table.js'
import { formatStretch } from './coverage.js'
import { formatMinutes } from './minutes.js'

/** Gaps that a person reads: a script has them all. */
const MAX_GAPS = 5

/** The lines of `report`. */
export function renderReport(answer: ReportAnswer, style: Style): readonly Text[] {
  const { workspace, people, totals, from, to, knownFrom } = answer
  const timeZone = shownZone(answer.timeZone, style)
  const columns: readonly Column[] = [
    { title: 'agent', narrow: 'cut' },
    { title: 'available' },
    { title: 'while open' },
    { title: '', narrow: 'wrap', dress: style.dim },
  ]
  const rows = people.map(({ name, availableMinutes, openMinutes, removed }) => [
    name,
    formatMinutes(availableMinutes),
    formatMinutes(openMinutes),
    removed ? 'removed' : '',
  ])
  const { openMinutes, staffedMinutes, nobodyMinutes, maskedMinutes, onlineMinutes } = totals
  const nobody = (minutes: number) => (minutes > 0 ? style.warn(formatMinutes(minutes)) : formatMinutes(minutes))
  return [
    line`${style.bold('Report')} ${style.dim(`${workspace}, ${formatInFull(from, timeZone)} to ${formatInFull(to, timeZone)} (${timeZone})`)}`,
    ...(Date.parse(knownFrom) > Date.parse(from)
      ? [style.warn(`  known from ${formatInFull(knownFrom, timeZone)} on: the log says nothing of the time before`)]
      : []),
    ...(people.length === 0 ? ['  no agents'] : table(columns, rows, style)),
    line`  ${joined(
      [
        line`open ${formatMinutes(openMinutes)}`,
        line`staffed ${style.good(formatMinutes(staffedMinutes))}`,
        line`nobody there ${nobody(nobodyMinutes)}`,
        ...(maskedMinutes > 0 ? [line`masked by auto-offline ${nobody(maskedMinutes)}`] : []),
      ],
      ', ',
    )}`,
    style.dim(`  the widget was online for ${formatMinutes(onlineMinutes)}`),
    ...gapLines(answer, timeZone, style),
  ]
}

/** When nobody was there, the longest first. */
function gapLines({ gaps, to }: ReportAnswer, timeZone: string, style: Style): readonly Text[] {
  if (gaps.length === 0) return []
  const told = gaps.toSorted((a, b) => b.minutes - a.minutes).slice(0, MAX_GAPS)
  const rows = told.map((gap) => [
    formatStretch(gap, timeZone, to),
    formatMinutes(gap.minutes),
    gap.state === 'masked' ? 'masked by auto-offline' : 'nobody there',
  ])
  const which =
    gaps.length > told.length ? style.dim(` (the longest ${told.length} of ${gaps.length}; --json has all)`) : ''
  return [
    '',
    line`${style.bold('Open and nobody there')}${which}`,
    ...table([{ title: '' }, { title: '' }, { title: '', narrow: 'wrap', dress: style.dim }], rows, style),
  ]
}
