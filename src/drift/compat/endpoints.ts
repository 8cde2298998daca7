import type { Client } from '../../api/client.js'
import type { Method, Scope } from '../../api/contract/operation.js'
import type { AgentDocument, WorkspaceDocument } from '../../domain/document/schema.js'
import { DriftStatusError } from '../../domain/errors.js'
import { availabilityOf, type DriftTeam, type DriftUser } from '../documents.js'
import { errorReply } from './error-reply.js'
import { agentOrNobody, eachAgent, findAgentOf, findAgents } from './find-agents.js'
import { integerIdOf } from './integer-id.js'
import {
  type CompatRequest,
  readAccessToken,
  readAvailability,
  readOneUserId,
  readPathId,
  readUserIds,
} from './requests.js'
import { playbookDocument, teamDocument } from './team-document.js'
import { type TokenFacts, tokenDocument } from './token-document.js'
import { userDocument } from './user-document.js'

/** One endpoint of Drift's public API, answered from a workspace of ours. */
export interface CompatEndpoint {
  readonly method: Method
  /** E.g. `/users/{id}`. Drift's clients also end paths with a slash. */
  readonly path: string
  /** What the token must allow; null where the token asked about stands in the body. */
  readonly scope: Scope | null
  readonly summary: string
  /**
   * The body of a 200.
   * @param client acts as the token's owner; unused where the scope is null
   * @throws whatever {@link errorReply} puts into Drift's words
   */
  handle(request: CompatRequest, client: Client): Promise<unknown>
}

export interface CompatOptions {
  /** The organisation's integer: kept by the workspace, so that no new name changes it. */
  readonly orgId: number
  /** The workspace's UUID, if it has one. */
  readonly workspaceId?: string | undefined
  /** What the service knows of a token; undefined for one that it does not accept. Counts as a login. */
  tokenFacts(accessToken: string, address: string): Promise<TokenFacts | undefined>
}

/** A reply, whatever was asked. */
export interface CompatReply {
  readonly status: number
  readonly body: unknown
}

/** Answers one request, and errors in Drift's shape. */
export async function replyTo(
  { handle }: CompatEndpoint,
  request: CompatRequest,
  client: Client,
): Promise<CompatReply> {
  try {
    return { status: 200, body: await handle(request, client) }
  } catch (error) {
    return errorReply(error)
  }
}

/**
 * The endpoints of Drift's public API that a workspace can answer, so that clients written for
 * Drift work unchanged. A path without parameters stands before one with: the first match answers.
 *
 * @example
 * for (const endpoint of compatEndpoints(options)) {
 *   app.route({
 *     method: endpoint.method,
 *     url: endpoint.path.replace('{id}', ':id'),
 *     handler: async ({ params, query, body, ip }, reply) => {
 *       const request = { parameters: params, query, body, address: ip } as CompatRequest
 *       const { status, body: answer } = await replyTo(endpoint, request, clientOfTheToken)
 *       return reply.code(status).send(answer)
 *     },
 *   })
 * }
 */
export function compatEndpoints(options: CompatOptions): readonly CompatEndpoint[] {
  return [...userEndpoints(options), ...teamEndpoints(options), playbookList(options), tokenInfo(options)]
}

function userEndpoints({ orgId }: CompatOptions): readonly CompatEndpoint[] {
  const user = (agent: AgentDocument) => userDocument(agent, orgId)
  return [
    {
      method: 'GET',
      path: '/users/list',
      scope: 'read',
      summary: 'All users',
      async handle(_, client) {
        const users: DriftUser[] = []
        for await (const agent of eachAgent(client)) users.push(user(agent))
        return { data: users }
      },
    },
    {
      method: 'GET',
      path: '/users',
      scope: 'read',
      summary: 'Up to 20 users, by their ids; those that nobody has are left out',
      async handle(request, client) {
        const agents = await findAgents(client, readUserIds(request))
        return { data: Object.fromEntries([...agents].map(([id, agent]) => [id, user(agent)])) }
      },
    },
    {
      method: 'PATCH',
      path: '/users/update',
      scope: 'status:self',
      summary: "Set a user's availability; another's than your own needs an admin",
      async handle(request, client) {
        const status = readAvailability(request)
        const id = await agentToUpdate(request, client)
        await client.putStatus({ id: exactly(id), status })
        const written = { id: integerIdOf(id), orgId, availability: availabilityOf(status) }
        return { data: (await readableUser(id, client, orgId)) ?? written }
      },
    },
    {
      method: 'GET',
      path: '/users/{id}',
      scope: 'read',
      summary: 'One user',
      handle: async (request, client) => ({ data: user(await findAgentOf(client, readPathId(request))) }),
    },
  ]
}

