import { MAX_HORIZON_DAYS, MIN_HORIZON_DAYS } from '../api/contract/http.js'
import type { Operation, WriteOptions } from '../api/contract/operation.js'
import { type OperationId, operations } from '../api/contract/operations.js'
import { MAX_NOTE_LENGTH } from '../domain/document/fields.js'
import { unwritableFindings } from '../domain/document/unwritable-text.js'
import { DriftStatusError } from '../domain/errors.js'
import type { Instant } from '../domain/time/zone.js'
import { type Actor, requireScope } from './actor.js'
import { asSeenBy, hideNames } from './as-seen-by.js'
import { TimedEvents } from './events/timed-events.js'
import type { FeedNetwork } from './feeds/download.js'
import type { FeedCopy } from './feeds/read-feed.js'
import type { CallContext, EditHandler, ReadHandler, RehearsalHandler } from './handlers/handler.js'
import { handlers } from './handlers/index.js'
import { edit, noEtag } from './revisions/edit.js'
import type { Repeatable } from './revisions/idempotency.js'
import { SteadyAnswers } from './steady-answers.js'
import type { ReadTransaction, Snapshot, Store, WriteTransaction, WriteWait } from './store/store.js'
import { currentActor } from './tokens/current-actor.js'
import { invalidInput, parseBy } from './validate.js'

/** A workspace behind its operations: the same validation, authorisation and errors for every transport. */
export interface Service {
  /**
   * Answers one call.
   * @throws DriftStatusError when the request is invalid, the actor is not allowed, or the workspace refuses
   */
  call(id: OperationId, request: unknown, actor: Actor, options?: CallOptions): Promise<unknown>
  /**
   * Answers one call that writes nothing, with the answer as JSON.
   * @throws DriftStatusError as `call` does
   */
  read(id: OperationId, request: unknown, actor: Actor, options?: ReadCallOptions): Promise<JsonAnswer>
  /** What time alone changes from now on, for one who may read. */
  watchTime(): TimedEvents
  close(): Promise<void>
}

/** What a transport says of a question. */
export interface ReadCallOptions {
  /** What was stored when the actor was looked at: the answer is of it, or of what was written since. */
  readonly seen?: Snapshot | undefined
  /** Aborted when nobody wants the answer any more: a long question that waits for others is then not answered. */
  readonly signal?: AbortSignal | undefined
}

/** What a transport says of a write beside what its caller does. */
export interface CallOptions extends WriteOptions {
  /** Of a write that may come again: repeats get the first answer. */
  readonly repeatable?: Repeatable | undefined
  /** Aborted when nobody wants the answer any more: a write that waits for others is then not started. */
  readonly signal?: AbortSignal | undefined
}

export interface ServiceOptions {
  readonly store: Store
  readonly now: () => Instant
  /** Whether it answers many: what holds for a while is then kept. One that asks once pays for nothing but its answer. */
  readonly keepsAnswers?: boolean
  /** Called after every write that was kept. */
  readonly onWrite?: () => void
  /** How feeds of holiday calendars are reached; default: directly, wherever they are. */
  readonly feedNetwork?: FeedNetwork | undefined
}

/** An answer, and the same as JSON in UTF-8. */
export interface JsonAnswer {
  readonly answer: unknown
  readonly body: Buffer
}

/** The time that an answer says it is may be this long ago. */
const MAX_AGE_MS = 1000

/** Whether an operation is a question that may take long, about many agents or revisions. */
export function isLongQuestion(id: OperationId): boolean {
  const handler = handlers[id]
  return handler.kind === 'rehearsal' || (handler.kind === 'read' && handler.isLong === true)
}

/** The service of one stored workspace. */
export function createService(options: ServiceOptions): Service {
  return new StoredWorkspace(options)
}

class StoredWorkspace implements Service {
  readonly #store: Store
  readonly #now: () => Instant
  readonly #onWrite: (() => void) | undefined
  readonly #feedNetwork: FeedNetwork
  /** Only in a service that answers many. */
  readonly #steady: SteadyAnswers<JsonAnswer> | undefined

  constructor({ store, now, keepsAnswers = false, onWrite, feedNetwork }: ServiceOptions) {
    this.#store = store
    this.#now = now
    this.#onWrite = onWrite
    this.#feedNetwork = feedNetwork ?? { env: {}, mayReachPrivate: true }
    this.#steady = keepsAnswers ? new SteadyAnswers<JsonAnswer>(store, now, MAX_AGE_MS) : undefined
  }

