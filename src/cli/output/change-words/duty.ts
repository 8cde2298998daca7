import type { ChangeAnswer } from '../../../api/contract/operation.js'
import type { CoverDocument, ShiftDocument } from '../../../domain/document/duty-schema.js'
import { fieldWords, listed, type Names, plain, type Topic } from './topic.js'

const FIELDS: Readonly<Record<string, string>> = { timeZone: 'time zone' }

/** `Shift front added: Mon-Fri 09:00-13:00, Ana and Ben`. */
export function shiftWords({ id, changes }: Topic, names: Names): string[] {
  return changes.map((change) => {
    const { before, after, field } = change as { before?: unknown; after?: unknown; field: readonly string[] }
    if (field.length === 0) {
      if (after === undefined) return `Shift ${id} removed`
      const { days, hours, agents, rotate } = after as ShiftDocument
      const who = rotate ? `${people(rotate.agents, names)} in turns of a ${rotate.every}` : people(agents, names)
      return `Shift ${id} added: ${plain(days)} ${plain(hours)}, ${who}`
    }
    const [name] = field
    if (name === 'agents' || field[1] === 'agents') {
      const [from, to] = [before, after].map((list) => people(list as readonly string[] | undefined, names))
      return `Shift ${id}: ${before === undefined ? to : after === undefined ? `not ${from}` : `${from} → ${to}`}`
    }
    if (name === 'rotate' && field.length === 1) {
      const turns = after as ShiftDocument['rotate']
      return `Shift ${id}: ${turns ? `${people(turns.agents, names)} in turns of a ${turns.every}` : 'all at once, not in turns'}`
    }
    return `Shift ${id}: ${fieldWords(FIELDS[field.join('.')] ?? field.join(' '), change, plain)}`
  })
}

function people(ids: readonly string[] | undefined, names: Names): string {
  return ids === undefined || ids.length === 0 ? 'nobody' : listed(ids.map((id) => names.agent(id)))
}

/** `Kofi for Ana in front, Tue 09:00 to Tue 13:00`. */
export function coverTopicWords({ id, changes }: Topic, names: Names): string[] {
  return changes.flatMap((change) => {
    const { before, after, field } = change as ChangeAnswer & { readonly field: readonly string[] }
    if (field.length > 0) {
      const what = field[0] === 'agent' ? agentsWords(change, names) : fieldWords(field.join('.'), change, plain)
      return [`Cover of ${placeWords(id, names)}: ${what}`]
    }
    // Two covers of the same place and time have no name of their own: their whole list is one change.
    const [was, is] = [before, after].map((value) => [value ?? []].flat()) as unknown as [Covers, Covers]
    const others = (all: Covers, known: Covers) => {
      const texts = new Set(known.map((cover) => JSON.stringify(cover)))
      return all.filter((cover) => !texts.has(JSON.stringify(cover))).map((cover) => coverWords(cover, names))
    }
    return [...others(is, was), ...others(was, is).map((words) => `No longer ${words}`)]
  })
}

type Covers = readonly CoverDocument[]

function agentsWords({ before, after }: ChangeAnswer, names: Names): string {
  return `${names.agent(before as string)} → ${names.agent(after as string)}`
}

/** `Ana in front, 2026-12-01 09:00 to 2026-12-01 13:00`, of the name that a cover has in a path. */
function placeWords(id: string, names: Names): string {
  const [, shift, instead, from, to] = /^(\S+) (\S+) (.+)\.\.(.+)$/.exec(id) ?? []
  if (shift === undefined) return id
  return `${names.agent(instead!)} in ${shift}, ${timeWords(from!, names)} to ${timeWords(to!, names)}`
}

/** A time of the shift's own clock is told as it is written. */
function timeWords(text: string, names: Names): string {
  return /[ T]\d{2}:\d{2}$/.test(text) ? text : names.time(text)
}

export function coverWords({ agent, instead, shift, from, to, note }: CoverDocument, names: Names): string {
  const why = note === undefined ? '' : ` (${note})`
  return `${names.agent(agent)} for ${names.agent(instead)} in ${shift}, ${timeWords(from, names)} to ${timeWords(to, names)}${why}`
}
