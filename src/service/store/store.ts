import type { Instant } from '../../domain/schedule/zone.js'
import type { AgentStatus } from '../../domain/words.js'
import type { AgentDocument, WorkspaceDocument } from '../../domain/workspace/schema.js'

/** The parts of a workspace document that are stored and revised each on its own. */
export interface Sections {
  readonly general: Pick<WorkspaceDocument, 'name' | 'plan' | 'timeZone' | 'chatLimit'>
  readonly widget: WorkspaceDocument['widget']
  readonly hours: WorkspaceDocument['hours']
  readonly teams: WorkspaceDocument['teams']
  readonly greeting: WorkspaceDocument['greeting']
  readonly playbooks: WorkspaceDocument['playbooks']
  readonly routing: WorkspaceDocument['routing']
}

export type SectionName = keyof Sections
export const SECTION_NAMES = ['general', 'widget', 'hours', 'teams', 'greeting', 'playbooks', 'routing'] as const

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
}

export interface RevisionFilter {
  readonly actor?: string | undefined
  /** A path: revisions that changed it, something in it, or something around it. */
  readonly path?: string | undefined
  readonly since?: Instant | undefined
  /** Revisions below this number. */
  readonly before?: number | undefined
  readonly limit: number
}

export interface AgentFilter {
  readonly status?: AgentStatus | undefined
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

/** A chat given to an agent by `route`. */
export interface Assignment {
  readonly id: number
  readonly at: Instant
  readonly agent: string
  readonly rule: string | undefined
  readonly endedAt: Instant | undefined
}

/** One consistent view of a workspace. */
export interface ReadTransaction {
  /** The number of the last revision. */
  lastRevision(): Promise<number>
  section<Name extends SectionName>(name: Name): Promise<StoredSection<Name>>
  /** The agent of an id or email. */
  agent(name: string): Promise<StoredAgent | undefined>
  agents(filter: AgentFilter, at: Instant): Promise<readonly AgentDocument[]>
  /** Agents whose name, or its first word, is this, ignoring case; at most a few. */
  agentsNamed(name: string): Promise<readonly AgentDocument[]>
  countAgents(at: Instant): Promise<AgentCounts>
  /**
   * Enough agents to decide at `at` and after it as if all were there: these members, everyone with
   * a timed status, and the first few of every tier that faces come from (R29).
   */
  agentsForDeciding(members: readonly string[], at: Instant): Promise<readonly AgentDocument[]>
  cursor(key: string): Promise<string | undefined>
  cursors(): Promise<ReadonlyMap<string, string>>
  revision(number: number): Promise<Revision | undefined>
  /** The newest first. */
  revisions(filter: RevisionFilter): Promise<readonly Revision[]>
  assignment(id: number): Promise<Assignment | undefined>
  openAssignments(limit: number): Promise<readonly Assignment[]>
}

/** A view that may also write; all of it is kept, or none. */
export interface WriteTransaction extends ReadTransaction {
  putSection<Name extends SectionName>(name: Name, value: Sections[Name], revision: number): Promise<void>
  putAgent(agent: AgentDocument, revision: number): Promise<void>
  deleteAgent(id: string): Promise<void>
  putCursor(key: string, agent: string | undefined): Promise<void>
  addRevision(revision: Revision): Promise<void>
  /** Records that an agent got a chat: the assignment, the open chat and the turn. */
  addAssignment(agent: string, rule: string | undefined, at: Instant): Promise<Assignment>
  endAssignment(id: number, at: Instant): Promise<void>
}

/**
 * Where a workspace is kept. A write that returned is on disk: it survives the end of the process.
 * Any number of processes may read and write at once.
 */
export interface Store {
  read<Result>(work: (transaction: ReadTransaction) => Promise<Result>): Promise<Result>
  /**
   * Runs work alone among writers; keeps all it wrote, or nothing when it throws.
   * @throws DriftStatusError (busy) when others kept writing for too long; (failed) when the disk refuses.
   */
  write<Result>(work: (transaction: WriteTransaction) => Promise<Result>): Promise<Result>
  close(): Promise<void>
}
