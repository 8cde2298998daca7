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
  | 'interrupted'
  | 'failed'

/** The number of a rule of the design, e.g. `R4`. */
export type RuleNumber = `R${number}`

export interface ErrorOptions {
  /** What to write or run next. */
  readonly hint?: string | undefined
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
  readonly rule: RuleNumber | undefined

  constructor(code: ErrorCode, message: string, options: ErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.hint = options.hint
    this.rule = options.rule
  }
}

/** Input that breaks a rule. The parser of a document adds the place. */
export function invalid(rule: RuleNumber, message: string, hint?: string): DriftStatusError {
  return new DriftStatusError('invalid-input', message, { rule, hint })
}
