import * as z from 'zod/mini'
import { lazy } from '../../../domain/lazy.js'
import { SCOPES } from '../operation.js'
import { time } from './answer-fields.js'
import { write } from './writes.js'

const timeOrNull = lazy(() => z.nullable(time()))

/** A token as everyone but its owner sees it. Times are ISO 8601; null where there is none. */
export const token = lazy(() =>
  z.strictObject({
    id: z.string(),
    name: z.string(),
    /** The agent that "me" is. */
    agent: z.nullable(z.string()),
    /** What it allows now: never more than its agent may. */
    scopes: z.array(z.enum(SCOPES)),
    /** Whether it was given no scopes: it has what its agent has, whatever that comes to be. */
    followsAgent: z.boolean(),
    state: z.enum(['active', 'expired', 'revoked']),
    createdAt: time(),
    expiresAt: timeOrNull(),
    /** To the minute. */
    lastUsedAt: timeOrNull(),
    rotatedAt: timeOrNull(),
    /** Until when the secret before the last rotation works. */
    previousUntil: timeOrNull(),
    revokedAt: timeOrNull(),
    /** Why, where nobody revoked it by name: "agent removed". */
    revokedBecause: z.nullable(z.string()),
  }),
)

/** Who calls, as the workspace knows them. */
export const me = lazy(() =>
  z.strictObject({
    /** The workspace's name. */
    workspace: z.string(),
    /** What the workspace is in public addresses; it never changes. */
    workspaceId: z.string(),
    /** What the log calls you: the agent's id, or the name of what acts. */
    name: z.string(),
    /** The id of the agent that "me" is. */
    agent: z.nullable(z.string()),
    /** Of that agent. */
    email: z.nullable(z.string()),
    scopes: z.array(z.enum(SCOPES)),
    /** The token that was sent; null where none is needed. */
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

export const newToken = lazy(() =>
  z.extend(write(), {
    token: token(),
    /** Shown here and never again; null in a dry run. */
    secret: z.nullable(z.string()),
  }),
)
