import type { RouteAnswer } from '../api/contract/answers.js'
import type { PreviewEntry, WriteAnswer } from '../api/contract/operation.js'
import { DriftStatusError, type ErrorCode } from '../domain/errors.js'
import type { Seen } from '../domain/questions/preview/compare.js'
import type { Actor } from './actor.js'

/** Errors about what is stored: their hints name the nearest there is, and who is in the way. */
const ABOUT_STORED: readonly ErrorCode[] = ['not-found', 'invalid-input', 'conflict']

/**
 * The error as the actor may see it. Who may not read learns from a hint who is in the workspace just
 * as little as from an answer.
 */
export function hideNames(error: unknown, { scopes }: Actor): unknown {
  if (!(error instanceof DriftStatusError) || !ABOUT_STORED.includes(error.code) || scopes.has('read')) return error
  return Object.assign(error, { hint: undefined })
}

/** What of a preview is no secret: every visitor of the page sees it, or would. */
const PUBLIC: readonly string[] = ['mode', 'promise', 'widget'] satisfies readonly Seen[]

/** An answer as the actor may see it: who may not read is not told who the agents are, nor whom rules are for. */
export function asSeenBy(answer: unknown, { scopes }: Actor): unknown {
  if (scopes.has('read') || typeof answer !== 'object' || answer === null || !('names' in answer)) return answer
  const { names, findings, partial, preview, routing, ...others } = answer as Partial<WriteAnswer & RouteAnswer>
  return {
    ...others,
    ...(preview && { preview: preview.flatMap(publicEntry) }),
    // Why each of the others was not routed tells their statuses and notes.
    ...(routing && { routing: { ...routing, candidates: [] } }),
  }
}

function publicEntry({ visitor, differences, hidden, ...entry }: PreviewEntry): readonly PreviewEntry[] {
  const shown = differences.filter(({ what }) => PUBLIC.includes(what))
  return visitor || shown.length === 0 ? [] : [{ ...entry, differences: shown }]
}
