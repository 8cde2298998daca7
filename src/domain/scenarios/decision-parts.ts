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
  noticeAnswer,
  promisedAnswer,
  type Setup,
} from '../questions/simulate.js'
import { nextHiddenChanges } from '../questions/timeline.js'
import type { Instant } from '../time/zone.js'
import type { PartName } from './decision-shape.js'

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

/** How a part of a decision is made, and when it may change. */
export interface PartReader {
  readonly clocks: readonly Clock[]
  readonly read: (moment: Moment) => unknown
}

const part = (clocks: readonly Clock[], read: PartReader['read']): PartReader => ({ clocks, read })

const ALWAYS: readonly Clock[] = []
const SIGN: readonly Clock[] = ['sign']
const AHEAD: readonly Clock[] = ['sign', 'horizon']
const ALL: readonly Clock[] = ['sign', 'people', 'openings']
const SAID: readonly Clock[] = [...ALL, 'horizon', 'days']

const routedOf = ({ decision, setup }: Moment) => describeRouted(decision, { ...setup, cursor: setup.after })

/** Each part of the answer of a simulation, made without the others. */
export const DECISION_PARTS: Readonly<Record<PartName, PartReader>> = {
  timeZone: part(ALWAYS, ({ setup }) => setup.workspace.zone.name),
  'widget.mode': part(SIGN, ({ decision }) => decision.mode),
  'widget.source': part(SIGN, ({ decision }) => decision.source),
  'widget.visible': part(SIGN, ({ decision }) => decision.isVisible),
  'widget.nextChange': part(AHEAD, ({ decision, setup }) =>
    decision.nextChange ? modeChangeAnswer(setup.workspace, decision.nextChange) : null,
  ),
  'widget.promised': part(SIGN, ({ decision }) => promisedAnswer(decision).promised),
  'widget.nextHidden': part(AHEAD, ({ at, setup: { workspace } }) => {
    const [hidden] = nextHiddenChanges(workspace, at, 1)
    return hidden && hiddenAnswer(workspace, hidden)
  }),
  'visitor.proactive': part(
    SIGN,
    ({ decision: { proactive } }) => proactive && { playbook: proactive.id, message: proactive.message ?? null },
  ),
  'visitor.greeting.variant': part(SIGN, ({ decision }) => decision.mode),
  'visitor.greeting.message': part(SIGN, ({ decision }) => decision.greeting),
  'visitor.greeting.faces': part(['people'], ({ decision }) => decision.faces.map(({ id }) => id)),
  'visitor.offlineNotice': part(AHEAD, ({ decision, setup }) => noticeAnswer(decision, setup.visitorZone)),
  'routing.via': part(ALL, ({ decision }) => decision.via),
  'routing.rule': part(ALL, (moment) => routedOf(moment).rule),
  'routing.target': part(ALL, (moment) => routedOf(moment).target),
  'routing.assignee': part(ALL, (moment) => routedOf(moment).assignee),
  'routing.calendar': part(ALL, (moment) => routedOf(moment).calendar),
  'routing.cursor': part(ALWAYS, ({ setup }) => setup.after ?? null),
  'routing.candidates': part(SAID, ({ decision, setup, state }) =>
    describeCandidates(setup.workspace, decision, state),
  ),
  'routing.strategy': part(ALL, (moment) => routedOf(moment).strategy),
  'routing.seed': part(ALL, (moment) => routedOf(moment).seed),
  'routing.rules': part(ALL, ({ decision, setup }) => describeRules(setup.workspace, decision, setup.visitor).rules),
  agents: part(['people'], ({ at, setup }) => agentsAt(setup.workspace, at)),
  teams: part(['people', 'openings', 'horizon'], ({ at, setup: { workspace } }) =>
    workspace.teams.size > 0 ? teamsAt(workspace, at) : undefined,
  ),
  reasons: part(SAID, ({ decision, setup }) => explain(setup.workspace, decision, setup.visitor)),
  warnings: part(ALL, ({ at, setup }) => warningsAt(setup.workspace, at)),
  basis: part(['people', 'now'], ({ at, now, setup }) => futureBasis(setup.workspace, now, at).basis),
}
