import { parsePath } from '../../api/contract/change-path.js'
import type { Change, ReadTransaction } from '../store/store.js'

/** An answer names no more agents than a person reads. */
const MAX_NAMES = 500

/** Sections whose texts may be ids of agents. */
const NAMING_AGENTS = ['teams', 'playbooks', 'routing']

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
    const [section, item] = parsePath(path).map(({ name }) => name)
    if (section === 'agents' && item !== undefined) {
      ids.add(item)
      const name = nameIn(after) ?? nameIn(before)
      if (name !== undefined) names.set(item, name)
    } else if (NAMING_AGENTS.includes(section!))
      for (const text of [...textsOf(before), ...textsOf(after)]) ids.add(text)
  }
  return { ...(await namesById(transaction, ids)), ...Object.fromEntries(names) }
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
  return Object.fromEntries(names)
}

/** The names of the agents that a section mentions. */
export function namesIn(transaction: ReadTransaction, value: unknown): Promise<Readonly<Record<string, string>>> {
  return namesById(transaction, textsOf(value))
}

function nameIn(agent: unknown): string | undefined {
  const name = typeof agent === 'object' && agent !== null && 'name' in agent ? agent.name : undefined
  return typeof name === 'string' ? name : undefined
}

/** Every text within a value, keys left out. */
function textsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : []
}
