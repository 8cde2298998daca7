export type FindingCode =
  | 'online-unstaffed'
  | 'no-hours'
  | 'empty-rule'
  | 'round-robin-of-one'
  | 'unreachable-rule'
  | 'welcome-missing-offline'
  | 'ends-before-midnight'
  | 'exception-in-the-past'
  | 'override-without-end'
  | 'plan-required'
  | 'everyone-away-auto-offline'
  | 'stays-offline'
  | 'duty-gap'
  | 'holidays-stale'
  | 'dead-condition'
  | 'dead-page-pattern'

export interface LintFinding {
  readonly code: FindingCode
  /** An error is a promise that cannot be kept or a write that would be refused; a warning is a likely mistake. */
  readonly severity: 'error' | 'warning'
  /** What is wrong and what to do. */
  readonly text: string
  /** Where in the document, e.g. `routing.rules[2]`. */
  readonly path: string
}
