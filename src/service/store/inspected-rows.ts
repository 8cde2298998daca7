import { agentsNamed, onlyAgent } from '../../domain/decision/named-agents.js'

/** The zones that the sections `general` and `hours` name. */
export function namedZones(sections: readonly { readonly value: string }[]): readonly string[] {
  const named = sections.map(({ value }) => (JSON.parse(value) as { timeZone?: string }).timeZone)
  return [...new Set(named.filter((zone) => zone !== undefined))]
}

export interface PersonRow {
  readonly id: string
  readonly email: string | null
  readonly name: string | null
}

/**
 * The id of the one whom a name is of.
 * @throws DriftStatusError (invalid-input) when it names several
 */
export function namedId(rows: readonly PersonRow[], name: string): string | undefined {
  const agents = rows.map(({ id, email, name: full }) => ({ id, email: email ?? undefined, name: full ?? undefined }))
  return onlyAgent(agentsNamed(agents, name), name)?.id
}
