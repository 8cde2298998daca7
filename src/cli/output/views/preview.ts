import type { PreviewEntry, WriteAnswer } from '../../../api/contract/operation.js'
import { line, MAX_LISTED, shorten, type Text } from '../line.js'
import { formatNear, shownZone } from '../local-time.js'
import type { Style } from '../style.js'
import { type Column, table } from '../table.js'

/** Kinds of difference that are told; the rest is counted. */
const MAX_TOLD = 8

type Previewed = Pick<WriteAnswer, 'preview' | 'partial' | 'timeZone'>

/**
 * The lines of a preview: what visitors would see differently, when and who; the same at several times is told once.
 * Then what auto-offline hides of the change (R36): "nothing else" is said only where neither changes.
 */
export function renderPreview(
  { preview = [], partial = false, timeZone }: Previewed,
  style: Style,
  until?: string,
): readonly Text[] {
  const left = partial ? [style.dim(`  ${NOT_ALL_TRIED}`)] : []
  if (preview.length === 0)
    return [
      style.dim(
        `Visitors would see nothing else ${until === undefined ? 'in the days ahead' : `until ${until}; --horizon looks further`}.`,
      ),
      ...left,
    ]
  const { seen, hidden } = seenAndHidden(preview)
  return [
    ...(seen.length > 0
      ? [
          `Visitors would see${until === undefined ? '' : `, until ${until}`}:`,
          ...renderKinds(seen, 'would see', timeZone, style),
        ]
      : []),
    ...(hidden.length > 0 ? renderHidden(hidden, seen.length > 0, timeZone, style) : []),
    ...left,
  ]
}

/** What a turn of the mode, or of whether the widget shows, brings with it: the texts of the other mode. */
const FOLLOWING: readonly Difference['what'][] = ['message', 'greeting']

/** A preview without what follows from what it tells anyway. */
export function brief(preview: readonly PreviewEntry[]): readonly PreviewEntry[] {
  return preview.map((entry) => {
    const isTurn = entry.differences.some(({ what }) => what === 'mode' || what === 'widget')
    if (!isTurn) return entry
    return { ...entry, differences: entry.differences.filter(({ what }) => !FOLLOWING.includes(what)) }
  })
}

export const NOT_ALL_TRIED = 'not every kind of visitor was tried: there are too many'

/** What visitors would see, and what auto-offline hides of the change (R36). */
export function seenAndHidden(preview: readonly PreviewEntry[]) {
  const isPromise = ({ what }: Difference) => what === 'promise'
  return { seen: partOf(preview, (difference) => !isPromise(difference)), hidden: partOf(preview, isPromise) }
}

/** The entries with those of their differences; without any, an entry is left out. */
function partOf(
  preview: readonly PreviewEntry[],
  isWanted: (difference: Difference) => boolean,
): readonly PreviewEntry[] {
  return preview
    .map((entry) => ({ ...entry, differences: entry.differences.filter(isWanted) }))
    .filter(({ differences }) => differences.length > 0)
}

/** R36: what the policy would show, and what hides it; a reason that several share is said once. */
function renderHidden(
  hidden: readonly PreviewEntry[],
  isSome: boolean,
  timeZone: string,
  style: Style,
): readonly Text[] {
  const reasons = new Set(hidden.map(({ hidden: reason }) => reason?.text))
  const heading = isSome
    ? 'Hidden by auto-offline:'
    : 'Visitors would see nothing of it: auto-offline hides what changes.'
  return [
    style.warn(heading),
    ...renderKinds(hidden, 'by the policy', timeZone, style),
    ...[...reasons].flatMap((text) => (text === undefined ? [] : [`  ${text}`])),
  ]
}

function renderKinds(preview: readonly PreviewEntry[], title: string, timeZone: string, style: Style): readonly Text[] {
  const columns: readonly Column[] = [
    { title: 'when', narrow: 'wrap' },
    { title: 'visitors', narrow: 'wrap', dress: style.dim },
    { title, narrow: 'wrap' },
  ]
  const kinds = kindsOf(preview, timeZone, style)
  const hasSamples = preview.some(({ visitor }) => visitor)
  const rows = kinds
    .slice(0, MAX_TOLD)
    .flatMap(({ when, who, what }) =>
      what.map((difference, index) => [index === 0 ? when : '', index === 0 && hasSamples ? who : '', difference]),
    )
  const more = kinds.length - MAX_TOLD
  return [...table(columns, rows, style), ...(more > 0 ? [style.dim(`  and ${more} more: see --json`)] : [])]
}

/** What visitors would see differently at one time or several. */
export interface Kind {
  readonly when: string
  /** `anyone`, or what is known of the visitor. */
  readonly who: string
  readonly what: readonly Text[]
}

/** The same at several times is one. */
export function kindsOf(preview: readonly PreviewEntry[], timeZone: string, style: Style): readonly Kind[] {
  const kinds = new Map<string, [PreviewEntry, ...PreviewEntry[]]>()
  for (const entry of preview) {
    const key = JSON.stringify([entry.differences, entry.visitor, entry.exception])
    const known = kinds.get(key)
    const last = known?.at(-1)
    // Where only the mode turns in between, a person reads one stretch.
    if (known && last?.to === entry.from) known[known.length - 1] = { ...last, to: entry.to }
    else if (known) known.push(entry)
    else kinds.set(key, [entry])
  }
  return [...kinds.values()].map(([first, ...others]) => ({
    when: whenOf(first, others.length, new Date(style.now).toISOString(), shownZone(timeZone, style)),
    who: whoOf(first),
    what: first.differences.map((difference) => differenceOf(difference, first, style)),
  }))
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

function differenceOf({ what, before, after }: Difference, { exception }: PreviewEntry, style: Style): Text {
  switch (what) {
    case 'mode':
    case 'promise':
      return line`${before!} → ${after === 'online' ? style.good('online') : style.bad('offline')}${exception === undefined ? '' : `, ${exception}`}`
    case 'widget':
      return after === 'hidden' ? style.bad('the widget is hidden') : style.good('the widget shows')
    case 'message':
      return `message: ${quoted(before)} → ${quoted(after)}`
    case 'greeting':
      return `greeting: ${quoted(before)} → ${quoted(after)}`
    case 'teams':
      return `teams: ${before} → ${after}`
    case 'chat':
      return `chat: ${before ?? 'nobody'} → ${after ?? 'nobody'}`
  }
}

function quoted(text: string | null): string {
  return text === null ? 'none' : `"${shorten(text, MAX_LISTED)}"`
}
