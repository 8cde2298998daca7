import type { LazyDecision } from '../decision/decide.js'
import type { RoutingState } from '../decision/routing/routing.js'
import { futureBasis } from '../questions/basis.js'
import { describeCandidates, describeRouted, describeRules } from '../questions/describe-routing.js'
import { explain } from '../questions/explain/explain.js'
import { teamsAt } from '../questions/explain/explain-teams.js'
import { warningsAt } from '../questions/lint/lint.js'
import {
  agentsAt,
  hiddenAnswer,
  modeChangeAnswer,
  promisedAnswer,
  type Setup,
  visitorAnswer,
} from '../questions/simulate.js'
import { nextHiddenChanges } from '../questions/timeline.js'
import type { Instant } from '../time/zone.js'
import { AGENT_STATUSES, MODES, STRATEGIES } from '../words.js'

/** One instant of a workspace, of which each part of the decision is made when it is asked for. */
export interface Moment {
  readonly at: Instant
  /** The present (R35). */
  readonly now: Instant
  readonly setup: Setup
  readonly decision: LazyDecision
  readonly state: RoutingState
}

/**
 * What a part of the decision may change with:
 * - `sign`: the mode, and what the policy promises
 * - `people`: anyone's status
 * - `openings`: the hours of teams
 * - `horizon`: how far a question looks ahead where people follow the duty
 * - `days`: midnight, after which times are said in other words and other exceptions decide
 * - `now`: what is asked about becomes the future (R35)
 */
export type Clock = 'sign' | 'people' | 'openings' | 'horizon' | 'days' | 'now'

/** What a single value is: whose id it is, or which values it may have. */
export interface ValueShape {
  readonly kind: 'text' | 'number' | 'boolean' | 'time'
  readonly choices?: readonly string[]
  readonly names?: Named
}
/** What a text may be the name of. */
export type Named = 'agent' | 'rule' | 'playbook' | 'team'

export interface MappingShape {
  readonly kind: 'mapping'
  readonly keys: Readonly<Record<string, Shape>>
}

export interface ListShape {
  readonly kind: 'list'
  readonly of: Shape
}

export type Shape = ValueShape | MappingShape | ListShape

/** A part that is made on its own. */
export interface Part {
  readonly kind: 'part'
  readonly shape: Shape
  readonly clocks: readonly Clock[]
  readonly read: (moment: Moment) => unknown
}

/** Parts that the answer holds under one key. */
export interface PartGroup {
  readonly kind: 'group'
  readonly parts: Readonly<Record<string, Part | PartGroup>>
}

const text: Shape = { kind: 'text' }
const number: Shape = { kind: 'number' }
const time: Shape = { kind: 'time' }
const oneOf = (...choices: readonly string[]): Shape => ({ kind: 'text', choices })
const idOf = (names: Named): Shape => ({ kind: 'text', names })
const mapping = (keys: MappingShape['keys']): Shape => ({ kind: 'mapping', keys })
const listOf = (of: Shape): Shape => ({ kind: 'list', of })
const group = (parts: PartGroup['parts']): PartGroup => ({ kind: 'group', parts })
const part = (shape: Shape, clocks: readonly Clock[], read: Part['read']): Part => ({
  kind: 'part',
  shape,
  clocks,
  read,
})

const mode = oneOf(...MODES)
const promiseSource = ['hours', 'manual', 'override'] as const
const modeChange = mapping({ at: time, mode })

const ALWAYS: readonly Clock[] = []
const SIGN: readonly Clock[] = ['sign']
const AHEAD: readonly Clock[] = ['sign', 'horizon']
const ALL: readonly Clock[] = ['sign', 'people', 'openings']
const SAID: readonly Clock[] = [...ALL, 'horizon', 'days']

const visitorOf = ({ decision, setup }: Moment) => visitorAnswer(decision, setup.visitorZone)
const routedOf = ({ decision, setup }: Moment) => describeRouted(decision, { ...setup, cursor: setup.after })

