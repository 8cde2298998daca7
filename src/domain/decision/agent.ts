import type { AgentDocument } from '../document/schema.js'
import { endOf } from '../document/timed.js'
import type { CompiledDuty } from '../duty/compile-duty.js'
import type { Duty } from '../duty/duty.js'
import type { Person } from '../duty/place.js'
import { instantOf } from '../time/instant.js'
import { countUpTo } from '../time/schedule.js'
import type { Instant } from '../time/zone.js'
import type { AgentStatus, StatusPolicy } from '../words.js'
import { DutyStaffing, type Following } from './duty-staffing.js'
import { mailboxKey, personKey } from './named-agents.js'
import { isSameStatus, joinStates, statusesOf, unfold } from './timed-states.js'

/** A status, until when it holds, and what holds after it (R15). */
export interface HeldStatus {
  /** `automatic` is available while on duty, else away (R32). */
  readonly status: StatusPolicy
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
  /** What an automatic status follows; undefined for one whom the duty does not name, and who is never on it. */
  readonly onDuty: Seat | undefined
  /** The same, nearer at hand for deciding: the duty, and the person's index in it; -1 for one whom it does not name. */
  readonly duty: Duty | undefined
  readonly seat: number
}

/** One person's place in the duty of the workspace. */
export interface Seat {
  readonly duty: Duty
  readonly person: Person
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

  /** The same where statuses follow the duty (R32); undefined where none does. */
  readonly #onDuty: DutyStaffing | undefined

  /** @param agents in the order of their ids */
  constructor(
    agents: readonly Agent[],
    byId: ReadonlyMap<string, Agent>,
    byEmail: ReadonlyMap<string, Agent>,
    duty?: Duty,
  ) {
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
    const following = duty ? this.agents.flatMap(followingOf) : []
    if (duty && following.length > 0) {
      const byHand = { availableAt: (at: Instant) => this.#availableByHand(at), changes: this.#statusEnds }
      this.#onDuty = new DutyStaffing(duty, following, byHand)
    }
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
    return this.#onDuty ? this.#onDuty.availableAt(at) : this.#availableByHand(at)
  }

  /** How many are available by their own word, whatever the duty. */
  #availableByHand(at: Instant): number {
    return this.#available[countUpTo(this.#statusEnds, at)]!
  }

  /** Whether any agent is available (R9). */
  isStaffed(at: Instant): boolean {
    return this.#onDuty ? this.#onDuty.isStaffed(at) : this.#availableByHand(at) > 0
  }

  /** The first instant after `at` at which {@link isStaffed} differs; Infinity when it never does. */
  nextStaffingChange(at: Instant): Instant {
    if (this.#onDuty) return this.#onDuty.nextStaffingChange(at)
    return this.#staffingChanges[countUpTo(this.#staffingChanges, at)] ?? Infinity
  }

  /** Until when a question of an instant looks ahead: Infinity unless anyone follows the duty, which never ends. */
  horizonOf(at: Instant): Instant {
    return this.#onDuty?.horizonOf(at) ?? Infinity
  }

  /** The first instant after `at` from which a question looks further ahead; Infinity where none looks only so far. */
  nextHorizonChange(at: Instant): Instant {
    return this.#onDuty?.nextHorizonChange(at) ?? Infinity
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
  onDuty?: CompiledDuty,
): Generator<void, Roster> {
  const sorted = [...documents].sort((a, b) => compareIds(a.id, b.id))
  const agents: Agent[] = []
  const byId = new Map<string, Agent>()
  const byEmail = new Map<string, Agent>()
  for (const [rank, document] of sorted.entries()) {
    if (rank % AGENTS_A_STEP === AGENTS_A_STEP - 1) yield
    const agent = compileAgent(document, rank, workspaceChatLimit, onDuty)
    agents.push(agent)
    byId.set(agent.id, agent)
    const mailbox = mailboxKey(agent)
    if (mailbox !== undefined && !byEmail.has(mailbox)) byEmail.set(mailbox, agent)
  }
  yield
  return new Roster(agents, byId, byEmail, onDuty?.duty)
}

/** What an agent's status is at an instant, and until when: a timed one gives way when it ends (R15). */
export function heldStatusAt(agent: Agent, at: Instant): HeldStatus {
  let held: HeldStatus = agent
  while (at >= held.until && held.next !== undefined) held = held.next
  return held
}

/** The status at an instant; of one who follows the duty, available while on duty and else away (R32). */
export function statusAt(agent: Agent, at: Instant): AgentStatus {
  const { status } = at < agent.until ? agent : heldStatusAt(agent, at)
  if (status !== 'automatic') return status
  return isOnDuty(agent, at) ? 'available' : 'away'
}

function isOnDuty({ duty, seat }: Agent, at: Instant): boolean {
  return duty?.isOnDuty(seat, at) ?? false
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

function compileAgent(
  document: AgentDocument,
  rank: number,
  workspaceChatLimit: number | undefined,
  onDuty: CompiledDuty | undefined,
): Agent {
  const person = onDuty?.duty.personOf(document.id)
  const { status, until, note, next } = compileStatuses(document, onDuty?.rota.has(document.id) ?? false)
  // What a decision reads of each member of a team is first, and so is read at once.
  return {
    status,
    until,
    duty: person && onDuty?.duty,
    seat: person?.index ?? -1,
    isBot: document.bot ?? false,
    isDisabled: document.disabled ?? false,
    openChats: document.openChats ?? 0,
    chatLimit: document.chatLimit ?? workspaceChatLimit ?? Infinity,
    id: document.id,
    rank,
    name: document.name ?? document.email ?? document.id,
    email: document.email,
    hasAvatar: document.avatar !== undefined,
    note,
    next,
    lastRoutedAt: instantOf(document.lastRoutedAt) ?? -Infinity,
    onDuty: onDuty && person && { duty: onDuty.duty, person },
  }
}

function compileStatuses(document: AgentDocument, isOnRota: boolean): HeldStatus {
  const { status, until, note, afterwards, planned } = document
  // Most agents have one status, for good.
  if (until === undefined && afterwards === undefined && planned === undefined) {
    return { status: status ?? (isOnRota ? 'automatic' : 'available'), until: Infinity, note, next: undefined }
  }
  return joinStates(unfold(statusesOf(document, isOnRota), planned), isSameStatus).reduceRight<HeldStatus | undefined>(
    (next, held) => ({ status: held.status, until: endOf(held), note: held.note, next }),
    undefined,
  )!
}

/** The ends of an agent's statuses, and how many people available by hand each adds or takes away. */
function statusEnds(agent: Agent): { readonly at: Instant; readonly gained: number }[] {
  const ends = []
  const isCounted = countsForStaffing(agent)
  for (let held: HeldStatus = agent; held.next !== undefined; held = held.next) {
    const [before, after] = [held, held.next].map(({ status }) => (isCounted && status === 'available' ? 1 : 0))
    ends.push({ at: held.until, gained: after! - before! })
  }
  return ends
}

/** When an agent who counts for staffing follows the duty (R32). */
function followingOf(agent: Agent): Following[] {
  const following: Following[] = []
  if (agent.onDuty === undefined || !countsForStaffing(agent)) return following
  let from = -Infinity
  for (let held: HeldStatus | undefined = agent; held !== undefined; held = held.next) {
    if (held.status === 'automatic') following.push({ person: agent.onDuty.person, from, to: held.until })
    from = held.until
  }
  return following
}
