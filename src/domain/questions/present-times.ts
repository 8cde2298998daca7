import { statusesOf, unfold } from '../decision/timed-states.js'
import type { AgentDocument } from '../document/schema.js'
import { endOf } from '../document/timed.js'
import type { Duty } from '../duty/duty.js'
import type { Person, Place } from '../duty/place.js'
import { type Interval, mergeIntervals } from '../time/schedule.js'
import type { Instant } from '../time/zone.js'

/**
 * When an agent is available within `[from, to)`, in order, by the statuses that are kept of them (R15, R34) and, where
 * they follow it, by the duty (R32). What is kept says all: it means the same whether or not a shift names the agent.
 */
export function* presentTimes(
  agent: AgentDocument,
  duty: Duty | undefined,
  from: Instant,
  to: Instant,
): Generator<Interval> {
  let begin = -Infinity
  for (const state of unfold(statusesOf(agent), agent.planned)) {
    const [start, end] = [Math.max(begin, from), Math.min(endOf(state), to)]
    if (start < end && state.status === 'available') yield { start, end }
    if (start < end && state.status === 'automatic') yield* dutyTimes(agent.id, duty, start, end)
    if (end >= to) return
    begin = endOf(state)
  }
}

/** When someone is on duty, in whichever shifts: two at once count once. */
function dutyTimes(id: string, duty: Duty | undefined, from: Instant, to: Instant): readonly Interval[] {
  const person = duty?.personOf(id)
  if (!duty || !person) return []
  const shifts = duty.shifts.filter(({ members }) => members.has(person))
  return mergeIntervals(duty.stretches(from, to, shifts).filter(({ crew }) => isIn(person, crew)))
}

const crews = new WeakMap<readonly Place[], ReadonlySet<Person>>()

/** A crew is the same list day after day, and may be long. */
function isIn(person: Person, crew: readonly Place[]): boolean {
  const people = crews.get(crew) ?? new Set(crew.map(({ agent }) => agent))
  crews.set(crew, people)
  return people.has(person)
}
