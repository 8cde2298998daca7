import type { Instant } from '../../domain/time/zone.js'

/** A store looked at without writing a byte: no migration, no log, no lock of a writer. */
export interface StoreInspection {
  /** What keeps it, e.g. `SQLite 3.50.4, node:sqlite` or `PostgreSQL 17.2`. */
  readonly engine: string
  /** Older: the next use of the store migrates it. */
  readonly schema: { readonly version: number; readonly current: number }
  /** Undefined in a store that holds no workspace yet. */
  lastRevision(): Promise<{ readonly number: number; readonly at: Instant } | undefined>
  /** The zones that the workspace names. */
  zones(): Promise<readonly string[]>
  /**
   * The id of the agent whom an id, an email or a name names; undefined for nobody.
   * @throws DriftStatusError (invalid-input) when it names several
   */
  agentId(name: string): Promise<string | undefined>
  close(): Promise<void>
}
