import { parsePath } from '../../api/contract/change-path.js'
import type { ModeAnswer, PreviewEntry } from '../../api/contract/operation.js'
import { giveWay } from '../../api/pause.js'
import { compiledOnce, compilingOnce, type Workspace } from '../../domain/decision/compile-workspace.js'
import { modeAt, modeSource } from '../../domain/decision/widget.js'
import type { WorkspaceDocument } from '../../domain/document/schema.js'
import { compareWorkspaces, previewWindows } from '../../domain/questions/compare.js'
import { lint } from '../../domain/questions/lint.js'
import type { LintFinding } from '../../domain/questions/lint-finding.js'
import { DAY_MS } from '../../domain/time/calendar-date.js'
import { formatInstant } from '../../domain/time/instant.js'
import type { Instant } from '../../domain/time/zone.js'
import type { CallContext } from '../handlers/handler.js'
import { loadForDeciding } from '../load.js'
import type { Change, ReadTransaction } from '../store/store.js'

const PREVIEW_DAYS = 7

/** The workspace as a transaction sees it, ready to decide: compiled once for each snapshot. */
export async function compileStored(transaction: ReadTransaction, at: Instant): Promise<Workspace> {
  return compiledOnce(await loadForDeciding(transaction, at))
}

/** Any document, ready to decide: compiled once, a step at a time, so that a long one holds up nobody. */
export async function compileGivingWay(document: WorkspaceDocument): Promise<Workspace> {
  const steps = compilingOnce(document)
  while (true) {
    const step = steps.next()
    if (step.done) return step.value
    await giveWay()
  }
}

export function modeAnswer(workspace: Workspace, at: Instant): ModeAnswer {
  return { mode: modeAt(workspace, at), source: modeSource(workspace, at) }
}

/** Everything that visitors would see differently in the next days, and on the dates that the change names. */
export function previewChanges(
  before: Workspace,
  after: Workspace,
  changes: readonly Change[],
  { now, horizonDays = PREVIEW_DAYS }: Pick<CallContext, 'now' | 'horizonDays'>,
): PreviewEntry[] {
  const { zone } = after
  const windows = previewWindows(now, horizonDays * DAY_MS, changes.flatMap(datesOf), zone)
  return compareWorkspaces(before, after, windows).map(({ from, to, visitor, ...stretch }) => ({
    from: formatInstant(from, zone),
    to: formatInstant(to, zone),
    ...stretch,
    ...(visitor && {
      visitor: { ...(visitor.url !== undefined && { url: visitor.url }), attributes: visitor.attributes ?? {} },
    }),
  }))
}

/** The dates that a change is about: those of an exception, or the day of an end. */
function datesOf({ path, after }: Change): readonly string[] {
  const [section, list, dates] = parsePath(path).map(({ name }) => name)
  if (section === 'hours' && list === 'exceptions' && dates !== undefined && dates !== '') return [dates]
  return path.endsWith('until') && typeof after === 'string' ? [after.slice(0, 10)] : []
}

/** What a change made appear that would surprise an admin or a visitor: what there was before is known. */
export function newFindings(before: Workspace, after: Workspace, now: Instant): readonly LintFinding[] {
  // Without its path: an item that moved in its list is the same.
  const keyOf = ({ code, text }: LintFinding) => `${code} ${text}`
  const known = new Set(lint(before, now).map(keyOf))
  return lint(after, now).filter((finding) => !known.has(keyOf(finding)))
}
