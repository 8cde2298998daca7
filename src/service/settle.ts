import { otherStatus } from '../domain/agent.js'
import type { Instant } from '../domain/schedule/zone.js'
import type { AgentDocument, WorkspaceDocument } from '../domain/workspace/schema.js'

/** R15: an agent as of an instant. A timed status that has ended is gone, with its note. */
export function settleAgent(agent: AgentDocument, at: Instant): AgentDocument {
  const { until, note, status = 'available', ...settings } = agent
  if (until === undefined || at < Date.parse(until)) return agent
  return { ...settings, status: otherStatus(status) }
}

/** R8: the widget's settings as of an instant. An override that has ended is gone. */
export function settleWidget(
  { override, ...widget }: WorkspaceDocument['widget'],
  at: Instant,
): WorkspaceDocument['widget'] {
  const holds = override && (override.until === undefined || at < Date.parse(override.until))
  return holds ? { ...widget, override } : widget
}
