import * as z from 'zod/mini'
import type { RuleNumber } from '../errors.js'
import { lazy } from '../lazy.js'
import { parseInstant } from '../time/instant.js'
import { AGENT_STATUSES, MODES, STATUS_POLICIES } from '../words.js'
import { describe, instant, isReadable, note, parsedBy, strict } from './fields.js'
import { checkAutomatic, checkPlanned, checkStates, type Timed } from './timed.js'

/** What holds after the end of what it follows (R8, R15). */
export const timedStatus = lazy(() =>
  parsedBy(
    strict({ status: z.enum(STATUS_POLICIES), until: z.optional(instant()), note: z.optional(note()) }),
    checkAutomatic,
  ),
)
export const timedMode = lazy(() => strict({ mode: z.enum(MODES), until: z.optional(instant()) }))

/** That each of the states ends after the one before it; after one without an end comes nothing. */
export function checkAfterwards(rule: RuleNumber) {
  return ({ until, afterwards = [] }: Timed & { readonly afterwards?: readonly Timed[] | undefined }) => {
    const states = [{ until }, ...afterwards]
    // An instant that cannot be read has its own issue already.
    if (states.every((state) => state.until === undefined || isReadable(state.until, parseInstant))) {
      checkStates(states, rule)
    }
  }
}

const period = () => ({ from: instant(), until: instant() })
const checkPeriod = (value: { readonly from: string; readonly until: string }) => {
  if (isReadable(value.from, parseInstant) && isReadable(value.until, parseInstant)) checkPlanned(value)
}

/** R34: an absence, or a presence, that is known of now and begins later. */
export const plannedStatuses = lazy(() =>
  describe(
    z.array(parsedBy(strict({ status: z.enum(AGENT_STATUSES), ...period(), note: z.optional(note()) }), checkPeriod)),
    { description: 'State: statuses that begin later. Each covers what would hold then without it.' },
  ),
)
export const plannedModes = lazy(() =>
  describe(z.array(parsedBy(strict({ mode: z.enum(MODES), ...period() }), checkPeriod)), {
    description: 'State: modes that begin later. Each covers what would hold then without it.',
  }),
)
