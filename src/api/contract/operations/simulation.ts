import * as z from 'zod/mini'
import type { IssueParams } from '../../../domain/document/fields.js'
import { schemas } from '../../../domain/document/schema.js'
import type { BasisAnswer } from '../../../domain/questions/basis.js'
import type { ConditionAnswer } from '../../../domain/questions/check-condition.js'
import type { ReachableAnswer } from '../../../domain/questions/reachable.js'
import type { DecisionAnswer } from '../../../domain/questions/simulate.js'
import type { TimelineAnswer } from '../../../domain/questions/simulate-timeline.js'
import type { CheckAnswer } from '../../../domain/scenarios/check.js'
import { askedScenarios } from '../../../domain/scenarios/scenarios-schema.js'
import { DAY_MS } from '../../../domain/time/calendar-date.js'
import { parseInstant } from '../../../domain/time/instant.js'
import { CONDITIONS, STRATEGIES } from '../../../domain/words.js'
import { visitorFields } from '../fields.js'
import { operation } from '../operation.js'

/** More changes or visitors than this are asked for in several calls: one must not keep a service busy. */
const MAX_ENTRIES = 10_000
const MAX_DAYS = 366
const MAX_SEED = 2 ** 32 - 1

/** What is supposed instead of what the workspace says. */
const assumptions = () =>
  z.optional(
    z.strictObject({
      agents: z.optional(z.record(z.string(), schemas.agentStatus())),
      mode: z.optional(schemas.modePolicy()),
      autoOffline: z.optional(z.boolean()),
    }),
  )

/** What a simulation of an instant and one of a stretch of time have in common. */
const suppositions = () => ({
  assumptions: assumptions(),
  // The engine itself says what is wrong with a zone, a route or an agent: the same to everyone who asks.
  visitor: z.optional(z.strictObject({ ...visitorFields(), timeZone: z.optional(z.string()) })),
  route: z.optional(z.string()),
  strategy: z.optional(z.enum(STRATEGIES)),
  after: z.optional(z.string()),
  seed: z.optional(z.int().check(z.minimum(0), z.maximum(MAX_SEED))),
})

/** Questions about what would be: they change nothing. */
export const simulationOperations = {
  simulate: operation<DecisionAnswer>()({
    method: 'POST',
    path: '/v1/simulate',
    scope: 'read',
    summary: 'What a visitor would see at an instant, who would get the chat, and why',
    request: () => {
      const entries = z.int().check(z.minimum(1), z.maximum(MAX_ENTRIES))
      return z.strictObject({
        at: z.optional(schemas.instant()),
        ...suppositions(),
        sequence: z.optional(entries),
        next: z.optional(entries),
      })
    },
  }),
  simulateTimeline: operation<TimelineAnswer>()({
    method: 'POST',
    path: '/v1/simulate/timeline',
    scope: 'read',
    summary: `What changes in a stretch of at most ${MAX_DAYS} days, and when`,
    request: () =>
      z
        .strictObject({ from: schemas.instant(), to: schemas.instant(), ...suppositions() })
        .check(({ value: { from, to }, issues }) => {
          const length = parseInstant(to) - parseInstant(from)
          const refuse = (message: string, hint: string) => {
            const params: IssueParams = { hint }
            issues.push({ code: 'custom', path: ['to'], input: to, message, params })
          }
          if (length <= 0) refuse('is not after "from"', 'swap "from" and "to"')
          if (length > MAX_DAYS * DAY_MS) {
            refuse(`is more than ${MAX_DAYS} days after "from"`, 'ask for the stretch in parts')
          }
        }),
  }),
  check: operation<CheckAnswer>()({
    method: 'POST',
    path: '/v1/check',
    scope: 'read',
    summary: 'Whether scenarios of availability hold, at an instant or at every instant of a range',
    request: () => z.strictObject({ scenarios: askedScenarios() }),
  }),
  getBasis: operation<BasisAnswer>()({
    method: 'POST',
    path: '/v1/basis',
    scope: 'read',
    summary:
      'Who follows the duty in a stretch of time (default: the week from now), and who is assumed to stay as they are',
    request: () =>
      z.strictObject({
        from: z.optional(schemas.instant()),
        to: z.optional(schemas.instant()),
        assumptions: assumptions(),
        /** False leaves "people" empty: a workspace of many answers sooner. */
        names: z.optional(z.boolean()),
      }),
  }),
  reachable: operation<ReachableAnswer>()({
    method: 'POST',
    path: '/v1/reachable',
    scope: 'read',
    summary: 'Whether a person can take a chat of this visitor, who, and if not, when one is expected to',
    request: () =>
      z.strictObject({
        at: z.optional(schemas.instant()),
        visitor: z.optional(z.strictObject(visitorFields())),
        route: z.optional(z.string()),
      }),
  }),
  checkCondition: operation<ConditionAnswer>()({
    method: 'GET',
    path: '/v1/is/{condition}',
    scope: 'read',
    summary: 'Whether the widget is online or offline, the hours open, or an agent (of a team) available or not',
    request: () =>
      z.strictObject({
        condition: z.enum(CONDITIONS),
        at: z.optional(schemas.instant()),
        team: z.optional(z.string()),
      }),
  }),
}
