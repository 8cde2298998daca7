import type { RuleNumber } from '../../errors.js'

/** Why a decision is as it is: the rule, a stable code, and a sentence. */
export interface Reason {
  readonly rule: RuleNumber
  readonly code: string
  readonly text: string
}
