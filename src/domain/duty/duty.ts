import { countUpTo } from '../time/schedule.js'
import type { Instant } from '../time/zone.js'
import { compileWeek, countChanges, type DutyWeek } from './duty-week.js'
import type { Person, Place } from './place.js'
import { type DutyStretch, type Shift, stretchesOf } from './shift.js'
import { WEEK_MS, WeekTables } from './week-tables.js'

/** Away from dated things a shift runs every week: what has not changed within so many weeks is quiet. */
const QUIET_WEEKS = 5
/** How far ahead a person's next duty is looked for: a rotation of a hundred people comes round in it. */
const LOOK_AHEAD_WEEKS = 2 * 53
/** Words in the tables that are kept: 32 MB. */
const MAX_KEPT_WORDS = 2 ** 23

/** Someone on duty at an instant: in which shift, in whose place. */
export interface OnDuty {
  readonly shift: Shift
  readonly crew: readonly Place[]
}

/**
 * Who is on duty when (R31, R33), compiled into one table a week, made when the week is first asked about. Whether one
 * person is on duty is then a binary search and a bit.
 */
export class Duty {
  readonly shifts: readonly Shift[]
  /** Everyone whom a shift or a cover names, by their index. */
  readonly people: readonly Person[]
  readonly #byId: ReadonlyMap<string, Person>
  /** Sorted instants of rotations' and covers' beginnings and ends. */
  readonly #dated: Float64Array
  readonly #weeks: WeekTables<DutyWeek>
  /** The row of the table that was asked last, and when it holds. */
  #from: Instant = 0
  #to: Instant = 0
  #row = 0
  #onDuty: Uint32Array = new Uint32Array(1)

  /** @param dated instants of beginnings and ends that come once */
  constructor(shifts: readonly Shift[], people: readonly Person[], dated: readonly Instant[]) {
    this.shifts = shifts
    this.people = people
    this.#byId = new Map(people.map((person) => [person.id, person]))
    this.#dated = Float64Array.from(dated).sort()
    this.#weeks = new WeekTables((start) => compileWeek(shifts, people.length, start), MAX_KEPT_WORDS)
  }

  /** The person of an agent's id; undefined for one whom neither a shift nor a cover names. */
  personOf(agentId: string): Person | undefined {
    return this.#byId.get(agentId)
  }

  /**
   * Whether a person is on duty in any shift.
   * @param index of the person
   */
  isOnDuty(index: number, at: Instant): boolean {
    if (at < this.#from || at >= this.#to) this.#seek(at)
    return ((this.#onDuty[this.#row + (index >>> 5)]! >>> (index & 31)) & 1) === 1
  }

  /** The shifts that run at an instant, in the order of the document, each with who is on duty in it. */
  onDutyAt(at: Instant): readonly OnDuty[] {
    return this.shifts.flatMap((shift) => [...stretchesOf(shift, at, at + 1)])
  }

  /** The first instant after `at` at which anyone begins or ends a stretch of duty; Infinity when nobody does. */
  nextTransition(at: Instant): Instant {
    let week = this.weekOf(at)
    let quietFrom = at
    while (true) {
      const { changes, end } = week
      const change = changes[countUpTo(changes, at)]
      if (change !== undefined) return change
      if (end < quietFrom + QUIET_WEEKS * WEEK_MS) {
        week = this.weekOf(end)
        continue
      }
      // What happens as the next week begins is in that week.
      const dated = this.#dated[countUpTo(this.#dated, end - 1)]
      if (dated === undefined) return Infinity
      quietFrom = dated
      week = this.weekOf(dated)
    }
  }

  /** Every stretch of duty in `[from, to)`, clipped to it, in the order in which they begin. */
  stretches(from: Instant, to: Instant, shifts = this.shifts): readonly DutyStretch[] {
    return shifts.flatMap((shift) => [...stretchesOf(shift, from, to)]).sort((a, b) => a.start - b.start)
  }

  /** A person's stretches of duty from `at` on, the running one first; those of the next two years. */
  *dutiesOf(person: Person, at: Instant): Generator<DutyStretch> {
    const to = at + LOOK_AHEAD_WEEKS * WEEK_MS
    const isIn = (crew: readonly Place[]) => crew.some(({ agent }) => agent === person)
    const shifts = this.shifts.filter(({ members }) => members.has(person))
    const queue = shifts.map((shift) => stretchesOf(shift, at, to))
    const next = (stretches: Generator<DutyStretch>): DutyStretch | undefined => {
      for (let step = stretches.next(); !step.done; step = stretches.next())
        if (isIn(step.value.crew)) return step.value
      return undefined
    }
    const heads = queue.map(next)
    while (true) {
      const first = heads.reduce<number>((best, head, index) => {
        return head && (best === -1 || head.start < heads[best]!.start) ? index : best
      }, -1)
      if (first === -1) return
      yield heads[first]!
      heads[first] = next(queue[first]!)
    }
  }

  /** The table of the week of an instant. */
  weekOf(at: Instant): DutyWeek {
    return this.#weeks.of(at)
  }

  #seek(at: Instant): void {
    const week = this.weekOf(at)
    const { start, end, changes, onDuty, width } = week
    const count = countChanges(week, at)
    this.#from = count > 0 ? changes[count - 1]! : start
    this.#to = count < changes.length ? changes[count]! : end
    this.#row = count * width
    this.#onDuty = onDuty
  }
}
