import { addPlanned, removePlanned } from '../../domain/decision/timed-states.js'
import type { Planned, Timed } from '../../domain/document/timed.js'
import { DriftStatusError, invalid } from '../../domain/errors.js'
import { parseInstant } from '../../domain/time/instant.js'
import { formatFullMoment } from '../../domain/time/moment.js'
import { type Instant, Zone } from '../../domain/time/zone.js'
import type { Draft } from '../revisions/draft.js'

/** Of one person, or of the widget: each is looked at in every decision. */
const MAX_PLANNED = 100

/**
 * When something begins and ends that is set by hand.
 * @throws DriftStatusError (invalid-input) for what is past, and for what begins later and never ends (R34)
 */
export function checkPeriod(start: Instant | undefined, end: Instant | undefined, now: Instant, what: string): void {
  if (start !== undefined && start <= now) {
    throw invalid('R34', `the ${what} would begin before now`, 'leave out when it begins, or name a time in the future')
  }
  if (start !== undefined && end === undefined) {
    throw invalid('R34', `a ${what} that begins later needs an end`, 'name when it ends')
  }
  if (end !== undefined && end <= (start ?? now)) {
    const hint = start === undefined ? 'name an end in the future' : 'name an end after it begins'
    throw new DriftStatusError('invalid-input', `the ${what} would end before it starts`, { hint })
  }
}

/**
 * R34: what is planned, with one more.
 * @param what is planned, in the plural
 */
export function planMore<State extends Timed>(
  planned: readonly Planned<State>[] | undefined,
  added: Planned<State>,
  what: string,
): readonly Planned<State>[] {
  const all = addPlanned(planned, added)
  if (all.length <= MAX_PLANNED) return all
  throw invalid('R34', `more than ${MAX_PLANNED} ${what} are planned`, 'take some back first')
}

/**
 * R34: what is planned, without what begins at an instant.
 * @throws DriftStatusError (not-found) when nothing does, with what is planned
 */
export async function takeBack<State extends Timed>(
  planned: readonly Planned<State>[] = [],
  from: string,
  draft: Draft,
): Promise<readonly Planned<State>[]> {
  const kept = removePlanned(planned, parseInstant(from))
  if (kept !== planned) return kept
  const { timeZone } = await draft.section('general')
  const moment = (text: string) => formatFullMoment(parseInstant(text), Zone.of(timeZone))
  const hint =
    planned.length === 0
      ? 'nothing is planned: see "log" for what was'
      : `planned: from ${planned.map((one) => moment(one.from)).join(', ')}`
  throw new DriftStatusError('not-found', `nothing planned begins at ${moment(from)}`, { hint })
}
