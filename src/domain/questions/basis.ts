import { type Agent, countsForStaffing, heldStatusAt, type Roster, statusAt } from '../decision/agent.js'
import type { Workspace } from '../decision/compile-workspace.js'
import { formatInstant } from '../time/instant.js'
import type { Instant } from '../time/zone.js'
import type { AgentStatus } from '../words.js'

/** What an answer about the future rests on (R35): how many people it is known of, and of how many it is assumed. */
export interface Basis {
  /** People who follow the duty, at the instant or at some time of the stretch: they are as the duty says. */
  readonly onDuty: number
  /** Everyone else: they are assumed to stay as they are, timed and planned statuses included. */
  readonly assumed: number
}

/** The answer of `POST /v1/basis`: the same, with the names. */
export interface BasisAnswer extends Basis {
  readonly from: string
  readonly to: string
  readonly timeZone: string
  /** Who is assumed to stay as they are, and how they are at `from`; empty where nobody asked for names. */
  readonly people: readonly { readonly id: string; readonly name: string; readonly status: AgentStatus }[]
}

/** A workspace, or those of its people that an answer counts. */
interface Counted {
  readonly roster: Pick<Roster, 'agents'>
}

/**
 * The basis of an answer about an instant, or about `[from, to)`. Bots and disabled agents are in neither number.
 *
 * @param people how many there are in all, where the roster has not loaded everyone
 */
export function basisOf({ roster }: Counted, from: Instant, to = from, people?: number): Basis {
  const counted = roster.agents.filter(countsForStaffing)
  const onDuty = counted.filter((agent) => followsDuty(agent, from, to)).length
  return { onDuty, assumed: (people ?? counted.length) - onDuty }
}

/**
 * What an answer about `[from, to)`, or about one instant, says of its basis: nothing where it is not about the future.
 *
 * @param people how many there are in all, where the roster has not loaded everyone
 */
export function futureBasis(
  workspace: Counted,
  now: Instant | undefined,
  from: Instant,
  to = from,
  people?: number,
): { readonly basis?: Basis } {
  if (now === undefined) return { basis: basisOf(workspace, from, to, people) }
  return to > now ? { basis: basisOf(workspace, Math.max(from, now), to, people) } : {}
}

/** The same with the names of those who are assumed to stay as they are. */
export function askBasis(workspace: Workspace, from: Instant, to: Instant): BasisAnswer {
  const assumed = workspace.roster.agents.filter((agent) => countsForStaffing(agent) && !followsDuty(agent, from, to))
  return {
    ...countBasis(workspace, from, to),
    people: assumed.map((agent) => ({ id: agent.id, name: agent.name, status: statusAt(agent, from) })),
  }
}

/**
 * The same without the names.
 *
 * @param people how many there are in all, where the roster has not loaded everyone
 */
export function countBasis(workspace: Workspace, from: Instant, to: Instant, people?: number): BasisAnswer {
  const { zone } = workspace
  return {
    from: formatInstant(from, zone),
    to: formatInstant(to, zone),
    timeZone: zone.name,
    ...basisOf(workspace, from, to, people),
    people: [],
  }
}

/** Whether the duty says what an agent is, with nothing timed over it; one in no shift has nothing to follow. */
function followsDuty(agent: Agent, from: Instant, to: Instant): boolean {
  if (!agent.onDuty) return false
  let held = heldStatusAt(agent, from)
  while (held.status !== 'automatic') {
    if (held.next === undefined || held.until >= to) return false
    held = held.next
  }
  return true
}
