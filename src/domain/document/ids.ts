import type { Finding } from './problem.js'

/** Ids stand in addresses, in paths and between words: what parts these cannot be in them. */
const PARTING = /[\s\p{Cc}\p{Cf}\p{Cs}/\\?#%]/u
/** What an id would mean in an address, whatever it is of. */
const WORDS: ReadonlyMap<string, string> = new Map([
  ['.', 'in an address it means "here"'],
  ['..', 'in an address it means "one step up"'],
])
const WORDS_OF_AGENTS: ReadonlyMap<string, string> = new Map([...WORDS, ['me', 'it is the word for yourself']])

/** On a command line it would be a flag, quoted or not; and what an exact id is written after. */
const BEGINNINGS = ['-', 'id:']

/** A finding about an id that no new item may have. */
export interface UnusableId extends Finding {
  readonly id: string
}

/** The ids of holiday calendars, agents, teams, shifts, playbooks and rules that cannot be ids. Works on a raw value. */
export function idFindings(root: unknown): readonly UnusableId[] {
  const { holidays, agents, teams, duty, playbooks, routing } = fieldsOf(root)
  return [
    ...findingsIn(holidays, ['holidays'], WORDS),
    ...findingsIn(agents, ['agents'], WORDS_OF_AGENTS),
    ...findingsIn(teams, ['teams'], WORDS),
    ...findingsIn(fieldsOf(duty).shifts, ['duty', 'shifts'], WORDS),
    ...findingsIn(playbooks, ['playbooks'], WORDS),
    ...findingsIn(fieldsOf(routing).rules, ['routing', 'rules'], WORDS),
  ]
}

function findingsIn(items: unknown, where: readonly string[], words: ReadonlyMap<string, string>): UnusableId[] {
  return entriesOf(items).flatMap(({ value, index }) => {
    const id = idOf(value.id)
    if (id === undefined) return []
    const word = words.get(id)
    const reason = word ?? badSign(id)
    if (reason === undefined) return []
    const hint = word ? 'take another, e.g. a number' : 'use letters, digits and signs such as "-" and "_"'
    return [{ path: [...where, index, 'id'], message: `${JSON.stringify(id)} cannot be an id: ${reason}`, hint, id }]
  })
}

function badSign(id: string): string | undefined {
  const beginning = BEGINNINGS.find((text) => id.startsWith(text))
  if (beginning !== undefined) return `it begins with "${beginning}"`
  const parting = PARTING.exec(id)?.[0]
  return parting && `it has ${nameOf(parting)}`
}

function nameOf(character: string): string {
  if (character === ' ') return 'a space'
  if (/[!-~]/.test(character)) return `"${character}"`
  return `the character U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`
}

/** A mapping of a document that nothing is known of yet. */
export type Fields = Readonly<Record<string, unknown>>

/** An item of a list, as a mapping. */
export interface Entry {
  readonly value: Fields
  readonly index: number
}

/** The fields of a mapping; none of anything else. */
export function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {}
}

/** The items of a list; none of anything else. */
export function entriesOf(value: unknown): readonly Entry[] {
  return Array.isArray(value) ? value.map((item, index) => ({ value: fieldsOf(item), index })) : []
}

/** An id as a document may write it: text or a whole number. */
export function idOf(value: unknown): string | undefined {
  return typeof value === 'string' || Number.isInteger(value) ? String(value) : undefined
}
