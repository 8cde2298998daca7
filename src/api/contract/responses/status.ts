import * as z from 'zod/mini'
import { schemas } from '../../../domain/document/schema.js'
import { plannedModes as modes } from '../../../domain/document/status-schema.js'
import { lazy } from '../../../domain/lazy.js'
import { number, time, versioned } from './answer-fields.js'
import { basis } from './basis.js'
import { reasons, teams, visitorView, widgetState } from './decision.js'
import { findings } from './findings.js'
import { day } from './hours.js'
import { write } from './writes.js'

/** R17, R32: what a status comes to: the word of a service with words of its own, and what an automatic one is now. */
export const liveAgent = lazy(() =>
  z.extend(schemas.agent(), { availability: z.optional(z.string()), resolved: z.optional(schemas.agentStatus()) }),
)

const plannedModes = lazy(() => z.exactOptional(modes()))

/** One glance at a workspace. */
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
    /** R34: modes that begin later; absent where none is planned. */
    planned: plannedModes(),
    /** R37: absent where there are no teams. */
    teams: z.exactOptional(teams()),
    agents: z.strictObject({
      /** Bots and disabled agents are in neither. */
      available: number(),
      away: number(),
      /** The first few, and everyone with a timed status. */
      listed: z.array(liveAgent()),
    }),
    findings: findings(),
    /** Of what is said of the week ahead. */
    basis: z.exactOptional(basis()),
  }),
)

/** One agent, and the zone in which people read its times. */
export const agent = lazy(() => z.extend(versioned(liveAgent()), { timeZone: z.string() }))

/** A status that was set, and whose it is, as of now. */
export const statusWrite = lazy(() => z.extend(write(), { agent: liveAgent() }))

export const agentList = lazy(() =>
  z.strictObject({
    /** Of the workspace. */
    timeZone: z.string(),
    agents: z.array(liveAgent()),
    available: number(),
    away: number(),
    /** The id to ask after for the next page; null at the end. */
    next: z.nullable(z.string()),
  }),
)
