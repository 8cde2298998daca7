import * as z from 'zod/mini'
import { lazy } from '../../../domain/lazy.js'
import { schemas } from '../../../domain/workspace/schema.js'
import { number, time } from './common.js'
import { reasons, visitorView, widgetState } from './decision.js'
import { findings } from './findings.js'
import { day } from './hours.js'

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
    agents: z.strictObject({ available: number(), away: number(), listed: z.array(schemas.agent()) }),
    findings: findings(),
  }),
)

export const agentList = lazy(() =>
  z.strictObject({
    agents: z.array(schemas.agent()),
    available: number(),
    away: number(),
    next: z.nullable(z.string()),
  }),
)
