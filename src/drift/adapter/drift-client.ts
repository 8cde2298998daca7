import type { AgentsClient } from '../../api/client.js'
import type { LiveAgent } from '../../api/contract/answers.js'
import { compareIds } from '../../domain/decision/agent.js'
import { DriftStatusError } from '../../domain/errors.js'
import { formatInstant } from '../../domain/time/instant.js'
import { Zone } from '../../domain/time/zone.js'
import type { AgentStatus, TeamAvailability } from '../../domain/words.js'
import { availabilityOf, type DriftTeam, type DriftTeamMode, statusOf } from '../documents.js'
import { agentDocument } from './agent-document.js'
import { checkRequest } from './check-request.js'
import { type DriftApi, driftApi, type Send } from './drift-api.js'
import { findUser } from './find-user.js'

export interface DriftClientOptions {
  /** Sends to Drift's API, or to one that is compatible. */
  readonly send: Send
  readonly token: string
  /** Which Drift user "me" is: an id or an email. */
  readonly me?: string | undefined
  /** The zone of times without one: Drift has none of its own. */
  readonly timeZone?: string | undefined
  /** What writes say they acted on. */
  readonly workspace?: string | undefined
  readonly now: () => number
  /** Ends what `send` keeps open. */
  readonly close?: (() => Promise<void>) | undefined
}

/** Agents that one page and one glance list. */
const PAGE = 50
const MAX_LISTED = 20
/** Drift numbers no revisions. */
const NO_REVISION = 0

/**
 * A real Drift account: agents and teams are read, statuses are written. What else a workspace can
 * be asked, Drift's public API cannot; `refusals.ts` says so.
 *
 * @example
 * const client = driftClient({ send, token, me: 'ana@acme.example', now: Date.now })
 * await client.putStatus({ id: 'me', status: 'away' })
 */
export function driftClient(options: DriftClientOptions): AgentsClient {
  const { me, timeZone = 'UTC', workspace = 'Drift', now, close } = options
  const api = driftApi(options)
  return {
    async getSettings() {
      return { value: { name: workspace, timeZone }, revision: NO_REVISION }
    },
    async getStatus() {
      const agents = await sortedAgents(api)
      return {
        workspace,
        revision: NO_REVISION,
        at: formatInstant(now(), Zone.of(timeZone)),
        timeZone,
        agents: { ...count(agents), listed: agents.slice(0, MAX_LISTED) },
      }
    },
    async listAgents(request) {
      checkRequest(request)
      const { status, after, limit = PAGE } = request
      const all = await sortedAgents(api)
      const asked = all.filter(
        (agent) =>
          (status === undefined || agent.status === status) && (after === undefined || compareIds(agent.id, after) > 0),
      )
      const agents = asked.slice(0, limit)
      return { timeZone, agents, ...count(all), next: asked.length > limit ? agents.at(-1)!.id : null }
    },
    async getAgent(request) {
      checkRequest(request)
      return { value: await findUser(api, request.id, me), revision: NO_REVISION, timeZone }
    },
    async getTeams() {
      const teams = (await api.teams()).filter(({ status }) => status !== 'ARCHIVED')
      return { value: teams.map(teamDocument), revision: NO_REVISION }
    },
    async putStatus(request, { note: message, dryRun = false, ifMatch } = {}) {
      checkRequest(request)
      const { id, status, from, until, note } = request
      if (status === undefined || status === 'automatic')
        throw new DriftStatusError('invalid-input', 'status: say "available" or "away"')
      refuseLostParts({ from, until, note, message, ifMatch })
      const before = await findUser(api, id, me)
      // R17: someone on a call is available, and stays on the call.
      const changed = before.status !== status || before.availability === undefined
      if (changed && !dryRun) await writeStatus(api, before, status)
      const change = { path: `agents[${before.id}].status`, before: before.status, after: status }
      const agent = changed ? { ...before, status, availability: availabilityOf(status) } : before
      const names = before.name === undefined ? {} : { [before.id]: before.name }
      const changes = changed ? [change] : []
      return { workspace, timeZone, agent, changed, revision: NO_REVISION, dryRun, changes, names }
    },
    close: async () => close?.(),
  }
}

const AVAILABILITIES: Readonly<Record<DriftTeamMode, TeamAvailability>> = {
  ALWAYS_ONLINE: 'always-online',
  ALWAYS_OFFLINE: 'always-offline',
  CUSTOM_HOURS: 'custom-hours',
}

/** R37: what Drift's API tells of a team, without the hours that it does not. */
function teamDocument({ id, name, members = [], teamAvailabilityMode: mode, autoOffline }: DriftTeam) {
  // A word that Drift does not document says nothing.
  const availability = mode !== undefined && Object.hasOwn(AVAILABILITIES, mode) ? AVAILABILITIES[mode] : undefined
  return {
    id: String(id),
    ...(name && { name }),
    members: members.map(String),
    ...(availability && { availability }),
    ...(autoOffline && { autoOffline }),
  }
}

async function writeStatus(api: DriftApi, { id, name }: LiveAgent, status: AgentStatus): Promise<void> {
  const { availability } = await api.setAvailability(id, availabilityOf(status))
  if (statusOf(availability) === status) return
  throw new DriftStatusError('failed', `Drift took the status of ${name ?? id} and did not keep it`, {
    reason: 'status-not-kept',
    subject: `${id}`,
  })
}

async function sortedAgents(api: DriftApi): Promise<readonly LiveAgent[]> {
  return (await api.users()).map(agentDocument).sort((a, b) => compareIds(a.id, b.id))
}

/** R9: bots are neither. */
function count(agents: readonly LiveAgent[]) {
  const people = agents.filter(({ bot }) => !bot)
  const available = people.filter(({ status }) => status === 'available').length
  return { available, away: people.length - available }
}

/** A part of a status that Drift has no place for. */
export type LostPart = 'from' | 'until' | 'note' | 'message' | 'ifMatch'

const LOST: Readonly<Record<LostPart, readonly [message: string, hint: string]>> = {
  from: ['a status in Drift begins at once', 'leave the beginning out, and set the status then'],
  until: ['a status in Drift has no end', 'leave the end out, and set the status again when it is over'],
  note: ['a status in Drift has no note', 'leave the note out'],
  message: ['Drift keeps no log, so the message would be lost', 'leave it out'],
  ifMatch: ['Drift keeps no revisions, so If-Match cannot be checked', 'leave it out'],
}

/** @throws DriftStatusError (invalid-input) for the first part that would be lost: all of it is kept, or nothing */
export function refuseLostParts(parts: Readonly<Record<LostPart, unknown>>): void {
  for (const [part, [message, hint]] of Object.entries(LOST)) {
    if (parts[part as LostPart] !== undefined) throw new DriftStatusError('invalid-input', message, { hint })
  }
}
