import { DriftStatusError } from '../../domain/errors.js'
import { type Actor, requireScope } from '../actor.js'
import type { StoredToken } from '../store/store.js'
import { isFeedToken } from '../tokens/feed-token.js'
import { hashSecret, newSecret, newTokenId } from '../tokens/secret.js'
import { revokedToken, tokenAnswer } from '../tokens/token-answer.js'
import { findStoredAgent } from './find-agent.js'
import type { HandlersOf } from './handler.js'

/** The addresses of duty calendars are tokens that allow nothing: they are kept, told and ended as the others are. */
export const dutyFeedHandlers: HandlersOf<'listDutyFeeds' | 'createDutyFeed' | 'deleteDutyFeed'> = {
  listDutyFeeds: {
    kind: 'read',
    async handle(_, transaction, { actor, now }) {
      const isShown = ({ agent }: StoredToken) =>
        actor.scopes.has('admin') || (agent !== undefined && agent === actor.agent)
      const feeds = (await transaction.tokens.list()).filter((token) => isFeedToken(token) && isShown(token))
      return Promise.all(
        feeds.map(async (token) => tokenAnswer(token, (await transaction.agents.find(token.agent!))?.agent, now)),
      )
    },
  },
  createDutyFeed: {
    kind: 'edit',
    async handle({ agent: who = 'me' }, draft, { actor, now, dryRun }) {
      const { agent } = await findStoredAgent(draft.transaction, who, actor)
      requireOwn(agent.id, actor)
      const id = newTokenId()
      const secret = newSecret(id)
      const token: StoredToken = {
        id,
        name: 'duty calendar',
        agent: agent.id,
        scopes: [],
        hash: hashSecret(secret),
        previous: undefined,
        createdAt: now,
        // A calendar program asks for years.
        expiresAt: undefined,
        rotatedAt: undefined,
        revokedAt: undefined,
        lastUsedAt: undefined,
      }
      draft.putToken(undefined, token)
      return { token: tokenAnswer(token, agent, now), secret: dryRun ? null : secret }
    },
  },
  deleteDutyFeed: {
    kind: 'edit',
    async handle({ id }, draft, { actor, now }) {
      const token = await draft.transaction.tokens.find(id)
      const isOwn = token?.agent !== undefined && token.agent === actor.agent
      // Whoever may not end it learns nothing of whose there is.
      if (!token || !isFeedToken(token) || !(isOwn || actor.scopes.has('admin'))) {
        throw new DriftStatusError('not-found', `there is no duty calendar "${id.slice(0, 32)}" of yours`, {
          reason: 'feed-not-found',
        })
      }
      const after = token.revokedAt === undefined ? revokedToken(token, now) : token
      draft.putToken(token, after)
      const owner = (await draft.transaction.agents.find(token.agent!))?.agent
      return { token: tokenAnswer(after, owner, now) }
    },
  },
}

function requireOwn(agent: string, actor: Actor): void {
  if (agent !== actor.agent) requireScope(actor, 'admin', "publish another's turns of duty")
}
