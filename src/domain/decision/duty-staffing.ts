import type { Duty } from '../duty/duty.js'
import type { Person } from '../duty/place.js'
import { WEEK_MS, type WeekTable, WeekTables } from '../duty/week-tables.js'
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

interface StaffingWeek extends WeekTable {
  readonly changes: Float64Array
  /** How many are available after so many of the changes. */
  readonly available: Int32Array
  /** Sorted instants at which "someone is available" differs, and whether someone is before them. */
  readonly flips: Float64Array
  readonly startsStaffed: boolean
  /** The first flip after the week, Infinity for none until the horizon; undefined until it was looked for. */
  flipAfter: Instant | undefined
}

/** Numbers in the tables that are kept: 16 MB. */
const MAX_KEPT_NUMBERS = 2 ** 21

/**
 * How many agents are available when some of them follow the duty (R9, R32): a table a week, made when the week is
 * first asked about.
 */
export class DutyStaffing {
  readonly #duty: Duty
  readonly #byHand: ByHand
  readonly #following: readonly Following[]
  /** The words of a row of the duty in which those who follow it are. */
  readonly #words: Uint32Array
  readonly #weeks = new WeekTables((start) => this.#compile(start), MAX_KEPT_NUMBERS)

  /** @param following of people who count for staffing */
  constructor(duty: Duty, following: readonly Following[], byHand: ByHand) {
    this.#duty = duty
    this.#following = following
    this.#words = Uint32Array.from(new Set(following.map(({ person }) => person.index >>> 5))).sort()
    this.#byHand = byHand
  }

  availableAt(at: Instant): number {
    const { changes, available } = this.#weeks.of(at)
    return available[countUpTo(changes, at)]!
  }

  isStaffed(at: Instant): boolean {
    const { flips, startsStaffed } = this.#weeks.of(at)
    return ((countUpTo(flips, at) & 1) === 1) !== startsStaffed
  }

  /** Until when a question of an instant looks ahead: a rota goes on for ever, and what it decides may never change. */
  horizonOf(at: Instant): Instant {
    return (Math.floor(at / SPAN_MS) + LOOK_AHEAD_SPANS) * SPAN_MS
  }

  /** The first instant after `at` at which {@link horizonOf} moves on. */
  nextHorizonChange(at: Instant): Instant {
    return (Math.floor(at / SPAN_MS) + 1) * SPAN_MS
  }

  /** The first instant after `at` at which "someone is available" differs; Infinity when none is in twelve weeks. */
  nextStaffingChange(at: Instant): Instant {
    const week = this.#weeks.of(at)
    const within = week.flips[countUpTo(week.flips, at)]
    if (within !== undefined) return within
    week.flipAfter ??= this.#findFlip(week.end, this.horizonOf(at))
    return week.flipAfter
  }

  #findFlip(from: Instant, to: Instant): Instant {
    for (let start = from; start < to; start += WEEK_MS) {
      if (this.#isStaffedByHand(start)) continue
      const [first] = this.#weeks.of(start).flips
      if (first !== undefined) return first
    }
    return Infinity
  }

  /** Whether someone is there by their own word throughout a week and as it begins, so that nobody's duty matters. */
  #isStaffedByHand(start: Instant): boolean {
    const { changes, availableAt } = this.#byHand
    return availableAt(start - 1) > 0 && !(changes[countUpTo(changes, start - 1)]! < start + WEEK_MS)
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
    const countAt = (at: Instant) =>
      countCommon(onDuty, row * width, followers, this.#words) + this.#byHand.availableAt(at)
    available[0] = countAt(start - 1)
    for (const [index, at] of changes.entries()) {
      if (turns[row] === at) row++
      for (; moved < later.length && later[moved]!.at <= at; moved++) mark(later[moved]!.person, later[moved]!.follows)
      available[index + 1] = countAt(at)
    }
    const flips = changes.filter((_, index) => available[index]! > 0 !== available[index + 1]! > 0)
    const size = changes.length + available.length + flips.length
    return { start, end, size, changes, available, flips, startsStaffed: available[0]! > 0, flipAfter: undefined }
  }
}

/** How many bits a row of one table has in common, in some of its words, with another row. */
function countCommon(rows: Uint32Array, offset: number, row: Uint32Array, words: Uint32Array): number {
  let count = 0
  for (const word of words) {
    let bits = rows[offset + word]! & row[word]!
    bits -= (bits >>> 1) & 0x5555_5555
    bits = (bits & 0x3333_3333) + ((bits >>> 2) & 0x3333_3333)
    count += Math.imul((bits + (bits >>> 4)) & 0x0f0f_0f0f, 0x0101_0101) >>> 24
  }
  return count
}
