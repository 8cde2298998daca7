import { statusesOf, unfold } from '../../decision/timed-states.js'
import type { AgentDocument } from '../../document/schema.js'
import { endOf } from '../../document/timed.js'
import type { Interval } from '../../time/schedule.js'
import type { Instant } from '../../time/zone.js'
import type { TurnsOfEach } from './turns-of-each.js'

/**
 * When an agent is available within `[from, to)`, in order, by the statuses that are kept of them (R15, R34) and, where
 * they follow it, by the duty (R32). What is kept says all: it means the same whether or not a shift names the agent.
 */
export function* presentTimes(
  agent: AgentDocument,
  turns: TurnsOfEach | undefined,
  from: Instant,
  to: Instant,
): Generator<Interval> {
  let begin = -Infinity
  for (const state of unfold(statusesOf(agent), agent.planned)) {
    const [start, end] = [Math.max(begin, from), Math.min(endOf(state), to)]
    if (start < end && state.status === 'available') yield { start, end }
    if (start < end && state.status === 'automatic') yield* turns?.of(agent.id, start, end) ?? []
    if (end >= to) return
    begin = endOf(state)
  }
}
