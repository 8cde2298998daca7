import { DocumentError } from '../domain/document/problem.js'
import { DriftStatusError } from '../domain/errors.js'

/** One thing wrong with a text, at its place. */
export function wrongAt(file: string, line: number, column: number, message: string, hint?: string): DocumentError {
  return new DocumentError(file, [{ file, line, column, path: '', message, hint }])
}

/** Reads a value; what the domain says of it is told at a place. */
export function placing<Value>(file: string, line: number, column: number, read: () => Value): Value {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof DriftStatusError) || error instanceof DocumentError) throw error
    const { message, hint, rule } = error
    throw new DocumentError(file, [{ file, line, column, path: '', message, hint, rule }])
  }
}
