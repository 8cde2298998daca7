import { isOrderPath, type PathStep, parsePath } from '../../api/contract/change-path.js'
import { settleWidget } from '../../domain/decision/timed-states.js'
import { isEqual } from '../../domain/document/items.js'
import type { AgentDocument } from '../../domain/document/schema.js'
import { DriftStatusError } from '../../domain/errors.js'
import type { Instant } from '../../domain/time/zone.js'
import { type Change, SECTION_NAMES, type SectionName, type Sections } from '../store/store.js'
import { parseAgent, parseSection } from '../validate.js'
import { isSameOrder, patch, valueAt } from './diff.js'
import { type Draft, settingsAt } from './draft.js'

export interface UndoOptions {
  /** Undo also what was changed since. */
  readonly force: boolean
  readonly now: Instant
}

/** A change with the way to it inside the section or the agent that it is part of. */
export interface InnerChange extends Change {
  readonly steps: readonly PathStep[]
}

/**
 * Undoes the changes of a revision; refuses when what it wrote is no longer there, unless forced. A
 * timed state that it wrote is still there when it has only ended.
 *
 * @throws DriftStatusError (conflict) naming the first path that was written since
 */
export async function undoAll(
  number: number,
  changes: readonly Change[],
  draft: Draft,
  { force, now }: UndoOptions,
): Promise<void> {
  for (const [subject, inner] of bySubject(changes)) {
    const current = 'agent' in subject ? await draft.agent(subject.agent) : await draft.section(subject.section)
    const settle = settlerOf(subject, now)
    const base = force ? current : asWritten(current, inner, settle)
    if (base === CHANGED) throw await conflict(number, inner, current, draft)
    const undone = settle(undo(base, inner))
    try {
      if ('agent' in subject) putAgent(current as AgentDocument | undefined, undone, draft)
      else await putParsed(subject.section, undone, draft)
    } catch (error) {
      throw error instanceof DriftStatusError ? notAlone(number, inner[0]!, error) : error
    }
  }
}

/** What a revision changed may be gone by now: a part of it is nothing that can be put back. */
function notAlone(number: number, { path }: InnerChange, cause: DriftStatusError): DriftStatusError {
  return new DriftStatusError(
    'conflict',
    `revision ${number} wrote ${path}, which cannot be put back alone: ${cause.message}`,
    { reason: 'undo-needs-later', subject: path, hint: 'revert first what came after it', cause },
  )
}

/** What of a section or an agent can be undone: no timed state that has ended, no count. */
function settlerOf(subject: Subject, now: Instant): (value: unknown) => unknown {
  if ('agent' in subject) return (value) => value && settingsAt(value as AgentDocument, now)
  return subject.section === 'widget' ? (value) => settleWidget(value as Sections['widget'], now) : (value) => value
}

function putAgent(current: AgentDocument | undefined, undone: unknown, draft: Draft): void {
  if (undone === undefined) {
    if (current) draft.remove(current)
  } else if (current) draft.update(current, parseAgent(undone))
  else draft.add(parseAgent(undone))
}

export type Subject = { readonly agent: string } | { readonly section: SectionName }

/** Changes by what they are part of: a section, or one agent. */
export function bySubject(changes: readonly Change[]): readonly (readonly [Subject, readonly InnerChange[]])[] {
  const groups = new Map<string, [Subject, InnerChange[]]>()
  for (const change of changes) {
    const steps = parsePath(change.path)
    const [first, second] = steps
    const isAgent = first?.name === 'agents' && second !== undefined
    const section = SECTION_NAMES.find((name) => name === first?.name) ?? 'general'
    const key = isAgent ? `agent ${second.name}` : section
    const subject: Subject = isAgent ? { agent: second.name } : { section }
    const inner = isAgent ? steps.slice(2) : section === 'general' ? steps : steps.slice(1)
    const group = groups.get(key) ?? [subject, []]
    group[1].push({ ...change, steps: inner })
    groups.set(key, group)
  }
  return [...groups.values()]
}

/** Said of a value that was written since. */
const CHANGED = Symbol('changed')

/** The value as the revision wrote it, if it still says the same: what has ended since may be gone already. */
function asWritten(
  current: unknown,
  changes: readonly InnerChange[],
  settle: (value: unknown) => unknown,
): unknown | typeof CHANGED {
  const [items, orders] = splitOrders(changes)
  const written = items.reduce((value, { steps, after }) => patch(value, steps, after), current)
  const isKept =
    isEqual(settle(current), settle(written)) &&
    orders.every(({ steps, after }) => isSameOrder(valueAt(current, steps), after))
  return isKept ? written : CHANGED
}

/** The value before the changes. */
export function undo(value: unknown, changes: readonly InnerChange[]): unknown {
  // Items first: an order may name items that have to come back.
  return splitOrders(changes)
    .flat()
    .reduce((undone, { steps, before }) => patch(undone, steps, before), value)
}

function splitOrders(changes: readonly InnerChange[]): readonly [items: InnerChange[], orders: InnerChange[]] {
  return [changes.filter(({ path }) => !isOrderPath(path)), changes.filter(({ path }) => isOrderPath(path))]
}

async function putParsed<Name extends SectionName>(name: Name, value: unknown, draft: Draft): Promise<void> {
  await draft.put(name, parseSection(name, value))
}

async function conflict(
  number: number,
  changes: readonly InnerChange[],
  current: unknown,
  draft: Draft,
): Promise<DriftStatusError> {
  const isThere = ({ path, steps, after }: InnerChange) =>
    isOrderPath(path) ? isSameOrder(valueAt(current, steps), after) : isEqual(valueAt(current, steps), after)
  const gone = changes.filter((change) => !isThere(change))
  for (const { path } of gone) {
    const { revisions } = await draft.transaction.revisions.list({ path, limit: 1 })
    const [later] = revisions
    if (later && later.number > number) return changedSince(number, path, `revision ${later.number} changed it since`)
  }
  // What has only ended is in no revision.
  return changedSince(number, (gone[0] ?? changes[0]!).path, 'it has changed since')
}

function changedSince(number: number, path: string, what: string): DriftStatusError {
  return new DriftStatusError('conflict', `revision ${number} wrote ${path}, and ${what}`, {
    reason: 'changed-since',
    subject: path,
    hint: 'force the revert to overwrite it',
  })
}
