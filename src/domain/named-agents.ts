import { DriftStatusError } from './errors.js'

/** What people call an agent by. */
interface Named {
  readonly id: string
  readonly email?: string | undefined
  readonly name?: string | undefined
}

/** How many of those that one name means are told in an error. */
const MAX_TOLD = 5

/**
 * What every spelling of one email or one name has in common: case, the form of Unicode, white space
 * and characters that nobody sees do not tell people apart. The store and the document compare by it.
 *
 * @example personKey('ÉMILE  Dubois') === personKey('e\u0301mile dubois') // true
 */
export function personKey(text: string): string {
  if (/^[!-~]+(?: [!-~]+)*$/.test(text)) return text.toLowerCase()
  const visible = text.normalize('NFKC').replace(/\p{Default_Ignorable_Code_Point}/gu, '')
  // Through upper case: "ß", "ẞ" and "SS" are one, and so are the three sigmas.
  return visible.toLowerCase().toUpperCase().toLowerCase().normalize('NFKC').replace(/\s+/g, ' ').trim()
}

/** The key of the first word of a name, by which colleagues call each other. */
export function firstNameKey(name: string): string {
  return personKey(name).split(' ')[0]!
}

/** The key of an agent's mailbox: an id with an @ is one, where the agent has no other. */
export function mailboxKey({ id, email }: Named): string | undefined {
  const mailbox = email ?? (id.includes('@') ? id : undefined)
  return mailbox === undefined ? undefined : personKey(mailbox) || undefined
}

/**
 * Whom a text names: the agent of this id, which is exact; else those of the email, of the whole
 * name, or of the first name, whichever anyone has.
 */
export function agentsNamed<Agent extends Named>(agents: readonly Agent[], text: string): readonly Agent[] {
  const exact = agents.find(({ id }) => id === text) ?? agents.find(({ email }) => email === text)
  if (exact) return [exact]
  const key = personKey(text)
  if (key === '') return []
  const nameOf = ({ name = '' }: Agent) => name
  return (
    [
      agents.filter((agent) => mailboxKey(agent) === key),
      agents.filter((agent) => personKey(nameOf(agent)) === key),
      agents.filter((agent) => firstNameKey(nameOf(agent)) === key),
    ].find((found) => found.length > 0) ?? []
  )
}

/**
 * The one agent among those that a text names; undefined for nobody.
 * @throws DriftStatusError (invalid-input) naming them, when there are several
 */
export function onlyAgent<Agent extends Named>(found: readonly Agent[], text: string): Agent | undefined {
  if (found.length <= 1) return found[0]
  const ids = found.slice(0, MAX_TOLD).map(({ id }) => id)
  const told =
    found.length > MAX_TOLD ? `${ids.join(', ')} and others` : `${ids.slice(0, -1).join(', ')} and ${ids.at(-1)}`
  throw new DriftStatusError('invalid-input', `"${text}" names more than one agent: ${told}`, {
    hint: 'name the agent by id or email',
  })
}

/** Everything that agents are called by, for "did you mean"; first names as `firstNameOf` says. */
export function namesOf(agents: readonly Named[], firstNameOf = firstNameKey): readonly string[] {
  return agents.flatMap(({ id, email, name }) =>
    [id, email, name, name === undefined ? undefined : firstNameOf(name)].filter((text) => text !== undefined),
  )
}
