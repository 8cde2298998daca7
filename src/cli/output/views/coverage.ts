import type { BasisAnswer } from '../../../domain/questions/basis.js'
import type { CoverageAnswer, CoverageSpan, CoverageState } from '../../../domain/questions/coverage/coverage.js'
import { DAY_MS } from '../../../domain/time/calendar-date.js'
import { formatMoment } from '../../../domain/time/moment.js'
import { Zone } from '../../../domain/time/zone.js'
import { basisLines } from '../basis-lines.js'
import { line, type Text } from '../line.js'
import { formatInFull, shownZone } from '../local-time.js'
import type { Style } from '../style.js'
import { table } from '../table.js'
import { drawCoverage } from './coverage-map.js'
import { formatMinutes } from './minutes.js'

const PAST = 'Times before now are told as the workspace is now; "drift-status report" tells how they were.'
/** Gaps that the line of totals names; the list below has more. */
const MAX_NAMED = 3
/** Gaps that a screen lists; every shape for scripts has all. */
const MAX_LISTED = 40

export interface CoverageView {
  readonly name: string
  readonly now: number
  /** Who is assumed to stay as they are, where somebody asked for their names. */
  readonly assumed: BasisAnswer['people'] | undefined
  readonly style: Style
}

/** The lines of `coverage`: the map, the totals, and the gaps. */
export function renderCoverage(answer: CoverageAnswer, { name, now, assumed, style }: CoverageView): readonly Text[] {
  const timeZone = shownZone(answer.timeZone, style)
  const [from, to] = [answer.from, answer.to].map((at) => formatInFull(at, timeZone))
  const who = countedText(answer)
  const foundation = [
    ...answer.reasons.map(({ text }) => text),
    ...basisLines(answer.basis, assumed, style),
    ...(Date.parse(answer.from) < now ? [style.dim(PAST)] : []),
  ]
  return [
    line`${style.bold('Coverage')} ${style.dim(`${name}, ${who}${from} to ${to} (${timeZone})`)}`,
    ...drawCoverage(answer, timeZone, style),
    '',
    totalsLine(answer, timeZone, style),
    ...gapLines(answer, timeZone, style),
    ...(foundation.length > 0 ? ['', ...foundation] : []),
  ]
}

/** Whom the numbers count: `team sales, ` or nothing for everyone. */
export function countedText({ team, route }: CoverageAnswer): string {
  if (team !== null) return `team ${team}, `
  return route === null ? '' : `who can take a chat by ${route}, `
}

/** `open 43 h, staffed 41 h, nobody 2 h`, and behind each that is a gap what `timesOf` says. */
export function totalsText({ totals }: CoverageAnswer, timesOf: (state: CoverageState) => string): string {
  if (totals.openMinutes === 0) return 'never open in that time'
  const told = [`open ${formatMinutes(totals.openMinutes)}, staffed ${formatMinutes(totals.staffedMinutes)}`]
  for (const state of ['nobody', 'masked', 'short'] as const) {
    const minutes = totals[`${state}Minutes`]
    if (minutes > 0) told.push(`${state} ${formatMinutes(minutes)}${timesOf(state)}`)
  }
  return told.length === 1 ? `${told[0]}: no gap` : told.join(', ')
}

/** `: Wed 12:00-13:00, Fri 22:00-23:00`. */
export function timesOfGaps({ gaps, from }: CoverageAnswer, timeZone: string, state: CoverageState): string {
  const times = gaps.filter((gap) => gap.state === state).map((gap) => formatStretch(gap, timeZone, from))
  const more = times.length - MAX_NAMED
  return `: ${times.slice(0, MAX_NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}

function totalsLine(answer: CoverageAnswer, timeZone: string, style: Style): Text {
  const text = totalsText(answer, (state) => timesOfGaps(answer, timeZone, state))
  return answer.gaps.length > 0 ? style.bad(text) : style.good(text)
}

function gapLines({ gaps, min, from }: CoverageAnswer, timeZone: string, style: Style): readonly Text[] {
  if (gaps.length === 0) return []
  const rows = gaps
    .slice(0, MAX_LISTED)
    .map((gap) => [formatStretch(gap, timeZone, from), formatMinutes(gap.minutes), gapText(gap, min)])
  const more = gaps.length - MAX_LISTED
  return [
    '',
    style.bold(gaps.length === 1 ? '1 gap' : `${gaps.length} gaps`),
    ...table([{ title: '' }, { title: '', dress: style.dim }, { title: '', narrow: 'wrap' }], rows, style),
    ...(more > 0 ? [style.dim(`  and ${more} more: --format csv lists all`)] : []),
  ]
}

export function gapText({ state, people }: CoverageSpan, min: number): string {
  const words: Partial<Record<CoverageState, string>> = {
    short: `open, ${people} of ${min} there`,
    nobody: 'open and nobody there',
    masked: 'auto-offline shows the widget offline: nobody is there',
  }
  return words[state]!
}

/** `Wed 12:00-13:00`, `Fri 22:00-24:00`, `Fri 22:00 to Sat 02:00`. */
export function formatStretch(
  { from, to }: Pick<CoverageSpan, 'from' | 'to'>,
  timeZone: string,
  reference: string,
): string {
  const zone = Zone.of(timeZone)
  const [start, end] = [Date.parse(from), Date.parse(to)]
  const moment = (at: number) => formatMoment(at, zone, Date.parse(reference))
  const dayOf = (at: number) => Math.floor(zone.toLocal(at) / DAY_MS)
  if (dayOf(end - 1) !== dayOf(start)) return `${moment(start)} to ${moment(end)}`
  const isMidnight = dayOf(end) !== dayOf(start)
  return `${moment(start)}-${isMidnight ? '24:00' : clockOf(moment(end))}`
}

/** A moment without its day, which may have several words; an hour that comes twice has its offset behind it. */
function clockOf(moment: string): string {
  return /\d{2}:\d{2}.*$/.exec(moment)![0]
}
