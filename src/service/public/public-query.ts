import { type Fact, PAGE_FACT, type Visitor, visitorOf } from '../../domain/decision/conditions/facts.js'
import { DriftStatusError, invalid } from '../../domain/errors.js'
import { didYouMean } from '../../domain/nearest.js'
import { isZoneName, Zone } from '../../domain/time/zone.js'
import { canonicalZoneName } from '../../domain/time/zone-data.js'

/** Who a page asks for. */
export interface PublicQuery {
  readonly visitor: Visitor
  /** Of the time at which you are back; undefined for the workspace's. */
  readonly zone: Zone | undefined
}

/** Anyone may ask: nobody may make an answer dear. */
export const MAX_FACTS = 20
export const MAX_LENGTH = { url: 2048, key: 64, value: 256 }

const FACT_PREFIX = 'visitor.'
/** Would tell who is an agent of this workspace, and available, to anyone who guesses a name (R19, R29). */
const ACCOUNT_OWNER = 'account.owner'

/**
 * Reads the query of the public widget: `url`, `timeZone` and `visitor.<key>=<value>`.
 *
 * @param text without its question mark
 * @throws DriftStatusError (invalid-input) for anything else, or too much of it
 * @example readPublicQuery('url=%2Fpricing&visitor.company.size=80').visitor.url // '/pricing'
 */
export function readPublicQuery(text: string): PublicQuery {
  let url: string | undefined
  let zone: Zone | undefined
  const facts = new Map<string, Fact>()
  const given = new Set<string>()
  for (const [name, value] of new URLSearchParams(text)) {
    if (given.has(name)) throw refused(`"${name.slice(0, MAX_LENGTH.key)}" is given twice`, 'give it once')
    given.add(name)
    if (name === 'url') url = within(MAX_LENGTH.url, value, 'url')
    else if (name === 'timeZone') zone = zoneOf(value)
    else if (name.startsWith(FACT_PREFIX)) facts.set(factKey(name), within(MAX_LENGTH.value, value, name))
    else throw unknownParameter(name)
    if (facts.size > MAX_FACTS) throw refused('too many attributes of the visitor', `give at most ${MAX_FACTS}`)
  }
  return { visitor: visitorOf({ url, attributes: Object.fromEntries(facts) }), zone }
}

function factKey(name: string): string {
  const key = name.slice(FACT_PREFIX.length)
  if (key === PAGE_FACT) throw refused('the page is not an attribute', `write ${PAGE_FACT}=… for ${name}=…`)
  if (key === '') throw refused(`"${FACT_PREFIX}" names no fact`, 'write e.g. visitor.plan=gold')
  if (key === ACCOUNT_OWNER) {
    throw refused('a page may not say who owns an account', 'leave out visitor.account.owner')
  }
  if (key.length > MAX_LENGTH.key)
    throw refused('the name of a fact is too long', `at most ${MAX_LENGTH.key} characters`)
  return key
}

function within(most: number, value: string, name: string): string {
  if (value.length <= most) return value
  throw refused(`the value of "${name}" is too long`, `at most ${most} characters`)
}

/** In the engine's spelling: any other of the same zone would be kept as one more. */
function zoneOf(name: string): Zone {
  const known = name.length <= MAX_LENGTH.key && isZoneName(name) ? canonicalZoneName(name) : undefined
  if (known !== undefined) return Zone.of(known)
  // Looking for the nearest of all names would cost more than anything else that anyone may ask.
  const shown = name.slice(0, MAX_LENGTH.key)
  throw invalid('R6', `"${shown}" is not an IANA time zone`, 'write an IANA name, e.g. "Europe/Berlin"')
}

function unknownParameter(name: string): DriftStatusError {
  const shown = name.slice(0, MAX_LENGTH.key)
  const hint =
    didYouMean(shown, ['url', 'timeZone', FACT_PREFIX + shown]) ?? 'there are url, timeZone and visitor.<key>'
  return refused(`"${shown}" is not a parameter of the widget`, hint)
}

function refused(message: string, hint: string): DriftStatusError {
  return new DriftStatusError('invalid-input', message, { hint })
}
