import { DateTime } from 'luxon'
import { DriftStatusError } from '../../errors.js'
import {
  DAY_MS,
  daysInMonth,
  type EpochDay,
  formatDate,
  fromEpochDay,
  toEpochDay,
  weekdayIndex,
} from '../calendar-date.js'
import { isIsoDate } from './clock-time.js'

const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']
const MONTHS = 'january february march april may june july august september october november december'.split(' ')
const RELATIVE_DAYS = ['yesterday', 'today', 'tomorrow']
export const DAY_WORDS: readonly string[] = [...RELATIVE_DAYS, ...WEEKDAYS]

const WRITTEN_DATE = /^(?:([a-z]{3,}),? )?(\d{1,2}) ([a-z]{3,})(?: (\d{4}))?$/

/** The dates that a day may mean, in order. */
export interface NamedDay {
  readonly candidates: readonly EpochDay[]
  /** The one that is meant where neither the past nor the future is asked for. */
  readonly usual: EpochDay
  /** Whether a time of the usual date that is over means the next candidate all the same. */
  readonly skipsWhatIsOver: boolean
  /** The weekday written before a date, which must be that date's: 0 for Monday. */
  readonly weekday?: number | undefined
}

/**
 * Reads a day in lower case: `tomorrow`, `fri`, `next fri`, `2026-11-27`, `27 nov`, `fri 27 nov 2026`.
 *
 * @returns undefined for anything else
 * @throws DriftStatusError (invalid-input) for a date that does not exist
 */
export function readDay(text: string, today: EpochDay): NamedDay | undefined {
  const relative = RELATIVE_DAYS.indexOf(text)
  if (relative !== -1) return only(today + relative - 1)
  if (isIsoDate(text)) return only(readIsoDate(text))
  return readWeekday(text, today) ?? readWrittenDate(text, today)
}

/** What a clock time alone may mean. */
export function anyDay(today: EpochDay): NamedDay {
  return { candidates: [today - 1, today, today + 1], usual: today, skipsWhatIsOver: false }
}

function only(date: EpochDay): NamedDay {
  return { candidates: [date], usual: date, skipsWhatIsOver: false }
}

function readIsoDate(text: string): EpochDay {
  const parsed = DateTime.fromISO(text.toUpperCase(), { zone: 'utc' })
  if (!parsed.isValid) throw noDate(text)
  return parsed.toMillis() / DAY_MS
}

function readWeekday(text: string, today: EpochDay): NamedDay | undefined {
  const [, isNext, name = ''] = /^(next )?([a-z]{3,})$/.exec(text) ?? []
  const weekday = indexOfName(name, WEEKDAYS)
  if (weekday === -1) return undefined
  const ahead = (weekday - weekdayIndex(today) + 7) % 7
  if (isNext) return only(today + (ahead === 0 ? 7 : ahead))
  const usual = today + ahead
  return { candidates: [usual - 7, usual, usual + 7], usual, skipsWhatIsOver: true }
}

/** `27 nov`, `fri 27 nov 2026`: what times in words are printed as. Without a year it is one of this year. */
function readWrittenDate(text: string, today: EpochDay): NamedDay | undefined {
  const [, weekdayName, day, monthName = '', writtenYear] = WRITTEN_DATE.exec(text) ?? []
  const month = indexOfName(monthName, MONTHS) + 1
  const weekday = weekdayName === undefined ? undefined : indexOfName(weekdayName, WEEKDAYS)
  if (month === 0 || weekday === -1) return undefined
  const year = writtenYear === undefined ? fromEpochDay(today).year : Number(writtenYear)
  const dates = (writtenYear === undefined ? [year - 1, year, year + 1] : [year]).map((candidate) =>
    dateOf(candidate, month, Number(day)),
  )
  const usual = dates.length === 1 ? dates[0] : dates[1]
  if (usual === undefined) throw noDate(text)
  return { candidates: dates.filter((date) => date !== undefined), usual, skipsWhatIsOver: false, weekday }
}

/** @throws DriftStatusError (invalid-input) when a date has another weekday than is written before it. */
export function checkWeekday(date: EpochDay, { weekday }: NamedDay, written: string): void {
  const actual = weekdayIndex(date)
  if (weekday === undefined || weekday === actual) return
  throw new DriftStatusError('invalid-input', `"${written}" does not exist`, {
    hint: `${formatDate(date)} is a ${WEEKDAYS[actual]}`,
  })
}

function dateOf(year: number, month: number, day: number): EpochDay | undefined {
  return day >= 1 && day <= daysInMonth(year, month) ? toEpochDay({ year, month, day }) : undefined
}

function noDate(text: string): DriftStatusError {
  return new DriftStatusError('invalid-input', `"${text}" names a date that does not exist`, {
    hint: 'write a date of the calendar, e.g. 2026-11-27',
  })
}

/** The index of the name that starts so, or -1. Names need three letters to be told apart. */
function indexOfName(text: string, names: readonly string[]): number {
  return text.length < 3 ? -1 : names.findIndex((name) => name.startsWith(text))
}
