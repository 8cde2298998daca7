import { dutyFindings } from '../../domain/document/duty-findings.js'
import { referenceFindings } from '../../domain/document/references.js'
import { inFormOf } from '../../domain/document/same-form.js'
import { schemas, type WorkspaceDocument, workspaceSchema } from '../../domain/document/schema.js'
import { withAgentState, withWidgetState } from '../../domain/document/state.js'
import { dutyOf } from '../../domain/duty/compile-duty.js'
import { DriftStatusError } from '../../domain/errors.js'
import { fromDocument, loadDocument } from '../load.js'
import { namesById } from '../revisions/names.js'
import { changedSince } from '../revisions/settings-changes.js'
import { type PlanBase, planId, settingsDigest } from '../revisions/settings-digest.js'
import { type ReadTransaction, SECTION_NAMES, type Sections } from '../store/store.js'
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
    async handle({ document, plan, source }, draft, { now }) {
      const written = parseDocument(document)
      const live = await loadDocument(draft.transaction, now)
      draft.applied = { source, ...(plan && { plan: await checkPlan(plan, written, live, draft.transaction) }) }
      const wanted = inFormOf(written, live)
      const current = fromDocument(live)
      const widget = withWidgetState(wanted.widget, current.sections.widget)
      const { sections } = fromDocument({
        ...wanted,
        widget,
        holidays: withFeedDays(wanted, current.sections.holidays),
      })
      for (const name of SECTION_NAMES) await draft.put(name, sections[name])
      const rota = dutyOf(wanted)?.rota
      const stored = new Map(current.agents.map((agent) => [agent.id, agent]))
      for (const agent of wanted.agents) {
        const before = stored.get(agent.id)
        const state = before ?? ({ status: rota?.has(agent.id) ? 'automatic' : 'available' } as const)
        const after = withAgentState(agent, state)
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

/**
 * A plan is applied to the settings that it was made for, and once.
 * @returns its name
 * @throws DriftStatusError (conflict) otherwise
 */
async function checkPlan(
  base: PlanBase,
  wanted: WorkspaceDocument,
  stored: WorkspaceDocument,
  transaction: ReadTransaction,
): Promise<string> {
  const plan = planId(base, wanted)
  const used = await transaction.revisions.withPlan(plan)
  if (used) {
    throw new DriftStatusError('conflict', `revision ${used.number} applied this plan already`, {
      reason: 'plan-used',
      subject: `${used.number}`,
      hint: 'make another one',
    })
  }
  if (settingsDigest(stored) === base.digest) return plan
  const { revisions } = await changedSince(base.revision, transaction)
  const [last] = revisions
  const names = last ? await namesById(transaction, [last.actor]) : {}
  const by = last ? `: revision ${last.number} by ${names[last.actor] ?? last.actor}` : ''
  throw new DriftStatusError('conflict', `the workspace has changed since the plan was made${by}`, {
    reason: 'stale-plan',
    hint: 'make another one; nothing was changed',
  })
}

/** @throws DriftStatusError (invalid-input) saying everything that is wrong with it */
function parseDocument(value: unknown): WorkspaceDocument {
  const document = parseBy(workspaceSchema(), value)
  const findings = [...referenceFindings(document), ...dutyFindings(document)]
  if (findings.length > 0) throw invalidInput(findings)
  return document
}

/** R40: the days of a calendar with a feed are the feed's: a document that was written down earlier does not bring back old ones. */
function withFeedDays({ holidays = [] }: WorkspaceDocument, current: Sections['holidays']): Sections['holidays'] {
  return holidays.map((calendar) => {
    const stored = current.find(({ id }) => id === calendar.id)
    const isSameFeed = calendar.source !== undefined && calendar.source === stored?.source
    return isSameFeed && stored.days.length > 0 ? { ...calendar, days: stored.days } : calendar
  })
}
