import type { LiveAgent } from '../api/contract/answers.js'
import type { AgentStatus } from '../domain/words.js'
import type { AgentDocument } from '../domain/workspace/schema.js'

/** What a simulation supposes of a document's agents, taken from a real account. */
export interface LiveStatuses {
  /** Status by agent id of the document, as `assume` takes them. */
  readonly agents: Readonly<Record<string, AgentStatus>>
  /** Agents of the document that the account does not have: they keep what the document says. */
  readonly unmatched: readonly string[]
}

/**
 * Pairs the agents of a document with those of an account, by email, else by id. Emails come first:
 * a document written by hand numbers its agents as it likes.
 */
export function liveStatuses(documents: readonly AgentDocument[], live: readonly LiveAgent[]): LiveStatuses {
  const byEmail = new Map(live.flatMap((agent) => (agent.email ? [[agent.email.toLowerCase(), agent] as const] : [])))
  const byId = new Map(live.map((agent) => [agent.id, agent]))
  const agents: Record<string, AgentStatus> = {}
  const unmatched: string[] = []
  for (const { id, email } of documents) {
    const match = email === undefined ? byId.get(id) : byEmail.get(email.toLowerCase())
    if (match?.status === undefined) unmatched.push(id)
    else agents[id] = match.status
  }
  return { agents, unmatched }
}
