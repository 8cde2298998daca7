import type { PlanAnswer } from '../../../api/contract/answers.js'
import { isOrderPath } from '../../../api/contract/change-path.js'
import { basisLines } from '../basis-lines.js'
import { changeLines, namesIn } from '../change-lines.js'
import { changesInWords } from '../change-words/change-words.js'
import { type Lines, line, type Text } from '../line.js'
import type { Style } from '../style.js'
import { type Column, table } from '../table.js'
import { renderFinding } from './findings.js'
import { formatMinutes } from './minutes.js'
import { brief, renderPreview } from './preview.js'

/** A plan, and the profile that it was made with. */
type ProfiledPlan = PlanAnswer & { readonly profile?: string }

/** The lines of `plan`: what visitors will notice, what changes, what was changed by hand, and all of it in one line. */
export function renderPlan(plan: ProfiledPlan, file: string, style: Style): Lines {
  const { workspace, profile, base, changed, changes, basis, findings = [] } = plan
  const place = profile === undefined ? workspace : `${workspace}, profile ${profile}`
  const byHand = renderByHand(plan, style)
  if (!changed) return [...byHand, line`Nothing to change: the workspace is as ${file} says ${style.dim(`(${place})`)}`]
  const until = namesIn(plan, style).time(plan.until)
  return [
    line`Plan of ${file} ${style.dim(`(${place}, revision ${base.revision})`)}`,
    ...renderPreview({ ...plan, preview: style.isVerbose ? plan.preview : brief(plan.preview) }, style, until),
    'It changes:',
    ...changeLines(changes, namesIn(plan, style), style),
    ...byHand,
    ...basisLines(basis, undefined, style),
    ...findings.flatMap((finding) => renderFinding(finding, style)),
    style.bold(summaryOf(plan)),
  ]
}

/** `3 changed, 1 removed; online 45 h → 41 h a week; 2 h open with nobody there until Sun 27 Dec`. */
export function summaryOf({ changes, onlineMinutesAWeek: online, nobodyMinutes: nobody }: PlanAnswer): string {
  const settings = changes.filter(({ path }) => !isOrderPath(path) || changes.length === 1)
  const isAdded = ({ before }: (typeof settings)[number]) => before === undefined
  const isRemoved = ({ after }: (typeof settings)[number]) => after === undefined
  const counts = [
    [settings.filter(isAdded).length, 'added'],
    [settings.filter((change) => !isAdded(change) && !isRemoved(change)).length, 'changed'],
    [settings.filter((change) => isRemoved(change) && !isAdded(change)).length, 'removed'],
  ] as const
  const told = counts.flatMap(([count, what]) => (count > 0 ? [`${count} ${what}`] : []))
  return [
    told.length === 0 ? 'nothing to change' : told.join(', '),
    `online ${fromTo(online, formatMinutes)} a week`,
    `${fromTo(nobody, formatMinutes)} open with nobody there`,
  ].join('; ')
}

function fromTo(
  { before, after }: { readonly before: number; readonly after: number },
  say: (value: number) => string,
) {
  const [was, is] = [say(before), say(after)]
  return was === is ? is : `${was} → ${is}`
}

/** Revisions by hand that are listed. */
const MAX_LISTED = 5

export const UNDONE = {
  all: 'this would undo it',
  some: 'this would undo some of it',
  none: 'it stays',
} as const

/** What was changed since the last apply: who, when, why, and whether the plan would undo it. */
function renderByHand(plan: PlanAnswer, style: Style): readonly Text[] {
  const { byHand } = plan
  if (byHand.revisions.length === 0) return []
  const names = namesIn(plan, style)
  const columns: readonly Column[] = [
    { title: '', dress: style.accent },
    { title: 'when', dress: style.dim },
    { title: 'who', narrow: 'wrap' },
    { title: 'what', narrow: 'wrap' },
    { title: 'why', narrow: 'wrap', dress: style.dim },
    { title: '', narrow: 'wrap' },
  ]
  const rows = byHand.revisions.slice(0, MAX_LISTED).map(({ number, at, actor, note, changes, undone }) => {
    const what = changesInWords(changes, names).join('; ')
    const outcome = undone === 'none' ? style.dim(UNDONE.none) : style.warn(UNDONE[undone])
    return [number, names.time(at), names.agent(actor), what, note ?? '', outcome]
  })
  const more = byHand.revisions.length - MAX_LISTED
  const older = byHand.partial ? [style.dim('  older revisions were not looked at')] : []
  return [
    style.warn(`Changed by hand since ${sinceWords(plan, style)}:`),
    ...table(columns, rows, style),
    ...(more > 0 ? [style.dim(`  and ${more} more: see --json`)] : []),
    ...older,
  ]
}

/** `the workspace was made (revision 1)`, `the last apply (revision 30 by ci, Tue 14:02, from 4f2a1bc)`. */
export function sinceWords(plan: PlanAnswer, style: Pick<Style, 'now' | 'isUtc'>): string {
  const { since } = plan.byHand
  if (!since) return 'the workspace was made'
  const names = namesIn(plan, style)
  if (!since.applied) return `the workspace was made (revision ${since.number}, ${names.time(since.at)})`
  const source = since.applied.source === null ? '' : `, from ${since.applied.source}`
  return `the last apply (revision ${since.number} by ${names.agent(since.actor)}, ${names.time(since.at)}${source})`
}