/** Undefined for a token that may write and not read. */
async function readableUser(id: string, client: Client, orgId: number): Promise<DriftUser | undefined> {
  try {
    return userDocument((await client.getAgent({ id: exactly(id) })).value, orgId)
  } catch (error) {
    if (error instanceof DriftStatusError && error.code === 'not-allowed') return undefined
    throw error
  }
}

function teamEndpoints(options: CompatOptions): readonly CompatEndpoint[] {
  return [
    {
      method: 'GET',
      path: '/teams/org',
      scope: 'read',
      summary: 'All teams',
      handle: async (_, client) => ({ data: await teams(client, options) }),
    },
    {
      method: 'GET',
      path: '/teams/users/{id}',
      scope: 'read',
      summary: 'The teams of one user',
      async handle(request, client) {
        const id = readPathId(request)
        await findAgentOf(client, id)
        return { data: (await teams(client, options)).filter(({ members }) => members?.includes(id)) }
      },
    },
  ]
}

async function teams(client: Client, { orgId, workspaceId }: CompatOptions): Promise<readonly DriftTeam[]> {
  const [{ value }, { value: widget }] = [await client.getTeams({}), await client.getWidget({})]
  const ids = await memberIds(client, value)
  return value.map((team) => {
    const members = [...new Set(team.members.map((member) => ids.get(member) ?? member))]
    return teamDocument(team, members, { orgId, workspaceId, widget })
  })
}

function playbookList({ orgId }: CompatOptions): CompatEndpoint {
  return {
    method: 'GET',
    path: '/playbooks/list',
    scope: 'read',
    summary: 'The enabled playbooks, as a bare list',
    async handle(_, client) {
      const { value } = await client.getPlaybooks({})
      return value.filter(({ enabled }) => enabled).map((playbook) => playbookDocument(playbook, orgId))
    },
  }
}

function tokenInfo({ orgId, tokenFacts }: CompatOptions): CompatEndpoint {
  return {
    method: 'POST',
    path: '/app/token_info',
    scope: null,
    summary: 'What a token allows and how long, as a bare object',
    async handle(request) {
      const accessToken = readAccessToken(request)
      const facts = await tokenFacts(accessToken, request.address)
      if (!facts) throw new DriftStatusError('not-logged-in', 'the token is unknown, revoked or expired')
      return tokenDocument(accessToken, facts, orgId)
    },
  }
}

/** Names the agent of an id: files of earlier versions may hold one whose id is "me". */
function exactly(id: string): string {
  return `id:${id}`
}

/** Your own needs no looking up, and so no right to read. */
async function agentToUpdate(request: CompatRequest, client: Client): Promise<string> {
  const wanted = readOneUserId(request)
  const { agent } = request
  return agent !== undefined && integerIdOf(agent) === wanted ? agent : (await findAgentOf(client, wanted)).id
}

/** The ids of members that are named by email. */
async function memberIds(client: Client, teams: WorkspaceDocument['teams']): Promise<ReadonlyMap<string, string>> {
  const emails = new Set(teams.flatMap(({ members }) => members).filter((member) => member.includes('@')))
  const ids = new Map<string, string>()
  for (const email of emails) {
    const agent = await agentOrNobody(client, email)
    if (agent) ids.set(email, agent.id)
  }
  return ids
}
