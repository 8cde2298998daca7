import type { Duty } from '../duty/duty.js'
import { WEEK_MS } from '../duty/duty-week.js'
import type { Person } from '../duty/place.js'
import { countUpTo } from '../time/schedule.js'
import type { Instant } from '../time/zone.js'

/** Questions of one span of weeks look ahead as far as one another. */
const SPAN_MS = 4 * WEEK_MS
/** How many spans a question looks ahead, its own included: at least twelve weeks. */
const LOOK_AHEAD_SPANS = 4

/** A time in which someone's status follows the duty (R32): half-open. */
export interface Following {
  readonly person: Person
  /** -Infinity for one who does from the start. */
  readonly from: Instant
  /** Infinity for one who always will. */
  readonly to: Instant
}

/** What those are asked who are available by their own word, and not by the duty. */
export interface ByHand {
  readonly availableAt: (at: Instant) => number
  /** Sorted instants at which anyone's status begins or ends. */
  readonly changes: Float64Array
}

interface StaffingWeek {
  readonly changes: Float64Array
  /** How many are available after so many of the changes. */
  readonly available: Int32Array
  readonly isAlwaysStaffed: boolean
}

/** A time in which "someone is available" does not change. */
interface Steady {
  readonly from: Instant
  /** Where it changes, or until when it was looked for. */
  readonly to: Instant
  readonly isChange: boolean
}

/**
 * How many agents are available when some of them follow the duty (R9, R32): a table a week, made when the week is
 * first asked about.
 */
export class DutyStaffing {
  readonly #duty: Duty
  readonly #byHand: ByHand
  readonly #following: readonly Following[]
  readonly #weeks = new Map<number, StaffingWeek>()
  /** How many are available between two changes, as asked last. */
  #from: Instant = 0
  #to: Instant = 0
  #available = 0
  #steady: Steady = { from: 0, to: 0, isChange: false }

  /** @param following of people who count for staffing */
  constructor(duty: Duty, following: readonly Following[], byHand: ByHand) {
    this.#duty = duty
    this.#following = following
    this.#byHand = byHand
  }

  availableAt(at: Instant): number {
    if (at < this.#from || at >= this.#to) this.#seek(at)
    return this.#available
  }

  /** Until when a question of an instant looks ahead: a rota goes on for ever, and what it decides may never change. */
  horizonOf(at: Instant): Instant {
    return (Math.floor(at / SPAN_MS) + LOOK_AHEAD_SPANS) * SPAN_MS
  }

  /** The first instant after `at` at which "someone is available" differs; Infinity when none is in twelve weeks. */
  nextStaffingChange(at: Instant): Instant {
    const horizon = this.horizonOf(at)
    const known = this.#steady
    const isKnown = at >= known.from && at < known.to && (known.isChange || known.to >= horizon)
    const steady = isKnown ? known : this.#findChange(at, horizon)
    this.#steady = steady
    return steady.isChange && steady.to < horizon ? steady.to : Infinity
  }

  #findChange(at: Instant, horizon: Instant): Steady {
    const isStaffed = this.availableAt(at) > 0
    for (let number = Math.floor(at / WEEK_MS); number * WEEK_MS < horizon; number++) {
      // With someone there by their own word, nobody's duty matters.
      if (isStaffed && this.#isStaffedByHand(number)) continue
      const { changes, available, isAlwaysStaffed } = this.#week(number)
      if (isStaffed && isAlwaysStaffed) continue
      for (let index = countUpTo(changes, at); index < changes.length; index++) {
        if (available[index + 1]! > 0 !== isStaffed) return { from: at, to: changes[index]!, isChange: true }
      }
    }
    return { from: at, to: horizon, isChange: false }
  }

  #isStaffedByHand(number: number): boolean {
    const { changes, availableAt } = this.#byHand
    const start = number * WEEK_MS
    return availableAt(start) > 0 && !((changes[countUpTo(changes, start)] ?? Infinity) < start + WEEK_MS)
  }

  #seek(at: Instant): void {
    const number = Math.floor(at / WEEK_MS)
    const { changes, available } = this.#week(number)
    const count = countUpTo(changes, at)
    this.#from = count > 0 ? changes[count - 1]! : number * WEEK_MS
    this.#to = count < changes.length ? changes[count]! : (number + 1) * WEEK_MS
    this.#available = available[count]!
  }

  #week(number: number): StaffingWeek {
    const week = this.#weeks.get(number) ?? this.#compile(number * WEEK_MS)
    this.#weeks.set(number, week)
    return week
  }

  #compile(start: Instant): StaffingWeek {
    const { changes: turns, onDuty, width, end } = this.#duty.weekOf(start)
    const byHand = this.#byHand.changes
    // What changes as the week begins does so in it.
    const own = byHand.subarray(countUpTo(byHand, start - 1), countUpTo(byHand, end - 1))
    const changes = own.length === 0 ? turns : Float64Array.from(new Set([...turns, ...own])).sort()
    const followers = new Uint32Array(width)
    const mark = ({ index }: Person, follows: boolean) => {
      if (follows) followers[index >>> 5]! |= 1 << (index & 31)
      else followers[index >>> 5]! &= ~(1 << (index & 31))
    }
    const later: { readonly at: Instant; readonly person: Person; readonly follows: boolean }[] = []
    for (const { person, from, to } of this.#following) {
      if (from < start && to >= start) mark(person, true)
      if (from >= start && from < end) later.push({ at: from, person, follows: true })
      if (to >= start && to < end) later.push({ at: to, person, follows: false })
    }
    later.sort((a, b) => a.at - b.at)
    const available = new Int32Array(changes.length + 1)
    let [row, moved] = [0, 0]
    const countAt = (at: Instant) => countCommon(onDuty, row * width, followers) + this.#byHand.availableAt(at)
    available[0] = countAt(start - 1)
    for (const [index, at] of changes.entries()) {
      if (turns[row] === at) row++
      for (; moved < later.length && later[moved]!.at <= at; moved++) mark(later[moved]!.person, later[moved]!.follows)
      available[index + 1] = countAt(at)
    }
    return { changes, available, isAlwaysStaffed: available.every((count) => count > 0) }
  }
}

/** How many bits a row of one table has in common with another row. */
function countCommon(rows: Uint32Array, offset: number, row: Uint32Array): number {
  let count = 0
  for (let word = 0; word < row.length; word++) {
    let bits = rows[offset + word]! & row[word]!
    bits -= (bits >>> 1) & 0x5555_5555
    bits = (bits & 0x3333_3333) + ((bits >>> 2) & 0x3333_3333)
    count += Math.imul((bits + (bits >>> 4)) & 0x0f0f_0f0f, 0x0101_0101) >>> 24
  }
  return count
}
