import type { AgentDocument } from '../../domain/document/schema.js'
import { DriftStatusError } from '../../domain/errors.js'
import { DAY_MS } from '../../domain/time/calendar-date.js'
import { instantOf } from '../../domain/time/instant.js'
import type { Instant } from '../../domain/time/zone.js'
import { scopesOf } from '../actor.js'
import type { Draft } from '../revisions/draft.js'
import type { ReadTransaction, StoredToken } from '../store/store.js'
import { hashSecret, newSecret, newTokenId } from '../tokens/secret.js'
import { revokedToken, tokenAnswer } from '../tokens/token-answer.js'
import { scopesBeyond } from '../tokens/token-scopes.js'
import { findStoredAgent } from './find-agent.js'
import type { HandlersOf } from './handler.js'

/** How long the old secret works after a rotation: long enough to put the new one everywhere. */
const DEFAULT_OVERLAP_SECONDS = 4 * 3600

/** The life of a token for which no end is named. */
const DEFAULT_TERM_MS = 90 * DAY_MS

type TokenOperations = 'listTokens' | 'createToken' | 'rotateToken' | 'revokeToken'

export const tokenHandlers: HandlersOf<TokenOperations> = {
  listTokens: {
    kind: 'read',
    async handle(_, transaction, { now }) {
      const tokens = await transaction.tokens.list()
      return Promise.all(tokens.map(async (token) => tokenAnswer(token, await ownerOf(token, transaction), now)))
    },
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
      const granted = scopes ?? (role && scopesOf(role))
      if (!agent && (!granted || (granted.includes('status:self') && !granted.includes('status:any')))) {
        throw new DriftStatusError('invalid-input', 'a token that may set its own status needs an agent', {
          reason: 'token-needs-agent',
          hint: 'name its agent, or grant other scopes',
        })
      }
      const id = newTokenId()
      const secret = newSecret(id)
      const token: StoredToken = {
        id,
        name: name ?? agent?.name ?? agent?.email ?? agent?.id ?? 'token',
        agent: agent?.id,
        scopes: granted && [...new Set(granted)],
        beyond: agent && granted && scopesBeyond(granted, agent),
        hash: hashSecret(secret),
        previous: undefined,
        createdAt: now,
        expiresAt: expiresAt === undefined ? now + DEFAULT_TERM_MS : endOf(expiresAt, now),
        rotatedAt: undefined,
        revokedAt: undefined,
        lastUsedAt: undefined,
      }
      draft.putToken(undefined, token)
      return { token: tokenAnswer(token, agent, now), secret: dryRun ? null : secret }
    },
  },
  rotateToken: {
    kind: 'edit',
    async handle({ id, overlapSeconds = DEFAULT_OVERLAP_SECONDS, expiresAt }, draft, { now, dryRun }) {
      const token = await findToken(draft, id)
      if (token.revokedAt !== undefined) throw over(token, 'was revoked')
      if (token.expiresAt !== undefined && token.expiresAt <= now) throw over(token, 'has expired')
      const secret = newSecret(id)
      const after = {
        ...token,
        hash: hashSecret(secret),
        previous: overlapSeconds === 0 ? undefined : { hash: token.hash, until: now + overlapSeconds * 1000 },
        expiresAt: expiresAt === undefined ? renewedEnd(token, now) : endOf(expiresAt, now),
        rotatedAt: now,
      }
      draft.putToken(token, after)
      const owner = await ownerOf(after, draft.transaction)
      return { token: tokenAnswer(after, owner, now), secret: dryRun ? null : secret }
    },
  },
  revokeToken: {
    kind: 'edit',
    async handle({ id }, draft, { now }) {
      const token = await findToken(draft, id)
      const after = token.revokedAt === undefined ? revokedToken(token, now) : token
      draft.putToken(token, after)
      return { token: tokenAnswer(after, await ownerOf(after, draft.transaction), now) }
    },
  },
}

/**
 * The end that was asked for; null is never, which is kept as none.
 * @throws DriftStatusError (invalid-input) for one that is over
 */
function endOf(expiresAt: string | null, now: Instant): Instant | undefined {
  const end = instantOf(expiresAt ?? undefined)
  if (end === undefined || end > now) return end
  throw new DriftStatusError('invalid-input', 'the token would expire before it is made', {
    hint: 'name an end in the future',
  })
}

/** A new secret works for as long as the last one was given. */
function renewedEnd({ expiresAt, rotatedAt, createdAt }: StoredToken, now: Instant): Instant | undefined {
  return expiresAt === undefined ? undefined : now + expiresAt - (rotatedAt ?? createdAt)
}

async function ownerOf({ agent }: StoredToken, transaction: ReadTransaction): Promise<AgentDocument | undefined> {
  return agent === undefined ? undefined : (await transaction.agents.find(agent))?.agent
}

/** @throws DriftStatusError (not-found) when there is none */
async function findToken(draft: Draft, id: string): Promise<StoredToken> {
  const token = await draft.transaction.tokens.find(id)
  if (token) return token
  throw new DriftStatusError('not-found', `there is no token "${id.slice(0, 32)}"`, {
    reason: 'token-not-found',
  })
}

function over({ id }: StoredToken, how: string): DriftStatusError {
  return new DriftStatusError('invalid-input', `the token ${id} ${how}: it cannot be rotated`, {
    reason: 'token-ended',
    hint: 'create a new one',
  })
}
