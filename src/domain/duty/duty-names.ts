import { mailboxKey, personKey } from '../decision/named-agents.js'
import type { DutyDocument, ShiftDocument } from '../document/duty-schema.js'
import type { Person } from './place.js'

interface Named {
  readonly id: string
  readonly email?: string | undefined
}

/** What a shift calls its people: ids or emails. */
export function namesInShift({ agents, rotate }: ShiftDocument): readonly string[] {
  return agents ?? rotate?.agents ?? []
}

/** What the duty calls everyone whom it names. */
export function namesInDuty({ shifts, covers }: DutyDocument): ReadonlySet<string> {
  return new Set([...shifts.flatMap(namesInShift), ...covers.flatMap(({ agent, instead }) => [agent, instead])])
}

/** The ids of agents, in their order, by what the duty calls them: an id is exact and goes before an email (as in teams). */
export function resolveNames(duty: DutyDocument, agents: readonly Named[]): ReadonlyMap<string, string> {
  const names = namesInDuty(duty)
  const mailboxes = new Map<string, string[]>()
  for (const name of names) {
    const key = personKey(name)
    mailboxes.set(key, [...(mailboxes.get(key) ?? []), name])
  }
  const exact = new Set(agents.map(({ id }) => id).filter((id) => names.has(id)))
  const ids = new Map<string, string>()
  for (const agent of agents) {
    if (exact.has(agent.id)) ids.set(agent.id, agent.id)
    const mailbox = mailboxKey(agent)
    for (const name of mailbox === undefined ? [] : (mailboxes.get(mailbox) ?? [])) {
      if (!exact.has(name) && !ids.has(name)) ids.set(name, agent.id)
    }
  }
  return ids
}

/** Everyone whom the duty names, found by what it calls them. */
export class People {
  readonly #ids: ReadonlyMap<string, string>
  readonly #byId = new Map<string, Person>()

  /** @param ids of agents by what the duty calls them; of somebody unknown the name is the id */
  constructor(ids: ReadonlyMap<string, string>) {
    this.#ids = ids
    // In the order of the agents: those who are asked about together are near together.
    for (const id of ids.values()) this.named(id)
  }

  named(name: string): Person {
    const id = this.#ids.get(name) ?? name
    const person = this.#byId.get(id) ?? { id, index: this.#byId.size }
    this.#byId.set(id, person)
    return person
  }

  /** Those asked for so far, by their index. */
  get all(): readonly Person[] {
    return [...this.#byId.values()]
  }
}
