import { type Agent, countsForStaffing, type HeldStatus, heldStatusAt } from '../../decision/agent.js'
import type { Workspace } from '../../decision/compile-workspace.js'
import type { Place } from '../../duty/place.js'
import { stretchesOf } from '../../duty/shift.js'
import { WEEK_MS } from '../../duty/week-tables.js'
import type { Instant } from '../../time/zone.js'
import type { StatusPolicy } from '../../words.js'

/** How many people are there from an instant on. */
export interface Presence {
  readonly at: Instant
  /** Of everyone who counts for staffing (R9). */
  readonly everyone: number
  /** Of those who are asked about. */
  readonly wanted: number
}

/**
 * How many people are there in `[from, to)`: the first at `from`, then one wherever someone may come or go. Each turn of duty
 * and each timed status moves the numbers as it begins and ends; nobody is counted again between.
 *
 * @param wanted those who are asked about; everyone where undefined
 */
export function* presenceIn(
  workspace: Workspace,
  wanted: ReadonlySet<Agent> | undefined,
  from: Instant,
  to: Instant,
): Generator<Presence> {
  const attendance = new Attendance(workspace, wanted, from)
  let at = from
  for (const changes of changesIn(workspace, from, to)) {
    if (changes.at > at) yield attendance.from(at)
    at = changes.at
    attendance.apply(changes)
  }
  if (at < to) yield attendance.from(at)
}

/** What begins and ends at one instant. */
interface Changes {
  readonly at: Instant
  /** Who begins a turn of duty, and who ends one. */
  readonly begin: (readonly Place[])[]
  readonly end: (readonly Place[])[]
  /** Whose status gives way to which. */
  readonly statuses: { readonly agent: Agent; readonly status: StatusPolicy }[]
}

/**
 * The changes of `[from, to]` in order, a week at a time, as a year of a large rota has a hundred thousand turns. What
 * runs on from one week to the next ends and begins between them.
 */
function* changesIn({ duty, roster }: Workspace, from: Instant, to: Instant): Generator<Changes> {
  const statuses = roster.agents.flatMap((agent) => statusChangesOf(agent, from, to)).sort((a, b) => a.at - b.at)
  let told = 0
  for (let start = from; start < to; start += WEEK_MS) {
    const end = Math.min(start + WEEK_MS, to)
    const byInstant = new Map<Instant, Changes>()
    const changesAt = (at: Instant) => {
      const known = byInstant.get(at)
      if (known) return known
      const made: Changes = { at, begin: [], end: [], statuses: [] }
      byInstant.set(at, made)
      return made
    }
    for (; told < statuses.length && statuses[told]!.at < end; told++) {
      changesAt(statuses[told]!.at).statuses.push(statuses[told]!)
    }
    for (const shift of duty?.shifts ?? []) {
      for (const stretch of stretchesOf(shift, start, end)) {
        changesAt(stretch.start).begin.push(stretch.crew)
        changesAt(stretch.end).end.push(stretch.crew)
      }
    }
    yield* [...byInstant.values()].sort((a, b) => a.at - b.at)
  }
}

/** When an agent's status gives way to the next one, after `from` and before `to`. */
function statusChangesOf(agent: Agent, from: Instant, to: Instant) {
  const changes = []
  for (let held: HeldStatus = heldStatusAt(agent, from); held.next && held.until < to; held = held.next) {
    changes.push({ at: held.until, agent, status: held.next.status })
  }
  return changes
}

/** Who is there, and how many they are. */
class Attendance {
  #everyone = 0
  #wanted = 0
  readonly #statuses: StatusPolicy[]
  /** By rank, of those who count for staffing: in how many turns each is, as two shifts may overlap. */
  readonly #turns: Uint32Array
  readonly #isCounted: Uint8Array
  readonly #isWanted: Uint8Array
  /** The rank of each person of the duty; -1 for one who has left. */
  readonly #ranks: Int32Array

  constructor({ roster, duty }: Workspace, wanted: ReadonlySet<Agent> | undefined, at: Instant) {
    const { agents } = roster
    this.#statuses = agents.map((agent) => heldStatusAt(agent, at).status)
    this.#turns = new Uint32Array(agents.length)
    this.#isCounted = Uint8Array.from(agents, (agent) => (countsForStaffing(agent) ? 1 : 0))
    this.#isWanted = wanted ? Uint8Array.from(agents, (agent) => (wanted.has(agent) ? 1 : 0)) : this.#isCounted
    this.#ranks = new Int32Array(duty?.people.length ?? 0).fill(-1)
    for (const { rank, onDuty } of agents) {
      if (onDuty) this.#ranks[onDuty.person.index] = rank
      if (this.#isThere(rank)) this.#count(rank, 1)
    }
  }

  /** The numbers, as of an instant. */
  from(at: Instant): Presence {
    return { at, everyone: this.#everyone, wanted: this.#wanted }
  }

  /** Moves on to the instant of the changes. */
  apply({ begin, end, statuses }: Changes): void {
    for (const crew of begin) for (const { agent } of crew) this.#turn(this.#ranks[agent.index]!, 1)
    for (const crew of end) for (const { agent } of crew) this.#turn(this.#ranks[agent.index]!, -1)
    for (const { agent, status } of statuses) {
      if (this.#isThere(agent.rank)) this.#count(agent.rank, -1)
      this.#statuses[agent.rank] = status
      if (this.#isThere(agent.rank)) this.#count(agent.rank, 1)
    }
  }

  #turn(rank: number, by: 1 | -1): void {
    if (rank === -1) return
    const wasOnDuty = this.#turns[rank]! > 0
    this.#turns[rank]! += by
    const isOnDuty = this.#turns[rank]! > 0
    if (wasOnDuty !== isOnDuty && this.#statuses[rank] === 'automatic') this.#count(rank, by)
  }

  #isThere(rank: number): boolean {
    const status = this.#statuses[rank]
    return status === 'available' || (status === 'automatic' && this.#turns[rank]! > 0)
  }

  #count(rank: number, by: 1 | -1): void {
    this.#everyone += this.#isCounted[rank]! * by
    this.#wanted += this.#isWanted[rank]! * by
  }
}
