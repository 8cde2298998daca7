import { DriftStatusError, type ErrorCode } from '../domain/errors.js'

export const EXIT_OK = 0
export const EXIT_FAILED = 1
export const EXIT_CONDITION = 3

const EXIT_CODES: Readonly<Record<ErrorCode, number>> = {
  failed: EXIT_FAILED,
  unreadable: EXIT_FAILED,
  usage: 2,
  'invalid-input': 2,
  condition: EXIT_CONDITION,
  'not-logged-in': 4,
  'not-allowed': 4,
  'not-found': 5,
  conflict: 6,
  busy: 7,
  unreachable: 8,
  interrupted: 130,
}

/** Every exit code. */
export const ALL_EXIT_CODES: readonly number[] = [...new Set([EXIT_OK, ...Object.values(EXIT_CODES)])]

/** The exit code of anything thrown: an unexpected error is our bug, and 1. */
export function exitCodeOf(error: unknown): number {
  return error instanceof DriftStatusError ? EXIT_CODES[error.code] : EXIT_FAILED
}
