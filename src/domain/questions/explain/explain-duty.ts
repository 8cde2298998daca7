import { type Agent, heldStatusAt } from '../../decision/agent.js'
import type { Workspace } from '../../decision/compile-workspace.js'
import { nextStatusChange } from '../../decision/next-status.js'
import type { Place } from '../../duty/place.js'
import { endOfDuty, type Shift } from '../../duty/shift.js'
import { formatMoment } from '../../time/moment.js'
import type { Instant, Zone } from '../../time/zone.js'
import type { Reason } from './reason.js'

/** How many of those on duty are told by name. */
const MAX_TOLD = 5

/** R31 to R33: who is on duty and in which shift, or that nobody is. */
export function explainDuty(workspace: Workspace, at: Instant): Reason[] {
  const { duty, zone } = workspace
  if (!duty) return []
  const places = duty.onDutyAt(at).flatMap(({ shift, crew }) => crew.map((place) => ({ shift, place })))
  if (places.length === 0) {
    const next = duty.nextTransition(at)
    const until = next === Infinity ? '' : ` until ${formatMoment(next, zone, at)}`
    return [{ rule: 'R31', code: 'duty.nobody', text: `Nobody is on duty${until}.` }]
  }
  const told = places.slice(0, MAX_TOLD).map(({ shift, place }) => explainPlace(workspace, shift, place, at))
  const more = places.length - told.length
  if (more > 0)
    told.push({ rule: 'R31', code: 'duty.more', text: `${more} more ${more === 1 ? 'is' : 'are'} on duty.` })
  return told
}

/** `Kofi Mensah is on duty for Ana Flores: Front desk until Mon 13:00.` */
function explainPlace({ roster, zone }: Workspace, shift: Shift, place: Place, at: Instant): Reason {
  const nameOf = (id: string) => roster.find(id)?.name ?? id
  const agent = roster.find(place.agent.id)
  const held = agent && heldStatusAt(agent, at)
  const isCover = place.agent !== place.planned
  const instead = isCover ? ` for ${nameOf(place.planned.id)}` : ''
  const isAway = held?.status === 'away'
  const word = isAway ? `on duty${instead} and away by hand` : `on duty${instead}`
  const text = `${nameOf(place.agent.id)} is ${word}: ${shift.name}${untilText(endOfDuty(shift, place.agent, at), zone, at)}.`
  return { rule: isAway ? 'R32' : isCover ? 'R33' : 'R31', code: isAway ? 'duty.away' : 'duty.on', text }
}

/** What one who follows the duty is: `available until Mon 13:00 (on duty: Front desk)`, `away until Tue 09:00 (off duty)`. */
export function describeDuty(agent: Agent, at: Instant, zone: Zone): string {
  const { onDuty } = agent
  const until = untilText(nextStatusChange(agent, at), zone, at)
  if (!onDuty) return `away${until} (in no shift)`
  const running = onDuty.duty.onDutyAt(at).find(({ crew }) => crew.some((place) => place.agent === onDuty.person))
  return running ? `available${until} (on duty: ${running.shift.name})` : `away${until} (off duty)`
}

function untilText(end: Instant, zone: Zone, at: Instant): string {
  return end === Infinity ? '' : ` until ${formatMoment(end, zone, at)}`
}
