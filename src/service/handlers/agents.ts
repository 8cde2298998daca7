import { compareIds } from '../../domain/decision/agent.js'
import { setStatus, settleAgent } from '../../domain/decision/timed-states.js'
import type { AgentDocument } from '../../domain/document/schema.js'
import { DriftStatusError } from '../../domain/errors.js'
import { instantOf } from '../../domain/time/instant.js'
import { requireScope } from '../actor.js'
import { parseAgent } from '../validate.js'
import { findStoredAgent } from './find-agent.js'
import type { HandlersOf } from './handler.js'

const PAGE = 50

type AgentOperations = 'listAgents' | 'getAgent' | 'addAgent' | 'patchAgent' | 'deleteAgent' | 'putStatus'

/** What `route` moves, and nothing else. */
const COUNTED = ['openChats', 'lastRoutedAt'] as const

export const agentHandlers: HandlersOf<AgentOperations> = {
  listAgents: {
    kind: 'read',
    isSteady: true,
    async handle({ status, after, limit = PAGE }, transaction, { now }) {
      const page = await transaction.agents.list({ status, after, limit: limit + 1 }, now)
      const { available, away } = await transaction.agents.count(now)
      const agents = page.slice(0, limit).map((agent) => settleAgent(agent, now))
      const { timeZone } = (await transaction.section('general')).value
      return { timeZone, agents, available, away, next: page.length > limit ? agents.at(-1)!.id : null }
    },
  },
  getAgent: {
    kind: 'read',
    isSteady: 'by-agent',
    async handle({ id }, transaction, { actor, now }) {
      const { agent, revision } = await findStoredAgent(transaction, id, actor)
      const { timeZone } = (await transaction.section('general')).value
      return { value: settleAgent(agent, now), revision, timeZone }
    },
  },
  addAgent: {
    kind: 'edit',
    async handle({ agent }, draft) {
      if (await draft.transaction.agents.find(agent.id)) {
        throw new DriftStatusError('conflict', `agent "${agent.id}" exists already`, {
          reason: 'agent-exists',
          subject: agent.id,
        })
      }
      draft.add({ ...agent, status: agent.status ?? 'available' })
    },
  },
  patchAgent: {
    kind: 'edit',
    etag: 'agent',
    async handle({ id, settings }, draft, { actor, now }) {
      const stored = await findStoredAgent(draft.transaction, id, actor)
      checkCounted(settings, stored.agent)
      const merged = Object.entries({ ...settleAgent(stored.agent, now), ...settings }).filter(
        ([, value]) => value !== null,
      )
      const after = parseAgent(Object.fromEntries(merged))
      if (compareIds(after.id, stored.agent.id) !== 0) {
        throw new DriftStatusError('invalid-input', 'an agent keeps its id', {
          hint: 'add a new agent, then remove this one',
        })
      }
      draft.update(stored.agent, after)
    },
  },
  deleteAgent: {
    kind: 'edit',
    etag: 'agent',
    async handle({ id }, draft, { actor }) {
      draft.remove((await findStoredAgent(draft.transaction, id, actor)).agent)
    },
  },
  putStatus: {
    kind: 'edit',
    etag: 'agent',
    async handle({ id, status, until, note }, draft, { actor, now }) {
      // R16: everyone may set their own status; another's needs an admin.
      const refuseOther = () => requireScope(actor, 'status:any', "set another agent's status")
      const stored = await findStoredAgent(draft.transaction, id, actor).catch((error: unknown) => {
        // Who may neither read nor set it learns nothing of who there is: there may be nobody, or several.
        if (id !== 'me' && !actor.scopes.has('read')) refuseOther()
        throw error
      })
      if (stored.agent.id !== actor.agent) refuseOther()
      const end = instantOf(until)
      if (end !== undefined && end <= now) {
        throw new DriftStatusError('invalid-input', 'the status would end before it starts', {
          hint: 'name an end in the future',
        })
      }
      const kept = end === undefined ? undefined : new Date(end).toISOString()
      const after = setStatus(settleAgent(stored.agent, now), { status, until: kept, note })
      draft.update(stored.agent, after)
      return { agent: actor.scopes.has('read') ? after : withoutPerson(after) }
    },
  },
}

/** Who may not read learns what they have written, and not who it is. */
function withoutPerson({ id, role, status, until, note, afterwards }: AgentDocument): AgentDocument {
  return {
    id,
    role,
    ...(status !== undefined && { status }),
    ...(until !== undefined && { until }),
    ...(note !== undefined && { note }),
    ...(afterwards !== undefined && { afterwards }),
  }
}

/** @throws DriftStatusError (invalid-input) when an edit would set what is counted */
function checkCounted(settings: Readonly<Record<string, unknown>>, agent: AgentDocument): void {
  const key = COUNTED.find((name) => Object.hasOwn(settings, name) && settings[name] !== agent[name])
  if (key === undefined) return
  throw new DriftStatusError('invalid-input', `"${key}" is counted from the chats that are routed: it cannot be set`, {
    reason: 'counted-field',
    hint: 'end an open chat instead',
  })
}
