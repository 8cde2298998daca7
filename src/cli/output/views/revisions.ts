import type { RevisionAnswer, RevisionListAnswer } from '../../../api/contract/answers.js'
import { changeLines, namesIn } from '../change-lines.js'
import { changesInWords } from '../change-words/change-words.js'
import { type Lines, line, type Text } from '../line.js'
import { shownZone } from '../local-time.js'
import type { Style } from '../style.js'
import { type Column, table } from '../table.js'

/** Changes of a revision that its row of the log tells. */
const MAX_TOLD = 3

/** The lines of `log`: when, who, what and why, one row a revision. */
export function renderLog(answer: RevisionListAnswer, style: Style): Lines {
  const { revisions, next } = answer
  if (revisions.length === 0) return 'no revisions'
  const names = namesIn(answer, style)
  const columns: readonly Column[] = [
    { title: '', dress: style.accent },
    { title: 'when', dress: style.dim },
    { title: 'who', narrow: 'wrap' },
    { title: 'what', narrow: 'wrap' },
    { title: 'why', narrow: 'wrap', dress: style.dim },
  ]
  const rows = revisions.map((revision) => {
    const { number, at, actor, changes } = revision
    const told = changesInWords(changes.slice(0, MAX_TOLD), names)
    const more = changes.length > MAX_TOLD ? [`and ${changes.length - MAX_TOLD} more`] : []
    return [number, names.time(at), names.agent(actor), [...told, ...more].join('; '), whyOf(revision)]
  })
  return [
    ...table(columns, rows, style),
    style.dim(
      `  times in ${shownZone(answer.timeZone ?? 'UTC', style)}${next === null ? '' : `; older ones with --before ${next}`}`,
    ),
  ]
}

/** The lines of `show`. */
export function renderRevision(answer: RevisionAnswer, style: Style): readonly Text[] {
  const { number, at, actor, changes } = answer
  const why = whyOf(answer)
  const timeZone = shownZone(answer.timeZone ?? 'UTC', style)
  const names = namesIn(answer, style)
  return [
    line`${style.accent(`revision ${number}`)} by ${names.agent(actor)}, ${names.time(at)} ${timeZone}${why === '' ? '' : `: ${why}`}`,
    ...changeLines(changes, names, style),
  ]
}

/** The note, and where a document that was applied is from. */
function whyOf({ note, applied }: RevisionAnswer): string {
  const source = applied?.source ?? null
  return [...(note === null ? [] : [note]), ...(source === null ? [] : [`from ${source}`])].join(', ')
}
