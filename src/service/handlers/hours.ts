import { NO_HOURS } from '../../domain/decision/compile-hours.js'
import type { ExceptionDocument } from '../../domain/document/schema.js'
import { DriftStatusError } from '../../domain/errors.js'
import {
  formatDate,
  formatYearlyDates,
  monthDaysOf,
  parseDate,
  parseYearly,
  parseYearlyDates,
} from '../../domain/time/calendar-date.js'
import type { HandlersOf } from './handler.js'
import { etagOf, findTeam, hoursOfDraft, putHoursOf } from './whose-hours.js'

export const hoursHandlers: HandlersOf<'getHours' | 'putHours' | 'putException' | 'deleteException'> = {
  getHours: {
    kind: 'read',
    isSteady: true,
    async handle({ team }, transaction) {
      if (team === undefined) return transaction.section('hours')
      const { value, revision } = await transaction.section('teams')
      const { availability = 'always-online', hours } = findTeam(team, value)
      return { team, availability, value: hours ?? NO_HOURS, revision }
    },
  },
  putHours: {
    kind: 'edit',
    etag: etagOf,
    async handle({ hours, team }, draft) {
      await putHoursOf(draft, team, hours)
    },
  },
  putException: {
    kind: 'edit',
    etag: etagOf,
    async handle({ date, name, hours, team }, draft) {
      const current = await hoursOfDraft(draft, team)
      const dates = parseDates(date)
      const exception: ExceptionDocument = { ...dates, ...(name !== undefined && { name }), hours }
      const others = current.exceptions.filter((other) => datesOf(other) !== datesOf(exception))
      await putHoursOf(draft, team, { ...current, exceptions: [...others, exception].sort(byDates) })
    },
  },
  deleteException: {
    kind: 'edit',
    etag: etagOf,
    async handle({ date, team }, draft) {
      const current = await hoursOfDraft(draft, team)
      const wanted = datesOf({ ...parseDates(date), hours: 'closed' })
      const exceptions = current.exceptions.filter((exception) => datesOf(exception) !== wanted)
      if (exceptions.length === current.exceptions.length) throw coveredBy(wanted, current.exceptions, team)
      await putHoursOf(draft, team, { ...current, exceptions })
    },
  },
}

type Dates = Pick<ExceptionDocument, 'date' | 'from' | 'to' | 'yearly'>

/** Reads `2026-12-24`, `2026-12-25..2026-12-26`, `12-25` or `12-24..01-02`. */
function parseDates(text: string): Dates {
  const [from = '', to, more] = text.split('..')
  if (more !== undefined) throw new DriftStatusError('invalid-input', `"${text}" is not a date or a date range`)
  if (/^\d{2}-\d{2}$/.test(from)) return { yearly: formatYearlyDates(parseYearlyDates(text)) }
  if (to !== undefined) {
    if (parseDate(to) < parseDate(from)) {
      throw new DriftStatusError('invalid-input', `"${text}" ends before it starts`, { hint: `write ${to}..${from}` })
    }
    return from === to ? { date: from } : { from, to }
  }
  return { date: formatDate(parseDate(from)) }
}

/** `2026-12-24`, `2026-12-25..2026-12-26`, `12-25` or `12-24..01-02`. */
function datesOf({ date, from, to, yearly }: ExceptionDocument): string {
  return date ?? yearly ?? `${from}..${to}`
}

/** Yearly first, then by the first date. */
function byDates(a: ExceptionDocument, b: ExceptionDocument): number {
  const [first, second] = [datesOf(a), datesOf(b)]
  if ((a.yearly === undefined) !== (b.yearly === undefined)) return a.yearly === undefined ? 1 : -1
  return first < second ? -1 : first > second ? 1 : 0
}

function coveredBy(
  dates: string,
  exceptions: readonly ExceptionDocument[],
  team: string | undefined,
): DriftStatusError {
  const around = exceptions.find((exception) => liesIn(dates, exception))
  return new DriftStatusError('not-found', `${dates} has no exception of its own`, {
    reason: 'exception-not-found',
    ...(team !== undefined && { subject: team }),
    hint: around && `it lies in ${datesOf(around)}: clear that, or open ${dates} by itself`,
  })
}

/** Whether a date, or a date of every year, is one of those of a range. */
function liesIn(dates: string, { from, to, yearly }: ExceptionDocument): boolean {
  if (yearly === undefined) return from !== undefined && to !== undefined && from <= dates && dates <= to
  const monthDay = /(?:^|-)(\d{2}-\d{2})$/.exec(dates)?.[1]
  return monthDay !== undefined && monthDaysOf(parseYearlyDates(yearly)).includes(parseYearly(monthDay))
}
