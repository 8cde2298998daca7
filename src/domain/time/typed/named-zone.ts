import { DriftStatusError, invalid } from '../../errors.js'
import { isZoneName, Zone } from '../zone.js'

/** IANA has fixed zones of these names; who writes one after a time may mean another, or summer time. */
const ABBREVIATIONS = new Set('EST MST HST CET MET EET WET'.split(' '))
const SUFFIXES = /^(.*?) ?((?:\[[^[\]]*\])+)$/
const KNOWN_TAG = /^!?u-ca=(?:iso8601|gregory)$/i

export interface NamedZone {
  /** The text before the zone. */
  readonly rest: string
  /** undefined when none is named. */
  readonly zone: Zone | undefined
}

/**
 * Takes the zone off the end of a time: `… Europe/Berlin`, `… UTC`, or as RFC 9557 writes it,
 * `…[Europe/Berlin]`. Its other tags are refused, except for the calendar that is ours.
 *
 * @param home the zone of times without one: its own name is known, even where it is an abbreviation
 * @throws DriftStatusError (invalid-input) for an unknown zone or tag, and for two zones
 */
export function takeZone(text: string, home: Zone): NamedZone {
  const [, beforeSuffixes = text, suffixes] = SUFFIXES.exec(text) ?? []
  const named = (suffixes?.slice(1, -1).split('][') ?? []).flatMap((suffix) => readSuffix(suffix, text))
  let rest = beforeSuffixes
  for (let zone = lastWordZone(rest, home); zone; zone = lastWordZone(rest, home)) {
    named.push(zone)
    rest = rest.slice(0, rest.lastIndexOf(' '))
  }
  if (named.length > 1) throw invalid('R6', `"${text}" names two zones`, 'keep one of them')
  return { rest, zone: named[0] }
}

function readSuffix(suffix: string, text: string): Zone[] {
  if (KNOWN_TAG.test(suffix)) return []
  if (!suffix.includes('=')) return [Zone.of(suffix.replace(/^!/, ''))]
  throw invalid('R6', `"[${suffix}]" in "${text}" is not a zone`, 'leave it out, or write a zone, e.g. [Europe/Berlin]')
}

/** A text of one word is not a time with a zone. */
function lastWordZone(text: string, home: Zone): Zone | undefined {
  const space = text.lastIndexOf(' ')
  return space > 0 ? zoneOfWord(text.slice(space + 1), home) : undefined
}

function zoneOfWord(word: string, home: Zone): Zone | undefined {
  if (word === home.name) return home
  if (/^(?:utc|gmt)$/i.test(word)) return Zone.of(word.toUpperCase())
  if (/^[a-z_]+\/./i.test(word)) return Zone.of(word)
  return isZoneName(word) && !ABBREVIATIONS.has(word) ? Zone.of(word) : undefined
}

/** What to write instead of a word after a time that is not a zone: `PST`, `Berlin`. */
export function hintOfZone(word: string): string {
  const offset = 'an offset such as -05:00 works too'
  if (ABBREVIATIONS.has(word.toUpperCase())) {
    return `"${word}" means several zones: write an IANA name, e.g. "America/New_York"; ${offset}`
  }
  try {
    return `"${Zone.of(word).name}" is a zone: write it last`
  } catch (error) {
    if (!(error instanceof DriftStatusError)) throw error
    return `"${word}" is not a zone: ${error.hint}; ${offset}`
  }
}
