import { mailboxKey, personKey } from '../decision/named-agents.js'
import type { AgentDocument, WorkspaceDocument } from './schema.js'

export interface LiveDocument {
  readonly document: WorkspaceDocument
  /** Agents of the document that nobody live is: they keep the status that the document gives them. */
  readonly unmatched: readonly AgentDocument[]
}

/**
 * A document with the statuses that its agents have somewhere else, e.g. in a Drift account. Emails
 * say who is who, because ids may be another system's; where there is no email, ids do.
 */
export function withLiveStatuses(document: WorkspaceDocument, live: readonly AgentDocument[]): LiveDocument {
  const byEmail = new Map(live.map((agent) => [mailboxKey(agent), agent]))
  const byId = new Map(live.map((agent) => [agent.id, agent]))
  const unmatched: AgentDocument[] = []
  const agents = document.agents.map((agent) => {
    const match = agent.email === undefined ? byId.get(agent.id) : byEmail.get(personKey(agent.email))
    if (!match) {
      unmatched.push(agent)
      return agent
    }
    return { ...agent, ...stateOf(match) }
  })
  return { document: { ...document, agents }, unmatched }
}

/** All of a status; what else a document says of its own goes with its own. */
function stateOf({ status, until, note, afterwards, planned }: AgentDocument): Partial<AgentDocument> {
  return { status, until, note, afterwards, planned }
}
