import { DocumentError } from '../../domain/document/problem.js'

/** One thing wrong with a calendar, at its line. */
export function mistake(file: string, line: number, message: string, hint?: string): DocumentError {
  return new DocumentError(file, [{ file, line, column: 1, path: '', message, hint }])
}

/** Mistakes told at once. */
const MAX_MISTAKES = 20

/** Reads one thing after another, and tells of everything that is wrong at once. @throws DocumentError */
export function readEach<Item, Read>(items: readonly Item[], file: string, read: (item: Item) => Read): Read[] {
  const problems: DocumentError['problems'][number][] = []
  const all = items.flatMap((item) => {
    try {
      return problems.length < MAX_MISTAKES ? [read(item)] : []
    } catch (error) {
      if (!(error instanceof DocumentError)) throw error
      problems.push(...error.problems)
      return []
    }
  })
  if (problems.length > 0) throw new DocumentError(file, problems)
  return all
}
