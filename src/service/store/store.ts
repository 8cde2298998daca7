import type { Scope } from '../../api/contract/operation.js'
import type { DutyDocument } from '../../domain/document/duty-schema.js'
import type { HolidayCalendarDocument } from '../../domain/document/holidays-schema.js'
import type { AgentDocument, WorkspaceDocument } from '../../domain/document/schema.js'
import type { Instant } from '../../domain/time/zone.js'
import type { AgentStatus } from '../../domain/words.js'
import type { TableRows } from './tables/table-rows.js'

/** The parts of a workspace document that are stored and revised each on its own. */
export interface Sections {
  readonly general: Pick<WorkspaceDocument, 'name' | 'plan' | 'timeZone' | 'chatLimit'>
  readonly widget: WorkspaceDocument['widget']
  readonly hours: WorkspaceDocument['hours']
  readonly holidays: readonly HolidayCalendarDocument[]
  readonly teams: WorkspaceDocument['teams']
  readonly duty: DutyDocument
  readonly greeting: WorkspaceDocument['greeting']
  readonly playbooks: WorkspaceDocument['playbooks']
  readonly routing: WorkspaceDocument['routing']
}

export type SectionName = keyof Sections
export const SECTION_NAMES = [
  'general',
  'widget',
  'hours',
  'holidays',
  'teams',
  'duty',
  'greeting',
  'playbooks',
  'routing',
] as const

/** A section with the revision that wrote it last, which is its ETag. */
export interface StoredSection<Name extends SectionName = SectionName> {
  readonly value: Sections[Name]
  readonly revision: number
}

/** An agent with the revision that wrote it last. */
export interface StoredAgent {
  readonly agent: AgentDocument
  readonly revision: number
}

/** One changed value: where, and what it was and is; undefined for nothing. */
export interface Change {
  /** E.g. `hours.weekly.mon`, `agents[2].status`, `hours.exceptions[2026-12-24]`. */
  readonly path: string
  readonly before?: unknown
  readonly after?: unknown
}

/** One acknowledged write. */
export interface Revision {
  readonly number: number
  readonly at: Instant
  /** Who: an agent's id, or the name of what acted. */
  readonly actor: string
  readonly note: string | undefined
  readonly changes: readonly Change[]
  /**
   * What had ended by itself (R15) in what it changed, as it was stored until then: without it nobody could tell from the log
   * how things were between two revisions. Undefined where an earlier version wrote the revision.
   */
  readonly ended?: readonly Change[] | undefined
  /** Set where it made the workspace equal to a document. */
  readonly applied?: Applied | undefined
}

/** How a document came to be applied. */
export interface Applied {
  /** Where the document is from: a commit, or what else was said. */
  readonly source?: string | undefined
  /** The plan that was applied: none is applied twice. */
  readonly plan?: string | undefined
}

/** A revision as it is told; undefined changes are too long to be told with it. */
export type ToldRevision = Omit<Revision, 'changes'> & { readonly changes: Revision['changes'] | undefined }

export interface RevisionFilter {
  readonly actor?: string | undefined
  /** A path: revisions that changed it, something in it, or something around it. */
  readonly path?: string | undefined
  readonly since?: Instant | undefined
  /** Revisions below this number. */
  readonly before?: number | undefined
  readonly limit: number
}

/** Some revisions: fewer than asked for when their changes are long. */
export interface RevisionPage {
  readonly revisions: readonly Revision[]
  /** Whether there are more of them. */
  readonly hasMore: boolean
}

export interface AgentFilter {
  readonly status?: AgentStatus | undefined
  /** The ids of those on duty, who are available when they follow it (R32); for a status only. */
  readonly onDuty?: readonly string[] | undefined
  /** Agents after this id in the order of ids. */
  readonly after?: string | undefined
  readonly limit: number
}

/** How many people are behind the counter: bots and disabled agents left out (R9). */
export interface AgentCounts {
  readonly available: number
  readonly away: number
  /** Every agent, bots and disabled ones included. */
  readonly total: number
}

/** A chat given to an agent by `route chat`. */
export interface Assignment {
  readonly id: number
  readonly at: Instant
  readonly agent: string
  readonly rule: string | undefined
  readonly endedAt: Instant | undefined
}

