import type { CoverageAnswer, CoverageSpan, CoverageState } from '../../../domain/questions/coverage/coverage.js'
import { DAY_MS } from '../../../domain/time/calendar-date.js'
import { formatShortDay } from '../../../domain/time/moment.js'
import { Zone } from '../../../domain/time/zone.js'
import { shorten } from '../line.js'
import { formatInFull, shownZone } from '../local-time.js'
import { safeText } from '../safe-text.js'
import { countedText, formatStretch, gapText, timesOfGaps, totalsText } from './coverage.js'
import { rangeText, type Shades, shadesOf } from './coverage-shades.js'
import { type Bar, type DayRow, dayRows } from './day-rows.js'

const LABEL_WIDTH = 100
const HOUR_WIDTH = 32
const MAP_WIDTH = 24 * HOUR_WIDTH
const MARGIN = 16
const WIDTH = MARGIN + LABEL_WIDTH + MAP_WIDTH + MARGIN
const ROW_HEIGHT = 24
const BAR_HEIGHT = 18
/** Of the heading and of the scale of hours. */
const TOP = 84
const LEGEND_ITEM_WIDTH = 190
/** Characters that have room in a line; the title and the description have all. */
const MAX_TITLE = 80
const MAX_STRETCH = 120

/** From few to many people, for one to four shades. */
const GREENS = [
  ['#2e7d32'],
  ['#a5d6a7', '#2e7d32'],
  ['#c8e6c9', '#66bb6a', '#2e7d32'],
  ['#c8e6c9', '#81c784', '#43a047', '#1b5e20'],
]
const CLOSED = '#eceff1'

/** Gaps differ in their pattern as well as in their colour. */
const PATTERNS = `<defs>
<pattern id="nobody" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="8" height="8" fill="#c62828"/><rect width="3" height="8" fill="#ffffff"/></pattern>
<pattern id="masked" width="8" height="8" patternUnits="userSpaceOnUse"><rect width="8" height="8" fill="#ffb300"/><circle cx="4" cy="4" r="2" fill="#4e342e"/></pattern>
<pattern id="short" width="6" height="6" patternUnits="userSpaceOnUse"><rect width="6" height="6" fill="#fff59d"/><rect width="6" height="2" fill="#8d6e63"/></pattern>
</defs>`

const MEANINGS: Readonly<Record<Exclude<CoverageState, 'staffed'>, string>> = {
  closed: 'closed',
  nobody: 'open and nobody there',
  masked: 'hidden by auto-offline',
  short: 'open and too few there',
}

/**
 * The coverage as a picture that needs nothing else: a row a day, each span as long as it lasts, its words for screen
 * readers and under the pointer.
 */
