import { DriftStatusError, invalid, type RuleNumber } from '../errors.js'
import { parseInstant } from '../time/instant.js'
import type { Instant } from '../time/zone.js'
import type { Mode, StatusPolicy } from '../words.js'

/**
 * States that hold one after another: each until its end, the last for good when it has none (R8,
 * R15). A document writes the first in place and the others as its `afterwards`.
 */
export interface Timed {
  readonly until?: string | undefined
}

export interface TimedStatus extends Timed {
  readonly status: StatusPolicy
  readonly note?: string | undefined
}

export interface TimedMode extends Timed {
  readonly mode: Mode
}

/** A state that begins later, and covers what would hold then without it (R34). */
export type Planned<State extends Timed> = State & { readonly from: string; readonly until: string }

/** Infinity for a state without an end. */
export function endOf({ until }: Timed): Instant {
  return until === undefined ? Infinity : parseInstant(until)
}

/**
 * What a document may write as `afterwards`: after an end, each with an end after the one before it.
 * @throws DriftStatusError (invalid-input)
 */
export function checkStates(states: readonly Timed[], rule: RuleNumber): void {
  states.forEach((state, index) => {
    const before = states[index - 1]
    if (!before || endOf(state) > endOf(before)) return
    if (before.until === undefined) {
      throw new DriftStatusError('invalid-input', 'nothing comes after a state without an end', {
        rule,
        hint: 'give it an "until", or take out what comes "afterwards"',
      })
    }
    throw new DriftStatusError(
      'invalid-input',
      `what comes "afterwards" ends at ${state.until}, no later than what it follows`,
      {
        rule,
        hint: 'write the states in the order of their ends',
      },
    )
  })
}

/**
 * What a document may write as `planned`: each ends after it begins.
 * @throws DriftStatusError (R34)
 */
export function checkPlanned({ from, until }: { readonly from: string; readonly until: string }): void {
  if (parseInstant(from) < parseInstant(until)) return
  throw invalid('R34', `it ends at ${until}, no later than it begins`, 'write "from" before "until"')
}

/**
 * R32: what follows the duty does so for good; a status with an end covers it.
 * @throws DriftStatusError (R32)
 */
export function checkAutomatic({ status, until }: Timed & { readonly status?: StatusPolicy | undefined }): void {
  if (status !== 'automatic' || until === undefined) return
  throw invalid('R32', '"automatic" has no end', 'take "until" out, or write available or away')
}
