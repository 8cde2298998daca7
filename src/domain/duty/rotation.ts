import { type EpochDay, fromEpochDay, weekdayIndex } from '../time/calendar-date.js'
import type { RotationPeriod } from '../words.js'
import type { Place } from './place.js'
import type { ShiftDays } from './shift-days.js'

/**
 * R31: people who take turns of a day or a week. Turns are counted in the days, or the weeks from Monday on, in which
 * the shift really runs, so that a free weekend or a date whose shift a clock change empties costs nobody a turn.
 * A turn is a matter of its date alone: the order does not depend on when it is asked. Before the first date
 * nobody is on duty.
 */
export class Rotation {
  readonly #days: ShiftDays
  readonly #places: readonly Place[]
  readonly #every: RotationPeriod
  readonly #count: number
  readonly #from: EpochDay
  readonly #crews = new Map<number, readonly Place[]>()
  /** The dates from the first on whose shift a clock change empties, through the years before `#nextYear`. */
  readonly #emptied: EpochDay[] = []
  #nextYear: number
  #first: EpochDay | undefined

  /** @param count people a turn */
  constructor(days: ShiftDays, places: readonly Place[], every: RotationPeriod, from: EpochDay, count: number) {
    this.#days = days
    this.#places = places
    this.#every = every
    this.#count = count
    this.#from = from
    this.#nextYear = fromEpochDay(from - 1).year
  }

  /** Who is on duty in the shift that starts on a date. */
  crewOn(day: EpochDay): readonly Place[] {
    const turn = this.turnOn(day)
    if (turn === undefined) return []
    const total = this.#places.length
    const start = (turn * this.#count) % total
    let crew = this.#crews.get(start)
    if (!crew) {
      crew = Array.from({ length: this.#count }, (_, index) => this.#places[(start + index) % total]!)
      this.#crews.set(start, crew)
    }
    return crew
  }

  /** The number of the turn that a date with the shift belongs to, from 0; undefined before the first. */
  turnOn(day: EpochDay): number | undefined {
    this.#first ??= this.#firstDay()
    const first = this.#first
    if (day < first) return undefined
    if (this.#every === 'day') {
      return this.#days.countPlanned(first, day) - this.#emptiedBetween(first, day).length
    }
    return (mondayOf(day) - mondayOf(first)) / 7 - this.#emptiedWeeks(first, mondayOf(day))
  }

  /** The first date from `from` on with the shift. */
  #firstDay(): EpochDay {
    let day = this.#from
    while (this.#days.intervalsOn(day).length === 0) day++
    return day
  }

  /** Weeks that begin after `from` and before `to` of whose shifts a clock change leaves nothing. */
  #emptiedWeeks(from: EpochDay, to: EpochDay): number {
    const mondays = this.#emptiedBetween(mondayOf(from) + 7, to).map(mondayOf)
    return new Set(mondays.filter((monday) => this.#isEmptied(monday))).size
  }

  #isEmptied(monday: EpochDay): boolean {
    return Array.from({ length: 7 }, (_, index) => monday + index).every(
      (day) => this.#days.intervalsOn(day).length === 0,
    )
  }

  #emptiedBetween(from: EpochDay, to: EpochDay): readonly EpochDay[] {
    // A date may begin in the UTC year before or after its own.
    for (const last = fromEpochDay(to + 1).year; this.#nextYear <= last; this.#nextYear++) {
      for (const day of this.#days.emptiedIn(this.#nextYear)) if (!this.#emptied.includes(day)) this.#emptied.push(day)
    }
    return this.#emptied.length === 0 ? this.#emptied : this.#emptied.filter((day) => day >= from && day < to)
  }
}

function mondayOf(day: EpochDay): EpochDay {
  return day - weekdayIndex(day)
}
