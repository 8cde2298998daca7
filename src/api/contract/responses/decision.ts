import * as z from 'zod/mini'
import { lazy } from '../../../domain/lazy.js'
import { AGENT_STATUSES, CONDITIONS, MODES, STRATEGIES } from '../../../domain/words.js'
import { number, time } from './answer-fields.js'
import { basis } from './basis.js'
import { finding } from './findings.js'

export const mode = lazy(() => z.enum(MODES))
export const modeSource = lazy(() => z.enum(['hours', 'manual', 'override', 'auto-offline']))
export const modeChange = lazy(() => z.strictObject({ at: time(), mode: mode() }))
/** A change of what the policy would show that auto-offline will hide, and what decides it. */
export const hiddenChange = lazy(() => z.extend(modeChange(), { source: z.enum(['hours', 'manual', 'override']) }))
/** What the policy would show; only where auto-offline hides it. */
export const promised = lazy(() => z.exactOptional(mode()))
const text = lazy(() => z.nullable(z.string()))

export const widgetState = lazy(() =>
  z.strictObject({
    mode: mode(),
    source: modeSource(),
    visible: z.boolean(),
    nextChange: z.nullable(modeChange()),
    promised: promised(),
    /** The next change of what the policy would show; only where auto-offline will hide it. */
    nextHidden: z.exactOptional(hiddenChange()),
  }),
)

export const visitorView = lazy(() =>
  z.strictObject({
    proactive: z.nullable(z.strictObject({ playbook: z.string(), message: text() })),
    greeting: z.strictObject({ variant: mode(), message: z.string(), faces: z.array(z.string()) }),
    offlineNotice: z.nullable(z.strictObject({ backAt: z.nullable(time()) })),
  }),
)

export const reason = lazy(() =>
  z.strictObject({ rule: z.templateLiteral(['R', z.number()]), code: z.string(), text: z.string() }),
)
export const reasons = lazy(() => z.array(reason()))

const outcome = lazy(() => z.enum(['routed', 'next', 'away', 'at-limit', 'disabled', 'not-a-member', 'team-offline']))

export const routingDecision = lazy(() =>
  z.strictObject({
    via: z.string(),
    rule: text(),
    target: z.nullable(z.enum(['agent', 'account-owner', 'team', 'round-robin'])),
    assignee: text(),
    calendar: text(),
    cursor: text(),
    candidates: z.array(
      z.strictObject({
        agent: z.string(),
        outcome: outcome(),
        reason: z.string(),
      }),
    ),
    strategy: z.nullable(z.enum(STRATEGIES)),
    seed: z.exactOptional(number()),
    rules: z.exactOptional(
      z.array(
        z.strictObject({
          rule: z.string(),
          result: z.enum(['no-match', 'nobody', 'empty', 'routed', 'not-reached']),
        }),
      ),
    ),
  }),
)

/** Whether a team takes chats, and why. */
export const teamState = lazy(() =>
  z.strictObject({
    id: z.string(),
    name: z.string(),
    mode: mode(),
    source: z.enum(['always-online', 'always-offline', 'hours', 'auto-offline']),
    nextChange: z.nullable(modeChange()),
  }),
)

export const teams = lazy(() => z.array(teamState()))

export const decision = lazy(() =>
  z.strictObject({
    at: time(),
    timeZone: z.string(),
    widget: widgetState(),
    visitor: visitorView(),
    routing: routingDecision(),
    agents: z.array(z.strictObject({ id: z.string(), name: z.string(), status: z.enum(AGENT_STATUSES) })),
    /** Absent where there is no team. */
    teams: z.exactOptional(teams()),
    reasons: reasons(),
    warnings: z.array(finding()),
    /** Only of an instant in the future. */
    basis: z.exactOptional(basis()),
    next: z.exactOptional(z.array(modeChange())),
    /** With `next`: the changes of what the policy would show that auto-offline will hide; absent where there are none. */
    hidden: z.exactOptional(z.array(hiddenChange())),
    sequence: z.exactOptional(z.array(z.strictObject({ assignee: text(), calendar: text() }))),
  }),
)

export const timeline = lazy(() =>
  z.strictObject({
    from: time(),
    to: time(),
    timeZone: z.string(),
    /** Of the part that is in the future, if any is. */
    basis: z.exactOptional(basis()),
    changes: z.array(
      z.strictObject({
        at: time(),
        mode: mode(),
        source: modeSource(),
        promised: promised(),
        visible: z.boolean(),
        playbook: text(),
        rule: text(),
        assignee: text(),
        assigneeName: text(),
        calendar: text(),
        available: number(),
        /** The teams that take no chats; only where one ever does not (R37). */
        offlineTeams: z.exactOptional(z.array(z.string())),
      }),
    ),
  }),
)

/** Who can take a chat now, or is expected to. */
export const reachable = lazy(() =>
  z.strictObject({
    at: time(),
    timeZone: z.string(),
    available: z.boolean(),
    assignee: text(),
    assigneeName: text(),
    rule: text(),
    mode: mode(),
    candidates: z.array(
      z.strictObject({ agent: z.string(), name: z.string(), outcome: outcome(), reason: z.string() }),
    ),
    expectedAt: z.nullable(time()),
    expected: text(),
    expectedName: text(),
    lookedUntil: z.nullable(time()),
    basis: basis(),
  }),
)

export const condition = lazy(() =>
  z.strictObject({
    at: time(),
    timeZone: z.string(),
    condition: z.enum(CONDITIONS),
    team: z.exactOptional(z.string()),
    holds: z.boolean(),
    until: z.nullable(time()),
  }),
)
