import type { ExceptionDocument } from '../domain/document/schema.js'
import { DriftStatusError } from '../domain/errors.js'
import { didYouMean } from '../domain/nearest.js'
import { type BusinessHours, formatExceptionDates } from '../domain/time/business-hours.js'
import { formatDate, parseDate, parseYearlyDates, WEEKDAYS, type Weekday } from '../domain/time/calendar-date.js'
import { formatRange, parseRange, type TimeRange } from '../domain/time/time-range.js'
import { Zone } from '../domain/time/zone.js'
import {
  dayDocument,
  END_OF_DAY_NOTE,
  type ReadHours,
  specialDaysOf,
  type WritingOptions,
  type WrittenHours,
  weeklyDocument,
  writtenOutNotes,
} from './hours-text.js'
import { placing, wrongAt } from './place.js'

const HEADER = ['when', 'name', 'opens', 'closes'] as const
const CLOSED = 'closed'
const ZONE = 'zone'

/**
 * Writes hours as rows for a spreadsheet: `mon,,09:00,17:00`, `2026-12-24,Christmas Eve,09:00,12:00`, `12-25,Christmas,closed,`;
 * the first says the zone. A closed day has one row, any other one for each range.
 */
export function writeCsv(hours: BusinessHours, { today }: WritingOptions): WrittenHours {
  const holidays = specialDaysOf(hours, today, ({ calendar }) => calendar !== undefined)
  const rows = [
    [...HEADER],
    [ZONE, hours.zone, '', ''],
    ...WEEKDAYS.flatMap((day, index) => rowsOf(day, '', hours.weekly[index]!)),
    ...hours.exceptions.flatMap((exception) =>
      rowsOf(formatExceptionDates(exception), exception.name ?? '', exception.ranges),
    ),
    ...holidays.flatMap(({ from, to, ranges, name = '' }) =>
      rowsOf(from === to ? formatDate(from) : `${formatDate(from)}..${formatDate(to)}`, name, ranges),
    ),
  ]
  const text = rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('')
  return { text, notes: writtenOutNotes(holidays, today) }
}

function rowsOf(when: string, name: string, ranges: readonly TimeRange[]): string[][] {
  if (ranges.length === 0) return [[when, name, CLOSED, '']]
  return ranges.map((range) => [when, name, ...formatRange(range).split('-')])
}

/** A spreadsheet takes what begins so for a formula; after a quote it is text. */
const FORMULA = /^'*[=+\-@\t\r']/

