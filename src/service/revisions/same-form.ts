import { WEEKDAYS } from '../../domain/time/calendar-date.js'
import { formatDayHours, parseDayHours } from '../../domain/time/time-range.js'
import { parseDays } from '../../domain/time/weekdays.js'
import { isEqual, itemName } from './diff.js'

type Fields = Readonly<Record<string, unknown>>

/**
 * What is wanted, and where that says the same as what is stored, what is stored: a document that is written in another
 * way changes nothing.
 * @example inFormOf({ mon: ['09:00-17:00'] }, { mon: '09:00-17:00' }) // { mon: '09:00-17:00' }
 */
export function inFormOf<Value>(wanted: Value, stored: Value): Value {
  return keepForm(wanted, stored, '') as Value
}

function keepForm(wanted: unknown, stored: unknown, key: string): unknown {
  if (isEqual(plainForm(wanted, key), plainForm(stored, key))) return stored
  if (Array.isArray(wanted) && Array.isArray(stored)) {
    const known = new Map(stored.map((item) => [itemName(item), item]))
    known.delete(undefined)
    return wanted.map((item) => keepForm(item, known.get(itemName(item)), ''))
  }
  if (!isFields(wanted) || !isFields(stored) || isConditions(key)) return wanted
  const keys = new Set([...Object.keys(wanted), ...Object.keys(stored)])
  const kept = [...keys].map((name) => {
    return [name, keepForm(wanted[name], stored[name], key === 'weekly' ? WEEKDAY : name)] as const
  })
  return Object.fromEntries(kept.filter(([, value]) => value !== undefined))
}

/** Stands for the days of a week, which are closed where nothing is said. */
const WEEKDAY = 'weekday'

/** What a visitor is asked for may have any name. */
function isConditions(key: string): boolean {
  return key === 'when' || key === 'visitor'
}

/** What is said when nothing is. */
const LEFT_OUT: Fields = {
  bot: false,
  disabled: false,
  autoOffline: false,
  calendar: false,
  enabled: false,
  availability: 'always-online',
  count: 1,
}

/** A part of a document in one of the ways in which it may be written; undefined for what may be left out. */
function plainForm(value: unknown, key: string): unknown {
  if (key === WEEKDAY) return plainHours(value ?? 'closed')
  if (value === undefined || LEFT_OUT[key] === value) return undefined
  if (key === 'weekly' && isFields(value)) {
    return Object.fromEntries(WEEKDAYS.map((day) => [day, plainForm(value[day], WEEKDAY)]))
  }
  if (key === 'hours' && (typeof value === 'string' || Array.isArray(value))) return plainHours(value)
  if (key === 'days' && isTexts(value)) return WEEKDAYS.filter((day) => parseAllDays(value).has(day))
  if (Array.isArray(value)) return value.length === 0 ? undefined : value.map((item) => plainForm(item, ''))
  if (!isFields(value)) return value
  if (isConditions(key)) return mapValues(value, plainCondition)
  const parts = Object.entries(value).flatMap(([name, part]) => {
    const plain = plainForm(part, name)
    return plain === undefined ? [] : [[name, plain] as const]
  })
  return Object.fromEntries(parts)
}

/** A bare value is the operator "eq". */
function plainCondition(condition: unknown): unknown {
  if (!isFields(condition)) return condition
  return Object.keys(condition).length === 1 && 'eq' in condition ? condition.eq : condition
}

function mapValues(fields: Fields, map: (value: unknown) => unknown): Fields {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, map(value)]))
}

function plainHours(value: unknown): unknown {
  return formatDayHours(parseDayHours(value as string | readonly string[]))
}

function parseAllDays(value: string | readonly string[]): ReadonlySet<string> {
  return new Set([value].flat().flatMap((text) => parseDays(text)))
}

function isTexts(value: unknown): value is string | readonly string[] {
  return typeof value === 'string' || (Array.isArray(value) && value.every((item) => typeof item === 'string'))
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
