import type { AgentDocument, WorkspaceDocument } from './schema.js'

/** What a document says of how things are now, not of how they are set: statuses, chats and overrides. */
const AGENT_STATE = ['status', 'until', 'note', 'afterwards', 'planned', 'openChats', 'lastRoutedAt'] as const
const WIDGET_STATE = ['override', 'planned'] as const

type AgentState = Pick<AgentDocument, (typeof AGENT_STATE)[number]>
type Widget = WorkspaceDocument['widget']

/** A document with its settings alone: what `apply` writes, and what `export` tells. */
export function withoutState(document: WorkspaceDocument): WorkspaceDocument {
  return {
    ...document,
    widget: without(document.widget, WIDGET_STATE),
    agents: document.agents.map(withoutAgentState),
  }
}

export function withoutAgentState(agent: AgentDocument): AgentDocument {
  return without(agent, AGENT_STATE)
}

/** An agent with its settings, and the run-time state that is given. */
export function withAgentState(agent: AgentDocument, state: AgentState): AgentDocument {
  return { ...without(agent, AGENT_STATE), ...only(state, AGENT_STATE) }
}

/** A widget with its settings, and the run-time state of another. */
export function withWidgetState(widget: Widget, state: Widget): Widget {
  return { ...without(widget, WIDGET_STATE), ...only(state, WIDGET_STATE) }
}

const STATE_PATH = new RegExp(
  `^(?:agents\\[(?:"(?:[^"\\\\]|\\\\.)*"|[^\\]]*)\\]\\.(?:${AGENT_STATE.join('|')})|widget\\.(?:${WIDGET_STATE.join('|')}))(?:$|[.[])`,
)

/** Whether the path of a change lies in run-time state: `agents[2].status`, `widget.override.until`. */
export function isStatePath(path: string): boolean {
  return STATE_PATH.test(path)
}

function without<Value extends object>(value: Value, keys: readonly string[]): Value {
  return Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key))) as Value
}

function only<Value extends object>(value: Value, keys: readonly string[]): Partial<Value> {
  const kept = Object.entries(value).filter(([key, part]) => keys.includes(key) && part !== undefined)
  return Object.fromEntries(kept) as Partial<Value>
}
