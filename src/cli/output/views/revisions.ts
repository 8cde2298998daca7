import type { RevisionAnswer, RevisionListAnswer } from '../../../api/contract/answers.js'
import { columns } from '../columns.js'
import { type Lines, line, MAX_LISTED, shorten, type Text } from '../line.js'
import { formatWithOffset } from '../local-time.js'
import type { Style } from '../style.js'
import { renderChanges } from './write.js'

/** Paths of a revision that one row of the log names. */
const MAX_PATHS = 3

/** The lines of `log`: one row a revision. */
export function renderLog({ revisions, next }: RevisionListAnswer, style: Style): Lines {
  if (revisions.length === 0) return 'no revisions'
  const rows = revisions.map(({ number, at, actor, note, changes }) => {
    const paths = changes.slice(0, MAX_PATHS).map(({ path }) => path)
    const more = changes.length > MAX_PATHS ? ` and ${changes.length - MAX_PATHS} more` : ''
    return [
      style.accent(String(number)),
      style.dim(formatWithOffset(at)),
      actor,
      `${paths.join(', ')}${more}`,
      note === null ? '' : style.dim(shorten(note, MAX_LISTED)),
    ]
  })
  return [...columns(rows), ...(next === null ? [] : [style.dim(`  older ones with --before ${next}`)])]
}

/** The lines of `show`. */
export function renderRevision({ number, at, actor, note, changes }: RevisionAnswer, style: Style): readonly Text[] {
  return [
    line`${style.accent(`revision ${number}`)} by ${actor}, ${formatWithOffset(at)}${note === null ? '' : `: ${note}`}`,
    ...renderChanges(changes, style),
  ]
}
