import { compareIds } from '../../decision/agent.js'
import { type ModeInputs, nextPromiseCandidate, promisedMode } from '../../decision/widget.js'
import type { AgentDocument } from '../../document/schema.js'
import { MINUTE_MS } from '../../time/calendar-date.js'
import type { Interval } from '../../time/schedule.js'
import type { Instant } from '../../time/zone.js'
import { presentTimes } from './present-times.js'
import type { TurnsOfEach } from './turns-of-each.js'

/** How long the sign said what, and who was there, in the words of coverage; real minutes, to the hundredth. */
export interface WorkedTotals {
  /** Offline by the policy. */
  readonly closedMinutes: number
  /** Open by the policy: by the hours, or a mode by hand, whatever auto-offline made of it. */
  readonly openMinutes: number
  /** Open with someone available. */
  readonly staffedMinutes: number
  /** Open with nobody available, and the sign online. */
  readonly nobodyMinutes: number
  /** Open with nobody available, and the sign offline because of it (R9). */
  readonly maskedMinutes: number
  /** What the sign said to visitors: staffed, or nobody there. */
  readonly onlineMinutes: number
}

/** Open with nobody there. */
export interface UnstaffedTime extends Interval {
  readonly state: 'nobody' | 'masked'
}

/** How long one person was there. */
export interface WorkedPerson {
  readonly id: string
  readonly name: string
  readonly availableMinutes: number
  /** Of these, while open by the policy. */
  readonly openMinutes: number
}

/** A stretch of time in which the sign's promise does not change. */
interface SignStretch {
  readonly start: Instant
  readonly end: Instant
  readonly isOpen: boolean
  readonly autoOffline: boolean
  /** How long it is open after the stretch. */
  readonly openAfterMs: number
}

interface Person {
  readonly id: string
  readonly name: string
  availableMs: number
  openMs: number
}

/**
 * Counts hours going back in time: the caller tells how the sign was and how each agent was, the latest first. The cost
 * grows with the changes, those that time makes included; what is kept grows with their distinct instants and the people.
 */
export class HoursWorked {
  readonly #to: Instant
  /** The latest first; without a gap. */
  readonly #sign: SignStretch[] = []
  readonly #people = new Map<string, Person>()
  /** How many more are available from an instant on. */
  readonly #gained = new Map<Instant, number>()

  /** @param to where the counted time ends */
  constructor(to: Instant) {
    this.#to = to
  }

  /** How the sign was from an instant on, until where it is known from already. */
  addSign(inputs: ModeInputs, start: Instant): void {
    const end = this.#sign.at(-1)?.start ?? this.#to
    const starts: Instant[] = []
    for (let at = start; at < end; at = nextPromiseCandidate(inputs, at)) starts.push(at)
    for (const at of starts.reverse()) {
      const last = this.#sign.at(-1)
      this.#sign.push({
        start: at,
        end: last?.start ?? this.#to,
        isOpen: promisedMode(inputs, at) === 'online',
        autoOffline: inputs.widget.autoOffline,
        openAfterMs: last ? openMs(last) : 0,
      })
    }
  }

  /**
   * How an agent was in `[start, end)`; the sign is known from the start on already. Bots and disabled agents do not
   * count (R9).
   */
  addAgent(agent: AgentDocument, turns: TurnsOfEach | undefined, start: Instant, end: Instant): void {
    if (start >= end || agent.bot || agent.disabled) return
    const { id } = agent
    const person = this.#people.get(id) ?? { id, name: agent.name ?? agent.email ?? id, availableMs: 0, openMs: 0 }
    this.#people.set(id, person)
    for (const time of presentTimes(agent, turns, start, end)) {
      person.availableMs += time.end - time.start
      person.openMs += this.#openFrom(time.start) - this.#openFrom(time.end)
      this.#gain(time.start, 1)
      this.#gain(time.end, -1)
    }
  }

  /** Everyone who counted at any time, in the order of their ids. */
  people(): readonly WorkedPerson[] {
    return [...this.#people.values()]
      .sort((a, b) => compareIds(a.id, b.id))
      .map(({ id, name, availableMs, openMs }) => ({
        id,
        name,
        availableMinutes: minutes(availableMs),
        openMinutes: minutes(openMs),
      }))
  }

  /** Counts what was told: how long the sign was how, and when it was open with nobody there, in order. */
  count(): { readonly totals: WorkedTotals; readonly gaps: readonly UnstaffedTime[] } {
    const ms = { closed: 0, staffed: 0, nobody: 0, masked: 0 }
    const gaps: UnstaffedTime[] = []
    for (const { state, start, end } of this.#states()) {
      ms[state] += end - start
      if (state === 'closed' || state === 'staffed') continue
      const last = gaps.at(-1)
      if (last?.end === start && last.state === state) gaps[gaps.length - 1] = { ...last, end }
      else gaps.push({ state, start, end })
    }
    const totals = {
      closedMinutes: minutes(ms.closed),
      openMinutes: minutes(ms.staffed + ms.nobody + ms.masked),
      staffedMinutes: minutes(ms.staffed),
      nobodyMinutes: minutes(ms.nobody),
      maskedMinutes: minutes(ms.masked),
      onlineMinutes: minutes(ms.staffed + ms.nobody),
    }
    return { totals, gaps }
  }

  *#states(): Generator<Interval & { readonly state: State }> {
    const changes = Float64Array.from(this.#gained.keys()).sort()
    let [available, index] = [0, 0]
    for (const { start, end, isOpen, autoOffline } of this.#sign.toReversed()) {
      for (let at = start; at < end; ) {
        for (; changes[index]! <= at; index++) available += this.#gained.get(changes[index]!)!
        const next = Math.min(changes[index] ?? Infinity, end)
        yield { start: at, end: next, state: stateOf(isOpen, available, autoOffline) }
        at = next
      }
    }
  }

  #gain(at: Instant, amount: number): void {
    this.#gained.set(at, (this.#gained.get(at) ?? 0) + amount)
  }

  /** How long it was open from an instant to the end. */
  #openFrom(at: Instant): number {
    let [low, high] = [0, this.#sign.length]
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.#sign[middle]!.start > at) low = middle + 1
      else high = middle
    }
    const stretch = this.#sign[low]
    return stretch && at < stretch.end ? openMs({ ...stretch, start: at }) : 0
  }
}

/** How long it is open from the start of a stretch on. */
function openMs({ start, end, isOpen, openAfterMs }: SignStretch): number {
  return openAfterMs + (isOpen ? end - start : 0)
}

type State = 'closed' | 'staffed' | 'nobody' | 'masked'

/** What one instant counts for (R9). */
function stateOf(isOpen: boolean, available: number, autoOffline: boolean): State {
  if (!isOpen) return 'closed'
  if (available > 0) return 'staffed'
  return autoOffline ? 'masked' : 'nobody'
}

/** Real minutes, to the hundredth. */
export function minutes(ms: number): number {
  return Math.round((ms * 100) / MINUTE_MS) / 100
}
