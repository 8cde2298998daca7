import type { Instant } from '../time/zone.js'
import { type Agent, type HeldStatus, statusAt } from './agent.js'

/** The first instant after `at` at which an agent's status differs; Infinity when it does not in two years (R15, R32). */
export function nextStatusChange(agent: Agent, at: Instant): Instant {
  const status = statusAt(agent, at)
  const isChange = (border: Instant) => border > at && border !== Infinity && statusAt(agent, border) !== status
  let end = Infinity
  let followsDuty = false
  for (let held: HeldStatus | undefined = agent; held !== undefined && end === Infinity; held = held.next) {
    if (held.status === 'automatic' && held.until > at) followsDuty = true
    if (isChange(held.until)) end = held.until
  }
  if (!followsDuty || !agent.onDuty) return end
  for (const duty of agent.onDuty.duty.dutiesOf(agent.onDuty.person, at)) {
    if (duty.start >= end) break
    const border = [duty.start, duty.end].find(isChange)
    if (border !== undefined) return Math.min(border, end)
  }
  return end
}
