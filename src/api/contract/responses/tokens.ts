import * as z from 'zod/mini'
import { lazy } from '../../../domain/lazy.js'
import { SCOPES } from '../operation.js'
import { time } from './answer-fields.js'
import { write } from './writes.js'

const timeOrNull = lazy(() => z.nullable(time()))

export const token = lazy(() =>
  z.strictObject({
    id: z.string(),
    name: z.string(),
    agent: z.nullable(z.string()),
    scopes: z.array(z.enum(SCOPES)),
    followsAgent: z.boolean(),
    state: z.enum(['active', 'expired', 'revoked']),
    createdAt: time(),
    expiresAt: timeOrNull(),
    lastUsedAt: timeOrNull(),
    rotatedAt: timeOrNull(),
    previousUntil: timeOrNull(),
    revokedAt: timeOrNull(),
    revokedBecause: z.nullable(z.string()),
  }),
)

export const me = lazy(() =>
  z.strictObject({
    workspace: z.string(),
    workspaceId: z.string(),
    name: z.string(),
    agent: z.nullable(z.string()),
    email: z.nullable(z.string()),
    scopes: z.array(z.enum(SCOPES)),
    token: z.nullable(
      z.strictObject({
        id: z.string(),
        name: z.string(),
        createdAt: time(),
        expiresAt: timeOrNull(),
        lastUsedAt: timeOrNull(),
      }),
    ),
  }),
)

export const tokens = lazy(() => z.array(token()))

export const tokenWrite = lazy(() => z.extend(write(), { token: token() }))

export const newToken = lazy(() => z.extend(write(), { token: token(), secret: z.nullable(z.string()) }))
