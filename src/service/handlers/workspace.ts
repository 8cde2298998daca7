import { referenceFindings } from '../../domain/document/references.js'
import { type AgentDocument, schemas, type WorkspaceDocument, workspaceSchema } from '../../domain/document/schema.js'
import { fromDocument, loadDocument } from '../load.js'
import { SECTION_NAMES } from '../store/store.js'
import { invalidInput, parseBy } from '../validate.js'
import type { HandlersOf } from './handler.js'

type WorkspaceOperations =
  | 'getWorkspace'
  | 'putWorkspace'
  | 'getSettings'
  | 'patchSettings'
  | 'getGreeting'
  | 'putGreeting'

export const workspaceHandlers: HandlersOf<WorkspaceOperations> = {
  getSettings: { kind: 'read', isSteady: true, handle: (_, transaction) => transaction.section('general') },
  patchSettings: {
    kind: 'edit',
    etag: 'general',
    async handle({ settings }, draft) {
      const { chatLimit, ...merged } = { ...(await draft.section('general')), ...settings }
      await draft.put('general', parseBy(schemas.general(), chatLimit === null ? merged : { ...merged, chatLimit }))
    },
  },
  getGreeting: { kind: 'read', isSteady: true, handle: (_, transaction) => transaction.section('greeting') },
  putGreeting: {
    kind: 'edit',
    etag: 'greeting',
    async handle({ greeting }, draft) {
      await draft.put('greeting', greeting)
    },
  },
  getWorkspace: {
    kind: 'read',
    isSteady: true,
    isLong: true,
    handle: (_, transaction, { now }) => loadDocument(transaction, now),
  },
  putWorkspace: {
    kind: 'edit',
    etag: 'workspace',
    async handle({ document }, draft, { now }) {
      const wanted = parseDocument(document)
      const current = await loadDocument(draft.transaction, now)
      const { sections, agents } = fromDocument(keepRunTimeState(wanted, current))
      for (const name of SECTION_NAMES) await draft.put(name, sections[name])
      const kept = new Set(agents.map(({ id }) => id))
      const stored = new Map(current.agents.map((agent) => [agent.id, agent]))
      for (const agent of agents) {
        const before = stored.get(agent.id)
        if (before) draft.update(before, agent)
        else draft.add(agent)
      }
      for (const agent of current.agents) {
        if (!kept.has(agent.id)) draft.remove(agent)
      }
    },
  },
}

/** @throws DriftStatusError (invalid-input) saying everything that is wrong with it */
function parseDocument(value: unknown): WorkspaceDocument {
  const document = parseBy(workspaceSchema(), value)
  const findings = referenceFindings(document)
  if (findings.length > 0) throw invalidInput(findings)
  return document
}

/** Statuses, notes, open chats and the override are run-time state: a document never changes them. */
function keepRunTimeState(wanted: WorkspaceDocument, current: WorkspaceDocument): WorkspaceDocument {
  const { override: _, planned: __, ...widget } = wanted.widget
  const { override, planned } = current.widget
  const states = new Map(current.agents.map((agent) => [agent.id, agent]))
  return {
    ...wanted,
    widget: { ...widget, ...(override && { override }), ...(planned && { planned }) },
    agents: wanted.agents.map((agent) => ({ ...settingsOf(agent), ...stateOf(states.get(agent.id)) })),
  }
}

function settingsOf({
  status,
  until,
  note,
  afterwards,
  planned,
  openChats,
  lastRoutedAt,
  ...settings
}: AgentDocument): AgentDocument {
  return settings
}

function stateOf(agent: AgentDocument | undefined): Partial<AgentDocument> {
  const { status = 'available', until, note, afterwards, openChats, lastRoutedAt } = agent ?? {}
  return {
    status,
    ...(until !== undefined && { until }),
    ...(note !== undefined && { note }),
    ...(afterwards !== undefined && { afterwards }),
    ...(openChats !== undefined && { openChats }),
    ...(lastRoutedAt !== undefined && { lastRoutedAt }),
  }
}
