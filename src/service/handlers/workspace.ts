import { dutyFindings } from '../../domain/document/duty-findings.js'
import { referenceFindings } from '../../domain/document/references.js'
import { type AgentDocument, schemas, type WorkspaceDocument, workspaceSchema } from '../../domain/document/schema.js'
import { dutyOf } from '../../domain/duty/compile-duty.js'
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
      const current = fromDocument(await loadDocument(draft.transaction, now))
      const { sections } = fromDocument(keepOverride(wanted, current.sections))
      for (const name of SECTION_NAMES) await draft.put(name, sections[name])
      const rota = dutyOf(wanted)?.rota
      const stored = new Map(current.agents.map((agent) => [agent.id, agent]))
      for (const agent of wanted.agents) {
        const before = stored.get(agent.id)
        const state = before ? stateOf(before) : ({ status: rota?.has(agent.id) ? 'automatic' : 'available' } as const)
        const after = { ...settingsOf(agent), ...state }
        if (before) draft.update(before, after)
        else draft.add(after)
      }
      const kept = new Set(wanted.agents.map(({ id }) => id))
      for (const agent of current.agents) {
        if (!kept.has(agent.id)) draft.remove(agent)
      }
    },
  },
}

/** @throws DriftStatusError (invalid-input) saying everything that is wrong with it */
function parseDocument(value: unknown): WorkspaceDocument {
  const document = parseBy(workspaceSchema(), value)
  const findings = [...referenceFindings(document), ...dutyFindings(document)]
  if (findings.length > 0) throw invalidInput(findings)
  return document
}

/** Statuses, notes, open chats and overrides are run-time state: a document never changes them. */
function keepOverride(wanted: WorkspaceDocument, current: Pick<WorkspaceDocument, 'widget'>): WorkspaceDocument {
  const { override: _, planned: __, ...widget } = wanted.widget
  const { override, planned } = current.widget
  return { ...wanted, widget: { ...widget, ...(override && { override }), ...(planned && { planned }) } }
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

function stateOf(agent: AgentDocument): Partial<AgentDocument> {
  const { status, until, note, afterwards, planned, openChats, lastRoutedAt } = agent
  return {
    status,
    ...(until !== undefined && { until }),
    ...(note !== undefined && { note }),
    ...(afterwards !== undefined && { afterwards }),
    ...(planned !== undefined && { planned }),
    ...(openChats !== undefined && { openChats }),
    ...(lastRoutedAt !== undefined && { lastRoutedAt }),
  }
}
