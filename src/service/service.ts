import type { Transport } from '../api/client.js'
import type { WriteAnswer, WriteOptions } from '../api/contract/operation.js'
import { type OperationId, operations } from '../api/contract/operations.js'
import { DriftStatusError } from '../domain/errors.js'
import type { Instant } from '../domain/schedule/zone.js'
import { type Actor, requireScope } from './actor.js'
import { checkPlan, checkReferences } from './check-document.js'
import { Draft } from './draft.js'
import { compileStored, modeAnswer, previewChanges } from './effect.js'
import { findStoredAgent } from './find-agent.js'
import type { CallContext, EditHandler } from './handler.js'
import { handlers } from './handlers/index.js'
import { pollRevisions } from './poll-revisions.js'
import type { ReadTransaction, Store, WriteTransaction } from './store/store.js'
import { parseBy } from './validate.js'

/** A workspace behind its operations: the same validation, authorisation and errors for every transport. */
export interface Service {
  /**
   * Answers one call.
   * @throws DriftStatusError when the request is invalid, the actor is not allowed, or the workspace refuses
   */
  call(id: OperationId, request: unknown, actor: Actor, options?: WriteOptions): Promise<unknown>
  close(): Promise<void>
}

export interface ServiceOptions {
  readonly store: Store
  readonly now: () => Instant
}

/** The service of one stored workspace. */
export function createService({ store, now }: ServiceOptions): Service {
  return {
    async call(id, request, actor, options = {}) {
      const operation = Object.hasOwn(operations, id) ? operations[id] : undefined
      if (!operation) throw new DriftStatusError('not-found', `there is no operation "${id}"`)
      requireScope(actor, operation.scope, operation.summary.charAt(0).toLowerCase() + operation.summary.slice(1))
      const parsed = parseBy(operation.request(), request)
      const handler = handlers[id]
      // The time is read once the transaction has begun: what waited for others happens after them.
      const begin = (): CallContext => ({ actor, now: now() })
      // The table pairs each handler with its own request; past it, the pairing is lost to the type checker.
      if (handler.kind === 'read')
        return store.read<unknown>((transaction) => handler.handle(parsed as never, transaction, begin()))
      if (handler.kind === 'routing') {
        if (options.ifMatch !== undefined) throw noEtag()
        return rolledBackWhen<unknown>(options.dryRun, store, (transaction) =>
          handler.handle(parsed as never, transaction, begin()),
        )
      }
      return edit(store, handler as EditHandler<OperationId>, parsed, begin, options)
    },
    close: () => store.close(),
  }
}

/** The service as one actor's transport: no HTTP, the same everything else. */
export function inProcessTransport(service: Service, actor: Actor): Transport {
  return {
    call: (id, request, options) => service.call(id, request, actor, options),
    events: (after, signal) => pollRevisions(service, actor, after, signal),
    close: () => service.close(),
  }
}

/** Thrown to undo what a dry run wrote. */
class DryRunEnd {
  readonly answer: unknown
  constructor(answer: unknown) {
    this.answer = answer
  }
}

/** Runs a write and keeps it, or, in a dry run, undoes it and answers all the same. */
async function rolledBackWhen<Answer>(
  dryRun: boolean | undefined,
  store: Store,
  work: (transaction: WriteTransaction) => Promise<Answer>,
): Promise<Answer> {
  try {
    return await store.write(async (transaction) => {
      const answer = await work(transaction)
      if (dryRun) throw new DryRunEnd(answer)
      return answer
    })
  } catch (error) {
    if (error instanceof DryRunEnd) return error.answer as Answer
    throw error
  }
}

async function edit(
  store: Store,
  handler: EditHandler<OperationId>,
  request: unknown,
  begin: () => CallContext,
  { note, dryRun = false, ifMatch }: WriteOptions,
): Promise<WriteAnswer> {
  return rolledBackWhen(dryRun, store, async (transaction) => {
    const context = begin()
    const { actor, now } = context
    if (ifMatch !== undefined) await checkMatch(transaction, handler, request, ifMatch, actor)
    const before = await compileStored(transaction, now)
    const draft = new Draft(transaction)
    await handler.handle(request as never, draft, context)
    const changes = draft.changes()
    const last = await transaction.lastRevision()
    const revision = changes.length > 0 ? last + 1 : last
    if (changes.length > 0) {
      await checkPlan(draft)
      await draft.save(revision)
      await transaction.addRevision({ number: revision, at: now, actor: actor.name, note, changes })
      await checkReferences(draft)
    }
    const after = changes.length > 0 ? await compileStored(transaction, now) : before
    const { available } = await transaction.countAgents(now)
    return {
      workspace: after.document.name,
      changed: changes.length > 0,
      revision,
      dryRun,
      changes,
      effect: { before: modeAnswer(before, now), after: modeAnswer(after, now), available },
      ...(dryRun && { preview: previewChanges(before, after, now) }),
    }
  })
}

/** 412: what is about to be written has changed since it was read. */
async function checkMatch(
  transaction: ReadTransaction,
  { etag }: EditHandler<OperationId>,
  request: unknown,
  ifMatch: number,
  actor: Actor,
): Promise<void> {
  if (etag === undefined) throw noEtag()
  const revision = await revisionOf(etag, transaction, request, actor)
  if (revision === ifMatch) return
  throw new DriftStatusError('conflict', `changed by revision ${revision} since revision ${ifMatch} was read`, {
    hint: `look at it with "drift-status show ${revision}", then try again`,
  })
}

async function revisionOf(
  etag: NonNullable<EditHandler<OperationId>['etag']>,
  transaction: ReadTransaction,
  request: unknown,
  actor: Actor,
): Promise<number> {
  if (etag === 'workspace') return transaction.lastRevision()
  if (etag !== 'agent') return (await transaction.section(etag)).revision
  return (await findStoredAgent(transaction, (request as { id: string }).id, actor)).revision
}

function noEtag(): DriftStatusError {
  return new DriftStatusError('invalid-input', 'this operation writes nothing that was read before', {
    hint: 'leave out If-Match',
  })
}
