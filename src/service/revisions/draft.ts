import { itemPath } from '../../api/contract/change-path.js'
import { mailboxKey } from '../../domain/decision/named-agents.js'
import { settleAgent, settleWidget } from '../../domain/decision/timed-states.js'
import type { AgentDocument } from '../../domain/document/schema.js'
import type { Instant } from '../../domain/time/zone.js'
import type { Applied, Change, SectionName, Sections, StoredToken, WriteTransaction } from '../store/store.js'
import { revokedToken, tokenRecord } from '../tokens/token-answer.js'
import { diff } from './diff.js'

type MaybeAgent = AgentDocument | undefined

interface Difference<Value> {
  readonly before: Value
  readonly after: Value
  readonly changes: readonly Change[]
  readonly ended: readonly Change[]
}

/** What a draft changes. */
export interface Differences {
  readonly sections: readonly (Difference<unknown> & { readonly name: SectionName })[]
  readonly agents: readonly (Difference<AgentDocument | undefined> & { readonly id: string })[]
  /** Of all, with those of tokens. */
  readonly changes: readonly Change[]
  /** What had ended by itself in what is changed, as it was stored. */
  readonly ended: readonly Change[]
}

/**
 * What a write has changed so far. Reads see the draft; nothing is stored until it is saved, with
 * the revision that lists what differs. A timed status or override that has ended is not part of
 * what differs: it went by itself (R15).
 */
export class Draft {
  readonly transaction: WriteTransaction
  readonly #sections = new Map<SectionName, { before: unknown; after: unknown }>()
  readonly #agents = new Map<string, { before: AgentDocument | undefined; after: AgentDocument | undefined }>()
  readonly #tokens: { readonly before: StoredToken | undefined; readonly after: StoredToken }[] = []

  /** Set by what makes the workspace equal to a document. */
  applied: Applied | undefined

  readonly #now: Instant

  constructor(transaction: WriteTransaction, now: Instant) {
    this.transaction = transaction
    this.#now = now
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

  /** An agent as the draft has it. */
  async agent(id: string): Promise<AgentDocument | undefined> {
    const touched = this.#agents.get(id)
    return touched ? touched.after : (await this.transaction.agents.find(id))?.agent
  }

  /** Changes an agent that exists. */
  update(current: AgentDocument, after: AgentDocument): void {
    this.#agents.set(current.id, { before: this.#before(current), after })
  }

  add(agent: AgentDocument): void {
    this.#agents.set(agent.id, { before: undefined, after: agent })
  }

  remove(current: AgentDocument): void {
    this.#agents.set(current.id, { before: this.#before(current), after: undefined })
  }

  /** What is stored, whatever the draft has made of it since. */
  #before(current: AgentDocument): AgentDocument | undefined {
    const touched = this.#agents.get(current.id)
    return touched ? touched.before : current
  }

  putToken(before: StoredToken | undefined, after: StoredToken): void {
    this.#tokens.push({ before, after })
  }

  /** Whether more was written than agents. */
  get touchesSections(): boolean {
    return this.#sections.size > 0
  }

  /** Whether members may have come or gone, or be named anew. */
  get touchesReferences(): boolean {
    const names: readonly SectionName[] = ['hours', 'holidays', 'teams', 'duty', 'routing', 'playbooks']
    return names.some((name) => this.#sections.has(name)) || this.lostNames.length > 0
  }

  /** Names that agents had and have no more: ids of those removed, emails of those removed or renamed. */
  get lostNames(): readonly string[] {
    return [...this.#agents.values()].flatMap(({ before, after }) => {
      if (!before) return []
      const isKept = before.email === undefined || (after && mailboxKey(before) === mailboxKey(after))
      const email = isKept ? [] : [before.email!]
      return after ? email : [before.id, ...email]
    })
  }

  /** The touched agents, each as it was and as it is now. */
  get agentChanges(): Iterable<{
    readonly before: AgentDocument | undefined
    readonly after: AgentDocument | undefined
  }> {
    return this.#agents.values()
  }

