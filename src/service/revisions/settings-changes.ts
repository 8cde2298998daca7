import { parsePath } from '../../api/contract/change-path.js'
import type { AgentDocument } from '../../domain/document/schema.js'
import { isStatePath, withoutAgentState } from '../../domain/document/state.js'
import type { Change, ReadTransaction, Revision, Sections } from '../store/store.js'

/** Revisions that are looked at, the newest first. */
const MAX_REVISIONS = 5000
const PAGE = 1000

/** What was changed after a revision. */
export interface Changed {
  /** With the changes of settings alone, the newest first. */
  readonly revisions: readonly Revision[]
  /** Whether there are more revisions than are looked at. */
  readonly isPartial: boolean
}

/**
 * What a document says that was changed after a revision. Statuses, chats and overrides, tokens, and the days that a feed
 * brought are left out.
 */
export async function changedSince(number: number, transaction: ReadTransaction): Promise<Changed> {
  const { value: holidays } = await transaction.section('holidays')
  const found: Revision[] = []
  let looked = 0
  for (let before: number | undefined; ; ) {
    const page = await transaction.revisions.list({ before, limit: PAGE })
    for (const revision of page.revisions) {
      if (revision.number <= number) return { revisions: found, isPartial: false }
      const changes = revision.changes.filter(({ path }) => isSetting(path, holidays)).map(settingsAlone)
      if (changes.length > 0) found.push({ ...revision, changes })
      before = revision.number
    }
    looked += page.revisions.length
    if (!page.hasMore) return { revisions: found, isPartial: false }
    if (looked >= MAX_REVISIONS) return { revisions: found, isPartial: true }
  }
}

const AGENT_PATH = /^agents\[(?:"(?:[^"\\]|\\.)*"|[^\]]*)\]$/

/** A change without the run-time state of an agent who came or went. */
export function settingsAlone(change: Change): Change {
  if (!AGENT_PATH.test(change.path)) return change
  const { path, before, after } = change
  return {
    path,
    ...(before !== undefined && { before: withoutAgentState(before as AgentDocument) }),
    ...(after !== undefined && { after: withoutAgentState(after as AgentDocument) }),
  }
}

/** The agent whom a change removes, if it removes one. */
export function removedAgent({ path, after }: Change): readonly string[] {
  return AGENT_PATH.test(path) && after === undefined ? [parsePath(path)[1]!.name] : []
}

function isSetting(path: string, holidays: Sections['holidays']): boolean {
  if (isStatePath(path) || path.startsWith('tokens[')) return false
  const isFeedDay = (calendar: Sections['holidays'][number]) =>
    calendar.source !== undefined && path.startsWith(`holidays[${calendar.id}].days`)
  return !holidays.some(isFeedDay)
}

/** What a write would make of the changes that a revision made. */
export type Undone = 'all' | 'some' | 'none'

/** Whether changes touch what a revision changed: all of it, some or nothing. */
export function undoneBy(changes: readonly Change[], revision: Revision): Undone {
  const touched = revision.changes.filter(({ path }) => changes.some((change) => isOneInOther(change.path, path)))
  if (touched.length === 0) return 'none'
  return touched.length === revision.changes.length ? 'all' : 'some'
}

function isOneInOther(a: string, b: string): boolean {
  const [outer, inner] = a.length <= b.length ? [a, b] : [b, a]
  return inner === outer || (inner.startsWith(outer) && (inner[outer.length] === '.' || inner[outer.length] === '['))
}
