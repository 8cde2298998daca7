import type { AgentDocument } from '../domain/workspace/schema.js'
import { diff } from './diff.js'
import type { Change, SectionName, Sections, StoredAgent, WriteTransaction } from './store/store.js'

/**
 * What a write has changed so far. Reads see the draft; nothing is stored until it is saved, with
 * the revision that lists what differs.
 */
export class Draft {
  readonly transaction: WriteTransaction
  readonly #sections = new Map<SectionName, { before: unknown; after: unknown }>()
  readonly #agents = new Map<string, { before: AgentDocument | undefined; after: AgentDocument | undefined }>()

  constructor(transaction: WriteTransaction) {
    this.transaction = transaction
  }

  async section<Name extends SectionName>(name: Name): Promise<Sections[Name]> {
    const touched = this.#sections.get(name)
    if (touched) return touched.after as Sections[Name]
    const { value } = await this.transaction.section(name)
    return value
  }

  async put<Name extends SectionName>(name: Name, after: Sections[Name]): Promise<void> {
    const before = this.#sections.get(name)?.before ?? (await this.transaction.section(name)).value
    this.#sections.set(name, { before, after })
  }

  /** Changes an agent that exists. */
  update({ agent: before }: StoredAgent, after: AgentDocument): void {
    this.#agents.set(before.id, { before, after })
  }

  add(agent: AgentDocument): void {
    this.#agents.set(agent.id, { before: undefined, after: agent })
  }

  remove({ agent: before }: StoredAgent): void {
    this.#agents.set(before.id, { before, after: undefined })
  }

  /** Whether members may have come or gone, or be named anew. */
  get touchesReferences(): boolean {
    const names: readonly SectionName[] = ['teams', 'routing', 'playbooks']
    return names.some((name) => this.#sections.has(name)) || this.removedAgents.length > 0
  }

  /** The agents that the draft takes out of the workspace. */
  get removedAgents(): readonly AgentDocument[] {
    return [...this.#agents.values()].flatMap(({ before, after }) => (before && !after ? [before] : []))
  }

  changes(): readonly Change[] {
    return [
      ...[...this.#sections].flatMap(([name, { before, after }]) =>
        diff(name === 'general' ? '' : name, before, after),
      ),
      ...[...this.#agents].flatMap(([id, { before, after }]) => diff(`agents[${id}]`, before, after)),
    ]
  }

  /** Stores what differs under a revision's number. */
  async save(revision: number): Promise<void> {
    for (const [name, { before, after }] of this.#sections) {
      if (diff('', before, after).length > 0) {
        await this.transaction.putSection(name, after as Sections[typeof name], revision)
      }
    }
    for (const [id, { before, after }] of this.#agents) {
      if (!after) await this.transaction.deleteAgent(id)
      else if (diff('', before ?? {}, after).length > 0) await this.transaction.putAgent(after, revision)
    }
  }
}
