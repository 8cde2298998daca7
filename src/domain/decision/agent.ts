import type { AgentDocument } from '../document/schema.js'
import { endOf } from '../document/timed.js'
import { instantOf } from '../time/instant.js'
import { countUpTo } from '../time/schedule.js'
import type { Instant } from '../time/zone.js'
import type { AgentStatus } from '../words.js'
import { mailboxKey, personKey } from './named-agents.js'
import { isSameStatus, joinStates, statusesOf } from './timed-states.js'

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
  /** How many are available after so many of these ends (R9). */
  readonly #available: Int32Array
  /** Sorted instants at which "someone is available" flips (R9). */
  readonly #staffingChanges: Float64Array
  readonly #byId: ReadonlyMap<string, Agent>
  readonly #byEmail: ReadonlyMap<string, Agent>

  /** @param agents in the order of their ids */
  constructor(agents: readonly Agent[], byId: ReadonlyMap<string, Agent>, byEmail: ReadonlyMap<string, Agent>) {
    this.agents = agents
    this.#byId = byId
    this.#byEmail = byEmail
    this.agentsWithAvatar = this.agents.filter(({ hasAvatar }) => hasAvatar)
    const ends = this.agents.flatMap(statusEnds).sort((a, b) => a.at - b.at)
    this.#statusEnds = Float64Array.from(ends, ({ at }) => at)
    let available = this.agents.filter((agent) => countsForStaffing(agent) && agent.status === 'available').length
    this.#available = new Int32Array(ends.length + 1)
    this.#available[0] = available
    const changes: Instant[] = []
    let wasStaffed = available > 0
    ends.forEach(({ at, gained }, index) => {
      available += gained
      this.#available[index + 1] = available
      // What ends together changes at once.
      if (ends[index + 1]?.at === at || available > 0 === wasStaffed) return
      wasStaffed = !wasStaffed
      changes.push(at)
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
    let [low, high] = [0, this.agents.length]
    while (low < high) {
      const middle = (low + high) >>> 1
      if (compareIds(this.agents[middle]!.id, id) <= 0) low = middle + 1
      else high = middle
    }
    return low - 0.5
  }

  /** How many agents are available (R9): bots and disabled agents do not count. */
  availableAt(at: Instant): number {
    return this.#available[countUpTo(this.#statusEnds, at)]!
  }

  /** Whether any agent is available (R9). */
  isStaffed(at: Instant): boolean {
    return this.availableAt(at) > 0
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

/** Agents compiled in one step: a few milliseconds of work. */
const AGENTS_A_STEP = 2000

/** Compiles the agents of a workspace; between two steps, the caller may pause. */
export function* compileRoster(
  documents: readonly AgentDocument[],
  workspaceChatLimit: number | undefined,
): Generator<void, Roster> {
  const sorted = [...documents].sort((a, b) => compareIds(a.id, b.id))
  const agents: Agent[] = []
  const byId = new Map<string, Agent>()
  const byEmail = new Map<string, Agent>()
  for (const [rank, document] of sorted.entries()) {
    if (rank % AGENTS_A_STEP === AGENTS_A_STEP - 1) yield
    const agent = compileAgent(document, rank, workspaceChatLimit)
    agents.push(agent)
    byId.set(agent.id, agent)
    const mailbox = mailboxKey(agent)
    if (mailbox !== undefined && !byEmail.has(mailbox)) byEmail.set(mailbox, agent)
  }
  yield
  return new Roster(agents, byId, byEmail)
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

const LEADING_ZEROS = /^0+(?=\d)/

/** The order of ids (R21): numeric ids as numbers and first, then text by code unit. */
export function compareIds(a: string, b: string): number {
  const [aIsNumber, bIsNumber] = [/^\d+$/.test(a), /^\d+$/.test(b)]
  if (aIsNumber && bIsNumber) {
    const [x, y] = [a.replace(LEADING_ZEROS, ''), b.replace(LEADING_ZEROS, '')]
    if (x.length !== y.length) return x.length < y.length ? -1 : 1
    if (x !== y) return x < y ? -1 : 1
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
  // Most agents have one status, for good.
  if (document.until === undefined && document.afterwards === undefined) {
    return { status: document.status ?? 'available', until: Infinity, note: document.note, next: undefined }
  }
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
