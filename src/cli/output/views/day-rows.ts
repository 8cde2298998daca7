import { DAY_MS, type EpochDay } from '../../../domain/time/calendar-date.js'
import type { LocalTime, Zone } from '../../../domain/time/zone.js'

/** What has a beginning and an end, as answers write them. */
interface Spanned {
  readonly from: string
  readonly to: string
}

/** A part of a span on the wall clock of one day: milliseconds from its midnight, half-open. */
export interface Bar<Span> {
  readonly start: number
  readonly end: number
  readonly span: Span
}

/** A day of the wall clock. */
export interface DayRow<Span> {
  readonly day: EpochDay
  /** Whether the clock shows these times of the day for the second time (R4). */
  readonly isAgain: boolean
  /** In order; none on a day that the clock skips. */
  readonly bars: readonly Bar<Span>[]
}

/** Spans that follow one another, laid on the days of the wall clock: hours that it shows twice have a row of their own. */
export function dayRows<Span extends Spanned>(spans: readonly Span[], zone: Zone): readonly DayRow<Span>[] {
  const rows = new Map<EpochDay, { first: Bar<Span>[]; again: Bar<Span>[] }>()
  const rowsOf = (day: EpochDay) => {
    const known = rows.get(day) ?? { first: [], again: [] }
    rows.set(day, known)
    return known
  }
  const lay = (start: LocalTime, end: LocalTime, span: Span, isAgain: boolean) => {
    for (let at = start; at < end; ) {
      const day = Math.floor(at / DAY_MS)
      const until = Math.min(end, (day + 1) * DAY_MS)
      rowsOf(day)[isAgain ? 'again' : 'first'].push({ start: at - day * DAY_MS, end: until - day * DAY_MS, span })
      at = until
    }
  }
  let shownUntil = -Infinity
  for (const span of spans) {
    const [from, to] = [Date.parse(span.from), Date.parse(span.to)]
    const changes = [from, ...zone.changesIn(from, to), to]
    for (const [index, start] of changes.slice(0, -1).entries()) {
      const offset = zone.offsetAt(start)
      const [localStart, localEnd] = [start + offset, changes[index + 1]! + offset]
      const firstTime = Math.min(Math.max(localStart, shownUntil), localEnd)
      lay(localStart, firstTime, span, true)
      lay(firstTime, localEnd, span, false)
      shownUntil = Math.max(shownUntil, localEnd)
    }
  }
  const [firstDay, lastDay] = [Math.min(...rows.keys()), Math.max(...rows.keys())]
  return Array.from({ length: lastDay - firstDay + 1 }, (_, index) => firstDay + index).flatMap((day) => {
    const { first, again } = rowsOf(day)
    const second = again.length > 0 ? [{ day, isAgain: true, bars: again }] : []
    // A clock that goes back over midnight shows the end of a day again that the spans do not begin on.
    return first.length > 0 || second.length === 0 ? [{ day, isAgain: false, bars: first }, ...second] : second
  })
}
