import { DriftStatusError } from '../../domain/errors.js'
import { instantOf } from '../../domain/instant.js'
import type { Instant } from '../../domain/schedule/zone.js'
import { scopesOf } from '../actor.js'
import type { Draft } from '../draft.js'
import { findStoredAgent } from '../find-agent.js'
import type { HandlersOf } from '../handler.js'
import type { StoredToken } from '../store/store.js'
import { hashSecret, newSecret, newTokenId } from '../tokens/secret.js'
import { tokenAnswer } from '../tokens/token-answer.js'

/** How long the old secret works after a rotation: long enough to put the new one everywhere. */
const DEFAULT_OVERLAP_SECONDS = 4 * 3600

type TokenOperations = 'listTokens' | 'createToken' | 'rotateToken' | 'revokeToken'

export const tokenHandlers: HandlersOf<TokenOperations> = {
  listTokens: {
    kind: 'read',
    handle: async (_, transaction, { now }) => (await transaction.tokens()).map((token) => tokenAnswer(token, now)),
  },
  createToken: {
    kind: 'edit',
    async handle({ name, agent: who, scopes, role, expiresAt }, draft, { actor, now, dryRun }) {
      if (scopes && role) {
        throw new DriftStatusError('invalid-input', 'scopes and a role say the same thing', {
          hint: 'keep one of them',
        })
      }
      const agent = who === undefined ? undefined : (await findStoredAgent(draft.transaction, who, actor)).agent
      const granted = scopes ?? scopesOf(role ?? agent?.role ?? 'agent')
      if (!agent && granted.includes('status:self') && !granted.includes('status:any')) {
        throw new DriftStatusError('invalid-input', 'a token that may set its own status needs an agent', {
          hint: 'name the agent that it is (--agent WHO), or grant other scopes (--scope read)',
        })
      }
      const end = instantOf(expiresAt)
      if (end !== undefined && end <= now) {
        throw new DriftStatusError('invalid-input', 'the token would expire before it is made', {
          hint: 'name an end in the future',
        })
      }
      const id = newTokenId()
      const secret = newSecret(id)
      const token: StoredToken = {
        id,
        name: name ?? agent?.name ?? agent?.email ?? agent?.id ?? 'token',
        agent: agent?.id,
        scopes: [...new Set(granted)],
        hash: hashSecret(secret),
        previous: undefined,
        createdAt: now,
        expiresAt: end,
        rotatedAt: undefined,
        revokedAt: undefined,
        lastUsedAt: undefined,
      }
      draft.putToken(undefined, token)
      return { token: tokenAnswer(token, now), secret: dryRun ? null : secret }
    },
  },
  rotateToken: {
    kind: 'edit',
    async handle({ id, overlapSeconds = DEFAULT_OVERLAP_SECONDS }, draft, { now, dryRun }) {
      const token = await findToken(draft, id)
      if (token.revokedAt !== undefined) throw over(token, 'was revoked')
      if (token.expiresAt !== undefined && token.expiresAt <= now) throw over(token, 'has expired')
      const secret = newSecret(id)
      const after = {
        ...token,
        hash: hashSecret(secret),
        previous: overlapSeconds === 0 ? undefined : { hash: token.hash, until: now + overlapSeconds * 1000 },
        rotatedAt: now,
      }
      draft.putToken(token, after)
      return { token: tokenAnswer(after, now), secret: dryRun ? null : secret }
    },
  },
  revokeToken: {
    kind: 'edit',
    async handle({ id }, draft, { now }) {
      const token = await findToken(draft, id)
      const after = token.revokedAt === undefined ? revoked(token, now) : token
      draft.putToken(token, after)
      return { token: tokenAnswer(after, now) }
    },
  },
}

function revoked(token: StoredToken, now: Instant): StoredToken {
  return { ...token, previous: undefined, revokedAt: now }
}

/** @throws DriftStatusError (not-found) when there is none */
async function findToken(draft: Draft, id: string): Promise<StoredToken> {
  const token = await draft.transaction.token(id)
  if (token) return token
  throw new DriftStatusError('not-found', `there is no token "${id.slice(0, 32)}"`, {
    hint: 'run "drift-status token list"',
  })
}

function over({ id }: StoredToken, how: string): DriftStatusError {
  return new DriftStatusError('invalid-input', `the token ${id} ${how}: it cannot be rotated`, {
    hint: 'make a new one with "drift-status token create"',
  })
}
