import { DriftStatusError } from '../../domain/errors.js'

/** SQLite's numbers in words; the low byte is the kind of failure. */
const FAILURES: Readonly<Record<number, { code: 'busy' | 'failed'; message: string; hint: string }>> = {
  5: { code: 'busy', message: 'is being written by others', hint: 'try again' },
  6: { code: 'busy', message: 'is being written by others', hint: 'try again' },
  8: {
    code: 'failed',
    message: 'may not be written',
    hint: 'make the file and its folder writable; nothing was changed',
  },
  10: { code: 'failed', message: 'cannot be read or written', hint: 'check the disk; nothing was changed' },
  11: { code: 'failed', message: 'is damaged', hint: 'restore it from a copy' },
  13: { code: 'failed', message: 'cannot grow: the disk is full', hint: 'free some space; nothing was changed' },
  14: { code: 'failed', message: 'cannot be opened', hint: 'check that its folder exists and is yours' },
  26: { code: 'failed', message: 'is not a workspace file', hint: 'name another file, or run "drift-status init"' },
}

/** The house's error of what the driver threw; anything that is no failure of SQLite stays as it is. */
export function storeError(error: unknown, path: string): unknown {
  const number = kindOf(error)
  const failure = number === undefined ? undefined : FAILURES[number]
  if (!failure || error instanceof DriftStatusError) return error
  return new DriftStatusError(failure.code, `${path} ${failure.message}`, { hint: failure.hint, cause: error })
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

function kindOf(error: unknown): number | undefined {
  const { errcode, errno, sqliteCode, sqliteExtendedCode } = error as Record<string, unknown>
  const number = [errcode, sqliteCode, sqliteExtendedCode, errno].find((value) => typeof value === 'number')
  return number === undefined ? undefined : (number as number) & 0xff
}
