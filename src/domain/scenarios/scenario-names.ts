import type { Fact } from '../decision/conditions/facts.js'
import { agentsNamed, namesOf, onlyAgent } from '../decision/named-agents.js'
import type { Finding, Path } from '../document/problem.js'
import type { WorkspaceDocument } from '../document/schema.js'
import { DriftStatusError } from '../errors.js'
import { didYouMean } from '../nearest.js'
import { DEFAULT_RULE } from '../words.js'
import type { Named } from './decision-shape.js'

/** Known ids that a hint lists. */
const MAX_LISTED = 8

/** What the expectations of a workspace may name, and what they name that is not there. */
export class NamesOfWorkspace {
  readonly #document: WorkspaceDocument
  readonly #findings: Finding[]
  readonly #ids: Readonly<Record<Exclude<Named, 'agent'>, ReadonlySet<string>>>

  /** @param findings takes what is wrong */
  constructor(document: WorkspaceDocument, findings: Finding[]) {
    this.#document = document
    this.#findings = findings
    this.#ids = {
      rule: new Set([...document.routing.rules.map(({ id }) => id), DEFAULT_RULE]),
      playbook: new Set(document.playbooks.map(({ id }) => id)),
      team: new Set(document.teams.map(({ id }) => id)),
    }
  }

  /** Reads a name as the id that it means; agents are named by id, email or unambiguous name. */
  reader(named: Named, path: Path): (name: Fact) => string {
    return (name) => (named === 'agent' ? this.#agent(String(name), path) : this.#id(named, String(name), path))
  }

  #agent(name: string, path: Path): string {
    const { agents } = this.#document
    try {
      const agent = onlyAgent(agentsNamed(agents, name), name)
      if (agent) return agent.id
      const hint = didYouMean(name, namesOf(agents)) ?? listed(agents.map((one) => one.name ?? one.id))
      this.#findings.push({ path, message: `"${name}" is not an agent of this workspace`, hint })
    } catch (error) {
      if (!(error instanceof DriftStatusError)) throw error
      this.#findings.push({ path, message: error.message, hint: error.hint })
    }
    return name
  }

  #id(named: Exclude<Named, 'agent'>, id: string, path: Path): string {
    const known = this.#ids[named]
    if (!known.has(id)) {
      const hint = didYouMean(id, known) ?? listed([...known])
      this.#findings.push({ path, message: `"${id}" is not a ${named} of this workspace`, hint })
    }
    return id
  }
}

function listed(names: readonly string[]): string {
  return names.length === 0 ? 'there is none' : `there are ${names.slice(0, MAX_LISTED).join(', ')}`
}
