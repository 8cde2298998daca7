import type { DocumentError } from '../../domain/document/problem.js'
import type { CommandResult } from '../command.js'
import { exitCodeOf } from '../exit-codes.js'
import type { PlacedFinding } from '../output/lint-formats.js'

/** The problems of a document that is not valid, as annotations. */
export function invalidResult(error: DocumentError, format: 'github' | 'sarif'): CommandResult {
  const placed = error.problems.map(
    ({ file, line, column, path, message, rule, hint }): PlacedFinding => ({
      code: 'invalid-document',
      severity: 'error',
      text: `${message}${rule === undefined ? '' : ` (${rule})`}${hint === undefined ? '' : `: ${hint}`}`,
      path,
      line,
      column,
      file: file === '<stdin>' ? undefined : file,
    }),
  )
  return {
    json: error.problems,
    text: async () => {
      const { githubLines, sarifLines } = await import('../output/lint-formats.js')
      return format === 'github' ? githubLines(placed) : sarifLines(placed)
    },
    exitCode: exitCodeOf(error),
  }
}
