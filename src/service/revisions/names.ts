import { parsePath } from '../../api/contract/change-path.js'
import type { Change, ReadTransaction } from '../store/store.js'

/** An answer names no more agents than a person reads. */
const MAX_NAMES = 500

/** The keys of a document whose values name agents. */
const AGENT_KEYS: readonly string[] = ['members', 'agents', 'agent', 'instead', 'round-robin']

/**
 * The names of the agents that changes mention by their ids, and of those who made them, for people to read. Agents who
 * have left are named as they were when they were removed.
 */
export async function namesOf(
  transaction: ReadTransaction,
  changes: readonly Change[],
  actors: readonly string[] = [],
): Promise<Readonly<Record<string, string>>> {
  const names = new Map<string, string>()
  const ids = new Set(actors)
  for (const { path, before, after } of changes) {
    const steps = parsePath(path).map(({ name }) => name)
    const [section, item] = steps
    if (section === 'agents' && item !== undefined) {
      ids.add(item)
      const name = nameIn(after) ?? nameIn(before)
      if (name !== undefined) names.set(item, name)
    } else {
      const isAgent = steps.some((step) => AGENT_KEYS.includes(step))
      for (const id of [...agentsIn(before, isAgent), ...agentsIn(after, isAgent)]) ids.add(id)
    }
  }
  return asRecord([...Object.entries(await namesById(transaction, ids)), ...names])
}

/** The names that agents have, by their ids; those that nobody has, or without a name, are left out. */
export async function namesById(
  transaction: ReadTransaction,
  ids: Iterable<string>,
): Promise<Readonly<Record<string, string>>> {
  const names = new Map<string, string>()
  for (const id of [...new Set(ids)].slice(0, MAX_NAMES)) {
    const stored = await transaction.agents.member(id)
    if (stored?.agent.name !== undefined) names.set(id, stored.agent.name)
  }
  return asRecord(names)
}

/** Names by id, for an answer: no schema reads a record with the key `__proto__`. */
export function asRecord(names: Iterable<readonly [id: string, name: string]>): Readonly<Record<string, string>> {
  return Object.fromEntries([...names].filter(([id]) => id !== '__proto__'))
}

/** The names of the agents that a section mentions. */
export function namesIn(transaction: ReadTransaction, value: unknown): Promise<Readonly<Record<string, string>>> {
  return namesById(transaction, agentsIn(value))
}

function nameIn(agent: unknown): string | undefined {
  const name = typeof agent === 'object' && agent !== null && 'name' in agent ? agent.name : undefined
  return typeof name === 'string' ? name : undefined
}

/** The agents that a part of a document names; a text names one where it stands under such a key. */
function agentsIn(value: unknown, isAgent = false): readonly string[] {
  if (typeof value === 'string') return isAgent ? [value] : []
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, part]) => agentsIn(part, isAgent || AGENT_KEYS.includes(key)))
}
