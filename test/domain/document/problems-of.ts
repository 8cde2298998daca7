import { parseWorkspace } from '../../../src/domain/document/parse-workspace.js'
import { DocumentError, type Problem } from '../../../src/domain/document/problem.js'

/** What a valid document needs; a case goes on from line 3. */
export const HEAD = 'version: 1\ntimeZone: Europe/Berlin\n'

/** What is wrong with a document; empty when nothing is. */
export function problemsOf(text: string): readonly Problem[] {
  try {
    parseWorkspace(text, 'acme.yaml')
    return []
  } catch (error) {
    if (error instanceof DocumentError) return error.problems
    throw error
  }
}

/** {@link problemsOf}, each in a line: `4:10 hours.weekly.mon: "9" is not a time range (R1); write …`. */
export function problemLinesOf(text: string): string[] {
  return problemsOf(text).map(({ line, column, path, message, rule, hint }) => {
    const place = path === '' ? '' : `${path}: `
    return `${line}:${column} ${place}${message}${rule ? ` (${rule})` : ''}${hint ? `; ${hint}` : ''}`
  })
}
