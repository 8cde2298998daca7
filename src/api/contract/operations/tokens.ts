import * as z from 'zod/mini'
import { schemas } from '../../../domain/document/schema.js'
import { lazy } from '../../../domain/lazy.js'
import { ROLES } from '../../../domain/words.js'
import type { MeAnswer, NewTokenAnswer, TokenAnswer, TokenWriteAnswer } from '../answers.js'
import { id, nothing } from '../fields.js'
import { operation, SCOPES } from '../operation.js'

const MAX_NAME_LENGTH = 100
const MAX_OVERLAP_SECONDS = 30 * 86_400

/** Null is never; a token without an end of its own has the usual one. */
const end = () => z.optional(z.nullable(schemas.instant()))
const tokenId = lazy(() => z.strictObject({ id: id() }))

/** Who may call, and what they may do. */
export const tokenOperations = {
  getMe: operation<MeAnswer>()({
    method: 'GET',
    path: '/v1/me',
    scope: 'any',
    summary: 'Who you are to the workspace, and what you may do',
    request: nothing,
  }),
  listTokens: operation<readonly TokenAnswer[]>()({
    method: 'GET',
    path: '/v1/tokens',
    scope: 'admin',
    summary: 'Every token: whose it is, what it allows, until when, and when it was last used',
    request: nothing,
  }),
  createToken: operation<NewTokenAnswer>()({
    method: 'POST',
    path: '/v1/tokens',
    scope: 'admin',
    summary: 'Make a token, for 90 days unless an end or null is given; its secret is answered once and never again',
    errors: ['not-found'],
    request: () =>
      z.strictObject({
        name: z.optional(z.string().check(z.minLength(1), z.maxLength(MAX_NAME_LENGTH))),
        agent: z.optional(id()),
        scopes: z.optional(z.array(z.enum(SCOPES)).check(z.minLength(1))),
        role: z.optional(z.enum(ROLES)),
        expiresAt: end(),
      }),
  }),
  rotateToken: operation<NewTokenAnswer>()({
    method: 'POST',
    path: '/v1/tokens/{id}/rotate',
    scope: 'admin',
    summary: 'Give a token a new secret and a term as long as its last; the old one works until the overlap ends',
    errors: ['not-found'],
    request: () =>
      z.strictObject({
        id: id(),
        overlapSeconds: z.optional(z.int().check(z.minimum(0), z.maximum(MAX_OVERLAP_SECONDS))),
        expiresAt: end(),
      }),
  }),
  revokeToken: operation<TokenWriteAnswer>()({
    method: 'DELETE',
    path: '/v1/tokens/{id}',
    scope: 'admin',
    summary: 'End a token at once',
    errors: ['not-found'],
    request: tokenId,
  }),
}
