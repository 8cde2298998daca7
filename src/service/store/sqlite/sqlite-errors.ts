import { DriftStatusError, type ErrorReason } from '../../../domain/errors.js'
import { busyError, StoreFault } from '../store-errors.js'

/** SQLite's numbers for a lock that another process has: a table, the file, or the log while it is recovered. */
const LOCKED: readonly (number | undefined)[] = [5, 6, 15]

/** SQLite's numbers in words; the low byte is the kind of failure. */
const FAILURES: Readonly<Record<number, { message: string; hint: string; reason?: ErrorReason }>> = {
  8: { message: 'may not be written', hint: 'make the file and its folder writable; nothing was changed' },
  10: { message: 'cannot be read or written', hint: 'check the disk; nothing was changed' },
  11: { message: 'is damaged', hint: 'restore it from a copy' },
  13: { message: 'cannot grow: the disk is full', hint: 'free some space; nothing was changed' },
  14: { message: 'cannot be opened', hint: 'check that its folder exists and is yours' },
  26: { message: 'is not a workspace file', hint: 'name another file', reason: 'not-a-workspace' },
}

/** The house's error of what the driver threw; anything that is not a failure of SQLite stays as it is. */
export function storeError(error: unknown, path: string): unknown {
  if (error instanceof DriftStatusError) return error
  if (isLocked(error)) return busyError(error)
  const number = kindOf(error)
  const failure = number === undefined ? undefined : FAILURES[number]
  if (!failure) return error
  return new StoreFault(path, failure.message, { ...failure, cause: error })
}

/** Whether another process has the file, or what is beside it, locked. */
export function isLocked(error: unknown): boolean {
  return LOCKED.includes(kindOf(error))
}

/** Why a file that can be read is not written. */
export function writeError(error: unknown, path: string): unknown {
  const isOpened = kindOf(error) !== 14
  return storeError(isOpened ? error : Object.assign(new Error('read-only', { cause: error }), { errcode: 8 }), path)
}

/** Whether a file, or what SQLite keeps beside it, could not be opened for writing. */
export function isUnwritable(error: unknown): boolean {
  return [8, 10, 13, 14].includes(kindOf(error) ?? 0)
}

/** What SQLite says: the driver for older versions of Node leaves the number out of errors of `all`. */
const NUMBERS: Readonly<Record<string, number>> = {
  'database is locked': 5,
  'database table is locked': 6,
  'attempt to write a readonly database': 8,
  'disk I/O error': 10,
  'database disk image is malformed': 11,
  'database or disk is full': 13,
  'unable to open database file': 14,
  'locking protocol': 15,
  'file is not a database': 26,
}

function kindOf(error: unknown): number | undefined {
  const { code, message, errcode, errno, sqliteCode, sqliteExtendedCode } = error as Record<string, unknown>
  const number = [errcode, sqliteCode, sqliteExtendedCode, errno].find((value) => typeof value === 'number')
  if (number !== undefined) return (number as number) & 0xff
  return code === 'ERR_SQLITE_ERROR' ? NUMBERS[message as string] : undefined
}
