import { countsForStaffing } from '../../decision/agent.js'
import type { Workspace } from '../../decision/compile-workspace.js'
import { formatMoment } from '../../time/moment.js'
import type { Instant } from '../../time/zone.js'
import type { Reason } from './reason.js'

/** People who are named as those who could change it; the others are "anyone else". */
const MAX_NAMED = 3

/**
 * R36: why auto-offline hides what the policy would show at an instant, until when, and who would change that:
 * `Auto-offline hides it: nobody is available until Tue 09:00. It shows as soon as Ana Flores or Kofi Mensah is.`
 *
 * @param at undefined for no time in particular
 * @param now where the reader is: times near it are said without their date
 * @param count how many people there are in all, where the roster has not loaded everyone
 */
export function explainHidden(
  { roster, zone }: Workspace,
  at: Instant | undefined,
  now = at,
  count = roster.agents.filter(countsForStaffing).length,
): Reason {
  const people = roster.agents.filter(countsForStaffing)
  const back = at === undefined ? Infinity : roster.nextStaffingChange(at)
  const until = back === Infinity ? '' : ` until ${formatMoment(back, zone, now ?? back)}`
  const text =
    people.length === 0
      ? 'Auto-offline hides it: there are no agents. It shows as soon as one is added who is available.'
      : `Auto-offline hides it: nobody is available${until}. It shows as soon as ${sayAny(
          people.map(({ name }) => name),
          count,
        )} is.`
  return { rule: 'R36', code: 'hidden.auto-offline', text }
}

/** `Ana, Ben or anyone else` */
function sayAny(names: readonly string[], count: number): string {
  const named = count <= MAX_NAMED + 1 ? names : [...names.slice(0, MAX_NAMED), 'anyone else']
  return named.length === 1 ? named[0]! : `${named.slice(0, -1).join(', ')} or ${named.at(-1)}`
}
