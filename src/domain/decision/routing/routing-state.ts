import type { Instant } from '../../time/zone.js'
import type { Agent, Roster } from '../agent.js'
import type { Group, RoutingState } from './routing.js'

/** Where every cursor stands at first, and the seed of strategy `random`. */
export interface RoutingStart {
  /** The id of the agent routed last; the agent need not exist any more. */
  readonly after?: string | undefined
  readonly seed?: number | undefined
}

/** The seed of strategy `random` when none is given: the same question has the same answer. */
export const DEFAULT_SEED = 1

/** Routing state that moves in memory only: a simulation never moves a real cursor (R23). */
export class MemoryRoutingState implements RoutingState {
  readonly #start: number
  #cursors: Map<string, number> | undefined
  #added: Map<Agent, number> | undefined
  #routedAt: Map<Agent, Instant> | undefined
  #random: number

  constructor(roster: Roster, { after, seed = DEFAULT_SEED }: RoutingStart = {}) {
    this.#start = after === undefined ? -1 : roster.rankOf(after)
    this.#random = seed >>> 0
  }

  cursorOf(group: Group): number {
    return this.#cursors?.get(group.cursorKey) ?? this.#start
  }

  openChatsOf(agent: Agent): number {
    return agent.openChats + (this.#added?.get(agent) ?? 0)
  }

  lastRoutedAtOf(agent: Agent): Instant {
    return this.#routedAt?.get(agent) ?? agent.lastRoutedAt
  }

  /** Mulberry32: the same seed gives the same turns everywhere. */
  nextRandom(): number {
    this.#random = (this.#random + 0x6d2b79f5) >>> 0
    let t = this.#random
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }

  /** Records that an agent got a chat: by a group's turn, or named alone. */
  record(assignee: Agent, group: Group | undefined, at: Instant): void {
    if (group) {
      this.#cursors ??= new Map()
      this.#cursors.set(group.cursorKey, assignee.rank)
    }
    this.#added ??= new Map()
    this.#added.set(assignee, (this.#added.get(assignee) ?? 0) + 1)
    this.#routedAt ??= new Map()
    this.#routedAt.set(assignee, at)
  }
}
