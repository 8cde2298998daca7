import type { LiveAgent } from '../../api/contract/answers.js'
import { compareIds } from '../../domain/decision/agent.js'
import { setStatus, settleAgent } from '../../domain/decision/timed-states.js'
import type { AgentDocument } from '../../domain/document/schema.js'
import { DriftStatusError, invalid } from '../../domain/errors.js'
import { instantOf, utc } from '../../domain/time/instant.js'
import type { Instant } from '../../domain/time/zone.js'
import { type Actor, requireScope } from '../actor.js'
import { counterAt } from '../counter.js'
import type { Draft } from '../revisions/draft.js'
import { parseAgent } from '../validate.js'
import { findStoredAgent } from './find-agent.js'
import type { HandlersOf } from './handler.js'
import { checkPeriod, planMore, takeBack } from './planned.js'

const PAGE = 50

type AgentOperations =
  | 'listAgents'
  | 'getAgent'
  | 'addAgent'
  | 'patchAgent'
  | 'deleteAgent'
  | 'putStatus'
  | 'deletePlanned'

type PlannedStatus = NonNullable<AgentDocument['planned']>[number]

/** What `route` moves, and nothing else. */
const COUNTED = ['openChats', 'lastRoutedAt'] as const

export const agentHandlers: HandlersOf<AgentOperations> = {
  listAgents: {
    kind: 'read',
    isSteady: true,
    async handle({ status, after, limit = PAGE }, transaction, { now }) {
      const { available, away, onDuty, show } = await counterAt(transaction, now)
      const page = await transaction.agents.list({ status, after, limit: limit + 1, onDuty }, now)
      const agents = page.slice(0, limit).map(show)
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
      const { show } = await counterAt(transaction, now)
      return { value: show(agent), revision, timeZone }
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
    async handle({ id, status, from, until, note }, draft, { actor, now }) {
      const agent = await findToSet(id, draft, actor)
      const [start, end] = [instantOf(from), instantOf(until)]
      if (status === 'automatic' && (start ?? end) !== undefined) {
        throw invalid('R32', 'following the duty has no end', 'leave out the times, or write available or away')
      }
      checkPeriod(start, end, now, 'status')
      const settled = settleAgent(agent, now)
      const state = { status, ...(until !== undefined && { until: utc(until) }), ...(note !== undefined && { note }) }
      const planned = (begin: string) =>
        planMore(settled.planned, { ...state, from: utc(begin) } as PlannedStatus, 'statuses')
      const after = from === undefined ? setStatus(settled, state) : { ...settled, planned: planned(from) }
      draft.update(agent, after)
      return { agent: await shown(after, draft, actor, now) }
    },
  },
  deletePlanned: {
    kind: 'edit',
    etag: 'agent',
    async handle({ id, from }, draft, { actor, now }) {
      const agent = await findToSet(id, draft, actor)
      const { planned, ...settled } = settleAgent(agent, now)
      const kept = await takeBack(planned, from, draft)
      const after = { ...settled, ...(kept.length > 0 && { planned: kept }) }
      draft.update(agent, after)
      return { agent: await shown(after, draft, actor, now) }
    },
  },
}

/** R16: everyone may set their own status; another's needs an admin. */
async function findToSet(id: string, draft: Draft, actor: Actor): Promise<AgentDocument> {
  const refuseOther = () => requireScope(actor, 'status:any', "set another agent's status")
  const { agent } = await findStoredAgent(draft.transaction, id, actor).catch((error: unknown) => {
    // Who may neither read nor set it learns nothing of who there is: there may be nobody, or several.
    if (id !== 'me' && !actor.scopes.has('read')) refuseOther()
    throw error
  })
  if (agent.id !== actor.agent) refuseOther()
  return agent
}

async function shown(agent: AgentDocument, draft: Draft, actor: Actor, now: Instant): Promise<LiveAgent> {
  const { show } = await counterAt(draft.transaction, now)
  if (actor.scopes.has('read')) return show(agent)
  const { planned, ...told } = withoutPerson(show(agent))
  // What another has planned, and why, is nothing that was written now: the changes tell that.
  return agent.id === actor.agent && planned ? { ...told, planned } : told
}

/** Who may not read learns what they have written, and not who it is. */
function withoutPerson({ id, role, status, resolved, until, note, afterwards, planned }: LiveAgent): LiveAgent {
  return {
    id,
    role,
    ...(status !== undefined && { status }),
    ...(resolved !== undefined && { resolved }),
    ...(until !== undefined && { until }),
    ...(note !== undefined && { note }),
    ...(afterwards !== undefined && { afterwards }),
    ...(planned !== undefined && { planned }),
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
