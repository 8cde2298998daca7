import { type PathStep, parsePath } from '../../api/contract/change-path.js'
import { MIN_HORIZON_DAYS } from '../../api/contract/http.js'
import type { ModeAnswer, WriteAnswer } from '../../api/contract/operation.js'
import { giveWay } from '../../api/pause.js'
import { compiledOnce, compilingOnce, type Workspace } from '../../domain/decision/compile-workspace.js'
import { modeAt, modeSource, nextModeChange } from '../../domain/decision/widget.js'
import type { ExceptionDocument, WorkspaceDocument } from '../../domain/document/schema.js'
import { basisOf } from '../../domain/questions/basis.js'
import { lint } from '../../domain/questions/lint/lint.js'
import type { LintFinding } from '../../domain/questions/lint/lint-finding.js'
import { compareWorkspaces } from '../../domain/questions/preview/compare.js'
import {
  previewWindows,
  type Window,
  windowOfDates,
  windowUntil,
} from '../../domain/questions/preview/preview-windows.js'
import { hiddenAnswer } from '../../domain/questions/simulate.js'
import { nextHiddenChanges } from '../../domain/questions/timeline.js'
import { DAY_MS } from '../../domain/time/calendar-date.js'
import { formatInstant, instantOf } from '../../domain/time/instant.js'
import type { Instant, Zone } from '../../domain/time/zone.js'
import type { CallContext } from '../handlers/handler.js'
import { loadForDeciding } from '../load.js'
import type { Change, ReadTransaction } from '../store/store.js'

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
  const source = modeSource(workspace, at)
  return {
    mode: modeAt(workspace, at),
    source,
    ...(source === 'auto-offline' && { promised: 'online' }),
    ...hiddenAhead(workspace, at),
  }
}

/** R36: what auto-offline will hide next, and when the mode changes all the same. */
function hiddenAhead(workspace: Workspace, at: Instant): Pick<ModeAnswer, 'nextHidden' | 'nextChange'> {
  const [hidden] = nextHiddenChanges(workspace, at, 1)
  if (!hidden) return {}
  const change = nextModeChange(workspace, at)
  return {
    nextHidden: hiddenAnswer(workspace, hidden),
    ...(change && { nextChange: { at: formatInstant(change.at, workspace.zone), mode: change.mode } }),
  }
}

/**
 * Everything that visitors would see differently in the next days, and on the dates that the change touches.
 *
 * @param people how many there are after it
 */
export function previewChanges(
  before: Workspace,
  after: Workspace,
  changes: readonly Change[],
  people: number,
  { now, horizonDays = MIN_HORIZON_DAYS }: Pick<CallContext, 'now' | 'horizonDays'>,
): Preview {
  const touched = changes.flatMap((change) => touchedBy(change, now, after.zone))
  return previewIn(previewWindows(now, horizonDays * DAY_MS, touched), before, after, people, { now, horizonDays })
}

export type Preview = Required<Pick<WriteAnswer, 'preview' | 'basis'>> & Pick<WriteAnswer, 'partial'>

/** The same in some windows, whatever changed. */
export function previewIn(
  windows: readonly Window[],
  before: Workspace,
  after: Workspace,
  people: number,
  { now, horizonDays }: { readonly now: Instant; readonly horizonDays: number },
): Preview {
  const { zone } = after
  const { stretches, isPartial } = compareWorkspaces(before, after, windows)
  const preview = stretches.map(({ from, to, visitor, ...stretch }) => ({
    from: formatInstant(from, zone),
    to: formatInstant(to, zone),
    ...stretch,
    ...(visitor && {
      visitor: { ...(visitor.url !== undefined && { url: visitor.url }), attributes: visitor.attributes ?? {} },
    }),
  }))
  const basis = basisOf(after, now, now + horizonDays * DAY_MS, people)
  return { preview, basis, ...(isPartial && { partial: true }) }
}

/** Dates of a change that are looked at, the next ones first: a calendar of holidays may bring those of ten years. */
const MAX_DATES = 20
const MAX_AHEAD_MS = 366 * DAY_MS

/** The sections in which exceptions and holidays stand, and those in which something ends. */
const DATED = ['hours', 'holidays', 'teams']
const ENDING = ['agents', 'widget']

/** When a change plays: on the dates of exceptions and holidays, until the end of what holds for some time. */
function touchedBy({ path, before, after }: Change, now: Instant, zone: Zone): readonly Window[] {
  const steps = parsePath(path)
  const section = steps[0]!.name
  const dates = DATED.includes(section) ? datesIn(steps, [before, after]) : []
  if (dates.length === 1) return [windowOfDates(dates[0]!, now, zone)]
  if (dates.length > 1) {
    const windows = dates.map((one) => windowOfDates(one, now, zone))
    const ahead = windows.filter(({ from, to }) => to > now && from < now + MAX_AHEAD_MS)
    return ahead.sort((a, b) => a.from - b.from).slice(0, MAX_DATES)
  }
  if (!ENDING.includes(section)) return []
  const key = steps.at(-1)!.name
  return [before, after].flatMap((value) => endsIn(key, value)).map((end) => windowUntil(instantOf(end)!, now, zone))
}

/** The dates that a change is about: of an exception or a holiday, or of all those of hours and of a calendar. */
function datesIn(steps: readonly PathStep[], values: readonly unknown[]): readonly string[] {
  const list = steps.findIndex(({ name, isItem }) => !isItem && (name === 'exceptions' || name === 'days'))
  const item = list > 0 ? steps[list + 1] : undefined
  if (item) return item.isOrder ? [] : [item.name]
  const lists = values.flatMap((value) => {
    const { days, exceptions } = (value ?? {}) as { readonly days?: unknown; readonly exceptions?: unknown }
    return [days, exceptions].filter((items) => Array.isArray(items)) as readonly ExceptionDocument[][]
  })
  const dates = lists.flat().map(({ date, yearly, from, to }) => date ?? yearly ?? `${from}..${to}`)
  return [...new Set(dates)]
}

/** The instants under `until` in a part of a document. */
function endsIn(key: string, value: unknown): readonly string[] {
  if (typeof value === 'string') return key === 'until' ? [value] : []
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, part]) => endsIn(name, part))
}

/** What a change made appear that would surprise an admin or a visitor: what there was before is known. */
export function newFindings(before: Workspace, after: Workspace, now: Instant): readonly LintFinding[] {
  // Without its path: an item that moved in its list is the same.
  const keyOf = ({ code, text }: LintFinding) => `${code} ${text}`
  const known = new Set(lint(before, now).map(keyOf))
  return lint(after, now).filter((finding) => !known.has(keyOf(finding)))
}
