import type { PreviewEntry, WriteAnswer } from '../../../api/contract/operation.js'
import { line, MAX_LISTED, shorten, type Text } from '../line.js'
import { formatNear, shownZone } from '../local-time.js'
import type { Style } from '../style.js'
import { type Column, table } from '../table.js'

/** Kinds of difference that are told; the rest is counted. */
const MAX_TOLD = 8

/** The lines of a preview: what visitors would see differently, when and who; the same at several times is told once. */
export function renderPreview(
  { preview = [], partial = false, timeZone }: Pick<WriteAnswer, 'preview' | 'partial' | 'timeZone'>,
  style: Style,
): readonly Text[] {
  const left = partial ? [style.dim('  not every kind of visitor was tried: there are too many')] : []
  if (preview.length === 0) return [style.dim('Visitors would see nothing else in the days ahead.'), ...left]
  const kinds = new Map<string, [PreviewEntry, ...PreviewEntry[]]>()
  for (const entry of preview) {
    const key = JSON.stringify([entry.differences, entry.visitor])
    const known = kinds.get(key)
    const last = known?.at(-1)
    // Where only the mode turns in between, a person reads one stretch.
    if (known && last?.to === entry.from) known[known.length - 1] = { ...last, to: entry.to }
    else if (known) known.push(entry)
    else kinds.set(key, [entry])
  }
  const columns: readonly Column[] = [
    { title: 'when', narrow: 'wrap' },
    { title: 'visitors', narrow: 'wrap', dress: style.dim },
    { title: 'would see', narrow: 'wrap' },
  ]
  const hasSamples = preview.some(({ visitor }) => visitor)
  const rows = [...kinds.values()]
    .slice(0, MAX_TOLD)
    .flatMap(([first, ...others]) =>
      first.differences.map((difference, index) => [
        index === 0 ? whenOf(first, others.length, new Date(style.now).toISOString(), shownZone(timeZone, style)) : '',
        index === 0 && hasSamples ? whoOf(first) : '',
        differenceOf(difference, style),
      ]),
    )
  const more = kinds.size - MAX_TOLD
  return [
    'Visitors would see:',
    ...table(columns, rows, style),
    ...(more > 0 ? [style.dim(`  and ${more} more: see --json`)] : []),
    ...left,
  ]
}

function whenOf({ from, to }: PreviewEntry, others: number, reference: string, timeZone: string): string {
  const [start, end] = [from, to].map((at) => formatNear(at, reference, timeZone))
  // One day is said once: Sat 10:00 to 12:00.
  const day = start!.slice(0, -'00:00'.length)
  const stretch = `${start} to ${end!.startsWith(day) ? end!.slice(day.length) : end}`
  return others === 0 ? stretch : `${stretch}, and ${others} more ${others === 1 ? 'time' : 'times'}`
}

function whoOf({ visitor }: PreviewEntry): string {
  if (!visitor) return 'anyone'
  const facts = Object.entries(visitor.attributes).map(([name, value]) => `${name}=${value}`)
  return shorten([...(visitor.url === undefined ? [] : [`on ${visitor.url}`]), ...facts].join(', '), MAX_LISTED)
}

type Difference = PreviewEntry['differences'][number]

function differenceOf({ what, before, after }: Difference, style: Style): Text {
  switch (what) {
    case 'mode':
      return line`${before!} → ${after === 'online' ? style.good('online') : style.bad('offline')}`
    case 'widget':
      return after === 'hidden' ? style.bad('the widget is hidden') : style.good('the widget shows')
    case 'message':
      return `message: ${quoted(before)} → ${quoted(after)}`
    case 'greeting':
      return `greeting: ${quoted(before)} → ${quoted(after)}`
    case 'chat':
      return `chat: ${before ?? 'nobody'} → ${after ?? 'nobody'}`
  }
}

function quoted(text: string | null): string {
  return text === null ? 'none' : `"${shorten(text, MAX_LISTED)}"`
}
