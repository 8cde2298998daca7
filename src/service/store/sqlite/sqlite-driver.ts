import { DriftStatusError } from '../../../domain/errors.js'

/** What Node's own SQLite and its stand-in for older versions have in common. */
export interface Database {
  exec(sql: string): void
  prepare(sql: string): Statement
  close(): void
}

export interface Statement {
  all(...values: readonly SqlValue[]): unknown[]
  iterate(...values: readonly SqlValue[]): Iterable<unknown>
  get(...values: readonly SqlValue[]): unknown
  run(...values: readonly SqlValue[]): { lastInsertRowid: number | bigint; changes: number | bigint }
}

type SqlValue = string | number | null

interface DriverOptions {
  readonly readOnly?: boolean
}
export type Driver = new (path: string, options?: DriverOptions) => Database

/** Node has SQLite of its own from 22.13; before that, a package with the same interface. */
export async function loadDriver(): Promise<Driver> {
  if (hasOwnSqlite(process.versions.node)) {
    const { DatabaseSync } = await silently(() => import('node:sqlite' as string))
    return DatabaseSync
  }
  const { DatabaseSync } = await import('@photostructure/sqlite').catch(missing)
  // It closes without its statements, so SQLite leaves the log beside the file, and a copy of the file lacks what is there.
  return class extends (DatabaseSync as unknown as Driver) {
    readonly #isReadOnly: boolean

    constructor(path: string, options: DriverOptions = {}) {
      super(path, options)
      this.#isReadOnly = options.readOnly ?? false
    }

    override close(): void {
      try {
        if (!this.#isReadOnly) this.exec('PRAGMA wal_checkpoint(TRUNCATE)')
      } catch {
        // The file may not be written, or the disk is full: the log stays, with all that was written.
      }
      super.close()
    }
  }
}

function missing(cause: unknown): never {
  throw new DriftStatusError(
    'failed',
    `Node ${process.versions.node} has no SQLite of its own, and @photostructure/sqlite is not installed`,
    { hint: 'use Node 22.13 or later, or install with optional dependencies', cause },
  )
}

/** What `loadDriver` loads, by name. */
export function driverName(): string {
  return hasOwnSqlite(process.versions.node) ? 'node:sqlite' : '@photostructure/sqlite'
}

function hasOwnSqlite(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major > 22 || (major === 22 && minor >= 13)
}

/** Loads without the warning that the module is experimental, which a person who runs a command need not know. */
async function silently<Result>(load: () => Promise<Result>): Promise<Result> {
  const { emitWarning } = process
  process.emitWarning = () => {}
  try {
    return await load()
  } finally {
    process.emitWarning = emitWarning
  }
}