function cell(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text
  return /[",;\r\n]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe
}

/**
 * Reads the rows that {@link writeCsv} writes, as spreadsheets save them again: parted by commas, semicolons or tabs.
 * @throws DocumentError at the line of what is not understood
 */
export function readCsv(text: string, file: string): ReadHours {
  const [header, ...rows] = rowsIn(text, file)
  const names = header?.cells.map((name) => name.trim().toLowerCase()) ?? []
  const unknown = names.find((name) => name !== '' && !HEADER.some((known) => known === name))
  if (!header || !names.includes('when') || unknown !== undefined) {
    const what = unknown === undefined ? 'has no row of titles' : `"${unknown}" is not a title`
    const hint = unknown === undefined ? undefined : didYouMean(unknown, HEADER)
    throw wrongAt(file, header?.line ?? 1, 1, what, hint ?? `the first row is ${HEADER.join(',')}`)
  }
  const notes = new Set<string>()
  const weekly = new Map<Weekday, readonly TimeRange[]>()
  const dated = new Map<string, { line: number; name: string; ranges: readonly TimeRange[] }>()
  let timeZone: string | undefined
  for (const { cells, line } of rows) {
    const value = (title: (typeof HEADER)[number]) => plain(cells[names.indexOf(title)] ?? '')
    const when = value('when').toLowerCase()
    if (cells.every((one) => one.trim() === '')) continue
    if (cells.length > names.length && cells.slice(names.length).some((one) => one.trim() !== '')) {
      throw wrongAt(file, line, 1, 'the row has more cells than titles', 'put a cell with a comma in quotes')
    }
    if (when === ZONE) {
      const zone = value('name') || value('opens')
      placing(file, line, 1, () => Zone.of(zone))
      timeZone = zone
      continue
    }
    const ranges = rangesOf(value('opens'), value('closes'), { file, line, notes })
    const day = WEEKDAYS.find((known) => known === when)
    if (day)
      weekly.set(
        day,
        placing(file, line, 1, () => together(weekly.get(day), ranges)),
      )
    else {
      placing(file, line, 1, () => datesOf(when))
      const known = dated.get(when)
      const name = value('name') || (known?.name ?? '')
      dated.set(when, {
        line: known?.line ?? line,
        name,
        ranges: placing(file, line, 1, () => together(known?.ranges, ranges)),
      })
    }
  }
  const exceptions = [...dated].map(([when, { name, ranges }]): ExceptionDocument => {
    return { ...datesOf(when), ...(name !== '' && { name }), hours: dayDocument(ranges) }
  })
  return {
    hours: { ...(timeZone !== undefined && { timeZone }), weekly: weeklyDocument(weekly), exceptions },
    notes: [...notes],
  }
}

interface Place {
  readonly file: string
  readonly line: number
  readonly notes: Set<string>
}

function rangesOf(opens: string, closes: string, { file, line, notes }: Place): readonly TimeRange[] {
  if (opens.toLowerCase() === CLOSED && closes === '') return []
  const [start, end] = [opens, closes].map((time) => time.replace(/^(\d):/, '0$1:').replace(/^(\d\d:\d\d):00$/, '$1'))
  if (end === '23:59') notes.add(END_OF_DAY_NOTE)
  const range = placing(file, line, 1, () => parseRange(`${start}-${end === '23:59' ? '24:00' : end}`))
  return [range]
}

/** A closed row beside ranges of the same day would say two things. */
function together(known: readonly TimeRange[] | undefined, ranges: readonly TimeRange[]): readonly TimeRange[] {
  if (known && (known.length === 0) !== (ranges.length === 0)) {
    throw new DriftStatusError('invalid-input', 'the day is closed by one row and open by another', {
      hint: 'keep one of the rows',
    })
  }
  const all = [...(known ?? []), ...ranges].sort((a, b) => a.start - b.start)
  dayDocument(all)
  return all
}

function datesOf(when: string): Pick<ExceptionDocument, 'date' | 'from' | 'to' | 'yearly'> {
  if (/^\d{2}-\d{2}(?:\.\.|$)/.test(when)) {
    parseYearlyDates(when)
    return { yearly: when }
  }
  const [from = '', to, more] = when.split('..')
  if (!/^\d{4}-/.test(from) || more !== undefined) {
    throw new DriftStatusError('invalid-input', `"${when}" is neither a day of the week nor a date`, {
      hint: didYouMean(when, WEEKDAYS) ?? 'write mon, 2026-12-24, 2026-12-24..2026-12-26 or 12-25',
    })
  }
  if (to === undefined) {
    parseDate(from)
    return { date: from }
  }
  if (parseDate(to) < parseDate(from)) {
    throw new DriftStatusError('invalid-input', `"${when}" ends before it starts`, { hint: `write ${to}..${from}` })
  }
  return from === to ? { date: from } : { from, to }
}

/** The text of a cell, without the quote that keeps it from being a formula. */
function plain(text: string): string {
  const trimmed = text.trim()
  return trimmed.startsWith("'") && FORMULA.test(trimmed.slice(1)) ? trimmed.slice(1) : trimmed
}

interface Row {
  readonly cells: readonly string[]
  readonly line: number
}

/** The rows of a text, cells in quotes included; the separator is the one that the first row has most of. */
function rowsIn(given: string, file: string): readonly Row[] {
  const text = given.replace(/^\uFEFF/, '').replace(/^sep=.\r?\n/i, '')
  const first = /^[^\r\n]*/.exec(text)![0]
  const separator = [',', ';', '\t'].reduce((best, sign) => (count(first, sign) > count(first, best) ? sign : best))
  const rows: Row[] = []
  let [cells, value, line, start]: [string[], string, number, number] = [[], '', 1, 1]
  const endRow = () => {
    rows.push({ cells: [...cells, value], line: start })
    cells = []
    value = ''
  }
  for (let at = 0; at < text.length; at++) {
    const sign = text[at]!
    if (sign === '"' && value === '') {
      const end = endOfQuote(text, at)
      if (end === -1) throw wrongAt(file, line, 1, 'a quote is not closed', 'end the cell with "')
      value = text.slice(at + 1, end).replaceAll('""', '"')
      line += count(value, '\n')
      at = end
    } else if (sign === separator) {
      cells.push(value)
      value = ''
    } else if (sign === '\n' || sign === '\r') {
      if (sign === '\r' && text[at + 1] === '\n') at++
      endRow()
      line++
      start = line
    } else value += sign
  }
  if (value !== '' || cells.length > 0) endRow()
  return rows.filter((row) => row.cells.some((one) => one.trim() !== ''))
}

/** Where the quote that begins at a place ends: two in a row are one within. */
function endOfQuote(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at !== -1; at = text.indexOf('"', at + 2))
    if (text[at + 1] !== '"') return at
  return -1
}

function count(text: string, sign: string): number {
  return text.split(sign).length - 1
}
