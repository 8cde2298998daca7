import { DriftStatusError } from '../errors.js'
import { lazy } from '../lazy.js'

/** What people call an agent by. */
interface Named {
  readonly id: string
  readonly email?: string | undefined
  readonly name?: string | undefined
}

/** How many of those that one name means are told in an error. */
const MAX_TOLD = 5
/** How many agents are looked through for "did you mean": of a hundred thousand it would take seconds. */
const MAX_SUGGESTED = 5000

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
  const { exact, spelled } = directoryOf(agents)
  const only = exact().get(text)
  if (only) return [only]
  const key = personKey(text)
  for (const agentsOf of spelled) {
    const found = agentsOf().get(key)
    if (found) return found
  }
  return []
}

/** A list of agents by what they may be named by. */
interface Directory<Agent> {
  /** By id, and by email as it is written. */
  readonly exact: () => ReadonlyMap<string, Agent>
  /** By the keys of emails, of whole names and of first names. */
  readonly spelled: readonly (() => ReadonlyMap<string, readonly Agent[]>)[]
}

/** Made once for each list: one request may name thousands among a hundred thousand. */
const directories = new WeakMap<readonly Named[], Directory<Named>>()

function directoryOf<Agent extends Named>(agents: readonly Agent[]): Directory<Agent> {
  const known = directories.get(agents) as Directory<Agent> | undefined
  if (known) return known
  const keys = [mailboxKey, ({ name = '' }: Named) => personKey(name), ({ name = '' }: Named) => firstNameKey(name)]
  const directory = {
    exact: lazy(() => byExactName(agents)),
    spelled: keys.map((key) => lazy(() => byKey(agents, key))),
  }
  directories.set(agents, directory)
  return directory
}

/** An id goes before an email, and the first of a list before others. */
function byExactName<Agent extends Named>(agents: readonly Agent[]): ReadonlyMap<string, Agent> {
  const exact = new Map<string, Agent>()
  const lastFirst = agents.toReversed()
  for (const agent of lastFirst) if (agent.email !== undefined) exact.set(agent.email, agent)
  for (const agent of lastFirst) exact.set(agent.id, agent)
  return exact
}

function byKey<Agent extends Named>(
  agents: readonly Agent[],
  keyOf: (agent: Agent) => string | undefined,
): ReadonlyMap<string, readonly Agent[]> {
  const found = new Map<string, Agent[]>()
  for (const agent of agents) {
    const key = keyOf(agent)
    if (!key) continue
    const same = found.get(key)
    if (same) same.push(agent)
    else found.set(key, [agent])
  }
  return found
}

/**
 * The one agent among those that a text names; undefined for nobody.
 * @throws DriftStatusError (invalid-input) naming them, when there are several
 */
export function onlyAgent<Agent extends Named>(found: readonly Agent[], text: string): Agent | undefined {
  if (found.length <= 1) return found[0]
  const people = found.slice(0, MAX_TOLD).map(({ id, name }) => (name === undefined ? id : `${name} (id ${id})`))
  const told =
    found.length > MAX_TOLD
      ? `${people.join(', ')} and others`
      : `${people.slice(0, -1).join(', ')} and ${people.at(-1)}`
  throw new DriftStatusError('invalid-input', `"${text}" names more than one agent: ${told}`, {
    hint: 'name the agent by id or email',
  })
}

/** What agents are called by, for "did you mean"; first names as `firstNameOf` says. */
export function namesOf(agents: readonly Named[], firstNameOf = firstNameKey): readonly string[] {
  return agents
    .slice(0, MAX_SUGGESTED)
    .flatMap(({ id, email, name }) =>
      [id, email, name, name === undefined ? undefined : firstNameOf(name)].filter((text) => text !== undefined),
    )
}
