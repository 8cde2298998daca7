import type { MeAnswer } from '../../api/contract/answers.js'
import { SCOPES } from '../../api/contract/operation.js'
import type { Instant } from '../../domain/time/zone.js'
import type { StoredToken } from '../store/store.js'
import { tokenAnswer } from '../tokens/token-answer.js'
import type { HandlersOf } from './handler.js'

export const meHandlers: HandlersOf<'getMe'> = {
  getMe: {
    kind: 'read',
    async handle(_, transaction, { actor, now }) {
      const { value: general } = await transaction.section('general')
      const { id: workspaceId } = await transaction.identity()
      const stored = actor.agent === undefined ? undefined : await transaction.agents.find(actor.agent)
      const token = actor.token && (await transaction.tokens.find(actor.token.id))
      return {
        workspace: general.name,
        workspaceId,
        name: actor.name,
        agent: actor.agent ?? null,
        email: stored?.agent.email ?? null,
        scopes: SCOPES.filter((scope) => actor.scopes.has(scope)),
        token: token ? sentToken(token, now) : null,
      }
    },
  },
}

function sentToken(token: StoredToken, at: Instant): MeAnswer['token'] {
  const { id, name, createdAt, expiresAt, lastUsedAt } = tokenAnswer(token, undefined, at)
  return { id, name, createdAt, expiresAt, lastUsedAt }
}