/** The answer of a simulation, but for its instant: what each part is, how it is made, and when it may change. */
export const DECISION_PARTS: PartGroup = group({
  timeZone: part(text, ALWAYS, ({ setup }) => setup.workspace.zone.name),
  widget: group({
    mode: part(mode, SIGN, ({ decision }) => decision.mode),
    source: part(oneOf(...promiseSource, 'auto-offline'), SIGN, ({ decision }) => decision.source),
    visible: part({ kind: 'boolean' }, SIGN, ({ decision }) => decision.isVisible),
    nextChange: part(modeChange, AHEAD, ({ decision, setup }) =>
      decision.nextChange ? modeChangeAnswer(setup.workspace, decision.nextChange) : null,
    ),
    promised: part(mode, SIGN, ({ decision }) => promisedAnswer(decision).promised),
    nextHidden: part(
      mapping({ at: time, mode, source: oneOf(...promiseSource) }),
      AHEAD,
      ({ at, setup: { workspace } }) => {
        const [hidden] = nextHiddenChanges(workspace, at, 1)
        return hidden && hiddenAnswer(workspace, hidden)
      },
    ),
  }),
  visitor: group({
    proactive: part(
      mapping({ playbook: idOf('playbook'), message: text }),
      SIGN,
      ({ decision: { proactive } }) => proactive && { playbook: proactive.id, message: proactive.message ?? null },
    ),
    greeting: group({
      variant: part(mode, SIGN, ({ decision }) => decision.mode),
      message: part(text, SIGN, ({ decision }) => decision.greeting),
      faces: part(listOf(idOf('agent')), ['people'], ({ decision }) => decision.faces.map(({ id }) => id)),
    }),
    offlineNotice: part(mapping({ backAt: time }), AHEAD, (moment) => visitorOf(moment).offlineNotice),
  }),
  routing: group({
    via: part(text, ALL, ({ decision }) => decision.via),
    rule: part(idOf('rule'), ALL, (moment) => routedOf(moment).rule),
    target: part(oneOf('agent', 'account-owner', 'team', 'round-robin'), ALL, (moment) => routedOf(moment).target),
    assignee: part(idOf('agent'), ALL, ({ decision }) => decision.routing.assignee?.id ?? null),
    calendar: part(idOf('agent'), ALL, ({ decision }) => decision.routing.calendar?.id ?? null),
    cursor: part(text, ALWAYS, ({ setup }) => setup.after ?? null),
    candidates: part(
      listOf(
        mapping({
          agent: idOf('agent'),
          outcome: oneOf('routed', 'next', 'away', 'at-limit', 'disabled', 'not-a-member', 'team-offline'),
          reason: text,
        }),
      ),
      SAID,
      ({ decision, setup, state }) => describeCandidates(setup.workspace, decision, state),
    ),
    strategy: part(oneOf(...STRATEGIES), ALL, (moment) => routedOf(moment).strategy),
    seed: part(number, ALL, (moment) => routedOf(moment).seed),
    rules: part(
      listOf(mapping({ rule: idOf('rule'), result: oneOf('no-match', 'nobody', 'empty', 'routed', 'not-reached') })),
      ALL,
      ({ decision, setup }) => describeRules(setup.workspace, decision, setup.visitor).rules,
    ),
  }),
  agents: part(
    listOf(mapping({ id: idOf('agent'), name: text, status: oneOf(...AGENT_STATUSES) })),
    ['people'],
    ({ at, setup }) => agentsAt(setup.workspace, at),
  ),
  teams: part(
    listOf(
      mapping({
        id: idOf('team'),
        name: text,
        mode,
        source: oneOf('always-online', 'always-offline', 'hours', 'auto-offline'),
        nextChange: modeChange,
      }),
    ),
    ['people', 'openings', 'horizon'],
    ({ at, setup: { workspace } }) => (workspace.teams.size > 0 ? teamsAt(workspace, at) : undefined),
  ),
  reasons: part(listOf(mapping({ rule: text, code: text, text })), SAID, ({ decision, setup }) =>
    explain(setup.workspace, decision, setup.visitor),
  ),
  warnings: part(
    listOf(mapping({ code: text, severity: oneOf('error', 'warning'), text, path: text })),
    ALL,
    ({ at, setup }) => warningsAt(setup.workspace, at),
  ),
  basis: part(
    mapping({ onDuty: number, assumed: number }),
    ['people', 'now'],
    ({ at, now, setup }) => futureBasis(setup.workspace, now, at).basis,
  ),
})
