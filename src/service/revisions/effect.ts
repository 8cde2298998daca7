import type { ModeAnswer, PreviewEntry } from '../../api/contract/operation.js'
import { giveWay } from '../../api/pause.js'
import { compiledOnce, compilingOnce, type Workspace } from '../../domain/decision/compile-workspace.js'
import { modeAt, modeSource } from '../../domain/decision/widget.js'
import type { WorkspaceDocument } from '../../domain/document/schema.js'
import { nextTransition } from '../../domain/questions/timeline.js'
import { DAY_MS } from '../../domain/time/calendar-date.js'
import { formatInstant } from '../../domain/time/instant.js'
import type { Instant } from '../../domain/time/zone.js'
import { loadForDeciding } from '../load.js'
import type { ReadTransaction } from '../store/store.js'

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

/** The stretches of the next days in which visitors would see another mode than before. */
export function previewChanges(before: Workspace, after: Workspace, now: Instant): PreviewEntry[] {
  const end = now + PREVIEW_DAYS * DAY_MS
  const { zone } = after
  const entries: PreviewEntry[] = []
  for (let at = now; at < end; ) {
    const next = Math.min(nextTransition(before, at), nextTransition(after, at), end)
    const [was, willBe] = [modeAt(before, at), modeAt(after, at)]
    const last = entries.at(-1)
    if (was !== willBe) {
      const from = formatInstant(at, zone)
      if (last && last.to === from && last.after === willBe) entries.pop()
      const start = last && last.to === from && last.after === willBe ? last.from : from
      entries.push({ from: start, to: formatInstant(next, zone), before: was, after: willBe })
    }
    at = next
  }
  return entries
}
