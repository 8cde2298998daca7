import type { WriteAnswer, WriteOptions } from '../../api/contract/operation.js'
import type { OperationId } from '../../api/contract/operations.js'
import type { Workspace } from '../../domain/decision/compile-workspace.js'
import { DriftStatusError } from '../../domain/errors.js'
import type { Instant } from '../../domain/time/zone.js'
import type { Actor } from '../actor.js'
import { counterAt } from '../counter.js'
import { findStoredAgent } from '../handlers/find-agent.js'
import type { CallContext, EditHandler } from '../handlers/handler.js'
import { loadSections } from '../load.js'
import type { ReadTransaction, SectionName, WriteTransaction } from '../store/store.js'
import { checkIds, checkPeople, checkPlan, checkReferences } from './check-document.js'
import { Draft } from './draft.js'
import { compileStored, modeAnswer, newFindings, previewChanges } from './effect.js'
import { namesOf } from './names.js'
import { settleCovers } from './settle-covers.js'

/** Runs an edit: what differs at its end is checked, stored and listed as one revision. */
export async function edit(
  transaction: WriteTransaction,
  handler: EditHandler<OperationId>,
  request: unknown,
  context: CallContext,
  options: WriteOptions,
): Promise<WriteAnswer> {
  const { answer, before, after, people } = await editOnly(transaction, handler, request, context, options)
  return context.dryRun ? { ...answer, ...previewChanges(before, after, answer.changes, people, context) } : answer
}

/** What an edit did, and the workspaces on both sides of it: comparing them needs no transaction. */
export interface Edited {
  readonly answer: WriteAnswer
  readonly before: Workspace
  readonly after: Workspace
  /** How many people there are after it. */
  readonly people: number
}

/** An edit without a look at what visitors would see. */
export async function editOnly(
  transaction: WriteTransaction,
  handler: EditHandler<OperationId>,
  request: unknown,
  context: CallContext,
  { note, ifMatch }: WriteOptions,
): Promise<Edited> {
  const { actor, now, dryRun } = context
  if (ifMatch !== undefined) await checkMatch(transaction, handler, request, ifMatch, actor)
  const before = await compileStored(transaction, now)
  const draft = new Draft(transaction, now)
  const beside = (await handler.handle(request as never, draft, context)) as object | undefined
  const stored = await loadSections(transaction)
  await settleCovers(draft, stored, now)
  await draft.endTokensOfRemoved()
  const differences = draft.differences()
  const { changes, ended } = differences
  const last = await transaction.revisions.last()
  const revision = changes.length > 0 ? last + 1 : last
  if (changes.length > 0) {
    checkIds(draft)
    checkPlan(draft, stored)
    await draft.save(differences, revision)
    const { applied } = draft
    await transaction.revisions.add({ number: revision, at: now, actor: actor.name, note, changes, ended, applied })
    await checkReferences(draft, stored, before, now)
    await checkPeople(draft)
  }
  const after = changes.length > 0 ? await compileStored(transaction, now) : before
  const { available, away } = await counterAt(transaction, now, after)
  const answer = {
    workspace: after.document.name,
    timeZone: after.zone.name,
    changed: changes.length > 0,
    revision,
    dryRun,
    changes,
    names: await namesOf(transaction, changes),
    effect: { before: modeAnswer(before, now), after: modeAnswer(after, now), available },
    ...findingsOf(draft, before, after, now),
    ...beside,
  }
  return { answer, before, after, people: available + away }
}

/** A status alone is told by its effect; whatever else was written may surprise somebody. */
function findingsOf(draft: Draft, before: Workspace, after: Workspace, now: Instant): Pick<WriteAnswer, 'findings'> {
  const findings = draft.touchesSections && after !== before ? newFindings(before, after, now) : []
  return findings.length === 0 ? {} : { findings }
}

/** 412: what is about to be written has changed since it was read. */
async function checkMatch(
  transaction: ReadTransaction,
  { etag }: EditHandler<OperationId>,
  request: unknown,
  ifMatch: NonNullable<WriteOptions['ifMatch']>,
  actor: Actor,
): Promise<void> {
  if (etag === undefined) throw noEtag()
  const named = typeof etag === 'function' ? etag(request as never) : etag
  const revision = await revisionOf(named, transaction, request, actor)
  const read = [ifMatch].flat()
  if (!read.includes(revision)) throw new StaleWriteError(revision, read)
}

async function revisionOf(
  etag: SectionName | 'agent' | 'workspace',
  transaction: ReadTransaction,
  request: unknown,
  actor: Actor,
): Promise<number> {
  if (etag === 'workspace') return transaction.revisions.last()
  if (etag !== 'agent') return (await transaction.section(etag)).revision
  return (await findStoredAgent(transaction, (request as { id: string }).id, actor)).revision
}

export function noEtag(): DriftStatusError {
  return new DriftStatusError('invalid-input', 'this operation does not support If-Match', {
    hint: 'leave out If-Match',
  })
}

/** What was about to be written has changed since it was read: 412 instead of 409 over HTTP. */
export class StaleWriteError extends DriftStatusError {
  /** @param read the revisions that it may have been read at */
  constructor(current: number, read: readonly number[]) {
    const since = read.length === 0 ? 'and If-Match names no revision' : `since revision ${read.join(' or ')} was read`
    super('conflict', `changed by revision ${current} ${since}`, {
      reason: 'stale-write',
      subject: `${current}`,
      hint: 'read it again, then try again',
    })
  }
}
