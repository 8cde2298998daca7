import { DriftStatusError } from './errors.js'
import { didYouMean } from './nearest.js'
import type { AgentStatus, ModePolicy } from './words.js'
import type { AgentDocument, WorkspaceDocument } from './workspace/schema.js'

/** What a simulation supposes instead of what the document says. */
export interface Assumptions {
  /** Status by agent id, email or unambiguous name. */
  readonly agents?: Readonly<Record<string, AgentStatus>> | undefined
  /** A mode without an end; it replaces an override too. */
  readonly mode?: ModePolicy | undefined
  readonly autoOffline?: boolean | undefined
}

/**
 * The document as it would be if the assumptions held.
 * @throws DriftStatusError (invalid-input) for an agent that does not exist or a name that several have.
 */
export function assume(document: WorkspaceDocument, assumptions: Assumptions): WorkspaceDocument {
  const { mode, autoOffline, agents = {} } = assumptions
  const statuses = new Map(Object.entries(agents).map(([name, status]) => [findAgent(document, name), status]))
  const { override, ...widget } = document.widget
  return {
    ...document,
    widget: {
      ...widget,
      ...(mode === undefined ? override && { override } : { mode }),
      ...(autoOffline !== undefined && { autoOffline }),
    },
    agents: document.agents.map((agent) => {
      const status = statuses.get(agent)
      if (status === undefined) return agent
      const { until, note, afterwards, ...rest } = agent
      return { ...rest, status }
    }),
  }
}

/**
 * The agent that a person names: by id, by email, or by a name that only one has.
 * @throws DriftStatusError (invalid-input) when there is none, or more than one.
 */
export function findAgent({ agents }: WorkspaceDocument, name: string): AgentDocument {
  const exact = agents.find(({ id }) => id === name) ?? agents.find(({ email }) => email === name)
  if (exact) return exact
  const wanted = name.toLowerCase()
  const named = agents.filter((agent) => agent.name?.toLowerCase() === wanted)
  const [only, second] = named.length > 0 ? named : agents.filter((agent) => firstName(agent) === wanted)
  if (only && !second) return only
  if (only && second) {
    throw new DriftStatusError('invalid-input', `"${name}" names more than one agent: ${only.id} and ${second.id}`, {
      hint: 'name the agent by id or email',
    })
  }
  const known = agents.flatMap((agent) =>
    [agent.id, agent.email, agent.name, firstName(agent)].filter((text) => text !== undefined),
  )
  throw new DriftStatusError('invalid-input', `"${name}" is not an agent of this workspace`, {
    hint:
      didYouMean(name, known) ??
      `agents: ${
        agents
          .slice(0, 8)
          .map(({ id }) => id)
          .join(', ') || 'none'
      }`,
  })
}

function firstName(agent: AgentDocument): string | undefined {
  return agent.name?.toLowerCase().split(' ')[0]
}
