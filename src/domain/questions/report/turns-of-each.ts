import type { Duty } from '../../duty/duty.js'
import type { Person, Place } from '../../duty/place.js'
import type { DutyStretch, Shift } from '../../duty/shift.js'
import { type Interval, mergeIntervals } from '../../time/schedule.js'
import type { Instant } from '../../time/zone.js'

interface Laid {
  readonly from: Instant
  readonly to: Instant
  readonly stretches: readonly DutyStretch[]
}

/** When each person is on duty, for many people one after another: a shift is laid on instants once for all of its people. */
export class TurnsOfEach {
  readonly #duty: Duty
  /** Each shift as it was asked about last. */
  readonly #laid = new Map<Shift, Laid>()
  /** A crew is the same list day after day, and may be long. */
  readonly #crews = new WeakMap<readonly Place[], ReadonlySet<Person>>()

  constructor(duty: Duty) {
    this.#duty = duty
  }

  /** When an agent is on duty in `[from, to)`, in whichever shifts: two at once count once. */
  of(id: string, from: Instant, to: Instant): readonly Interval[] {
    const person = this.#duty.personOf(id)
    if (!person) return []
    const shifts = this.#duty.shifts.filter(({ members }) => members.has(person))
    const turns = shifts.flatMap((shift) => this.#lay(shift, from, to).filter(({ crew }) => this.#isIn(person, crew)))
    return mergeIntervals(turns.sort((a, b) => a.start - b.start))
  }

  #lay(shift: Shift, from: Instant, to: Instant): readonly DutyStretch[] {
    const last = this.#laid.get(shift)
    if (last?.from === from && last.to === to) return last.stretches
    const stretches = this.#duty.stretches(from, to, [shift])
    this.#laid.set(shift, { from, to, stretches })
    return stretches
  }

  #isIn(person: Person, crew: readonly Place[]): boolean {
    const people = this.#crews.get(crew) ?? new Set(crew.map(({ agent }) => agent))
    this.#crews.set(crew, people)
    return people.has(person)
  }
}