export function coverageSvg(answer: CoverageAnswer, name: string, { utc = false }: { readonly utc?: boolean }): string {
  const timeZone = shownZone(answer.timeZone, { isUtc: utc })
  const rows = dayRows(answer.spans, Zone.of(timeZone))
  const shades = shadesOf(answer)
  const [from, to] = [answer.from, answer.to].map((at) => formatInFull(at, timeZone))
  const title = `Coverage of ${name}`
  const stretch = `${countedText(answer)}${from} to ${to} (${timeZone})`
  const whole = totalsText(answer, (state) => timesOfGaps(answer, timeZone, state))
  const legendTop = TOP + rows.length * ROW_HEIGHT + 12
  const signs = legend(answer, shades, legendTop)
  const height = legendTop + signs.height + MARGIN
  const describe = (span: CoverageSpan) =>
    `${formatStretch(span, timeZone, answer.from)}: ${spanText(span, answer.min)}`
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-labelledby="title desc" font-family="system-ui, sans-serif" font-size="13" fill="#212121">`,
    `<title id="title">${xml(title)}</title>`,
    `<desc id="desc">${xml(`${stretch}: ${whole}`)}</desc>`,
    PATTERNS,
    `<rect width="${WIDTH}" height="${height}" fill="#ffffff"/>`,
    text(MARGIN, 24, shorten(title, MAX_TITLE), 'font-size="16" font-weight="bold"'),
    text(MARGIN, 42, shorten(stretch, MAX_STRETCH), 'fill="#616161"'),
    text(
      MARGIN,
      60,
      totalsText(answer, () => ''),
    ),
    ...hourScale(rows.length),
    ...rows.flatMap((row, index) => drawRow(row, TOP + index * ROW_HEIGHT, { shades, describe })),
    ...signs.lines,
    '</svg>',
    '',
  ].join('\n')
}

interface Drawing {
  readonly shades: Shades
  readonly describe: (span: CoverageSpan) => string
}

function drawRow({ day, isAgain, bars }: DayRow<CoverageSpan>, top: number, { shades, describe }: Drawing): string[] {
  const label = isAgain ? 'again' : formatShortDay(day)
  const left = MARGIN + LABEL_WIDTH
  const width = (time: number) => round((time / DAY_MS) * MAP_WIDTH)
  const rect = ({ start, end, span }: Bar<CoverageSpan>) =>
    `<rect x="${round(left + width(start))}" y="${top}" width="${width(end - start)}" height="${BAR_HEIGHT}" fill="${fill(span, shades)}"><title>${xml(describe(span))}</title></rect>`
  const note = bars.length === 0 ? [text(left, top + 13, 'the clock skips this day', 'fill="#616161"')] : []
  return [text(MARGIN + (isAgain ? 16 : 0), top + 13, label), ...bars.map(rect), ...note]
}

function fill({ state, people }: CoverageSpan, shades: Shades): string {
  if (state === 'closed') return CLOSED
  return state === 'staffed' ? GREENS[shades.ranges.length - 1]![shades.of(people!)]! : `url(#${state})`
}

function spanText(span: CoverageSpan, min: number): string {
  if (span.state === 'closed') return 'closed'
  return span.state === 'staffed' ? `${span.people} there` : gapText(span, min)
}

function hourScale(rows: number): string[] {
  return [0, 6, 12, 18, 24].flatMap((hour) => {
    const x = MARGIN + LABEL_WIDTH + hour * HOUR_WIDTH
    const label = `${String(hour).padStart(2, '0')}:00`
    return [
      text(x, TOP - 8, label, `fill="#616161" font-size="11" text-anchor="${hour === 24 ? 'end' : 'start'}"`),
      `<path d="M${x} ${TOP - 4}V${TOP + rows * ROW_HEIGHT}" stroke="#bdbdbd"/>`,
    ]
  })
}

/** What the colours and patterns mean, those that were drawn. */
function legend({ spans }: CoverageAnswer, { ranges }: Shades, top: number): { lines: string[]; height: number } {
  const drawn = new Set(spans.map(({ state }) => state))
  const greens = GREENS[ranges.length - 1]!
  const people = drawn.has('staffed')
    ? ranges.map((range, index) => [greens[index]!, `${rangeText(range)} there`] as const)
    : []
  const states = (['closed', 'short', 'nobody', 'masked'] as const).filter((state) => drawn.has(state))
  const items = [
    ...people,
    ...states.map((state) => [state === 'closed' ? CLOSED : `url(#${state})`, MEANINGS[state]] as const),
  ]
  const perLine = Math.floor((WIDTH - 2 * MARGIN) / LEGEND_ITEM_WIDTH)
  const lines = items.flatMap(([colour, meaning], index) => {
    const x = MARGIN + (index % perLine) * LEGEND_ITEM_WIDTH
    const y = top + Math.floor(index / perLine) * ROW_HEIGHT
    return [
      `<rect x="${x}" y="${y}" width="18" height="14" fill="${colour}" stroke="#bdbdbd"/>`,
      text(x + 24, y + 12, meaning),
    ]
  })
  return { lines, height: Math.ceil(items.length / perLine) * ROW_HEIGHT }
}

function text(x: number, y: number, words: string, attributes = ''): string {
  return `<text x="${x}" y="${y}"${attributes && ` ${attributes}`}>${xml(words)}</text>`
}

/** A text as XML takes it: two characters may not be in it in any form, and what acts on a terminal is nobody's name. */
function xml(words: string): string {
  const escapes: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  }
  return safeText(words)
    .replaceAll(/[\ufffe\uffff]/g, '\ufffd')
    .replaceAll(/[&<>"']/g, (character) => escapes[character]!)
}

function round(pixels: number): number {
  return Math.round(pixels * 100) / 100
}
