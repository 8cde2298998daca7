import type { CoverageAnswer, CoverageSpan, CoverageState } from '../../../domain/questions/coverage/coverage.js'
import { HOUR_MS } from '../../../domain/time/calendar-date.js'
import { formatShortDay } from '../../../domain/time/moment.js'
import { Zone } from '../../../domain/time/zone.js'
import { joined, line, type Text } from '../line.js'
import type { Style } from '../style.js'
import { rangeText, type Shades, shadesOf } from './coverage-shades.js'
import { type Bar, type DayRow, dayRows } from './day-rows.js'

const LABEL_WIDTH = 14
/** Cells an hour, from the finest that may fit. */
const CELLS_PER_HOUR = [4, 2, 1]
/** Shades from few to many people, for one to four of them. */
const SHADES = ['█', '▒█', '░▒█', '░▒▓█']
const CLOSED = '·'
/** A shape each, so that a map reads without colour. */
const GAPS = { nobody: '!', masked: 'x', short: '▂' } as const satisfies Partial<Record<CoverageState, string>>
/** In a cell of several spans the worst shows: no gap is too short to be seen. */
const WORST: readonly CoverageState[] = ['nobody', 'masked', 'short', 'staffed', 'closed']

/**
 * Draws a row a day of wall-clock time, midnight to midnight, and what its signs mean. It is blank outside the stretch, and
 * where the clock skips a time; hours that the clock shows a second time have a row of their own (R4).
 */
export function drawCoverage(answer: CoverageAnswer, timeZone: string, style: Style): readonly Text[] {
  const cellsPerHour = CELLS_PER_HOUR.find((count) => LABEL_WIDTH + 24 * count <= style.width) ?? 1
  const shades = shadesOf(answer)
  const rows = dayRows(answer.spans, Zone.of(timeZone)).map((row) => drawRow(row, cellsPerHour, { shades, style }))
  return [style.dim(hourScale(cellsPerHour)), ...rows, ...legend(answer, shades, style)]
}

interface Drawing {
  readonly shades: Shades
  readonly style: Style
}

function drawRow({ day, isAgain, bars }: DayRow<CoverageSpan>, cellsPerHour: number, drawing: Drawing): Text {
  const label = `  ${(isAgain ? '  again' : formatShortDay(day)).padEnd(LABEL_WIDTH - 2)}`
  if (bars.length === 0) return line`${label}${drawing.style.dim('the clock skips this day')}`
  const length = HOUR_MS / cellsPerHour
  const cells = Array.from({ length: 24 * cellsPerHour }, (_, cell) =>
    worstOf(bars.filter(({ start, end }) => start < (cell + 1) * length && end > cell * length)),
  )
  const last = cells.findLastIndex((span) => span !== undefined)
  return line`${label}${joined(runsOf(cells.slice(0, last + 1), drawing), '')}`
}

function worstOf(bars: readonly Bar<CoverageSpan>[]): CoverageSpan | undefined {
  const rank = ({ state, people }: CoverageSpan) => [WORST.indexOf(state), people ?? 0] as const
  return bars
    .map(({ span }) => span)
    .reduce<CoverageSpan | undefined>((worst, span) => {
      if (!worst) return span
      const [[state, people], [otherState, otherPeople]] = [rank(worst), rank(span)]
      return otherState < state || (otherState === state && otherPeople < people) ? span : worst
    }, undefined)
}

/** The cells, those in a row of one look dressed together. */
function runsOf(cells: readonly (CoverageSpan | undefined)[], { shades, style }: Drawing): readonly Text[] {
  const runs: { state: CoverageState | undefined; text: string }[] = []
  for (const span of cells) {
    const sign = span === undefined ? ' ' : signOf(span, shades)
    const last = runs.at(-1)
    if (last && last.state === span?.state) last.text += sign
    else runs.push({ state: span?.state, text: sign })
  }
  return runs.map(({ state, text }) => (state === undefined ? text : dress(state, style)(text)))
}

function signOf({ state, people }: CoverageSpan, shades: Shades): string {
  if (state === 'closed') return CLOSED
  return state === 'staffed' ? SHADES[shades.ranges.length - 1]![shades.of(people!)]! : GAPS[state]
}

function dress(state: CoverageState, style: Style): (text: Text) => Text {
  if (state === 'closed') return style.dim
  if (state === 'staffed') return style.good
  return state === 'nobody' ? style.bad : style.warn
}

function hourScale(cellsPerHour: number): string {
  const marks = [0, 6, 12, 18].map((hour) => `${String(hour).padStart(2, '0')}:00`.padEnd(6 * cellsPerHour))
  return `${' '.repeat(LABEL_WIDTH)}${marks.join('')}`.trimEnd()
}

/** What the signs mean, those that were drawn. */
function legend({ spans, min }: CoverageAnswer, { ranges }: Shades, style: Style): readonly Text[] {
  const drawn = new Set(spans.map(({ state }) => state))
  const people = ranges.map(
    (range, index) => line`${style.good(SHADES[ranges.length - 1]![index]!)} ${rangeText(range)}`,
  )
  const first = [
    ...(drawn.has('closed') ? [line`${style.dim(CLOSED)} closed`] : []),
    ...(drawn.has('staffed') ? [line`there: ${joined(people, '  ')}`] : []),
  ]
  const meanings = {
    nobody: 'open and nobody there',
    masked: 'open, but offline by auto-offline: nobody is there',
    short: `open, and fewer than ${min} there`,
  }
  const gaps = (['nobody', 'masked', 'short'] as const).filter((state) => drawn.has(state))
  return [
    ...(first.length > 0 ? [line`  ${joined(first, '  ')}`] : []),
    ...gaps.map((state) => line`  ${dress(state, style)(GAPS[state])} ${meanings[state]}`),
  ]
}
