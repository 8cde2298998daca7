import type { AgentDocument } from '../../../domain/document/schema.js'
import type { Instant } from '../../../domain/time/zone.js'
import type { StatusPolicy } from '../../../domain/words.js'
import type { SectionName, Snapshot, StoredSection } from '../store.js'

/** A list is one value: the dialect says how a statement looks into it. */
export type SqlValue = string | number | null | readonly string[]

/** Where the databases say the same in other words. */
export interface Dialect {
  /** The condition that a column holds one of the texts of a list, e.g. `id ${oneOf('?2')}`. */
  oneOf(parameter: string): string
  /** A table of the texts of a list, as the column `value`. */
  eachOf(parameter: string): string
  /** The columns that tell rows of one table apart, for `ON CONFLICT`. */
  key(...columns: readonly string[]): string
  /** After the name of a table: reads it by this index, where the planner would not find that out. */
  indexedBy(index: string): string
  /** A join whose first table is gone through first. */
  readonly joinInOrder: string
  /** Whether a statement failed because another agent has the email. */
  isEmailTaken(error: unknown): boolean
}

/**
 * Runs the statements of the tables in one transaction at a time. A statement names a table in braces, `{agent}`;
 * its first value, `?1`, is the workspace, and those that are given are `?2` and on, or `?` for the next one.
 */
export interface Sql {
  readonly dialect: Dialect
  all(sql: string, ...values: readonly SqlValue[]): Promise<readonly unknown[]>
  get(sql: string, ...values: readonly SqlValue[]): Promise<unknown>
  /** Writes what no snapshot shows. */
  touch(sql: string, ...values: readonly SqlValue[]): Promise<void>
  /** Writes: what is stored is then another snapshot. */
  write(sql: string, ...values: readonly SqlValue[]): Promise<void>
  /** What is stored as the transaction sees it. */
  snapshot: StoredState
}

/** The sections of a snapshot. */
export type KnownSections = ReadonlyMap<SectionName, StoredSection>

/** How many agents are counted alike. */
export interface AgentCount {
  /** 0 for bots and disabled agents. */
  readonly counted: 0 | 1
  readonly lasting: StatusPolicy
  readonly amount: number
}

/** What is stored at one moment, and what of it is known already: that need not be asked again. */
export class StoredState implements Snapshot {
  /** All of them, or none. */
  sections: KnownSections = new Map()
  counts: readonly AgentCount[] | undefined
  lastRevision: number | undefined
  /** Everyone with a timed or planned status that had not ended then. */
  running: { readonly from: Instant; readonly agents: readonly AgentDocument[] } | undefined
  /** What agents that were read are counted under. */
  readonly counted = new Map<string, Omit<AgentCount, 'amount'>>()

  /** After a write: whoever writes sections, agents or revisions says what is known of them then. */
  next(): StoredState {
    const state = new StoredState()
    state.sections = this.sections
    state.counts = this.counts
    state.lastRevision = this.lastRevision
    return state
  }
}
