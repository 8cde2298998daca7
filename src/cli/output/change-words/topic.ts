import type { ChangeAnswer } from '../../../api/contract/operation.js'

/** How ids and times are said. */
export interface Names {
  /** The name of an agent, or the id where there is none. */
  agent(id: string): string
  /** A time as people near it say it: `Fri 17:30`. */
  time(iso: string): string
  /** The year in which dates are said without theirs. */
  readonly year: number
}

/** What a change may be about. */
export type Kind =
  | 'agent'
  | 'team'
  | 'shift'
  | 'cover'
  | 'plannedMode'
  | 'day'
  | 'exception'
  | 'holidays'
  | 'override'
  | 'rule'
  | 'playbook'
  | 'ruleOrder'
  | 'playbookOrder'
  | 'teamOrder'
  | 'shiftOrder'
  | 'coverOrder'
  | 'default'
  | 'token'
  | 'setting'

/** What changed of one thing: an agent, a rule, a day, a setting. */
export interface Topic {
  readonly kind: Kind
  readonly id: string
  readonly changes: FieldChange[]
}

/** A change within its topic; no field is the whole of it. */
export interface FieldChange extends ChangeAnswer {
  readonly field: readonly string[]
}

/** `Plan: free → pro`; of what was not set, only what it is. */
export function fieldWords(label: string, { before, after }: ChangeAnswer, say: (value: unknown) => string): string {
  const now = after === undefined ? 'not set' : say(after)
  return `${label} ${before === undefined ? now : `${say(before)} → ${now}`}`
}

export const quoted = (text: unknown) => `“${text}”`
export const capitalized = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

export function plain(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (Array.isArray(value)) return value.map(plain).join(', ')
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/** `Ana, Kofi and Sam`. */
export function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}
