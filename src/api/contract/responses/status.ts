import * as z from 'zod/mini'
import { schemas } from '../../../domain/document/schema.js'
import { lazy } from '../../../domain/lazy.js'
import { number, time, versioned } from './answer-fields.js'
import { reasons, visitorView, widgetState } from './decision.js'
import { findings } from './findings.js'
import { day } from './hours.js'
import { write } from './writes.js'

/** R17: a service with words of its own for a status tells its word as well. */
export const liveAgent = lazy(() => z.extend(schemas.agent(), { availability: z.optional(z.string()) }))

export const status = lazy(() =>
  z.strictObject({
    workspace: z.string(),
    revision: number(),
    at: time(),
    timeZone: z.string(),
    policy: schemas.modePolicy(),
    autoOffline: z.boolean(),
    widget: widgetState(),
    visitor: visitorView(),
    reasons: reasons(),
    today: day(),
    tomorrow: day(),
    agents: z.strictObject({ available: number(), away: number(), listed: z.array(liveAgent()) }),
    findings: findings(),
  }),
)

export const agent = lazy(() => z.extend(versioned(liveAgent()), { timeZone: z.string() }))

export const statusWrite = lazy(() => z.extend(write(), { agent: liveAgent() }))

export const agentList = lazy(() =>
  z.strictObject({
    timeZone: z.string(),
    agents: z.array(liveAgent()),
    available: number(),
    away: number(),
    next: z.nullable(z.string()),
  }),
)
