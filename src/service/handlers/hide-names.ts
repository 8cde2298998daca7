import { DriftStatusError, type ErrorCode } from '../../domain/errors.js'
import type { Actor } from '../actor.js'

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
