import { WEEKDAYS } from '../time/calendar-date.js'
import { formatDayHours, parseDayHours } from '../time/time-range.js'
import { parseDays } from '../time/weekdays.js'
import { isEqual, isFields, itemName, own } from './items.js'

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
  if (Array.isArray(wanted) && Array.isArray(stored) && [...wanted, ...stored].every(isFields)) {
    const known = new Map(stored.map((item) => [itemName(item), item]))
    known.delete(undefined)
    return inOrderOf(wanted, known, key).map((item) => keepForm(item, known.get(itemName(item)), ''))
  }
  if (!isFields(wanted) || !isFields(stored) || isConditions(key)) {
    return isEqual(plainForm(wanted, key), plainForm(stored, key)) ? stored : wanted
  }
  const keys = new Set([...Object.keys(wanted), ...Object.keys(stored)])
  const kept = [...keys].map((name) => {
    return [name, keepForm(own(wanted, name), own(stored, name), key === 'weekly' ? WEEKDAY : name)] as const
  })
  return Object.fromEntries(kept.filter(([, value]) => value !== undefined))
}

/** Dates and agents have no order of their own: those that are known stay where they are, and new ones come after them. */
function inOrderOf(
  wanted: readonly unknown[],
  known: ReadonlyMap<string | undefined, unknown>,
  key: string,
): readonly unknown[] {
  if (hasOrder(wanted, key)) return wanted
  const places = new Map([...known.keys()].map((name, place) => [name, place]))
  const placeOf = (item: unknown) => places.get(itemName(item)) ?? places.size
  return [...wanted].sort((a, b) => placeOf(a) - placeOf(b))
}

function hasOrder(items: readonly unknown[], key: string): boolean {
  return items.some((item) => !isFields(item) || (key !== 'agents' && (item.id ?? item.instead) !== undefined))
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

/** Of other lists, none is something else than nothing said: no holidays apply, nobody is in a group. */
const LEFT_OUT_LISTS: readonly string[] = ['exceptions', 'days', 'shifts', 'covers', 'rules']

/** A part of a document in one of the ways in which it may be written; undefined for what may be left out. */
export function plainForm(value: unknown, key = ''): unknown {
  if (key === WEEKDAY) return plainHours(value ?? 'closed')
  if (value === undefined || LEFT_OUT[key] === value) return undefined
  if (key === 'weekly' && isFields(value)) {
    const days = WEEKDAYS.map((day) => [day, plainForm(value[day], WEEKDAY)])
    return days.every(([, hours]) => hours === 'closed') ? {} : Object.fromEntries(days)
  }
  if (key === 'hours' && (typeof value === 'string' || Array.isArray(value))) return plainHours(value)
  if (key === 'days' && isTexts(value)) return plainDays(value)
  if (Array.isArray(value)) {
    if (value.length === 0 && LEFT_OUT_LISTS.includes(key)) return undefined
    const items = value.map((item) => plainForm(item, ''))
    return key === 'agents' || hasOrder(items, key) ? items : inOrderOfDates(items)
  }
  if (!isFields(value)) return value
  if (isConditions(key)) return mapValues(value, plainCondition)
  const parts = Object.entries(value).flatMap(([name, part]) => {
    const plain = plainForm(part, name)
    return plain === undefined ? [] : [[name, plain] as const]
  })
  return Object.fromEntries(parts)
}

/** The dates of one year first, in their order, then those of every year. */
function inOrderOfDates(items: readonly unknown[]): readonly unknown[] {
  const nameOf = (item: unknown) => itemName(item) ?? ''
  const orderOf = (item: unknown) => (/^\d{4}-/.test(nameOf(item)) ? nameOf(item) : `~${nameOf(item)}`)
  return [...items].sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1))
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

/** `all`, `mon-fri`, or `mon,wed`. */
function plainDays(value: string | readonly string[]): string {
  const named = new Set([value].flat().flatMap((text) => parseDays(text)))
  const days = WEEKDAYS.filter((day) => named.has(day))
  if (days.length === WEEKDAYS.length) return 'all'
  const [first, last] = [WEEKDAYS.indexOf(days[0]!), WEEKDAYS.indexOf(days.at(-1)!)]
  return days.length > 2 && last - first === days.length - 1 ? `${days[0]}-${days.at(-1)}` : days.join(',')
}

function isTexts(value: unknown): value is string | readonly string[] {
  const isText = (item: unknown) => typeof item === 'string'
  return isText(value) || (Array.isArray(value) && value.length > 0 && value.every(isText))
}
