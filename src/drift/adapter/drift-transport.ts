import type { Transport } from '../../api/client.js'
import type { AgentsStatusAnswer, LiveAgent } from '../../api/contract/answers.js'
import type { WriteAnswer, WriteOptions } from '../../api/contract/operation.js'
import type { OperationId, RequestOf } from '../../api/contract/operations.js'
import { compareIds } from '../../domain/agent.js'
import { DriftStatusError } from '../../domain/errors.js'
import { formatInstant } from '../../domain/instant.js'
import { Zone } from '../../domain/schedule/zone.js'
import { availabilityOf, statusOf } from '../availability.js'
import type { DriftTeam } from '../documents.js'
import { agentDocument } from './agent-document.js'
import { checkRequest } from './check-request.js'
import { type DriftApi, driftApi } from './drift-api.js'
import { findUser } from './find-user.js'
import type { Send } from './http.js'
import { refusal, refuseEvents, refuseLostParts } from './refusals.js'

export interface DriftTransportOptions {
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
const MOST_LISTED = 20
/** Drift numbers no revisions. */
const NO_REVISION = 0

interface Account {
  readonly api: DriftApi
  readonly me: string | undefined
  readonly timeZone: string
  readonly workspace: string
  readonly now: () => number
}

/**
 * A real Drift account behind the typed client: agents and teams are read, statuses are written.
 * Everything else throws one sentence that says so, with what to do instead.
 *
 * @example
 * const client = createClient(driftTransport({ send, token, me: 'ana@acme.example', now: Date.now }))
 * await client.putStatus({ id: 'me', status: 'away' })
 */
export function driftTransport(options: DriftTransportOptions): Transport {
  const { me, timeZone = 'UTC', workspace = 'Drift', now, close } = options
  const account: Account = { api: driftApi(options), me, timeZone, workspace, now }
  return {
    async call(id, request, writeOptions) {
      const answer = Object.hasOwn(ANSWERS, id) ? ANSWERS[id as keyof typeof ANSWERS] : undefined
      if (!answer) throw refusal(id)
      checkRequest(request)
      // The table pairs each answer with its own request; past it, the pairing is lost to the type checker.
      return answer(account, request as never, writeOptions)
    },
    // biome-ignore lint/correctness/useYield: it has nothing to tell, and says so to whoever listens
    async *events() {
      throw refuseEvents()
    },
    close: async () => close?.(),
  }
}

type Answer<Id extends OperationId> = (
  account: Account,
  request: RequestOf<Id>,
  options: WriteOptions,
) => Promise<unknown>

const ANSWERS = { getSettings, getStatus, listAgents, getAgent, putStatus, getTeams } satisfies {
  readonly [Id in OperationId]?: Answer<Id>
}

/** The name and the zone. The plan is nothing that Drift's API tells, and absent. */
async function getSettings({ workspace, timeZone }: Account) {
  return { value: { name: workspace, timeZone }, revision: NO_REVISION }
}

async function getStatus({ api, workspace, timeZone, now }: Account): Promise<AgentsStatusAnswer> {
  const agents = await sortedAgents(api)
  return {
    workspace,
    revision: NO_REVISION,
    at: formatInstant(now(), Zone.of(timeZone)),
    timeZone,
    agents: { ...count(agents), listed: agents.slice(0, MOST_LISTED) },
  }
}

async function listAgents({ api }: Account, { status, after, limit = PAGE }: RequestOf<'listAgents'>) {
  const all = await sortedAgents(api)
  const asked = all.filter(
    (agent) =>
      (status === undefined || agent.status === status) && (after === undefined || compareIds(agent.id, after) > 0),
  )
  const agents = asked.slice(0, limit)
  return { agents, ...count(all), next: asked.length > limit ? agents.at(-1)!.id : null }
}

async function getAgent({ api, me }: Account, { id }: RequestOf<'getAgent'>) {
  return { value: await findUser(api, id, me), revision: NO_REVISION }
}

async function getTeams({ api }: Account) {
  const teams = (await api.teams()).filter(({ status }) => status !== 'ARCHIVED')
  return { value: teams.map(teamDocument), revision: NO_REVISION }
}

function teamDocument({ id, name, members = [] }: DriftTeam) {
  return { id: String(id), ...(name && { name }), members: members.map(String) }
}

/**
 * R17: someone on a call is available, and stays on the call.
 * @returns a write's answer without `effect`: what Drift's widget does is not told
 */
async function putStatus(
  { api, me, workspace, timeZone }: Account,
  { id, status, until, note }: RequestOf<'putStatus'>,
  { note: message, dryRun = false, ifMatch }: WriteOptions,
): Promise<Omit<WriteAnswer, 'effect'>> {
  if (status === undefined) throw new DriftStatusError('invalid-input', 'status: say "available" or "away"')
  refuseLostParts({ until, note, message, ifMatch })
  const before = await findUser(api, id, me)
  const changed = before.status !== status || before.availability === undefined
  if (changed && !dryRun) {
    const { availability } = await api.setAvailability(before.id, availabilityOf(status))
    if (statusOf(availability) !== status) {
      throw new DriftStatusError('failed', `Drift took the status of ${before.name ?? before.id} and did not keep it`, {
        hint: `see "drift-status agent show ${before.id}", then try again`,
      })
    }
  }
  const change = { path: `agents[${before.id}].status`, before: before.status, after: status }
  return { workspace, timeZone, changed, revision: NO_REVISION, dryRun, changes: changed ? [change] : [] }
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
