import type { ScenarioFailure, ToldDifference } from '../../domain/scenarios/check.js'
import { formatInFull } from './local-time.js'

/** Characters of a value of a difference. */
const MAX_VALUE = 300

/** `Fri 25 Dec 2026, 09:00, until Fri 25 Dec 2026, 17:00 (America/New_York), and 4 more times`. */
export function failingTime({ at, until, moreStretches }: ScenarioFailure, timeZone: string): string {
  const end = until === null ? '' : `, until ${formatInFull(until, timeZone)}`
  const more = moreStretches === 0 ? '' : `, and ${moreStretches} more ${moreStretches === 1 ? 'time' : 'times'}`
  return `${formatInFull(at, timeZone)}${end} (${timeZone})${more}`
}

/** `widget.mode: expected offline, is online`. */
export function differenceWords(difference: ToldDifference): string {
  const { path, expected, never, actual } = difference
  const asked = 'never' in difference ? `must never be ${value(never)}` : `expected ${value(expected)}`
  return `${path}: ${asked}, is ${value(actual)}`
}

/** A value as scenarios write it. */
function value(of: unknown): string {
  if (of === null || of === undefined) return 'nothing'
  const text = typeof of === 'string' ? of : flow(of)
  return text.length > MAX_VALUE ? `${text.slice(0, MAX_VALUE - 1)}…` : text
}

/** YAML on one line: `{ id: 2, status: away }`. */
function flow(of: unknown): string {
  if (Array.isArray(of)) return `[${of.map(flow).join(', ')}]`
  if (typeof of !== 'object' || of === null) return typeof of === 'string' ? quoted(of) : String(of)
  return `{ ${Object.entries(of)
    .map(([key, inner]) => `${key}: ${flow(inner)}`)
    .join(', ')} }`
}

function quoted(text: string): string {
  return /^[\w@./:+-]+(?: [\w@./:+-]+)*$/.test(text) ? text : JSON.stringify(text)
}
