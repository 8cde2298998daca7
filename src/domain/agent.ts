import { instantOf } from './instant.js'
import { mailboxKey, personKey } from './named-agents.js'
import { countUpTo } from './schedule/sorted-instants.js'
import type { Instant } from './schedule/zone.js'
import { endOf, isSameStatus, joinStates, statusesOf } from './timed-states.js'
import type { AgentStatus } from './words.js'
import type { AgentDocument } from './workspace/schema.js'

/** A status, until when it holds, and what holds after it (R15). */
export interface HeldStatus {
  readonly status: AgentStatus
  /** Infinity for the last one. */
  readonly until: Instant
  readonly note: string | undefined
  readonly next: HeldStatus | undefined
}

/** One person behind the counter, compiled for deciding; the first status is the agent's own. */
export interface Agent extends HeldStatus {
  readonly id: string
  readonly name: string
  readonly email: string | undefined
  /** Position in the order of ids (R21). */
  readonly rank: number
  readonly hasAvatar: boolean
  readonly isBot: boolean
  readonly isDisabled: boolean
  /** Open chats from which the agent takes no more; Infinity for no limit. */
  readonly chatLimit: number
  readonly openChats: number
  /** -Infinity when never routed. */
  readonly lastRoutedAt: Instant
}

/** The agents of a workspace in the order of their ids, found by id or email. */
export class Roster {
  readonly agents: readonly Agent[]
  readonly agentsWithAvatar: readonly Agent[]
  /** Sorted instants at which a timed status of anyone ends. */
  readonly #statusEnds: Float64Array
  /** Sorted instants at which "someone is available" flips (R9), and what holds before the first. */
  readonly #staffingChanges: Float64Array
  readonly #staffedAtFirst: boolean
  readonly #byId = new Map<string, Agent>()
  readonly #byEmail = new Map<string, Agent>()

  constructor(documents: readonly AgentDocument[], workspaceChatLimit: number | undefined) {
    this.agents = [...documents]
      .sort((a, b) => compareIds(a.id, b.id))
      .map((document, rank) => compileAgent(document, rank, workspaceChatLimit))
    this.agentsWithAvatar = this.agents.filter(({ hasAvatar }) => hasAvatar)
    for (const agent of this.agents) {
      this.#byId.set(agent.id, agent)
      const mailbox = mailboxKey(agent)
      if (mailbox !== undefined && !this.#byEmail.has(mailbox)) this.#byEmail.set(mailbox, agent)
    }
    const ends = this.agents.flatMap(statusEnds).sort((a, b) => a.at - b.at)
    this.#statusEnds = Float64Array.from(ends, ({ at }) => at)
    const counted = this.agents.filter(countsForStaffing)
    let available = counted.filter(({ status }) => status === 'available').length
    this.#staffedAtFirst = available > 0
    const changes: Instant[] = []
    ends.forEach(({ at, gained }, index) => {
      available += gained
      if (ends[index + 1]?.at === at) return
      const isStaffed = available > 0
      const wasStaffed = this.#staffedAtFirst === (changes.length % 2 === 0)
      if (isStaffed !== wasStaffed) changes.push(at)
    })
    this.#staffingChanges = Float64Array.from(changes)
  }

  /** The agent of an id, which is exact, or of an email, whose case says nothing. */
  find(name: string): Agent | undefined {
    return this.#byId.get(name) ?? this.#byEmail.get(personKey(name))
  }

  /** Where an id stands in the order, between two ranks when no agent has it: a cursor outlives its agent (R21). */
  rankOf(id: string): number {
    const agent = this.#byId.get(id)
    if (agent) return agent.rank
    const following = this.agents.findIndex((other) => compareIds(other.id, id) > 0)
    return (following === -1 ? this.agents.length : following) - 0.5
  }

  /** Whether any agent is available (R9): bots and disabled agents do not count. */
  isStaffed(at: Instant): boolean {
    return this.#staffedAtFirst === (countUpTo(this.#staffingChanges, at) % 2 === 0)
  }

  /** The first instant after `at` at which {@link isStaffed} differs; Infinity when it never does. */
  nextStaffingChange(at: Instant): Instant {
    return this.#staffingChanges[countUpTo(this.#staffingChanges, at)] ?? Infinity
  }

  /** The first instant after `at` at which a timed status of anyone ends; Infinity when none does. */
  nextStatusEnd(at: Instant): Instant {
    return this.#statusEnds[countUpTo(this.#statusEnds, at)] ?? Infinity
  }
}

/** What an agent's status is at an instant, and until when: a timed one gives way when it ends (R15). */
export function heldStatusAt(agent: Agent, at: Instant): HeldStatus {
  let held: HeldStatus = agent
  while (at >= held.until && held.next !== undefined) held = held.next
  return held
}

export function statusAt(agent: Agent, at: Instant): AgentStatus {
  return at < agent.until ? agent.status : heldStatusAt(agent, at).status
}

export function isAvailable(agent: Agent, at: Instant): boolean {
  return statusAt(agent, at) === 'available'
}

/** Whether an agent can keep the promise of the sign: bots and disabled agents cannot (R9). */
export function countsForStaffing(agent: Agent): boolean {
  return !agent.isBot && !agent.isDisabled
}

/** The order of ids (R21): numeric ids as numbers and first, then text by code unit. */
export function compareIds(a: string, b: string): number {
  const [aIsNumber, bIsNumber] = [/^\d+$/.test(a), /^\d+$/.test(b)]
  if (aIsNumber && bIsNumber) {
    const difference = BigInt(a) - BigInt(b)
    if (difference !== 0n) return difference < 0n ? -1 : 1
  } else if (aIsNumber !== bIsNumber) return aIsNumber ? -1 : 1
  return a < b ? -1 : a > b ? 1 : 0
}

function compileAgent(document: AgentDocument, rank: number, workspaceChatLimit: number | undefined): Agent {
  return {
    id: document.id,
    name: document.name ?? document.email ?? document.id,
    email: document.email,
    rank,
    hasAvatar: document.avatar !== undefined,
    isBot: document.bot ?? false,
    isDisabled: document.disabled ?? false,
    ...compileStatuses(document),
    chatLimit: document.chatLimit ?? workspaceChatLimit ?? Infinity,
    openChats: document.openChats ?? 0,
    lastRoutedAt: instantOf(document.lastRoutedAt) ?? -Infinity,
  }
}

function compileStatuses(document: AgentDocument): HeldStatus {
  return joinStates(statusesOf(document), isSameStatus).reduceRight<HeldStatus | undefined>(
    (next, held) => ({ status: held.status, until: endOf(held), note: held.note, next }),
    undefined,
  )!
}

/** The ends of an agent's statuses, and how many available people each adds or takes away. */
function statusEnds(agent: Agent): { readonly at: Instant; readonly gained: number }[] {
  const ends = []
  for (let held: HeldStatus = agent; held.next !== undefined; held = held.next) {
    const isChange = held.status !== held.next.status && countsForStaffing(agent)
    ends.push({ at: held.until, gained: !isChange ? 0 : held.next.status === 'available' ? 1 : -1 })
  }
  return ends
}
