import { isDeepStrictEqual } from 'node:util'
import type { RevisionAnswer } from '../../src/api/contract/answers.js'
import type { ChangeAnswer } from '../../src/api/contract/operation.js'

/** A write that returned, under a note that no other write has. */
export interface Acknowledged {
  readonly note: string
  readonly changed: boolean
  readonly revision: number
  readonly changes: readonly ChangeAnswer[]
}

/** What is wrong with a log, the oldest revision first, given the writes that were acknowledged. */
export function findLosses(log: readonly RevisionAnswer[], acknowledged: readonly Acknowledged[]): readonly string[] {
  const byNote = new Map<string | null, RevisionAnswer[]>()
  for (const revision of log) byNote.set(revision.note, [...(byNote.get(revision.note) ?? []), revision])
  return [
    ...log.flatMap(({ number }, index) => {
      const expected = log[0]!.number + index
      return number === expected ? [] : [`revision ${expected} is missing: ${number} stands in its place`]
    }),
    ...acknowledged.flatMap(({ note, changed, revision, changes }) => {
      const kept = byNote.get(note) ?? []
      if (!changed) return kept.length === 0 ? [] : [`"${note}" changed nothing, and the log has it`]
      if (kept.length !== 1) return [`"${note}" is in the log ${kept.length} times`]
      if (kept[0]!.number !== revision)
        return [`"${note}" was revision ${revision}, and the log says ${kept[0]!.number}`]
      return isDeepStrictEqual(kept[0]!.changes, changes) ? [] : [`"${note}" has other changes in the log`]
    }),
  ]
}

/** Revisions whose time is before that of the revision before them. */
export function countBackwards(log: readonly RevisionAnswer[]): number {
  return log.filter(({ at }, index) => index > 0 && at < log[index - 1]!.at).length
}

/** Prints the violations, the first few in words, and fails the process when there are any. */
export function reportViolations(violations: readonly string[]): void {
  for (const violation of violations.slice(0, 10)) process.stderr.write(`violation: ${violation}\n`)
  process.stdout.write(`violations: ${violations.length}\n`)
  if (violations.length > 0) process.exitCode = 1
}
