import type { PlanAnswer } from '../../api/contract/answers.js'
import { namesIn } from './change-lines.js'
import { changesInWords } from './change-words/change-words.js'
import { markdownText } from './formats.js'
import { Dressed, type Lines, written } from './line.js'
import { plainStyle, type Style } from './style.js'
import { sinceWords, summaryOf, UNDONE } from './views/plan.js'
import { brief, kindsOf, NOT_ALL_TRIED, seenAndHidden } from './views/preview.js'

/** Found again by what updates a comment instead of adding one. */
const MARKER = '<!-- drift-status plan -->'
/** GitHub takes comments that are shorter than this. */
const MAX_CHARACTERS = 65_535

/** A plan as Markdown for a pull request; one that is too long for a comment is its summary alone. */
export function planMarkdown(plan: PlanAnswer, file: string, { now, isUtc }: Pick<Style, 'now' | 'isUtc'>): Lines {
  const style = plainStyle(Infinity, { isTerminal: false, now, isUtc })
  const head = [MARKER, `### ${markdownText(plan.workspace)}: ${summaryOf(plan)}`, '']
  const whole = [...head, ...previewPart(plan, style), ...changesPart(plan, file, style), ...byHandPart(plan, style)]
  const length = whole.reduce((sum, row) => sum + row.length + 1, 0)
  const rows =
    length <= MAX_CHARACTERS ? whole : [...head, 'The plan is too long for a comment: run `drift-status plan`.']
  return rows.map((row) => new Dressed(row))
}

function previewPart({ preview, partial, timeZone, ...plan }: PlanAnswer, style: Style): readonly string[] {
  if (!plan.changed) return []
  const until = namesIn({ ...plan, timeZone }, style).time(plan.until)
  const { seen, hidden } = seenAndHidden(brief(preview))
  const left = partial ? ['', `${NOT_ALL_TRIED}.`] : []
  if (preview.length === 0) return [`Visitors would see nothing else until ${until}.`, ...left, '']
  const part = (title: string, entries: typeof preview) =>
    entries.length === 0 ? [] : [`**${title}**`, '', ...kindRows(entries, timeZone, style), '']
  return [...part(`Visitors would see, until ${until}`, seen), ...part('Hidden by auto-offline', hidden), ...left]
}

function kindRows(entries: PlanAnswer['preview'], timeZone: string, style: Style): readonly string[] {
  const rows = kindsOf(entries, timeZone, style).map(({ when, who, what }) => [
    markdownText(when),
    markdownText(who),
    what.map((text) => markdownText(written(text))).join('<br>'),
  ])
  return [['when', 'visitors', 'would see'], ['---', '---', '---'], ...rows].map((row) => `| ${row.join(' | ')} |`)
}

function changesPart(plan: PlanAnswer, file: string, style: Style): readonly string[] {
  if (!plan.changed) return [`The workspace is as ${markdownText(file)} says.`, '']
  const told = changesInWords(plan.changes, namesIn(plan, style))
  return ['**It changes**', '', ...told.map((sentence) => `- ${markdownText(sentence)}`), '']
}

function byHandPart(plan: PlanAnswer, style: Style): readonly string[] {
  const { revisions } = plan.byHand
  if (revisions.length === 0) return []
  const names = namesIn(plan, style)
  const rows = revisions.map(({ number, at, actor, note, changes, undone }) => {
    const what = changesInWords(changes, names).join('; ')
    const why = note === null ? '' : ` (${note})`
    return `- revision ${number}, ${names.time(at)}, ${markdownText(`${names.agent(actor)}: ${what}${why}`)}: **${UNDONE[undone]}**`
  })
  return [`**Changed by hand since ${markdownText(sinceWords(plan, style))}**`, '', ...rows, '']
}
