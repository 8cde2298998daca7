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

/** The sections of a snapshot, those that were read or written so far. */
export type KnownSections = ReadonlyMap<SectionName, StoredSection>

/** What is stored at one moment, and what of it is known already. */
export class StoredState implements Snapshot {
  #sections: KnownSections

  constructor(sections: KnownSections = new Map()) {
    this.#sections = sections
  }

  get sections(): KnownSections {
    return this.#sections
  }

  /** All of them, as they were read. */
  learn(sections: KnownSections): void {
    this.#sections = sections
  }

  /** After something else than a section was written. */
  next(): StoredState {
    return new StoredState(this.#sections)
  }

  /** After a section was written. */
  with(name: SectionName, section: StoredSection): StoredState {
    const isComplete = this.#sections.size > 0
    return new StoredState(isComplete ? new Map([...this.#sections, [name, section]]) : undefined)
  }
}
