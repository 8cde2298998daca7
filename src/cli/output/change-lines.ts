import type { ChangeAnswer } from '../../api/contract/operation.js'
import { Zone } from '../../domain/time/zone.js'
import { changesInWords } from './change-words/change-words.js'
import type { Names } from './change-words/topic.js'
import { line, shorten, type Text } from './line.js'
import { formatNear, shownZone } from './local-time.js'
import type { Style } from './style.js'
import { table } from './table.js'

/** The part of an answer that says how its ids and times are said. */
interface Named {
  readonly names?: Readonly<Record<string, string>>
  readonly timeZone?: string
}

/** How the ids and times of an answer are said: agents by name, times in the zone of the workspace. */
export function namesIn({ names = {}, timeZone = 'UTC' }: Named, style: Pick<Style, 'now' | 'isUtc'>): Names {
  const { now } = style
  const zone = shownZone(timeZone, style)
  return {
    agent: (id) => (Object.hasOwn(names, id) ? names[id]! : id),
    time: (iso) => formatNear(iso, new Date(now).toISOString(), zone),
    year: new Date(Zone.of(zone).toLocal(now)).getUTCFullYear(),
  }
}

/** One sentence a change; the paths and the raw values as well where all is shown. */
export function changeLines(changes: readonly ChangeAnswer[], names: Names, style: Style): readonly Text[] {
  const told = changesInWords(changes, names).map((sentence) => line`  ${sentence}`)
  if (!style.isVerbose) return told
  const rows = changes.map(({ path, before, after }) => [path, line`${raw(before)} → ${raw(after)}`])
  return [...told, ...table([{ title: 'path', dress: style.dim }, { title: 'before → after' }], rows, style)]
}

const MAX_SHOWN = 60

function raw(value: unknown): string {
  if (value === undefined) return 'nothing'
  return shorten(typeof value === 'string' ? value : JSON.stringify(value), MAX_SHOWN)
}