  /** Ends what belongs to a person, for good: someone who is given the id later is somebody else. */
  async endTokensOfRemoved(): Promise<void> {
    for (const { before, after } of this.#agents.values()) {
      if (!before || after) continue
      for (const token of await this.transaction.tokens.ofAgent(before.id)) {
        if (token.revokedAt !== undefined) continue
        this.putToken(token, revokedToken(token, this.#now, 'agent removed'))
      }
    }
  }

  /** The touched sections and agents as they were, or as they are now. */
  touched(side: 'before' | 'after'): {
    readonly sections: Partial<Sections>
    readonly agents: readonly AgentDocument[]
  } {
    const sections = Object.fromEntries([...this.#sections].map(([name, value]) => [name, value[side]]))
    const agents = [...this.#agents.values()].flatMap((agent) => agent[side] ?? [])
    return { sections: sections as Partial<Sections>, agents }
  }

  /** What differs from what is stored: compared once, when nothing is changed any more. */
  differences(): Differences {
    const sections = this.#settledSections().map(([name, stored, before, after]) => {
      const path = name === 'general' ? '' : name
      return { name, before, after, changes: diff(path, before, after), ended: endedIn(path, stored, before) }
    })
    const agents = this.#settledAgents().map(([id, stored, before, after]) => {
      const path = itemPath('agents', id)
      return { id, before, after, changes: diff(path, before, after), ended: endedIn(path, stored, before) }
    })
    const tokens = this.#tokens.flatMap(({ before, after }) =>
      diff(itemPath('tokens', after.id), tokenRecord(before), tokenRecord(after)),
    )
    const changed = [...sections, ...agents].filter(hasChanged)
    return {
      sections: sections.filter(hasChanged),
      agents: agents.filter(hasChanged),
      changes: [...changed.flatMap(({ changes }) => changes), ...tokens],
      ended: changed.flatMap(({ ended }) => ended),
    }
  }

  #settledSections(): readonly (readonly [SectionName, stored: unknown, before: unknown, after: unknown])[] {
    return [...this.#sections].map(([name, { before, after }]) => {
      if (name !== 'widget') return [name, before, before, after]
      const settle = (value: unknown) => settleWidget(value as Sections['widget'], this.#now)
      return [name, before, settle(before), settle(after)]
    })
  }

  #settledAgents(): readonly (readonly [id: string, stored: MaybeAgent, before: MaybeAgent, after: MaybeAgent])[] {
    return [...this.#agents].map(([id, { before, after }]) => {
      // Chats and turns are not settings, except for a new agent: they are as they were given.
      const settle = before ? settingsAt : settleAgent
      const stored = before && settingsOf(before)
      return [id, stored, stored && settleAgent(stored, this.#now), after && settle(after, this.#now)]
    })
  }

  /** Stores what differs under a revision's number. */
  async save({ sections, agents }: Differences, revision: number): Promise<void> {
    for (const { name, before, after } of sections) {
      await this.transaction.putSection(name, after as Sections[typeof name], revision)
      await this.#forgetCursors(name, before, after)
    }
    // An email may pass from one agent to another: those who lose one come first.
    for (const { id, before, after } of agents) {
      if (!after) {
        await this.transaction.assignments.endOf(id, this.#now)
        await this.transaction.agents.delete(id)
      } else if (before?.email !== undefined && before.email !== after.email) {
        const { email: _, ...rest } = after
        await this.transaction.agents.put(rest, revision)
      }
    }
    for (const { after } of agents) if (after) await this.transaction.agents.put(after, revision)
    for (const { after } of this.#tokens) await this.transaction.tokens.put(after)
  }

  /** A cursor goes with its group: the next one of that name begins anew. */
  async #forgetCursors(name: SectionName, before: unknown, after: unknown): Promise<void> {
    const kept = new Set(cursorKeys(name, after as Sections[SectionName]))
    for (const key of cursorKeys(name, before as Sections[SectionName])) {
      if (!kept.has(key)) await this.transaction.putCursor(key, undefined)
    }
  }
}

function hasChanged({ changes }: { readonly changes: readonly Change[] }): boolean {
  return changes.length > 0
}

/** An agent's settings and status as of now: chats and turns are no settings, `route` moves them. */
export function settingsAt(agent: AgentDocument, now: Instant): AgentDocument {
  return settingsOf(settleAgent(agent, now))
}

function settingsOf({ openChats, lastRoutedAt, ...settings }: AgentDocument): AgentDocument {
  return settings
}

/** What of a stored value went by itself, as it was. */
function endedIn(path: string, stored: unknown, settled: unknown): readonly Change[] {
  if (stored === settled) return []
  return diff(path, stored, settled).map(({ path, before }) => ({ path, ...(before !== undefined && { before }) }))
}

/** The keys of the cursors of a section's groups: a team, a rule, a playbook, the default rule. */
export function cursorKeys<Name extends SectionName>(name: Name, value: Sections[Name]): readonly string[] {
  switch (name) {
    case 'teams':
      return (value as Sections['teams']).map(({ id }) => `team:${id}`)
    case 'playbooks':
      return (value as Sections['playbooks']).map(({ id }) => `playbook:${id}`)
    case 'routing': {
      const { rules, default: last } = value as Sections['routing']
      return [...rules.map(({ id }) => `rule:${id}`), ...(last ? ['default'] : [])]
    }
    default:
      return []
  }
}