/** A token as it is kept: never its secret, only what the secret hashes to. */
export interface StoredToken {
  readonly id: string
  readonly name: string
  /** The id of the agent that "me" is. */
  readonly agent: string | undefined
  /** Undefined for a token that may do what its agent may, whatever that comes to be. */
  readonly scopes: readonly Scope[] | undefined
  /** Those of the scopes that the agent's role did not give when the token was made: they do not go with the role. */
  readonly beyond?: readonly Scope[] | undefined
  /** SHA-256 of the secret, hexadecimal. */
  readonly hash: string
  /** The secret before the last rotation, which works until its end. */
  readonly previous: { readonly hash: string; readonly until: Instant } | undefined
  readonly createdAt: Instant
  readonly expiresAt: Instant | undefined
  readonly rotatedAt: Instant | undefined
  readonly revokedAt: Instant | undefined
  /** Why, where nobody revoked it by name. */
  readonly revokedBecause?: string | undefined
  readonly lastUsedAt: Instant | undefined
}

/** What a write under an idempotency key answered. */
export interface KeptAnswer {
  readonly token: string
  /** A hash of the key: the key itself opens the answer. */
  readonly key: string
  /** What was asked: another request under the same key is a mistake. */
  readonly fingerprint: string
  /** Sealed: an answer may hold a secret. */
  readonly answer: string
  readonly at: Instant
}

/**
 * Stands for all that is stored, except for when tokens were used last: another object after every write,
 * by whichever process. What was made of it may be kept under it in a WeakMap.
 */
export type Snapshot = object

/** What a workspace is called where neither its file nor its name is known; it never changes. */
export interface Identity {
  /** In public addresses. */
  readonly id: string
  /** Positive, of 31 bits. */
  readonly number: number
}

export interface AgentsView {
  /** The agent of an id, and nobody else. */
  find(id: string): Promise<StoredAgent | undefined>
  /** Whom a document names: the agent of an id, which is exact, or of an email. */
  member(name: string): Promise<StoredAgent | undefined>
  /** Those whom names are of, each once; many cost little more than one. */
  members(names: Iterable<string>): Promise<readonly AgentDocument[]>
  list(filter: AgentFilter, at: Instant): Promise<readonly AgentDocument[]>
  /** Agents whose email, else name, else first name has this text's key; at most a few. */
  named(name: string): Promise<readonly AgentDocument[]>
  /** The first admin who is a person and not disabled. */
  firstAdmin(): Promise<AgentDocument | undefined>
  /** @param onDuty the ids of those on duty at `at`, who are available when they follow it (R32) */
  count(at: Instant, onDuty?: readonly string[]): Promise<AgentCounts>
  /**
   * Enough agents to decide at `at` and after it as if all were there: these members, everyone with
   * a timed or planned status that has not ended, and the first few more of every tier that faces come from (R29).
   * @param members all whom a target or the duty names
   */
  forDeciding(members: readonly string[], at: Instant): Promise<readonly AgentDocument[]>
}

export interface AgentsTable extends AgentsView {
  /** Keeps an agent; open chats and the last turn only of a new one, because `route` moves them from then on. */
  put(agent: AgentDocument, revision: number): Promise<void>
  delete(id: string): Promise<void>
}

export interface RevisionsView {
  /** The number of the last revision. */
  last(): Promise<number>
  find(number: number): Promise<Revision | undefined>
  /** The newest first. */
  list(filter: RevisionFilter): Promise<RevisionPage>
  /** The last one that applied a document. */
  lastApplied(): Promise<Revision | undefined>
  /** The one that applied a plan. */
  withPlan(plan: string): Promise<Revision | undefined>
  /** The revisions after a number, the oldest first; those with longer changes without them. */
  after(number: number, limit: number, maxChangesBytes: number): Promise<readonly ToldRevision[]>
}

export interface RevisionsTable extends RevisionsView {
  add(revision: Revision): Promise<void>
}

export interface AssignmentsView {
  find(id: number): Promise<Assignment | undefined>
  /** The newest first. */
  open(limit: number): Promise<readonly Assignment[]>
}

export interface AssignmentsTable extends AssignmentsView {
  /** Records that an agent got a chat: the assignment, the open chat and the turn. */
  add(agent: string, rule: string | undefined, at: Instant): Promise<Assignment>
  end(id: number, at: Instant): Promise<void>
  endOf(agent: string, at: Instant): Promise<void>
}

/** The tokens, and what their writes under an idempotency key answered. */
export interface TokensView {
  find(id: string): Promise<StoredToken | undefined>
  /** Every token ever made, the oldest first. */
  list(): Promise<readonly StoredToken[]>
  ofAgent(agent: string): Promise<readonly StoredToken[]>
  keptAnswer(token: string, key: string): Promise<KeptAnswer | undefined>
}

