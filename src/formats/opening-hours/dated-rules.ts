import type { ExceptionDocument } from '../../domain/document/schema.js'
import { DriftStatusError } from '../../domain/errors.js'
import {
  type EpochDay,
  fromEpochDay,
  monthDaysOf,
  parseDate,
  parseYearlyDates,
} from '../../domain/time/calendar-date.js'
import type { DayHoursText } from '../../domain/time/time-range.js'
import type { Dates } from './read-selector.js'

/** Rules are compared with each other: more dates than these are no opening hours. */
const MAX_DATES = 5_000
const DAYS_OF_YEAR = 366

interface Span {
  readonly from: EpochDay
  readonly to: EpochDay
}

/**
 * The rules for dates. The last one for a date holds in opening_hours, and the most specific one in a document (R5): they are
 * the same as long as each rule is more specific than those before it on its dates.
 */
export class DatedRules {
  readonly #exceptions = new Map<string, ExceptionDocument>()
  readonly #dates: Span[] = []
  readonly #ranges: Span[] = []
  /** Month × 100 + day, of every year and of the dates of some year. */
  readonly #yearly = new Set<number>()
  readonly #dated = new Set<number>()

  get isEmpty(): boolean {
    return this.#exceptions.size === 0
  }

  get exceptions(): ExceptionDocument[] {
    return [...this.#exceptions.values()]
  }

  /**
   * Gives dates their hours.
   *
   * @returns whether another rule for the same dates is replaced
   * @throws DriftStatusError for dates of which a rule before it is as specific, or more
   */
  add(dates: Dates, name: string | undefined, hours: DayHoursText): boolean {
    const key = Object.values(dates).join('..')
    const isKnown = this.#exceptions.has(key)
    this.#take(dates, isKnown)
    this.#exceptions.set(key, { ...dates, ...(name !== undefined && { name }), hours })
    return isKnown
  }

  /** Checks dates against the rules before theirs; of the same dates, against what is more specific. */
  #take({ date, from, to, yearly }: Dates, isKnown: boolean): void {
    if (this.#exceptions.size === MAX_DATES) {
      throw new DriftStatusError('invalid-input', `there are more than ${MAX_DATES} rules for dates`, {
        hint: 'keep those of the coming years',
      })
    }
    if (yearly !== undefined) {
      const days = monthDaysOf(parseYearlyDates(yearly))
      if (days.some((day) => this.#dated.has(day) || (!isKnown && this.#yearly.has(day)))) failAtOverlap()
      for (const day of days) this.#yearly.add(day)
      return
    }
    const span = { from: parseDate(date ?? from!), to: parseDate(date ?? to!) }
    const meets = (other: Span) => span.from <= other.to && other.from <= span.to
    // Two rules for one date are of the same dates: a date meets nothing but what is less specific.
    if (date === undefined && (this.#dates.some(meets) || (!isKnown && this.#ranges.some(meets)))) failAtOverlap()
    if (isKnown) return
    const spans = date === undefined ? this.#ranges : this.#dates
    spans.push(span)
    for (let day = span.from; day <= span.to && day < span.from + DAYS_OF_YEAR; day++) {
      const { month, day: ofMonth } = fromEpochDay(day)
      this.#dated.add(month * 100 + ofMonth)
    }
  }
}

function failAtOverlap(): never {
  throw new DriftStatusError(
    'invalid-input',
    'the dates overlap with those of a rule before it, which is as specific or more',
    { hint: 'keep one of them on each date' },
  )
}
