import { WEEKDAYS } from '../../domain/time/calendar-date.js'
import { MINUTES_PER_DAY, parseDayHours, type TimeRange } from '../../domain/time/time-range.js'
import { dayDocument, type ReadHours } from '../hours-text.js'
import { DatedRules } from './dated-rules.js'
import { readSelector, type Selector } from './read-selector.js'
import { failAtUnknown, readTimes } from './read-times.js'
import { TextCursor } from './text-cursor.js'
import { isNight, WeeklyRules } from './weekly-rules.js'

/**
 * Reads the part of OpenStreetMap's `opening_hours` that weekly hours and exceptions can say: days of the week, dates, dates of
 * every year, times, `off`, `24/7`, and comments, which name exceptions.
 *
 * @throws DocumentError at the column of what is not of this part
 */
export function readOpeningHours(text: string, file: string): ReadHours {
  return new Reader(text, file).read()
}

interface Rule {
  readonly at: number
  readonly selector: Selector
  /** None for `off`. */
  readonly ranges: readonly TimeRange[]
  readonly name: string | undefined
  /** Whether it adds to the rules before it. */
  readonly isMore: boolean
}

class Reader {
  readonly #cursor: TextCursor
  readonly #weekly = new WeeklyRules()
  readonly #dated = new DatedRules()
  readonly #notes = new Set<string>()

  constructor(text: string, file: string) {
    this.#cursor = new TextCursor(text, file)
  }

  read(): ReadHours {
    const cursor = this.#cursor
    cursor.skipSpace()
    if (cursor.isAtEnd) cursor.fail('is empty', 'write opening hours such as Mo-Fr 09:00-17:00')
    for (let isMore = false; !cursor.isAtEnd; isMore = this.#separator()) {
      const rule = this.#rule(isMore)
      cursor.placing(rule.at, () => this.#add(rule))
      cursor.skipSpace()
    }
    const { exceptions } = this.#dated
    const hasNights = this.#weekly.hasNights || exceptions.some(({ hours }) => parseDayHours(hours).some(isNight))
    if (hasNights && exceptions.length > 0) {
      this.#notes.add('A night belongs to the date that it begins on, where opening_hours parts it at midnight.')
    }
    return { hours: { weekly: this.#weekly.document(), exceptions }, notes: [...this.#notes] }
  }

  /** @returns whether the rule that follows adds to the ones before it */
  #separator(): boolean {
    const cursor = this.#cursor
    if (cursor.isAtEnd) return false
    if (cursor.peek(/\|\|/y)) {
      cursor.fail('"||" gives hours of last resort, which there are none of here', 'keep the first rule')
    }
    const sign = cursor.take(/[;,]/y) ?? cursor.fail(`"${cursor.rest()}" is not understood here`, 'part rules by ";"')
    cursor.skipSpace()
    return sign[0] === ','
  }

  #rule(isMore: boolean): Rule {
    const cursor = this.#cursor
    const { at } = cursor
    if (cursor.take(/24\/7/y)) {
      const ranges = [{ start: 0, end: MINUTES_PER_DAY }]
      const selector = { kind: 'week', days: WEEKDAYS, hasHolidays: false } as const
      return { at, selector, ranges, name: this.#name(true), isMore }
    }
    const selector = readSelector(cursor)
    const ranges = readTimes(cursor, this.#notes)
    return { at, selector, ranges, name: this.#name(ranges.length > 0), isMore }
  }

  /** The comment after times, which names dates. */
  #name(isOpen: boolean): string | undefined {
    const cursor = this.#cursor
    cursor.skipSpace()
    const saysOpen = cursor.take(/open(?![a-z])/y) !== undefined
    cursor.skipSpace()
    if (cursor.peek(/unknown(?![a-z])/y)) failAtUnknown(cursor)
    const comment = cursor.take(/"([^"]*)"/y)
    if (cursor.peek(/"/y)) cursor.fail('the comment has no end', 'end it with "')
    const name = comment?.[1]?.trim() || undefined
    if (name !== undefined && isOpen && !saysOpen) {
      this.#notes.add(
        `Times with the comment "${name}" alone are read as open; opening_hours leaves open whether they are.`,
      )
    }
    return name
  }

  #add({ at, selector, ranges, name, isMore }: Rule): void {
    if (selector.kind === 'dates') {
      if (isMore && ranges.length > 0) {
        this.#cursor.failAt(
          at,
          'a rule that adds times to dates is not understood',
          'write the dates with all of their times, after ";"',
        )
      }
      const hours = dayDocument(ranges)
      for (const dates of selector.dates) {
        const isKnown = this.#dated.add(dates, name, hours)
        if (isKnown) this.#notes.add(`Of two rules for ${Object.values(dates).join('..')} the later is kept.`)
      }
      return
    }
    if (selector.kind === 'week' && selector.hasHolidays) this.#leaveOutHolidays(at, ranges)
    const days = selector.kind === 'all' ? WEEKDAYS : selector.days
    if (days.length === 0) return
    if (!this.#dated.isEmpty) {
      this.#cursor.failAt(
        at,
        'a rule for days of the week after one for dates would hold on those dates as well',
        'put the rules of dates last',
      )
    }
    if (selector.kind === 'all' && ranges.length > 0 && !isMore && !this.#weekly.isEmpty) {
      this.#cursor.failAt(
        at,
        'times without days do not say what they replace',
        'write them with days: Mo-Su 09:00-17:00',
      )
    }
    this.#weekly.add(days, ranges, isMore)
    if (name !== undefined) this.#notes.add(`The comment "${name}" is left out: days of the week have no names.`)
  }

  #leaveOutHolidays(at: number, ranges: readonly TimeRange[]): void {
    if (ranges.length > 0) {
      this.#cursor.failAt(at, 'hours of public holidays ("PH") are not kept here', 'give a holiday calendar its hours')
    }
    this.#notes.add('"PH off" is left out: a holiday calendar closes its days by itself.')
  }
}
