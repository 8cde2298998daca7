import * as z from 'zod/mini'
import { lazy } from '../../../domain/lazy.js'
import { names, number, time } from './answer-fields.js'
import { routingDecision } from './decision.js'

const text = lazy(() => z.nullable(z.string()))

/** A real routing decision. */
export const route = lazy(() =>
  z.strictObject({
    workspace: z.string(),
    /** Null when nothing was recorded: nobody was routed, or in a dry run. */
    assignment: z.nullable(number()),
    assignee: text(),
    calendar: text(),
    names: names(),
    routing: routingDecision(),
  }),
)

export const assignment = lazy(() =>
  z.strictObject({
    id: number(),
    at: time(),
    agent: z.string(),
    /** The name of the agent; in a list only. */
    name: z.exactOptional(text()),
    rule: text(),
    endedAt: z.nullable(time()),
  }),
)

/** A chat that was ended. */
export const endedAssignment = lazy(() => z.extend(assignment(), { workspace: z.string() }))

/** Who was routed last in each group: `team:sales`, `rule:enterprise`, `default`. */
export const cursors = lazy(() =>
  z.strictObject({
    workspace: z.string(),
    cursors: z.array(z.strictObject({ group: z.string(), agent: z.string() })),
    names: names(),
  }),
)