export interface TokensTable extends TokensView {
  /** Keeps everything of a token but when it was last used. */
  put(token: StoredToken): Promise<void>
  touch(id: string, at: Instant): Promise<void>
  keepAnswer(answer: KeptAnswer): Promise<void>
  dropAnswers(before: Instant): Promise<void>
}

/** When the feed of a holiday calendar was read, and how it went. */
export interface FeedState {
  /** The id of the calendar. */
  readonly calendar: string
  /** The address that this is about. */
  readonly source: string
  /** When it was read last and understood; undefined when it never was. */
  readonly readAt: Instant | undefined
  /** What the server called that copy. */
  readonly etag: string | undefined
  /** When it was tried last. */
  readonly triedAt: Instant
  /** Why it could not be read when it was tried last. */
  readonly failure: string | undefined
}

export interface FeedsView {
  /** In the order of ids. */
  list(): Promise<readonly FeedState[]>
}

/** No settings: what is written here makes no revision. */
export interface FeedsTable extends FeedsView {
  put(feed: FeedState): Promise<void>
  delete(calendar: string): Promise<void>
}

/** One consistent view of a workspace. */
export interface ReadTransaction {
  /** What this transaction sees: another one after each of its own writes, which is the store's once it is kept. */
  readonly snapshot: Snapshot
  readonly agents: AgentsView
  readonly revisions: RevisionsView
  readonly assignments: AssignmentsView
  readonly tokens: TokensView
  readonly feeds: FeedsView
  identity(): Promise<Identity>
  section<Name extends SectionName>(name: Name): Promise<StoredSection<Name>>
  cursor(key: string): Promise<string | undefined>
  cursors(): Promise<ReadonlyMap<string, string>>
  /** All that is kept, as rows, for a copy of it elsewhere. */
  everything(): AsyncIterable<TableRows>
}

/** A view that may also write; all of it is kept, or none. */
export interface WriteTransaction extends ReadTransaction {
  readonly agents: AgentsTable
  readonly revisions: RevisionsTable
  readonly assignments: AssignmentsTable
  readonly tokens: TokensTable
  readonly feeds: FeedsTable
  putSection<Name extends SectionName>(name: Name, value: Sections[Name], revision: number): Promise<void>
  putCursor(key: string, agent: string | undefined): Promise<void>
  /**
   * Takes a job that one process does for all: nobody else gets it until then, whatever comes of the process.
   * @returns whether it was free
   */
  takeLease(name: string, now: Instant, until: Instant): Promise<boolean>
  /** Takes all away that is kept. */
  clear(): Promise<void>
  /** Puts rows of a copy. */
  putRows(rows: TableRows): Promise<void>
}

export interface ReadOptions {
  /** Whether it pauses now and then: it then holds up no other read, only others of its kind. */
  readonly isLong?: boolean | undefined
  /** Aborted when nobody wants it any more: a read that waits for others is then not started. */
  readonly signal?: AbortSignal | undefined
}

/** How long a write waits until no other process writes. */
export interface WriteWait {
  /** 0: it is tried once. Default: the store's own limit. */
  readonly waitMs?: number | undefined
  /** Aborted when nobody wants it any more: a write that waits is then not started. */
  readonly signal?: AbortSignal | undefined
}

/**
 * Where a workspace is kept. A write that returned is on disk: it survives the end of the process.
 * Any number of processes may read and write at once.
 */
export interface Store {
  read<Result>(work: (transaction: ReadTransaction) => Promise<Result>, options?: ReadOptions): Promise<Result>
  /**
   * Runs work alone among writers; keeps all it wrote, or nothing when it throws. The writes of one
   * process are begun in the order they came; those that wait together are committed together. Reads go on meanwhile.
   *
   * @param work may be run again from the start after it was undone as a whole
   * @throws DriftStatusError (busy) when others kept writing for too long, or too many writes wait already;
   * (interrupted) when the signal aborts before it began; (failed) when the disk refuses.
   */
  write<Result>(work: (transaction: WriteTransaction) => Promise<Result>, wait?: WriteWait): Promise<Result>
  /** What a transaction begun now would see. Much cheaper than one. */
  snapshot(): Promise<Snapshot>
  /**
   * Whether what is written will be there when the workspace is opened next.
   * @throws DriftStatusError (busy) when it would not: the file was moved, deleted or replaced
   */
  check(): Promise<void>
  close(): Promise<void>
}
