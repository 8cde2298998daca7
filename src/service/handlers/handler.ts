import type { WriteAnswer } from '../../api/contract/operation.js'
import type { AnswerOf, OperationId, ParsedRequestOf } from '../../api/contract/operations.js'
import type { Instant } from '../../domain/time/zone.js'
import type { Actor } from '../actor.js'
import type { Feed, FeedCopy } from '../feeds/read-feed.js'
import type { Draft } from '../revisions/draft.js'
import type { ReadTransaction, SectionName, WriteTransaction } from '../store/store.js'

export interface CallContext {
  readonly actor: Actor
  readonly now: Instant
  /** Whether everything written will be undone. */
  readonly dryRun: boolean
  /** How many days a dry run looks ahead; default 7. */
  readonly horizonDays?: number | undefined
  /** What the feed that the edit asked for has now. */
  readonly feed?: FeedCopy | undefined
}

/** What an answer says beside what every write answers. */
type Beside<Id extends OperationId> = Omit<AnswerOf<Id>, keyof WriteAnswer>

/** Answers a question from one consistent view. */
export interface ReadHandler<Id extends OperationId> {
  readonly kind: 'read'
  /**
   * Whether the answer holds for the rest of a second while nothing is written and nothing ends, the
   * same for everyone, or for everyone who is the same agent: it is then made once.
   */
  readonly isSteady?: boolean | 'by-agent'
  /** Whether it may read every agent, and so pauses now and then. */
  readonly isLong?: boolean
  readonly handle: (
    request: ParsedRequestOf<Id>,
    transaction: ReadTransaction,
    context: CallContext,
  ) => Promise<AnswerOf<Id>>
}

/** Changes a draft; what differs at the end becomes one revision. */
export interface EditHandler<Id extends OperationId> {
  readonly kind: 'edit'
  /** What `If-Match` speaks of: a section, the agent that the request names, or the whole workspace. */
  readonly etag?: SectionName | 'agent' | 'workspace' | ((request: ParsedRequestOf<Id>) => SectionName)
  /** Which feed is to be read for it, before its transaction begins: a transaction waits for no network. */
  readonly feed?: (
    request: ParsedRequestOf<Id>,
    transaction: ReadTransaction,
    context: CallContext,
  ) => Promise<Feed | undefined>
  readonly handle: (
    request: ParsedRequestOf<Id>,
    draft: Draft,
    context: CallContext,
  ) => Promise<keyof Beside<Id> extends never ? void : Beside<Id>>
}

/** Does in a transaction what is then undone, and makes of it an answer that no transaction is needed for. */
export interface RehearsalHandler<Id extends OperationId> {
  readonly kind: 'rehearsal'
  readonly handle: (
    request: ParsedRequestOf<Id>,
    transaction: WriteTransaction,
    context: CallContext,
  ) => Promise<() => Promise<AnswerOf<Id>>>
}

/** Moves what chats move: cursors, open chats, assignments. These are not settings and make no revision. */
export interface RoutingHandler<Id extends OperationId> {
  readonly kind: 'routing'
  readonly handle: (
    request: ParsedRequestOf<Id>,
    transaction: WriteTransaction,
    context: CallContext,
  ) => Promise<AnswerOf<Id>>
}

export type Handlers = {
  readonly [Id in OperationId]: ReadHandler<Id> | RehearsalHandler<Id> | EditHandler<Id> | RoutingHandler<Id>
}
export type HandlersOf<Id extends OperationId> = Pick<Handlers, Id>
