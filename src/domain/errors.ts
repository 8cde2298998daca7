/**
 * What went wrong, as a stable word. The command line maps each to an exit code and the
 * service to an HTTP status, each in one place.
 */
export type ErrorCode =
  | 'usage'
  | 'invalid-input'
  | 'condition'
  | 'not-logged-in'
  | 'not-allowed'
  | 'not-found'
  | 'conflict'
  | 'busy'
  | 'unreachable'
  | 'unreadable'
  | 'interrupted'
  | 'failed'

/** What went wrong, to the word: the command line has a next step for each, see src/cli/next-steps.ts. */
export type ErrorReason =
  | 'agent-exists'
  | 'agent-not-found'
  | 'agent-removed'
  | 'assignment-not-found'
  | 'calendar-not-found'
  | 'changed-since'
  | 'counted-field'
  | 'drift-mismatch'
  | 'drift-scope'
  | 'drift-token'
  | 'email-taken'
  | 'exception-not-found'
  | 'feed-not-found'
  | 'key-already-used'
  | 'last-admin'
  | 'login-needed'
  | 'me-unknown'
  | 'no-keyring'
  | 'no-profile'
  | 'no-token'
  | 'not-a-service'
  | 'not-a-token'
  | 'not-a-workspace'
  | 'own-agent-not-found'
  | 'plan-used'
  | 'profile-exists'
  | 'profile-not-found'
  | 'profiles-unreadable'
  | 'revision-not-found'
  | 'stale-plan'
  | 'stale-write'
  | 'status-not-kept'
  | 'token-ended'
  | 'token-in-url'
  | 'token-missing'
  | 'token-needs-agent'
  | 'token-not-found'
  | 'token-not-undone'
  | 'token-refused'
  | 'token-without-agent'
  | 'undo-needs-later'
  | 'workspace-empty'
  | 'workspace-exists'
  | 'workspace-gone'
  | 'workspace-missing'
  | 'write-uncertain'

/** The number of a rule of the design, e.g. `R4`. */
export type RuleNumber = `R${number}`

export interface ErrorOptions {
  /** What to write or do next. */
  readonly hint?: string | undefined
  readonly reason?: ErrorReason | undefined
  /** The id, name or path that the reason is about. */
  readonly subject?: string | undefined
  /** The rule that was broken. */
  readonly rule?: RuleNumber | undefined
  readonly cause?: unknown
}

/**
 * An expected failure: says what happened and what to do next. Anything else thrown is a bug.
 *
 * @example
 * if (error instanceof DriftStatusError && error.code === 'conflict') console.error(error.message, error.hint)
 */
export class DriftStatusError extends Error {
  override readonly name: string = 'DriftStatusError'
  readonly code: ErrorCode
  readonly hint: string | undefined
  readonly reason: ErrorReason | undefined
  readonly subject: string | undefined
  readonly rule: RuleNumber | undefined

  constructor(code: ErrorCode, message: string, options: ErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.hint = options.hint
    this.reason = options.reason
    this.subject = options.subject
    this.rule = options.rule
  }
}

/** Input that breaks a rule. The parser of a document adds the place. */
export function invalid(rule: RuleNumber, message: string, hint?: string): DriftStatusError {
  return new DriftStatusError('invalid-input', message, { rule, hint })
}
