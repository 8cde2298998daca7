import { agentsNamed, namesOf, onlyAgent } from '../decision/named-agents.js'
import type { AgentDocument, WorkspaceDocument } from '../document/schema.js'
import { DriftStatusError } from '../errors.js'
import { didYouMean } from '../nearest.js'
import type { AgentStatus, ModePolicy } from '../words.js'

/** What a simulation supposes instead of what the document says. */
export interface Assumptions {
  /** Status by agent id, email or unambiguous name: for good, whatever is planned or on duty. */
  readonly agents?: Readonly<Record<string, AgentStatus>> | undefined
  /** A mode without an end; it replaces overrides too, those that are planned included. */
  readonly mode?: ModePolicy | undefined
  readonly autoOffline?: boolean | undefined
}

/**
 * The document as it would be if the assumptions held.
 * @throws DriftStatusError (invalid-input) for an agent that does not exist or a name that several have.
 */
export function assume(document: WorkspaceDocument, assumptions: Assumptions): WorkspaceDocument {
  const { mode, autoOffline, agents = {} } = assumptions
  const statuses = new Map<AgentDocument, AgentStatus>()
  for (const [name, status] of Object.entries(agents)) {
    const agent = findAgent(document, name)
    if ((statuses.get(agent) ?? status) !== status) {
      throw new DriftStatusError(
        'invalid-input',
        `${agent.name ?? agent.id} is assumed to be both available and away`,
        {
          hint: 'say one of them',
        },
      )
    }
    statuses.set(agent, status)
  }
  const { override, planned, ...widget } = document.widget
  return {
    ...document,
    widget: {
      ...widget,
      ...(mode === undefined ? { ...(override && { override }), ...(planned && { planned }) } : { mode }),
      ...(autoOffline !== undefined && { autoOffline }),
    },
    agents: document.agents.map((agent) => {
      const status = statuses.get(agent)
      if (status === undefined) return agent
      const { until, note, afterwards, planned: _, ...rest } = agent
      return { ...rest, status }
    }),
  }
}

/**
 * The agent that a person names: by id, by email, or by a name that only one has; only ids are exact.
 * @throws DriftStatusError (invalid-input) when there is none, or more than one.
 */
export function findAgent({ agents }: WorkspaceDocument, name: string): AgentDocument {
  const only = onlyAgent(agentsNamed(agents, name), name)
  if (only) return only
  throw new DriftStatusError('invalid-input', `"${name}" is not an agent of this workspace`, {
    hint:
      didYouMean(name, namesOf(agents)) ??
      `agents: ${
        agents
          .slice(0, 8)
          .map(({ id, name }) => name ?? id)
          .join(', ') || 'none'
      }`,
  })
}