  async read(id: OperationId, request: unknown, actor: Actor, options: ReadCallOptions = {}): Promise<JsonAnswer> {
    checkAllowed(id, actor)
    const handler = handlers[id]
    if (handler.kind === 'rehearsal') return jsonAnswer(await this.#rehearse(id, request, actor, options))
    if (handler.kind !== 'read') throw new DriftStatusError('not-found', `"${id}" is not a question`)
    if (this.#steady && handler.isSteady) return this.#answerSteadily(this.#steady, id, request, actor, options)
    return jsonAnswer(await this.#answerRead(id, request, actor, options))
  }

  async call(id: OperationId, request: unknown, actor: Actor, options: CallOptions = {}): Promise<unknown> {
    checkAllowed(id, actor)
    const { repeatable, signal, ...given } = options
    checkNote(given)
    const { kind } = handlers[id]
    if (kind === 'read') return this.#answerRead(id, request, actor, {})
    if (kind === 'rehearsal') return this.#rehearse(id, request, actor, { signal })
    const { dryRun = false, horizonDays } = given
    checkHorizon(given)
    // Loaded first: a transaction waits for nothing but its database.
    const repeats = repeatable && !dryRun ? await import('./revisions/idempotency.js') : undefined
    const write = writeOf(id, request, given)
    const feed = await this.#readFeed(write, actor, { dryRun, signal })
    const work = async (transaction: WriteTransaction): Promise<unknown> => {
      const context = { ...(await this.#contextWithin(transaction, id, actor, dryRun)), horizonDays, feed }
      if (!repeatable || !repeats) return write.run(transaction, context)
      const asked = [id, request, write.options]
      return repeats.answerOnce(repeatable, asked, transaction, context.now, () => write.run(transaction, context))
    }
    const writing = dryRun ? rolledBack(this.#store, work, { signal }) : this.#store.write(work, { signal })
    const answer = await writing.catch((error: unknown) => {
      throw hideNames(error, actor)
    })
    if (!dryRun) this.#onWrite?.()
    return asSeenBy(answer, actor)
  }

  /** What the feed that a write needs has now; that it could not be read is noted beside its last good copy. */
  async #readFeed(
    { feedOf }: ReturnType<typeof writeOf>,
    actor: Actor,
    { dryRun, signal }: { readonly dryRun: boolean; readonly signal: AbortSignal | undefined },
  ): Promise<FeedCopy | undefined> {
    if (!feedOf) return undefined
    const feed = await this.#store.read((transaction) => feedOf(transaction, this.#context(actor, dryRun)))
    if (!feed) return undefined
    const { readFeed, noteFailure } = await import('./feeds/read-feed.js')
    try {
      return await readFeed(feed, this.#now(), this.#feedNetwork, signal)
    } catch (error) {
      if (error instanceof DriftStatusError && !dryRun) await noteFailure(this.#store, feed, error, this.#now())
      throw error
    }
  }

  watchTime(): TimedEvents {
    return new TimedEvents(this.#store, this.#now)
  }

  close(): Promise<void> {
    return this.#store.close()
  }

  /** The time is read once the transaction has begun: what waited for others happens after them. */
  #context(actor: Actor, dryRun = false, at = this.#now()): CallContext {
    return { actor, now: at, dryRun }
  }

  /** A write may have waited since its caller was looked at: what they may is asked again where it is done. */
  async #contextWithin(
    transaction: WriteTransaction,
    id: OperationId,
    actor: Actor,
    dryRun: boolean,
  ): Promise<CallContext> {
    const context = this.#context(actor, dryRun)
    const current = await currentActor(transaction, actor, context.now)
    requireScopeOf(operations[id], current)
    return { ...context, actor: current }
  }

  // The table pairs each handler with its own request; past it, the pairing is lost to the type checker.
  async #answerRead(id: OperationId, given: unknown, actor: Actor, { signal }: ReadCallOptions): Promise<unknown> {
    const handler = handlers[id] as ReadHandler<OperationId>
    if (this.#steady && handler.isSteady) return (await this.#answerSteadily(this.#steady, id, given, actor, {})).answer
    const { parsed } = readRequest(id, given)
    const answer = (transaction: ReadTransaction) => handler.handle(parsed as never, transaction, this.#context(actor))
    // Who asks once holds up nobody.
    return this.#store.read(answer, { isLong: this.#steady && handler.isLong, signal })
  }

  /** Others may write while the answer is made of what was done and undone. */
  async #rehearse(id: OperationId, given: unknown, actor: Actor, { signal }: ReadCallOptions): Promise<unknown> {
    const handler = handlers[id] as RehearsalHandler<OperationId>
    const { parsed } = readRequest(id, given)
    const work = async (transaction: WriteTransaction): Promise<unknown> =>
      handler.handle(parsed as never, transaction, await this.#contextWithin(transaction, id, actor, true))
    const finish = (await rolledBack(this.#store, work, { signal })) as () => Promise<unknown>
    return finish()
  }

  async #answerSteadily(
    answers: SteadyAnswers<JsonAnswer>,
    id: OperationId,
    given: unknown,
    actor: Actor,
    options: ReadCallOptions,
  ): Promise<JsonAnswer> {
    const handler = handlers[id] as ReadHandler<OperationId>
    const who = handler.isSteady === 'by-agent' ? actor.agent : undefined
    const prepare = () => {
      const { parsed } = readRequest(id, given)
      return async (transaction: ReadTransaction, at: Instant) =>
        jsonAnswer(await handler.handle(parsed as never, transaction, this.#context(actor, false, at)))
    }
    return answers.answer(JSON.stringify([id, given, who]), prepare, { ...options, isLong: handler.isLong })
  }
}

/** What a write does within its transaction. */
function writeOf(id: OperationId, request: unknown, given: WriteOptions) {
  const handler = handlers[id]
  const { parsed, ifMatch } = readRequest(id, request)
  const options = { ...given, ifMatch: given.ifMatch ?? ifMatch }
  if (handler.kind === 'routing' && options.ifMatch !== undefined) throw noEtag()
  const run = (transaction: WriteTransaction, context: CallContext): Promise<unknown> =>
    handler.kind === 'routing'
      ? handler.handle(parsed as never, transaction, context)
      : edit(transaction, handler as EditHandler<OperationId>, parsed, context, options)
  const feedOf =
    handler.kind === 'edit' && handler.feed
      ? (transaction: ReadTransaction, context: CallContext) =>
          (handler as EditHandler<OperationId>).feed!(parsed as never, transaction, context)
      : undefined
  return { options, run, feedOf }
}

export function jsonAnswer(answer: unknown): JsonAnswer {
  return { answer, body: Buffer.from(JSON.stringify(answer)) }
}

/** Whether there is such an operation, and the actor may call it. */
function checkAllowed(id: OperationId, actor: Actor): void {
  const operation = Object.hasOwn(operations, id) ? operations[id] : undefined
  if (!operation) throw new DriftStatusError('not-found', `there is no operation "${id}"`)
  requireScopeOf(operation, actor)
}

/** @throws DriftStatusError (not-allowed) when the actor lacks the scope of an operation, and the other that is enough */
export function requireScopeOf({ scope, orScope, summary }: Operation, actor: Actor): void {
  if (orScope === undefined || !actor.scopes.has(orScope)) requireScope(actor, scope, summary)
}

/** @throws DriftStatusError (invalid-input) when what is given is not a request of the operation */
function readRequest(id: OperationId, given: unknown): Pick<WriteOptions, 'ifMatch'> & { parsed: unknown } {
  const operation = operations[id]
  const { request, ifMatch } = readBack(operation, given)
  const unwritable = unwritableFindings(request)
  if (unwritable.length > 0) throw invalidInput(unwritable)
  return { parsed: parseBy(operation.request(), request), ifMatch }
}

/** Thrown to undo what a dry run wrote. */
class DryRunEnd {
  readonly answer: unknown
  constructor(answer: unknown) {
    this.answer = answer
  }
}

/** Runs a write, undoes it and answers all the same. */
async function rolledBack(
  store: Store,
  work: (transaction: WriteTransaction) => Promise<unknown>,
  wait: WriteWait,
): Promise<unknown> {
  try {
    return await store.write(async (transaction) => {
      throw new DryRunEnd(await work(transaction))
    }, wait)
  } catch (error) {
    if (error instanceof DryRunEnd) return error.answer
    throw error
  }
}

function checkHorizon({ dryRun = false, horizonDays: days }: WriteOptions): void {
  if (days === undefined) return
  if (!dryRun) throw new DriftStatusError('invalid-input', 'horizonDays is for a dry run', { hint: 'add dryRun=true' })
  if (Number.isInteger(days) && days >= MIN_HORIZON_DAYS && days <= MAX_HORIZON_DAYS) return
  throw new DriftStatusError(
    'invalid-input',
    `horizonDays is not a whole number from ${MIN_HORIZON_DAYS} to ${MAX_HORIZON_DAYS}`,
    { hint: `leave it out for ${MIN_HORIZON_DAYS} days` },
  )
}

function checkNote({ note = '' }: WriteOptions): void {
  const unwritable = unwritableFindings({ note })
  if (unwritable.length > 0) throw invalidInput(unwritable)
  if (note.length <= MAX_NOTE_LENGTH) return
  throw new DriftStatusError('invalid-input', `the note is longer than ${MAX_NOTE_LENGTH} characters`, {
    hint: 'say why in a sentence or two',
  })
}

/** A request, and the revision that what it holds was read at. */
export interface ReadBack {
  readonly request: unknown
  readonly ifMatch: number | undefined
}

/**
 * What a GET answered can be sent back as it is: `{ value, revision }`, with the names for people, or a whole document. The
 * revision is the one that it must still be at, so that nothing written since is lost.
 */
export function readBack({ takesBack }: Operation, request: unknown): ReadBack {
  const asItIs = { request, ifMatch: undefined }
  if (takesBack === undefined || typeof request !== 'object' || request === null) return asItIs
  if (Object.hasOwn(request, takesBack)) return asItIs
  if (Object.hasOwn(request, 'version')) return { request: { [takesBack]: request }, ifMatch: undefined }
  // What a GET tells beside the value is not written.
  const { value, revision, names, availability, ...others } = request as Readonly<Record<string, unknown>>
  if (value === undefined || !(revision === undefined || typeof revision === 'number')) return asItIs
  return { request: { ...others, [takesBack]: value }, ifMatch: revision }
}
